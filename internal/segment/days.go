package segment

import (
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// days closes days. A day has the sequences behind the day before it, to the last one that was made on it; order is the stream's, so an event
// whose clock was late belongs to the day on which it came.
type days struct {
	m    *Manifest
	open Day // Day.Day empty: none
	at   link
}

func daysOf(m *Manifest) *days { return &days{m: m} }

// resume goes on behind a sealed segment in which a day has begun that is not closed.
func (d *days) resume(s *Segment, at link) {
	if s.To <= d.closedTo() {
		return
	}
	d.open, d.at = Day{From: d.closedTo() + 1, To: s.To}, at
	if len(s.Last) >= len(time.DateOnly) {
		d.open.Day = s.Last[:len(time.DateOnly)]
	}
}

func (d *days) closedTo() uint64 {
	if n := len(d.m.Days); n > 0 {
		return d.m.Days[n-1].To
	}
	return 0
}

// add counts a sequence; at is its link. ev is nil for one that is gone: it belongs to the day of its neighbours.
func (d *days) add(seq uint64, ev *schemas.Event, at link) {
	if seq <= d.closedTo() {
		return
	}
	day := d.open.Day
	if ev != nil {
		day = max(day, ev.Time.UTC().Format(time.DateOnly))
	}
	if n := len(d.m.Days); n > 0 && day != "" && day <= d.m.Days[n-1].Day {
		last, err := time.Parse(time.DateOnly, d.m.Days[n-1].Day)
		if err == nil {
			day = last.AddDate(0, 0, 1).Format(time.DateOnly)
		}
	}
	if d.open.Day != "" && day > d.open.Day {
		d.close()
	}
	if d.open.From == 0 {
		d.open.From = d.closedTo() + 1
	}
	d.open.Day, d.open.To, d.at = day, seq, at
}

// end closes the day when it is over.
func (d *days) end(now time.Time) {
	if d.open.Day != "" && d.open.Day < now.UTC().Format(time.DateOnly) {
		d.close()
	}
}

func (d *days) close() {
	day := d.open
	day.Count, day.Chain = day.To-day.From+1, d.at.String()
	d.m.Days = append(d.m.Days, &day)
	d.open = Day{}
}

package feedformat

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/schemas"
)

// ICalType is the media type of iCalendar.
const ICalType = "text/calendar; charset=utf-8"

type ical struct {
	w     *bufio.Writer
	feed  Feed
	since time.Time
	open  bool
}

// NewICal writes a calendar to w: the days and times that releases announce, and the embargoes they state. What lies before since is left
// out, and so is what a release mentions of the time before it was published. Tombstones have no dates: what was announced by a release
// that is no more goes from the calendar.
func NewICal(w io.Writer, f Feed, since time.Time) Writer {
	return &ical{w: bufio.NewWriter(w), feed: f, since: since}
}

// longestSpan is how many days a date may cover to be an appointment; "im Sommer" is none.
const longestSpan = 14

func (c *ical) Event(e *schemas.Event) error {
	c.begin()
	if gone(e) {
		return nil
	}
	seen := map[string]bool{}
	for _, d := range e.Release.Dates {
		if len(d.Value) > len(time.DateOnly) && !moment(d.Value).IsZero() {
			seen[d.From] = true // the day is said with its time, too: that is enough
		}
	}
	for _, d := range e.Release.Dates {
		if when, ok := c.appointment(e.Release, d); ok && !seen[d.Value] {
			seen[d.Value] = true
			c.event(e, d.Value, line(e.Release.Title), around(e.Release, d), when)
		}
	}
	if x := e.Release.Embargo; x != nil {
		if at := moment(x.Until); !at.IsZero() && !at.Before(c.since) {
			when := []string{"DTSTART:" + utc(at)}
			if len(x.Until) == len(time.DateOnly) {
				when = days(at, at)
			}
			c.event(e, "embargo", "Sperrfrist: "+line(e.Release.Title), line(x.Text), when)
		}
	}
	return nil
}

func (c *ical) Close() error {
	c.begin()
	c.line("END:VCALENDAR")
	return c.w.Flush()
}

func (c *ical) begin() {
	if c.open {
		return
	}
	c.open = true
	name := value(line(c.feed.Title))
	for _, l := range []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kreispresse//kreispresse//DE", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
		"NAME:" + name, "X-WR-CALNAME:" + name, "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H",
	} {
		c.line(l)
	}
	if c.feed.Self != "" {
		c.line("SOURCE;VALUE=URI:" + c.feed.Self)
	}
}

// appointment says when a date is, in lines of the calendar, if it is one to come.
func (c *ical) appointment(r *schemas.Release, d schemas.Date) ([]string, bool) {
	from, to := moment(d.From), moment(d.To)
	if d.Type != schemas.DateDate && d.Type != schemas.DateTime || from.IsZero() || to.Before(from) || d.Anchor == "first_seen" {
		return nil, false
	}
	said := published(r)
	if at, err := time.Parse(time.RFC3339, r.Provenance.FirstSeen); said.IsZero() && err == nil {
		said = at
	}
	day := time.Date(said.Year(), said.Month(), said.Day(), 0, 0, 0, 0, zone())
	if from.Before(day) || to.Before(c.since) || to.Sub(from) > longestSpan*24*time.Hour {
		return nil, false
	}
	if from.Equal(day) && d.Type == schemas.DateDate { // the day of the release is no appointment
		return nil, false
	}
	if at := moment(d.Value); len(d.Value) > len(time.DateOnly) && !at.IsZero() {
		return []string{"DTSTART:" + utc(at)}, true
	}
	return days(from, to), true
}

// days are whole days; the end of iCalendar is the day after.
func days(from, to time.Time) []string {
	return []string{"DTSTART;VALUE=DATE:" + from.Format("20060102"), "DTEND;VALUE=DATE:" + to.AddDate(0, 0, 1).Format("20060102")}
}

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

func (c *ical) event(e *schemas.Event, key, summary, description string, when []string) {
	sum := sha256.Sum256([]byte(key))
	c.line("BEGIN:VEVENT")
	c.line("UID:" + e.Subject + "-" + hex.EncodeToString(sum[:6]) + "@kreispresse")
	c.line("DTSTAMP:" + utc(e.Time))
	c.line("SEQUENCE:" + strconv.Itoa(max(e.Revision-1, 0)))
	for _, l := range when {
		c.line(l)
	}
	c.line("SUMMARY:" + value(summary))
	c.line("DESCRIPTION:" + value(description))
	if u := address(e.Release.URL); u != "" {
		c.line("URL:" + u)
	}
	c.line("CATEGORIES:" + value(e.Release.Source.ID))
	c.line("TRANSP:TRANSPARENT")
	c.line("END:VEVENT")
}

// value escapes a text (RFC 5545, section 3.3.11).
func value(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r", "", "\n", `\n`).Replace(s)
}

// longestLine is how many bytes a line of the calendar may have without its end (RFC 5545, section 3.1).
const longestLine = 75

// line writes one content line, folded between characters.
func (c *ical) line(s string) {
	room := longestLine
	for len(s) > room {
		cut := room
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		_, _ = c.w.WriteString(s[:cut] + "\r\n ") // Flush tells
		s, room = s[cut:], longestLine-1
	}
	_, _ = c.w.WriteString(s + "\r\n")
}

// around is the sentence that a date stands in, and a bit around it.
func around(r *schemas.Release, d schemas.Date) string {
	const reach = 160 // code points
	text := []rune(terminal.Safe(r.Text))
	if d.Start < 0 || d.End > len(text) || d.Start > d.End {
		return line(d.Text)
	}
	from, to := d.Start, d.End
	for from > 0 && d.Start-from < reach && text[from-1] != '\n' {
		from--
	}
	for to < len(text) && to-d.End < reach && text[to] != '\n' {
		to++
	}
	s := line(string(text[from:to]))
	if from > 0 && text[from-1] != '\n' {
		s = "… " + s
	}
	if to < len(text) && text[to] != '\n' {
		s += " …"
	}
	return s
}

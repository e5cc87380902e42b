package health

import (
	"maps"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Filled is what the new and corrected releases of a run have, a part of the run's manifest.
type Filled struct {
	Releases int            `json:"releases"`
	Fields   map[string]int `json:"fields,omitempty"` // of them with such a field: published, text, people, …
	Days     map[string]int `json:"days,omitempty"`   // new releases by the day they say they were published, of the last 12 weeks
	Titles   map[string]int `json:"-"`
	Alike    int            `json:"alike,omitempty"` // the most that have one title
}

// Add counts a release that was published, fresh when it is no correction.
func (f *Filled) Add(r *schemas.Release, fresh bool, now time.Time) {
	if f.Fields == nil {
		f.Fields, f.Days, f.Titles = map[string]int{}, map[string]int{}, map[string]int{}
	}
	f.Releases++
	if f.Titles[r.Title]++; f.Titles[r.Title] > 1 {
		f.Alike = max(f.Alike, f.Titles[r.Title])
	}
	for field, has := range map[string]bool{
		"published": r.Published != nil, "text": r.Text != "", "lead": r.Lead != "", "quotes": len(r.Quotes) > 0, "people": len(r.People) > 0,
		"images": len(r.Images) > 0, "credits": len(r.Credits) > 0,
	} {
		if has {
			f.Fields[field]++
		}
	}
	if !fresh {
		return
	}
	day := now
	if r.Published != nil && len(r.Published.Value) >= len(time.DateOnly) {
		if t, err := time.Parse(time.DateOnly, r.Published.Value[:len(time.DateOnly)]); err == nil {
			day = t
		}
	}
	if age := now.Sub(day); age < rhythmDays*24*time.Hour && age > -24*time.Hour {
		f.Days[day.Format(time.DateOnly)]++
	}
}

// Clone is a copy for the manifest.
func (f *Filled) Clone() *Filled {
	if f == nil || f.Releases == 0 {
		return nil
	}
	c := *f
	c.Fields, c.Days, c.Titles = maps.Clone(f.Fields), maps.Clone(f.Days), nil
	return &c
}

// Run is what health needs of one run.
type Run struct {
	At         time.Time
	Discovered int // pages that its lists and feeds named
	Failed     string
	Causes     []schemas.Cause `json:",omitempty"` // of Failed
	Challenge  bool            // a bot protection answered
	Filled     *Filled
}

package health

import (
	"slices"
	"time"
)

// Numbers of what is learnt.
const (
	rhythmDays = 84 // twelve weeks
	KeepRuns   = 20 // runs
	keepFills  = 60 // releases: the window that a fall is seen in, and what was before
	relearn    = 14 * 24 * time.Hour
)

// Memory is what is known of a source, one entry of press_sources with the key "<source>.health".
type Memory struct {
	Since      time.Time      `json:"since"`          // of the first run
	Last       Run            `json:"last"`           // run
	Fresh      time.Time      `json:"fresh,omitzero"` // when the last new release was found
	Days       map[string]int `json:"days,omitempty"` // releases a day, of the last twelve weeks
	Discovered []int          `json:"discovered,omitempty"`
	Runs       string         `json:"runs,omitempty"`     // what the last runs came to, oldest first, a letter each: RunFresh, RunStill, RunFailed
	Fills      []Fill         `json:"fills,omitempty"`    // of the last releases, oldest first
	Incident   *Incident      `json:"incident,omitempty"` // what is wrong, until it is over
}

// What a run came to, in a letter.
const (
	RunFresh  = 'n' // something new, or corrected
	RunStill  = 's' // nothing new
	RunFailed = 'f'
)

// letter is what a run came to.
func (r *Run) letter() string {
	switch {
	case r.Failed != "":
		return string(RunFailed)
	case r.Filled != nil && r.Filled.Releases > 0:
		return string(RunFresh)
	}
	return string(RunStill)
}

// Fill is how many releases had which fields; those of one run.
type Fill struct {
	Releases int            `json:"releases"`
	Fields   map[string]int `json:"fields"`
}

// Name is the last part of the keys under which press_sources keeps memories.
const Name = "health"

// Key is where press_sources keeps the memory of a source.
func Key(source string) string { return source + "." + Name }

// Learn is the memory after one more run. What a broken run says is no model for the next, nor is a count below the floor, unless that has
// lasted for two weeks: then it is how the source is now.
func (m Memory) Learn(r Run) Memory {
	if m.Since.IsZero() {
		m.Since = r.At
	}
	m.Last = r
	m.Runs += r.letter()
	m.Runs = m.Runs[max(0, len(m.Runs)-KeepRuns):]
	m.Days = days(m.Days, r)
	if r.Filled != nil {
		if len(r.Filled.Days) > 0 {
			m.Fresh = r.At
		}
	}
	if m.broken() != nil {
		return m
	}
	if f := r.Filled; f != nil {
		m.Fills = append(slices.Clone(m.Fills), Fill{f.Releases, f.Fields})
		n := 0
		for i := len(m.Fills) - 1; i >= 0; i-- {
			if n += m.Fills[i].Releases; n >= keepFills {
				m.Fills = m.Fills[i:]
				break
			}
		}
	}
	settled := m.Incident != nil && r.At.Sub(m.Incident.Since) > relearn
	if r.Discovered > 0 && (m.fewer() == nil || settled) {
		m.Discovered = append(slices.Clone(m.Discovered), r.Discovered)
		m.Discovered = m.Discovered[max(0, len(m.Discovered)-KeepRuns):]
	}
	return m
}

// days adds the releases of a run and forgets what is older than twelve weeks.
func days(old map[string]int, r Run) map[string]int {
	out := map[string]int{}
	first := r.At.AddDate(0, 0, -rhythmDays).Format(time.DateOnly)
	add := func(list map[string]int) {
		for day, n := range list {
			if day >= first {
				out[day] += n
			}
		}
	}
	add(old)
	if r.Filled != nil {
		add(r.Filled.Days)
	}
	return out
}

// Rhythm is how often a source publishes.
type Rhythm struct {
	Releases int        `json:"releases"` // of the time seen
	Days     int        `json:"days"`     // that were seen, at most 84
	PerWeek  float64    `json:"per_week"`
	Weekday  [7]float64 `json:"weekday"` // releases on such a day, from Sunday on
	Longest  int        `json:"longest"` // days without a release, between two
	Quiet    int        `json:"quiet"`   // days since the last release
}

// Rhythm is what is known of it at a moment. The days from the last release on count for nothing: a source that falls silent does not
// get a slower rhythm by that.
func (m Memory) Rhythm(now time.Time) Rhythm {
	var r Rhythm
	if len(m.Days) == 0 {
		return r
	}
	var dates []time.Time
	for day, n := range m.Days {
		if t, err := time.Parse(time.DateOnly, day); err == nil {
			dates = append(dates, t)
			r.Releases += n
			r.Weekday[t.Weekday()] += float64(n)
		}
	}
	slices.SortFunc(dates, time.Time.Compare)
	first, last := dates[0], dates[len(dates)-1]
	r.Days = between(first, last) + 1
	for i := 1; i < len(dates); i++ {
		r.Longest = max(r.Longest, between(dates[i-1], dates[i])-1)
	}
	r.Quiet = max(0, between(last, now))
	r.PerWeek = float64(r.Releases) / float64(r.Days) * 7
	weeks := float64(r.Days) / 7
	for d := range r.Weekday {
		r.Weekday[d] /= max(weeks, 1)
	}
	return r
}

// Expected is how many releases the rhythm lets expect in the days after the last one, up to a moment.
func (r Rhythm) Expected(now time.Time) (n float64) {
	for d := range r.Quiet {
		n += r.Weekday[now.AddDate(0, 0, -d).Weekday()]
	}
	return n
}

// Rates are how many of the releases remembered have which fields, as shares.
func (m Memory) Rates() (releases int, rates map[string]float64) {
	rates = map[string]float64{}
	for _, f := range m.Fills {
		releases += f.Releases
		for field, n := range f.Fields {
			rates[field] += float64(n)
		}
	}
	for field := range rates {
		rates[field] /= float64(releases)
	}
	return releases, rates
}

func between(a, b time.Time) int {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(day(b).Sub(day(a)).Hours() / 24)
}

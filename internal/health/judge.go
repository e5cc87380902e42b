package health

import (
	"fmt"
	"slices"
	"time"
)

// States of a source.
const (
	Healthy  = "healthy"
	Degraded = "degraded" // it brings less than it did
	Silent   = "silent"   // nothing new for longer than its rhythm suggests
	Broken   = "broken"   // its last run failed, or what it brings is no release
)

// Floors.
const (
	countFloor    = 0.8                // of the smallest healthy run, pages that are named
	countRuns     = 3                  // healthy runs before there is a floor
	fillWindow    = 10                 // releases in which a field's rate is seen falling
	fillBefore    = 20                 // releases before them, at least
	fillUsual     = 0.5                // a field that fewer have may come and go
	fillFloor     = 0.5                // of its rate before
	silentRate    = 7.0                // releases that were to be expected and did not come: by chance once in a thousand times
	silentDays    = 3                  // a weekend is no silence
	silentLongest = 2                  // times the longest pause before
	rhythmKnown   = 10                 // releases before a rhythm is one
	alikeShare    = 0.5                // of a run's releases, with one title
	alikeLeast    = 5                  // releases with one title
	staleRun      = 3 * 24 * time.Hour // nobody has crawled it
)

// Verdict is the judgement of a source.
type Verdict struct {
	State string `json:"state"`
	Says  string `json:"says"`         // one sentence
	Do    string `json:"do,omitempty"` // what somebody can do about it
}

// Judge says how a source is at a moment.
func (m Memory) Judge(now time.Time) Verdict { return m.judge(now, 0) }

// JudgeQuiet is Judge with a silence of one's own measure, whatever the rhythm.
func (m Memory) JudgeQuiet(now time.Time, quiet time.Duration) Verdict { return m.judge(now, quiet) }

func (m Memory) judge(now time.Time, quiet time.Duration) Verdict {
	if m.Last.At.IsZero() {
		return Verdict{Silent, "it was never crawled", "kreispresse crawl"}
	}
	for _, look := range []func() *Verdict{
		m.broken,
		m.fewer,
		m.falling,
		func() *Verdict { return m.silent(now, quiet) },
	} {
		if v := look(); v != nil {
			return *v
		}
	}
	r := m.Rhythm(now)
	if r.Releases < rhythmKnown {
		return Verdict{State: Healthy, Says: "its last run was in order; its rhythm is not known yet"}
	}
	return Verdict{State: Healthy, Says: fmt.Sprintf("%.1f releases a week, the last %s", r.PerWeek, ago(r.Quiet))}
}

// broken are faults of the last run as a whole.
func (m Memory) broken() *Verdict {
	switch f := m.Last.Filled; {
	case m.Last.Challenge:
		return &Verdict{Broken, "a bot protection answers instead of the site", "ask the site's operator to let the crawler through; do not work around it"}
	case m.Last.Failed != "":
		return &Verdict{Broken, m.Last.Failed, "see kreispresse runs, and sources discover after a relaunch"}
	case f != nil && f.Alike >= alikeLeast && float64(f.Alike) >= alikeShare*float64(f.Releases):
		return &Verdict{
			Broken, fmt.Sprintf("%d of the %d releases of its last run have one title: a notice or a list is taken for releases", f.Alike, f.Releases),
			"look at accept and the selectors, then withdraw what is none",
		}
	}
	return nil
}

// fewer compares how many pages are named with the smallest of the healthy runs: a list is read to its end only now and then.
func (m Memory) fewer() *Verdict {
	if len(m.Discovered) < countRuns {
		return nil
	}
	least := slices.Min(m.Discovered)
	if float64(m.Last.Discovered) >= countFloor*float64(least) {
		return nil
	}
	return &Verdict{
		Degraded, fmt.Sprintf("its lists name %d pages, a healthy run at least %d", m.Last.Discovered, least),
		"look at the lists (crawl --dry-run): a selector fits no more, or the list begins anew with the year",
	}
}

// falling looks for a field that the newest releases have far more rarely than those before.
func (m Memory) falling() *Verdict {
	late, before := Fill{Fields: map[string]int{}}, Fill{Fields: map[string]int{}}
	for _, f := range slices.Backward(m.Fills) {
		into := &late
		if late.Releases >= fillWindow {
			into = &before
		}
		into.Releases += f.Releases
		for field, n := range f.Fields {
			into.Fields[field] += n
		}
	}
	if late.Releases < fillWindow || before.Releases < fillBefore {
		return nil
	}
	worst, least := "", fillFloor
	for _, field := range fields {
		was, is := float64(before.Fields[field])/float64(before.Releases), float64(late.Fields[field])/float64(late.Releases)
		if was >= fillUsual && is/was < least {
			worst, least = field, is/was
		}
	}
	if worst == "" {
		return nil
	}
	return &Verdict{
		Degraded, fmt.Sprintf("of its last %d releases %d have %s, of the %d before %d", late.Releases, late.Fields[worst], words[worst],
			before.Releases, before.Fields[worst]),
		"look at a page (kreispresse inspect): its markup has changed",
	}
}

// fields in the order in which a fall is told, the gravest first.
var fields = []string{"published", "text", "people", "quotes", "images", "credits", "lead"}

var words = map[string]string{
	"published": "a date", "text": "a text", "people": "people", "quotes": "quotes", "images": "pictures", "credits": "photo credits", "lead": "a lead",
}

// silent compares the pause with the rhythm.
func (m Memory) silent(now time.Time, quiet time.Duration) *Verdict {
	if age := now.Sub(m.Last.At); age > staleRun && (quiet == 0 || age > quiet) {
		return &Verdict{Silent, fmt.Sprintf("it was not crawled for %d days", int(age.Hours()/24)), "see whether kreispresse run or the timer runs"}
	}
	r := m.Rhythm(now)
	long := r.Releases >= rhythmKnown && r.Quiet > silentDays && r.Quiet > silentLongest*r.Longest && r.Expected(now) >= silentRate
	if quiet > 0 {
		last := m.Fresh
		if last.IsZero() {
			last = m.Since
		}
		long = now.Sub(last) > quiet && (len(m.Days) == 0 || float64(r.Quiet) > quiet.Hours()/24)
	}
	if !long {
		return nil
	}
	return &Verdict{
		Silent, fmt.Sprintf("nothing new for %d days, though it has %.1f releases a week and %s", r.Quiet, r.PerWeek, longest(r.Longest)),
		"look at the site: its press page may have moved",
	}
}

// longest tells of the longest pause so far.
func longest(days int) string {
	switch days {
	case 0:
		return "there was never a day without one"
	case 1:
		return "never paused for more than a day"
	}
	return fmt.Sprintf("never paused for more than %d days", days)
}

func ago(days int) string {
	switch days {
	case 0:
		return "today"
	case 1:
		return "yesterday"
	}
	return fmt.Sprintf("%d days ago", days)
}

package health

import (
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
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
	schemas.Cause
	Causes []schemas.Cause `json:"causes,omitempty"` // why its last run failed, as far as that is known as codes
}

// Judge says how a source is at a moment.
func (m Memory) Judge(now time.Time) Verdict { return m.judge(now, 0) }

// JudgeQuiet is Judge with a silence of one's own measure, whatever the rhythm.
func (m Memory) JudgeQuiet(now time.Time, quiet time.Duration) Verdict { return m.judge(now, quiet) }

func (m Memory) judge(now time.Time, quiet time.Duration) Verdict {
	if m.Last.At.IsZero() {
		return verdict(Silent, Never, nil, nil)
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
		return verdict(Healthy, NoRhythm, nil, nil)
	}
	return verdict(Healthy, Fine, schemas.With{"Rate": r.PerWeek, "Quiet": r.Quiet}, schemas.With{"Ago": ago(r.Quiet)})
}

// broken are faults of the last run as a whole.
func (m Memory) broken() *Verdict {
	var v Verdict
	switch f := m.Last.Filled; {
	case m.Last.Challenge:
		v = verdict(Broken, Challenge, nil, nil)
	case m.Last.Failed != "":
		v = verdict(Broken, Failed, nil, schemas.With{"Reasons": m.Last.Failed})
		v.Causes = m.Last.Causes
	case f != nil && f.Alike >= alikeLeast && float64(f.Alike) >= alikeShare*float64(f.Releases):
		v = verdict(Broken, Alike, schemas.With{"Alike": f.Alike, "Releases": f.Releases}, nil)
	default:
		return nil
	}
	return &v
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
	v := verdict(Degraded, Fewer, schemas.With{"Named": m.Last.Discovered, "Least": least}, nil)
	return &v
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
	v := verdict(Degraded, Falling, schemas.With{
		"Field": worst, "Late": late.Releases, "Has": late.Fields[worst], "Before": before.Releases, "Had": before.Fields[worst],
	}, schemas.With{"What": words[worst]})
	return &v
}

// fields in the order in which a fall is told, the gravest first.
var fields = []string{"published", "text", "people", "quotes", "images", "credits", "lead"}

// silent compares the pause with the rhythm.
func (m Memory) silent(now time.Time, quiet time.Duration) *Verdict {
	if age := now.Sub(m.Last.At); age > staleRun && (quiet == 0 || age > quiet) {
		v := verdict(Silent, Stale, schemas.With{"Days": int(age.Hours() / 24)}, nil)
		return &v
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
	v := verdict(Silent, Quiet, schemas.With{"Quiet": r.Quiet, "Rate": r.PerWeek, "Longest": r.Longest}, schemas.With{"Pause": longest(r.Longest)})
	return &v
}

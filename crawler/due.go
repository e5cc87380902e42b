package crawler

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

const day = 24 * time.Hour

// need is why a known page is asked for again.
type need int

const (
	notDue     need = iota
	dueByAge        // its time has come
	dueChanged      // a list, feed or sitemap says that it changed since it was looked at
	dueFresh        // it was first seen in the last day, though it is older
	dueYoung        // it is of the last day
	dueDoubt        // it was missing, failed or held
)

// needOf says whether a page is due. Listed is what a start says of it now; nil when none names it.
func needOf(page string, st schemas.PageState, listed *discover.Entry, now time.Time, zone *time.Location, p source.Recheck) need {
	hints := st.Hints
	if listed != nil {
		hints = remember(st.Hints, listed.Hints)
	}
	age, fresh := ageOf(st, hints, now, zone), now.Sub(st.FirstSeen) < day
	since := now.Sub(st.LastChecked)
	switch {
	case inDoubt(st):
		return dueDoubt
	case st.Gone && listed != nil: // it is said to be back
		return dueDoubt
	case since < 0: // the clock was ahead
		return dueFresh
	case st.Gone:
		age = max(age, seasonEnds) // it may come back, but hardly will
	case listed != nil && listed.Front: // readers still see it
		age = min(age, 6*day)
	}
	switch {
	case st.Gone:
	case age < day && since >= p.Day:
		return dueYoung
	case listed != nil && news(st, *listed, zone):
		return dueChanged
	case fresh && since >= p.Day:
		return dueFresh
	}
	if since >= jittered(page, intervalOf(age, p)) {
		return dueByAge
	}
	return notDue
}

// dueFrom is the first moment from now on at which needOf, with nothing listed, says that a page is due; the zero time: never. It holds while
// the state of the page stays as it is.
func dueFrom(page string, st schemas.PageState, now time.Time, zone *time.Location, p source.Recheck) time.Time {
	if st.Erased {
		return time.Time{}
	}
	if inDoubt(st) || now.Before(st.LastChecked) {
		return now
	}
	after := func(d time.Duration) time.Time { return later(now, st.LastChecked.Add(d)) }
	var due time.Time
	within := func(from, end, at time.Time) { // the first moment not before at in a span of time
		if at = later(at, from); (end.IsZero() || at.Before(end)) && (due.IsZero() || at.Before(due)) {
			due = at
		}
	}
	born := bornAt(st, st.Hints, zone)
	if !st.Gone {
		within(time.Time{}, born.Add(day), after(p.Day))
		within(time.Time{}, st.FirstSeen.Add(day), after(p.Day))
	}
	var from time.Time
	for _, c := range ages(p) {
		var end time.Time
		if c.until > 0 {
			end = born.Add(c.until)
		}
		if !st.Gone || c.until == 0 || c.until > seasonEnds {
			within(from, end, after(jittered(page, c.every)))
			from = end
		}
	}
	return due
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// inDoubt reports whether what is remembered of a page waits to be confirmed.
func inDoubt(st schemas.PageState) bool {
	return st.Miss != nil && !st.Gone || st.Held != nil || st.Failures > 0 || st.Unsure
}

// ageOf counts from the publication that a list or feed states (of a day: from its beginning), else from the first sight. What lies in
// the future is of today.
func ageOf(st schemas.PageState, hints schemas.Hints, now time.Time, zone *time.Location) time.Duration {
	return max(now.Sub(bornAt(st, hints, zone)), 0)
}

// bornAt is from when the age of a page counts.
func bornAt(st schemas.PageState, hints schemas.Hints, zone *time.Location) time.Time {
	if t, err := time.ParseInLocation(time.DateOnly, hints.Published, zone); err == nil {
		return t
	} else if t, ok := discover.HintTime(hints.Published, zone); ok {
		return t
	}
	return st.FirstSeen
}

// news reports whether a start says something of a page that it did not say when the page was last looked at: another title, a later
// date, a change since then.
func news(st schemas.PageState, e discover.Entry, zone *time.Location) bool {
	if e.Changed.After(st.LastChecked) {
		return true
	}
	if e.Hints.DiscoveredBy != st.Hints.DiscoveredBy { // a feed and a list word things differently
		return false
	}
	if e.Hints.Title != "" && st.Hints.Title != "" && e.Hints.Title != st.Hints.Title {
		return true
	}
	now, ok1 := discover.HintTime(e.Hints.Published, zone)
	then, ok2 := discover.HintTime(st.Hints.Published, zone)
	return ok1 && ok2 && now.After(then)
}

// seasonEnds is the age of a page of which nobody expects a change any more.
const seasonEnds = 60 * day

// class is an age of pages, until when (0: for ever), and how often they are looked at then.
type class struct{ until, every time.Duration }

func ages(p source.Recheck) [5]class {
	return [...]class{{day, p.Day}, {7 * day, p.Week}, {seasonEnds, p.Season}, {365 * day, p.Year}, {0, p.Older}}
}

func intervalOf(age time.Duration, p source.Recheck) time.Duration {
	for _, c := range ages(p) {
		if age < c.until {
			return c.every
		}
	}
	return p.Older
}

// jittered is d, up to a quarter more or less, by the page: the pages of a first crawl are not due all at once. A day is never more: who
// crawls daily looks daily.
func jittered(page string, d time.Duration) time.Duration {
	spread := d / 2
	if d <= day {
		spread = d / 4
	}
	sum := sha256.Sum256([]byte(page))
	return d - d/4 + time.Duration(float64(spread)*float64(binary.BigEndian.Uint32(sum[:]))/(1<<32))
}

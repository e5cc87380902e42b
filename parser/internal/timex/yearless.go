package timex

import (
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// resolveDay gives the day its year and checks the weekday.
func (c *discourse) resolveDay(cl *claim, it dayItem) reading {
	if it.y == 0 && it.ofYear && c.known() {
		if y := c.anchor.Day.Year() + it.years; valid(y, it.m, it.d) {
			r := c.anchored(dayOf(date(y, it.m, it.d)))
			r.warning = weekdayWarning(r.from, it.weekday)
			return r
		}
	}
	y, anchor := it.y, ""
	if y == 0 {
		y, anchor = c.yearFor(cl, it)
	}
	if y == 0 || !valid(y, it.m, it.d) { // no anchor, or a year that has no 29 February
		return untold(schemas.DateDate, "XXXX-"+two(it.m)+"-"+two(it.d))
	}
	r := dated(dayOf(date(y, it.m, it.d)))
	r.anchor = anchor
	r.warning = weekdayWarning(r.from, it.weekday)
	return r
}

func weekdayWarning(t time.Time, weekday int) string {
	if weekday > 0 && isoDay(t) != weekday {
		return "weekday"
	}
	return ""
}

// yearFor chooses the year of a day and month: the weekday decides if only one near year fits it; then a year the text is speaking
// of in the past; else the nearest, with the tense of the clause.
func (c *discourse) yearFor(cl *claim, it dayItem) (int, string) {
	tense := cl.tense()
	if c.pastYear(cl, tense, it.m, it.d) {
		return c.year, anchoredInText
	}
	if !c.known() {
		return 0, ""
	}
	a := c.anchor.Day
	y := nearestYear(a, it.m, it.d, tense)
	if it.weekday > 0 {
		for _, cand := range []int{y, a.Year(), a.Year() + 1, a.Year() - 1} {
			if valid(cand, it.m, it.d) && isoDay(date(cand, it.m, it.d)) == it.weekday && abs(daysBetween(a, date(cand, it.m, it.d))) < weekdayReach {
				return cand, c.anchor.Kind
			}
		}
	}
	return y, c.anchor.Kind
}

// pastYear reports whether the text is telling of another year than the anchor's, named within the last sentences.
func (c *discourse) pastYear(cl *claim, t tense, m, d int) bool {
	if date(c.year, m, d).Before(c.yearFrom) { // a tale goes forward
		return false
	}
	if c.year == 0 || t != past {
		return false
	}
	if c.known() && c.year >= c.anchor.Day.Year()-1 {
		return false
	}
	gap := cl.b.at(cl.from).Sent - c.yearSent
	return gap == 0 || gap <= taleReach && c.yearFine
}

// nearestYear is the year in which day d of month m is nearest to a. The tense moves the middle: what is told in the past lies
// before a, what is announced after it, with some weeks of grace for releases that are shown late.
func nearestYear(a time.Time, m, d int, t tense) int {
	best, bestDist := a.Year(), 1<<30
	for y := a.Year() - 1; y <= a.Year()+1; y++ {
		dd := d
		if !valid(y, m, d) {
			dd--
		}
		if dist := t.distance(int(date(y, m, dd).Sub(a).Hours() / 24)); dist < bestDist {
			best, bestDist = y, dist
		}
	}
	return best
}

// distance is how far a day seems that lies so many days ahead of the anchor (behind it where negative).
func (t tense) distance(days int) int {
	switch {
	case t == past && days > 0:
		return days + pastAhead
	case t == future && days < -futureGrace:
		return -days * futureFactor
	case t == present && days < -presentGrace:
		return -days * presentFactor
	case t == unknown && days < -untoldGrace:
		return -days * untoldFactor
	case days < 0:
		return -days
	}
	return days
}

// yearless gives a period that comes every year the year the tense and the anchor speak for.
func (c *discourse) yearless(cl *claim, n int, of func(y, n int) period, unknownValue string) reading {
	t := cl.tense()
	if c.year > 0 {
		if p := of(c.year, n); c.pastYear(cl, t, int(p.from.Month()), p.from.Day()) {
			return inText(p)
		}
	}
	if !c.known() {
		return untold(schemas.DateDate, unknownValue)
	}
	a := c.anchor.Day
	y := a.Year()
	if p := of(y-1, n); !p.to.Before(a) { // January lies in last year's winter
		return c.anchored(p)
	}
	p := of(y, n)
	ended, begins := daysBetween(p.to, a), daysBetween(a, p.from)
	switch {
	case t == past && begins > 0:
		p = of(y-1, n)
	case t == past:
	case t == future && ended > futureGrace, t != future && ended > periodGrace:
		p = of(y+1, n)
	case t != future && begins > periodAhead:
		p = of(y-1, n)
	}
	return c.anchored(p)
}

func abs(n int) int { return max(n, -n) }

// daysBetween counts the days from a to b, below zero where b is the earlier.
func daysBetween(a, b time.Time) int { return int(b.Sub(a).Hours() / 24) }

package timex

import (
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// weekdayPhrase is a weekday with what points to it: "diesen Donnerstag", "am gestrigen Montagabend".
type weekdayPhrase struct {
	day  int
	code string // the part of the day
	this bool   // diesen, heutigen, gestrigen
	rel  *word  // kommenden, letzten; noWord for none
}

// weekdayPhrases reads weekdays: "Dienstag", "diesen Donnerstag", "kommenden Samstag", "Montagabend", "Sonntag früh".
func weekdayPhrases(b *block, i int) []claim {
	if cs := relativeYears(b, i); cs != nil {
		return cs
	}
	if cs := b.weekAndDay(i); cs != nil {
		return cs
	}
	if cs := b.nthWeekday(i); cs != nil {
		return cs
	}
	p, j := b.weekdayModifiers(i)
	t := b.at(j)
	if t.day == 0 || !t.upper || strings.HasSuffix(t.low, "s") && (b.sentenceStart(j) || !b.is(j-1, "des")) {
		return nil
	}
	p.day = t.day
	var to int
	if p.code, to = b.dayCode(j); p.code != "" && b.is(to, "früh") {
		to++
	}
	if n, end, ok := b.ofWeek(to); ok && p.rel == noWord && !b.at(i).is(these) {
		return b.one(ruleWeekday, i, end, inWeek(n, p.day, p.code))
	}
	return b.one(ruleWeekday, i, to, p.resolve)
}

// weekAndDay is "nächste Woche Dienstag".
func (b *block) weekAndDay(i int) []claim {
	n, end, ok := b.ofWeek(i)
	if !ok {
		return nil
	}
	if t := b.at(end); t.day > 0 && t.upper && !b.digits(end+1) {
		return b.one(ruleWeekday, i, end+1, inWeek(n, t.day, t.dayCode))
	}
	return nil
}

// weekdayModifiers reads what stands before a weekday at token i.
func (b *block) weekdayModifiers(i int) (p weekdayPhrase, next int) {
	p.rel = noWord
	if b.at(i).is(these) {
		p.this = true
		i++
	}
	switch t := b.at(i); {
	case t.is(relative):
		p.rel = t.word
		i++
	case b.is(i, "heutige", "heutigen", "gestrige", "gestrigen", "morgige", "morgigen"):
		p.this = true
		i++
	}
	return p, i
}

// dayCode is the part of the day in the weekday at token i or behind it, and the token after both.
func (b *block) dayCode(i int) (code string, next int) {
	if code = b.at(i).dayCode; code != "" {
		return code, i + 1
	}
	n := b.at(i + 1)
	if n.part == "" || n.low == "nachts" || strings.HasSuffix(n.low, "stunden") {
		return "", i + 1
	}
	return n.part, i + 2
}

// anyWeekday is the value of a weekday of no certain week.
func anyWeekday(day int) string { return "XXXX-WXX-" + string(rune('0'+day)) }

// weekly is every such weekday.
func weekly(day int) evaluation { return fixed(ever(anyWeekday(day))) }

// resolve finds the weekday's date.
func (p weekdayPhrase) resolve(c *discourse, cl *claim) reading {
	bare := !p.this && p.rel == noWord
	if bare && p.code == "" && c.habitual(cl) {
		return ever(anyWeekday(p.day))
	}
	if !c.known() {
		if p.code != "" {
			return untold(schemas.DateTime, anyWeekday(p.day)+"T"+p.code)
		}
		return untold(schemas.DateDate, anyWeekday(p.day))
	}
	var day time.Time
	if bare || p.rel != noWord && p.rel.rel == 0 && !p.this {
		day = c.bareWeekday(cl, p.day)
	} else {
		day = c.anchor.Day.AddDate(0, 0, p.distance(cl, c.anchor.Day))
	}
	return c.anchored(dayOf(day)).partOf(p.code)
}

// distance is how many days from the anchor the weekday lies that a modifier points to.
func (p weekdayPhrase) distance(cl *claim, a time.Time) int {
	ahead, back := daysAhead(a, p.day), daysBack(a, p.day)
	switch {
	case p.this && cl.b.is(cl.from, "gestrigen", "gestrige"):
		return -1
	case p.this && ahead > soon && cl.tense() == past:
		return -back
	case p.this:
		return ahead
	case p.rel.rel < 0 && back == 0:
		return -7
	case p.rel.rel < 0:
		return -back
	case ahead == 0:
		return 7
	}
	return ahead
}

// daysAhead counts the days from a to the next such weekday, today included; daysBack those to the last.
func daysAhead(a time.Time, day int) int { return (day - isoDay(a) + 7) % 7 }
func daysBack(a time.Time, day int) int  { return (isoDay(a) - day + 7) % 7 }

// bareWeekday is the date of a weekday that nothing points to. Before a date in parentheses or a list of dates it belongs to the one
// that fits, at the end of a range to its beginning; else the tense decides.
func (c *discourse) bareWeekday(cl *claim, day int) time.Time {
	if t := c.fitting(cl, day); !t.IsZero() {
		return t
	}
	b, a := cl.b, c.anchor.Day
	if joins := b.is(cl.from-1, "bis", "auf", "und", "/") || dash(b.at(cl.from-1).Text); joins && !c.day.IsZero() {
		if first := b.at(cl.from - 2).day; first > 0 && first == isoDay(c.day) {
			return c.day.AddDate(0, 0, (day-first+7)%7) // Montag bis Mittwoch
		}
	}
	ahead := daysAhead(a, day)
	switch t := cl.tense(); {
	case t == past, b.is(cl.from-1, "vom") && !b.is(cl.to, "bis", "an"), t == unknown && ahead > soonUntold:
		return a.AddDate(0, 0, -daysBack(a, day))
	}
	return a.AddDate(0, 0, ahead)
}

// fitting is the day among the next dates of the sentence, within a few tokens, that falls on the weekday; zero for none.
func (c *discourse) fitting(cl *claim, day int) time.Time {
	saved := c.rest
	defer func() { c.rest = saved }()
	for k := range min(len(saved), fittingClaims) {
		n := &saved[k]
		if n.from-cl.to > fittingTokens || n.b.at(n.from).Sent != cl.b.at(cl.from).Sent || !cl.b.joinsDays(cl.to, n.from) {
			break
		}
		if !n.kind.day() {
			continue
		}
		c.rest = nil
		if r := n.eval(c, n); !r.from.IsZero() && r.from.Equal(r.to) && isoDay(r.from) == day {
			return r.from
		}
	}
	return time.Time{}
}

// joinsDays reports whether the tokens from i to j only join days: weekdays, numbers, marks, "und", "bis", "auf".
func (b *block) joinsDays(i, j int) bool {
	for ; i < j; i++ {
		if t := b.at(i); t.Kind == text.Word && t.weekday == 0 && t.month == 0 && !t.is(joint) {
			return false
		}
	}
	return true
}

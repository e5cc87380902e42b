package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// unitPhrase reads a phrase around a unit: a length ("zehn Jahre") or a period seen from the anchor ("der nächsten Woche").
func (b *block) unitPhrase(i int) (cs []claim, lasts bool) {
	if cs := b.ordinalPair(i); cs != nil {
		return cs, false
	}
	p, ok := b.phrase(i)
	if !ok {
		return nil, false
	}
	switch {
	case p.q != "":
		return b.length(&p), true
	case p.ord > 0:
		return b.ordinalPeriod(&p), false
	case p.unit == "Y":
		if cs := b.yearPhrase(&p); cs != nil {
			return cs, false
		}
	}
	if !b.at(p.head).is(plural) {
		return b.relativePeriod(&p), false
	}
	if cs := b.openPeriod(&p); cs != nil {
		return cs, false
	}
	return b.openLength(&p), true
}

// yearPhrase is "Jahr 2014", "des Jahres 1991".
func (b *block) yearPhrase(p *phrase) []claim {
	y := b.integer(p.to)
	if !aYear(y) || p.hasRel || b.sign(p.to+1, "/") && b.glued(p.to+2) {
		return nil
	}
	if b.at(p.head).is(plural) {
		if !b.is(p.head, "jahre") || b.is(p.to+1, "bis", "und") && b.integer(p.to+2) > 1000 {
			return nil
		}
	}
	from := p.from
	if p.head > p.bare { // das gesamte Jahr 2009
		from = p.head
	}
	return b.one(ruleYear, from, p.to+1, atYear(y))
}

// relativePeriod is one period counted from the anchor's: "diese Woche", "vergangenen Jahr", "des Monats".
func (b *block) relativePeriod(p *phrase) []claim {
	switch {
	case !p.hasRel && !p.this && !(p.same && p.unit == "D") && !b.current(p):
		return nil
	case p.unit == "D":
		return b.dayOfText(p)
	case p.same:
		return nil
	}
	if cs := b.lastPart(p); cs != nil {
		return cs
	}
	if ofClock(p.unit) {
		return nil
	}
	from := p.from
	if p.unit == "WE" && !p.this {
		from = p.bare
	}
	return b.one(ruleRelative, from, p.to, relativeTo(*p))
}

// current reports whether a bare phrase means the current period: "des Jahres", "Ende der Woche", "am Wochenende".
func (b *block) current(p *phrase) bool {
	before := func(words ...string) bool { return b.is(p.from-1, words...) }
	switch {
	case p.det == "des" && (p.unit == "Y" || p.unit == "M"):
		return true
	case p.det == "der" && p.unit == "W":
		return before("anfang", "mitte", "ende", "beginn", "verlauf", "laufe")
	case p.det == "das" && p.unit == "Y":
		return before("über", "durch")
	case p.unit == "WE":
		return before("am", "zum", "vom", "übers", "das", "fürs") || p.det == "das" && before("für", "über", "an")
	}
	return false
}

// lastPart is the last quarter or half of a year: "im letzten Quartal 2004".
func (b *block) lastPart(p *phrase) []claim {
	if !p.hasRel || p.rel >= 0 || p.unit != "Q" && p.unit != "HY" {
		return nil
	}
	y, to := b.yearAfter(p.to)
	if y == 0 {
		return nil
	}
	part := quarterOf(y, 4)
	if p.unit == "HY" {
		part = halfOf(y, 2)
	}
	return b.one(rulePartOfYear, p.from, to, fixed(dated(part)))
}

// untoldUnits are the values of periods that cannot be told.
var untoldUnits = map[string]string{"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "Q": "XXXX-QX", "HY": "XXXX-HX", "DE": "XXX", "CE": "XX"}

// relativeTo is the period the phrase points to, from the anchor or, for "des Jahres" in a tale, the year it is at.
func relativeTo(p phrase) evaluation {
	return func(c *discourse, cl *claim) reading {
		if p.det == "des" && !p.hasRel && p.unit == "Y" && c.nearYear(cl, 1) && (!c.known() || c.year != c.anchor.Day.Year()) {
			if t := cl.tense(); t == past || t == unknown {
				return inText(yearOf(c.year))
			}
		}
		if !c.known() {
			return untold(schemas.DateDate, untoldUnits[p.unit])
		}
		n := p.rel
		if p.unit == "WE" {
			n = c.weekends(cl, p)
		}
		pr, ok := unitAt(c.anchor.Day, p.unit, n)
		if !ok {
			return reading{}
		}
		return c.anchored(pr)
	}
}

// weekends counts the weekends from the anchor's to the one meant.
func (c *discourse) weekends(cl *claim, p phrase) int {
	endOfWeek := isoDay(c.anchor.Day) > 5
	switch {
	case !p.hasRel && !p.this: // am Wochenende
		if !endOfWeek && cl.tense() == past {
			return -1
		}
	case p.rel > 0 && cl.b.is(p.head-1, "kommenden", "kommende", "kommendes") && !endOfWeek:
		return 0
	}
	return p.rel
}

// dayOfText is a day counted from the one the text speaks of: "am nächsten Tag", "am folgenden Tag".
func (b *block) dayOfText(p *phrase) []claim {
	switch {
	case !b.is(p.head, "tag", "tages"):
		return nil
	case !p.hasRel && !p.same && !p.this:
		return nil
	case p.hasRel && (p.rel == 0 || strings.HasPrefix(b.at(p.head-1).low, "letzt")):
		return nil
	}
	from := p.bare
	if p.this {
		from = p.from
	}
	return b.one(ruleDayAfter, from, p.to, fromText(p.rel))
}

// fromText is the day n days from the one the text speaks of.
func fromText(n int) evaluation {
	return func(c *discourse, cl *claim) reading {
		if day := c.refDay(cl); !day.IsZero() {
			return inText(dayOf(day.AddDate(0, 0, n)))
		}
		return untold(schemas.DateDate, "XXXX-XX-XX")
	}
}

// openPeriod is a plural period without a number: "den vergangenen Wochen", "an Wochenenden".
func (b *block) openPeriod(p *phrase) []claim {
	if p.hasRel && p.rel != 0 {
		if p.rel < 0 { // its annotators give a past one a length nine times of eleven
			return b.one(ruleDurationOpen, p.from, p.to, fixed(untold(schemas.DateDuration, duration(open, p.unit))))
		}
		return b.one(ruleOpenPeriod, p.from, p.to, fixed(untold(schemas.DateDate, "FUTURE_REF")))
	}
	if p.unit == "WE" && !p.same && (b.is(p.bare-1, "an") || b.is(p.bare-2, "an") && p.det == "den") { // an Wochenenden
		return b.one(ruleSetWeekend, p.bare, p.to, fixed(ever("XXXX-WXX-WE")))
	}
	return nil
}

// openLength is a plural length without a number: "diesen Tagen", "seit Jahren".
func (b *block) openLength(p *phrase) []claim {
	if p.unit == "WE" || p.same {
		return nil
	}
	ok := p.this
	switch {
	case p.det == "":
		ok = b.at(p.from-1).is(beforeLength) && !b.is(p.to, "alt", "alte", "alten") || !b.at(p.from-1).is(definite) && b.at(p.to).is(afterLength)
	case p.det == "die" && p.unit == "Y":
		ok = true
	}
	if !ok {
		return nil
	}
	return b.one(ruleDurationOpen, p.from, p.to, fixed(untold(schemas.DateDuration, duration(open, p.unit))))
}

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
		return b.length(p), true
	case p.ord > 0:
		return b.ordinalPeriod(p), false
	case p.unit == "Y":
		if cs := b.yearPhrase(p); cs != nil {
			return cs, false
		}
	}
	if !plurals[b.at(p.head).low] {
		return b.relativePeriod(p), false
	}
	if cs := b.openPeriod(p); cs != nil {
		return cs, false
	}
	return b.openLength(p), true
}

// yearPhrase is "Jahr 2014", "des Jahres 1991".
func (b *block) yearPhrase(p phrase) []claim {
	y := b.integer(p.to)
	if y < 1000 || y > 2100 || p.hasRel {
		return nil
	}
	if plurals[b.at(p.head).low] && !b.is(p.head, "jahre") {
		return nil
	}
	if b.is(p.to+1, "bis", "und") && b.integer(p.to+2) > 1000 && plurals[b.at(p.head).low] {
		return nil
	}
	if b.at(p.to+1).Text == "/" && b.glued(p.to+2) {
		return nil
	}
	from := p.from
	if p.head > p.bare { // das gesamte Jahr 2009
		from = p.head
	}
	return []claim{b.claim(ruleYear, from, p.to+1, atYear(y))}
}

// relativePeriod is one period counted from the anchor's: "diese Woche", "vergangenen Jahr", "des Monats".
func (b *block) relativePeriod(p phrase) []claim {
	n := 0
	switch {
	case p.hasRel:
		n = p.rel
	case these[p.det], p.same && p.unit == "D":
	case p.det == "des" && (p.unit == "Y" || p.unit == "M"), p.det == "der" && p.unit == "W" && b.is(p.from-1, "anfang", "mitte", "ende", "beginn", "verlauf", "laufe"):
	case p.det == "das" && p.unit == "Y" && b.is(p.from-1, "über", "durch"):
	case p.unit == "WE" && b.is(p.from-1, "am", "zum", "vom", "übers", "das", "fürs"):
	case p.unit == "WE" && p.det == "das" && b.is(p.from-1, "für", "über", "an"):
	default:
		return nil
	}
	if p.unit == "D" {
		return b.dayOfText(p)
	}
	if p.same {
		return nil
	}
	if y, to := b.yearAfter(p.to); y > 0 && p.hasRel && p.rel < 0 && (p.unit == "Q" || p.unit == "HY") { // im letzten Quartal 2004
		of := quarterOf(y, 4)
		if p.unit == "HY" {
			of = halfOf(y, 2)
		}
		return []claim{b.claim(rulePartOfYear, p.from, to, func(c *context, _ *claim) reading { return c.dated(of) })}
	}
	if len(p.unit) == 2 && p.unit[0] == 'T' {
		return nil
	}
	from := p.from
	if p.unit == "WE" && !these[p.det] {
		from = p.bare
	}
	return []claim{b.claim(ruleRelative, from, p.to, func(c *context, cl *claim) reading { return c.relative(cl, p, n) })}
}

func (c *context) relative(cl *claim, p phrase, n int) reading {
	t := cl.b.tense(cl.from, cl.to)
	ref := p.det == "des" && (t == past || t == unknown) && !p.hasRel && c.year > 0 && p.unit == "Y" && cl.b.at(cl.from).Sent-c.yearSent <= 1
	if ref && (!c.known() || c.year != c.anchor.Day.Year()) {
		return c.inText(yearOf(c.year))
	}
	if !c.known() {
		return open(schemas.DateDate, map[string]string{"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "Q": "XXXX-QX", "HY": "XXXX-HX", "DE": "XXX", "CE": "XX"}[p.unit])
	}
	a := c.anchor.Day
	switch p.unit {
	case "Y":
		return c.anchored(yearOf(a.Year() + n))
	case "M":
		return c.anchored(monthOf(a.Year(), int(a.Month())+n))
	case "W":
		return c.anchored(weekOf(a.AddDate(0, 0, 7*n)))
	case "Q":
		return c.anchored(quarterOf(a.Year(), (int(a.Month())+2)/3+n))
	case "DE":
		return c.anchored(decadeOf(a.Year() + 10*n))
	case "CE":
		return c.anchored(centuryOf(a.Year()/100 + 1 + n))
	case "HY":
		h := (int(a.Month())+5)/6 + n
		y := a.Year()
		if h < 1 {
			y, h = y-1, 2
		} else if h > 2 {
			y, h = y+1, 1
		}
		return c.anchored(halfOf(y, h))
	case "WE":
		if !p.hasRel && !these[p.det] {
			switch cl.b.tense(cl.from, cl.to) {
			case past:
				if isoDay(a) < 6 {
					n = -1
				}
			}
		} else if p.hasRel && n > 0 && cl.b.is(p.head-1, "kommenden", "kommende", "kommendes") {
			if n = 0; isoDay(a) > 5 {
				n = 1
			}
		}
		return c.anchored(weekendOf(a.AddDate(0, 0, 7*n)))
	}
	return reading{}
}

// dayOfText is a day counted from the one the text speaks of: "am nächsten Tag", "am folgenden Tag".
func (b *block) dayOfText(p phrase) []claim {
	if !p.hasRel && !p.same && !these[p.det] || !b.is(p.head, "tag", "tages") || p.hasRel && (p.rel == 0 || strings.HasPrefix(b.at(p.head-1).low, "letzt")) {
		return nil
	}
	if these[p.det] {
		p.bare = p.from
	}
	return []claim{b.claim(ruleDayAfter, p.bare, p.to, func(c *context, cl *claim) reading {
		if day := c.refDay(cl); !day.IsZero() {
			return c.inText(dayOf(day.AddDate(0, 0, p.rel)))
		}
		return open(schemas.DateDate, "XXXX-XX-XX")
	})}
}

// openPeriod is a plural period without a number: "den vergangenen Wochen", "an Wochenenden".
func (b *block) openPeriod(p phrase) []claim {
	if p.hasRel && p.rel != 0 {
		value := "PAST_REF"
		if p.rel > 0 {
			value = "FUTURE_REF"
		}
		return []claim{b.claim(ruleOpenPeriod, p.from, p.to, fixed(open(schemas.DateDate, value)))}
	}
	if p.unit == "WE" && !p.same && (b.is(p.bare-1, "an") || b.is(p.bare-2, "an") && p.det == "den") { // an Wochenenden
		return []claim{b.claim(ruleSetWeekend, p.bare, p.to, fixed(reading{typ: schemas.DateSet, value: "XXXX-WXX-WE", quant: "every"}))}
	}
	return nil
}

// openLength is a plural length without a number: "diesen Tagen", "seit Jahren".
func (b *block) openLength(p phrase) []claim {
	ok := these[p.det]
	switch {
	case p.det == "":
		ok = b.is(p.from-1, "seit", "nach", "vor", "über", "für", "binnen") && !b.is(p.to, "alt", "alte", "alten") || !definite[b.at(p.from-1).low] && b.is(p.to, "später", "danach", "zuvor", "vorher", "darauf", "lang")
	case p.det == "die" && p.unit == "Y":
		ok = true
	}
	if !ok || p.unit == "WE" || p.same {
		return nil
	}
	return []claim{b.claim(ruleDurationOpen, p.from, p.to, fixed(open(schemas.DateDuration, duration("X", p.unit))))}
}

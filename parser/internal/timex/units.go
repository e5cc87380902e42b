package timex

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// unitPhrases reads phrases around a unit: lengths ("zehn Jahre") and periods seen from the anchor ("der nächsten Woche").
func unitPhrases(b *block, i int) []claim {
	if cs := b.ordinalPair(i); cs != nil {
		return cs
	}
	p, ok := b.phrase(i)
	if !ok {
		return nil
	}
	switch {
	case p.q != "":
		return b.length(p)
	case p.ord > 0:
		return b.ordinalPeriod(p)
	case p.unit == "Y":
		if cs := b.yearPhrase(p); cs != nil {
			return cs
		}
	}
	if plurals[b.at(p.head).low] {
		return b.openPeriods(p)
	}
	return b.relativePeriod(p)
}

// start is the first token of a period's span: the full article counts, but not when it is part of "des Jahres 2014" after a noun …
func (p phrase) start() int { return p.from }

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
	return []claim{b.claim("year", from, p.to+1, atYear(y))}
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
		return []claim{b.claim("part-of-year", p.from, to, func(c *context, _ *claim) reading { return c.dated(of) })}
	}
	if len(p.unit) == 2 && p.unit[0] == 'T' {
		return nil
	}
	from := p.from
	if p.unit == "WE" && !these[p.det] {
		from = p.bare
	}
	return []claim{b.claim("relative", from, p.to, func(c *context, cl *claim) reading { return c.relative(cl, p, n) })}
}

func (c *context) relative(cl *claim, p phrase, n int) reading {
	ref := p.det == "des" && !p.hasRel && c.year > 0 && p.unit == "Y" && cl.b.at(cl.from).Sent-c.yearSent <= 1
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
	return []claim{b.claim("day-after", p.bare, p.to, func(c *context, cl *claim) reading {
		if day := c.refDay(cl); !day.IsZero() {
			return c.inText(dayOf(day.AddDate(0, 0, p.rel)))
		}
		return open(schemas.DateDate, "XXXX-XX-XX")
	})}
}

// openPeriods are plural periods without a number: "den vergangenen Wochen", "diesen Tagen", "seit Jahren".
func (b *block) openPeriods(p phrase) []claim {
	if p.hasRel && p.rel != 0 {
		value := "PAST_REF"
		if p.rel > 0 {
			value = "FUTURE_REF"
		}
		return []claim{b.claim("open-period", p.from, p.to, fixed(open(schemas.DateDate, value)))}
	}
	if p.ord > 0 || p.same {
		return nil
	}
	ok := these[p.det]
	switch {
	case p.det == "":
		ok = b.is(p.from-1, "seit", "nach", "vor", "über", "für", "binnen") && !b.is(p.to, "alt", "alte", "alten")
	case p.det == "die" && p.unit == "Y":
		ok = true
	}
	if !ok || p.unit == "WE" {
		return nil
	}
	return []claim{b.claim("duration-open", p.from, p.to, fixed(open(schemas.DateDuration, duration("X", p.unit))))}
}

// duration is the TIMEX3 value of q units.
func duration(q quantity, unit string) string {
	if q == "0.5" { // eine halbe Stunde
		switch unit {
		case "TH":
			return "PT30M"
		case "TM":
			return "PT30S"
		case "Y":
			return "P6M"
		}
	}
	switch unit {
	case "HY":
		if f, err := strconv.ParseFloat(string(q), 64); err == nil {
			return "P" + strconv.FormatFloat(f*6, 'f', -1, 64) + "M"
		}
		return "PXM"
	case "WE":
		return "P" + string(q) + "WE"
	case "Q":
		return "P" + string(q) + "Q"
	}
	if strings.HasPrefix(unit, "T") {
		return "PT" + string(q) + unit[1:]
	}
	return "P" + string(q) + unit
}

// length is a number of units: a DURATION. "vor", "seit" and "in" before it also tell the days it reaches.
func (b *block) length(p phrase) []claim {
	if b.is(p.to, "alt", "alte", "alten", "alter", "altes", "jung", "junge", "jungen") || b.is(p.to-1, "tages") || b.is(p.from-1, "ab", "zwischen", "alter") && p.unit == "Y" && p.exact {
		return nil
	}
	if p.unit == "Y" && b.age(p) {
		return nil
	}
	if p.det == "des" || p.det == "der" && p.unit == "WE" {
		return nil
	}
	value, to := duration(p.q, p.unit), p.to
	if b.is(to, "und") && p.exact || b.is(to, "und") && p.q == "1" { // drei Jahre und vier Monate
		if q2, ok := b.phrase(to + 1); ok && q2.q != "" && q2.from == q2.bare && finer(q2.unit, p.unit) {
			value += strings.TrimPrefix(duration(q2.q, q2.unit), "P")
			to = q2.to
			if strings.HasPrefix(p.unit, "T") {
				value = duration(p.q, p.unit) + strings.TrimPrefix(duration(q2.q, q2.unit), "PT")
			}
		}
	}
	if p.hasRel && p.exact && b.is(p.bare, "nächste", "nächsten") && p.det == "" && false {
		return nil
	}
	if p.unit == "D" && p.hasRel && !p.exact {
		return nil
	}
	return []claim{b.claim("duration", p.from, to, func(c *context, cl *claim) reading {
		r := open(schemas.DateDuration, value)
		c.reach(&r, cl, p)
		return r
	})}
}

// age reports whether years tell somebody's age: "im Alter von zwölf Jahren", "zwischen sechs und elf Jahren", "von 10 bis 15 Jahren",
// "bis 14 Jahren".
func (b *block) age(p phrase) bool {
	i := p.from - 1
	if b.is(i, "über", "unter", "knapp", "rund", "etwa") {
		i--
	}
	if b.is(i, "von") && b.is(i-1, "alter", "jugendliche", "kinder", "männer", "frauen", "menschen") {
		return true
	}
	if b.is(i, "bis") && b.is(p.head, "jahren") && (b.age2(i-1) || b.is(i-1, "kinder", "kindern", "jugendliche", "jugendlichen")) {
		return true
	}
	return b.is(i, "und") && b.is(i-2, "zwischen") && (b.digits(i-1) || cardinal(b.at(i-1).low) > 0) || dash(b.at(i).Text) && b.digits(i-1)
}

// age2 reports a first number after "von", "ab" or "Alter": the age a range begins with.
func (b *block) age2(i int) bool {
	return (b.digits(i) || cardinal(b.at(i).low) > 0) && b.is(i-1, "von", "ab", "zwischen", "alter", "kinder", "jugendliche")
}

func finer(a, b string) bool {
	const order = "Y Q M W D TH TM TS"
	return strings.Index(order, a) > strings.Index(order, b) && a != "WE" && b != "WE"
}

// reach gives a duration the days it covers, or points at, seen from the anchor.
func (c *context) reach(r *reading, cl *claim, p phrase) {
	n, err := strconv.Atoi(string(p.q))
	if err != nil || !c.known() || n < 1 || n > 3000 || strings.HasPrefix(p.unit, "T") {
		return
	}
	a := c.anchor.Day
	switch b := cl.b; {
	case b.is(cl.from-1, "vor") && !b.at(cl.to).upper && !b.is(cl.to, "dem", "der", "den"):
		if pr, ok := shift(a, p.unit, -n); ok {
			r.from, r.to = pr.from, pr.to
		}
	case b.is(cl.from-1, "seit") || b.is(cl.from-2, "seit") && !b.at(cl.from-1).upper || b.is(cl.from-3, "seit") && b.is(cl.from-2, "mehr"), p.hasRel && p.rel < 0:
		if pr, ok := shift(a, p.unit, -n); ok {
			r.from, r.to = pr.from, a
		}
	case p.hasRel && p.rel > 0:
		if pr, ok := shift(a, p.unit, n); ok {
			r.from, r.to = a, pr.to
		}
	default:
		return
	}
	if !r.from.IsZero() {
		r.anchor = c.anchor.Kind
	}
}

// shift is the unit that lies n units from a's.
func shift(a time.Time, unit string, n int) (period, bool) {
	switch unit {
	case "D":
		return dayOf(a.AddDate(0, 0, n)), true
	case "W":
		return weekOf(a.AddDate(0, 0, 7*n)), true
	case "M":
		return monthOf(a.Year(), int(a.Month())+n), true
	case "Y":
		if y := a.Year() + n; y > 0 && y < 9999 {
			return yearOf(y), true
		}
	}
	return period{}, false
}

// ordinalPair is "19. und 20. Jahrhundert", "ersten und zweiten Quartal 2024": two periods.
func (b *block) ordinalPair(i int) []claim {
	j := i
	if definite[b.at(j).low] {
		j++
	}
	n, k := b.ordinal(j)
	if n == 0 || !b.is(k, "und", "bis", "oder") && !dash(b.at(k).Text) && b.at(k).Text != "/" {
		return nil
	}
	l := k + 1
	if b.is(l, "zum", "ins") {
		l++
	}
	p, ok := b.phrase(l)
	if !ok || p.ord == 0 || p.unit != "CE" && p.unit != "Q" && p.unit != "HY" || p.from != l {
		return nil
	}
	second := b.ordinalPeriod(p)
	if len(second) != 1 {
		return nil
	}
	p.ord = n
	first := b.ordinalPeriod(p)
	if len(first) != 1 {
		return nil
	}
	first[0].from, first[0].to = i, k
	return []claim{first[0], second[0]}
}

// ordinalPeriod is "dritten Quartal 2014", "20. Jahrhundert", "zweiten Jahreshälfte".
func (b *block) ordinalPeriod(p phrase) []claim {
	to := p.to
	y, k := b.yearAfter(to)
	rel := 0
	if y > 0 {
		to = k
	} else if q, ok := b.phrase(to); ok && q.unit == "Y" && q.q == "" && q.ord == 0 && (q.hasRel || q.det == "des" || these[q.det]) && p.unit != "CE" {
		rel, to = q.rel, q.to
		if yy := b.integer(to); yy >= 1000 && yy <= 2100 {
			y, to = yy, to+1
		}
	} else if b.is(to, "vorjahr", "vorjahres") {
		rel, to = -1, to+1
	} else if b.is(to, "des") && b.is(to+1, "vorjahres", "vorjahrs") {
		rel, to = -1, to+2
	}
	of := func(int) period { return period{} }
	switch {
	case p.unit == "CE" && p.ord >= 1 && p.ord <= 30:
		end := p.to
		return []claim{b.claim("century", p.from, end, func(c *context, _ *claim) reading { return c.dated(centuryOf(p.ord)) })}
	case p.unit == "Q" && p.ord <= 4, b.is(p.head, "trimester", "trimesters") && p.ord <= 4:
		of = func(y int) period { return quarterOf(y, p.ord) }
	case p.unit == "HY" && p.ord <= 2:
		of = func(y int) period { return halfOf(y, p.ord) }
	default:
		return nil
	}
	return []claim{b.claim("part-of-year", p.from, to, func(c *context, cl *claim) reading {
		switch {
		case y > 0:
			return c.dated(of(y))
		case !c.known():
			v := of(2000).value
			return open(schemas.DateDate, "XXXX"+v[4:])
		case rel != 0 || to > p.to:
			return c.anchored(of(c.anchor.Day.Year() + rel))
		}
		return c.yearless(cl, 0, func(y, _ int) period { return of(y) }, fmt.Sprintf("XXXX%s", of(2000).value[4:]))
	})}
}

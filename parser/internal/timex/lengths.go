package timex

import (
	"strconv"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/schemas"
)

// halves are the lengths of half a unit that has a finer one.
var halves = map[string]string{"TH": "PT30M", "TM": "PT30S", "Y": "P6M"}

// duration is the TIMEX3 value of q units.
func duration(q quantity, unit string) string {
	switch {
	case q == aHalf && halves[unit] != "":
		return halves[unit]
	case unit == "HY":
		if f, err := strconv.ParseFloat(string(q), 64); err == nil {
			return "P" + strconv.FormatFloat(f*6, 'f', -1, 64) + "M"
		}
		return "PXM"
	case ofClock(unit):
		return "PT" + string(q) + unit[1:]
	}
	return "P" + string(q) + unit
}

// ofClock reports whether a unit is one of the clock.
func ofClock(unit string) bool { return unit != "" && unit[0] == 'T' }

// length is a number of units: a DURATION. "vor", "seit" and "in" before it also tell the days it reaches.
func (b *block) length(p *phrase) []claim {
	if b.noLength(p) {
		return nil
	}
	value, to := b.finerLength(p)
	whole := *p
	if b.sign(p.from-1, ",") && p.exact && p.det != "" && b.number(p.bare) && !p.hasRel && !p.this { // der Kurs, der drei Tage dauert
		p.from = p.bare
	}
	return b.one(ruleDuration, p.from, to, func(c *discourse, cl *claim) reading {
		r := untold(schemas.DateDuration, value)
		c.reach(&r, cl, &whole)
		return r
	})
}

// noLength reports what only looks like a length: ages, and phrases that point to a day.
func (b *block) noLength(p *phrase) bool {
	switch {
	case b.at(p.to).is(old), b.is(p.head, "tages"):
		return true
	case p.unit == "Y" && (p.exact && b.is(p.from-1, "ab", "zwischen", "alter") || b.age(p)):
		return true
	case p.det == "des", p.det == "der" && p.unit == "WE", p.unit == "D" && p.hasRel && !p.exact:
		return true
	}
	return b.ageLimit(p)
}

// finerLength is the value of the length, with one of a finer unit behind it, and the token after both: drei Jahre und vier Monate.
func (b *block) finerLength(p *phrase) (value string, to int) {
	value = duration(p.q, p.unit)
	if !b.is(p.to, "und") || !p.exact && p.q != "1" {
		return value, p.to
	}
	q, ok := b.phrase(p.to + 1)
	if !ok || q.q == "" || q.from != q.bare || !finer(q.unit, p.unit) {
		return value, p.to
	}
	more := strings.TrimPrefix(duration(q.q, q.unit), "P")
	if ofClock(p.unit) {
		more = strings.TrimPrefix(more, "T")
	}
	return value + more, q.to
}

func finer(a, b string) bool {
	const order = "Y Q M W D TH TM TS"
	return strings.Index(order, a) > strings.Index(order, b) && a != "WE" && b != "WE"
}

// age reports whether years tell somebody's age: "im Alter von zwölf Jahren", "zwischen sechs und elf Jahren", "von 10 bis 15 Jahren",
// "bis 14 Jahren".
func (b *block) age(p *phrase) bool {
	i, years := p.from-1, b.is(p.head, "jahren")
	if b.is(i, "unter", "über") && (years && !b.at(i-1).is(span) || b.at(i-1).is(aged)) { // Personen unter 15 Jahren
		return true
	}
	if b.is(i, "über", "unter", "knapp", "rund", "etwa") {
		i--
	}
	switch b.at(i).low {
	case "von":
		return b.at(i - 1).is(aged)
	case "mit": // mit 19 Jahren
		return years && !b.at(p.to).upper
	}
	return b.ageRange(i, years)
}

// ageRange reports whether token i joins two ages, or ends one: "von 10 bis 15 Jahren", "zwischen sechs und elf Jahren", "6-12 Jahre".
func (b *block) ageRange(i int, years bool) bool {
	switch b.at(i).low {
	case "bis":
		return b.at(i-1).is(aged) || years && b.number(i-1) && b.at(i-2).is(ageFrom)
	case "und":
		return b.number(i-1) && (b.is(i-2, "zwischen") || b.is(i-2, "von") && b.is(i-3, "alter"))
	}
	return dash(b.at(i).Text) && b.digits(i-1)
}

// number reports whether token i is a number, in digits or words.
func (b *block) number(i int) bool { return b.digits(i) || b.cardinal(i) > 0 }

// ageLimit reports years that somebody reaches, or has, without a word of age at them: "Kinder, die 12 Jahre noch nicht erreicht haben",
// "ein Mann, 45 Jahre,".
func (b *block) ageLimit(p *phrase) bool {
	if p.unit != "Y" || !p.exact || p.hasRel {
		return false
	}
	if (b.sign(p.from-1, ",") || b.sign(p.from-1, "(")) && p.det == "" && b.sign(p.to, ",", ")") && b.person(p.from-2) {
		return true
	}
	if who := p.bare - 1; !b.is(who, "die", "das", "der") || !b.sign(who-1, ",") {
		return false
	}
	for k := p.to; b.at(k).Sent == b.at(p.from).Sent && !b.sign(k, ",", ".", ";"); k++ {
		if b.at(k).is(reached) || b.at(k).is(old) {
			return true
		}
	}
	return false
}

// person reports a word for people at token i: ein Mann, eine Radfahrerin.
func (b *block) person(i int) bool {
	t := b.at(i)
	if !t.upper {
		return false
	}
	_, role := german.Role(t.low)
	return role || t.is(aged)
}

// reach gives a duration the days it covers, or points at, seen from the anchor.
func (c *discourse) reach(r *reading, cl *claim, p *phrase) {
	n, err := strconv.Atoi(string(p.q))
	if err != nil || !c.known() || n < 1 || n > longestReach || ofClock(p.unit) {
		return
	}
	way := cl.b.pointing(cl, p)
	if way == 0 {
		return
	}
	if way != hence {
		n = -n
	}
	a := c.anchor.Day
	pr, ok := shift(a, p.unit, n)
	if !ok {
		return
	}
	r.from, r.to, r.anchor = pr.from, pr.to, c.anchor.Kind
	switch way {
	case since:
		r.to = a
	case hence:
		r.from = a
	}
}

// direction is how a length points from the anchor.
type direction uint8

const (
	ago   direction = iota + 1 // vor zwei Wochen
	since                      // seit zwei Wochen, in den letzten zwei Wochen
	hence                      // in den nächsten zwei Wochen
)

// pointing is how the length points, 0 for not at all.
func (b *block) pointing(cl *claim, p *phrase) direction {
	switch {
	case b.is(cl.from-1, "vor") && !b.at(cl.to).upper && !b.is(cl.to, "dem", "der", "den"):
		return ago
	case b.since(cl.from), p.hasRel && p.rel < 0:
		return since
	case p.hasRel && p.rel > 0:
		return hence
	}
	return 0
}

// since reports "seit" before token i, or "seit über", "seit mehr als".
func (b *block) since(i int) bool {
	return b.is(i-1, "seit") || b.is(i-2, "seit") && !b.at(i-1).upper || b.is(i-3, "seit") && b.is(i-2, "mehr")
}

// shift is the unit that lies n units from a's, for units that a length points with.
func shift(a time.Time, unit string, n int) (period, bool) {
	switch unit {
	case "D":
		return dayOf(a.AddDate(0, 0, n)), true
	case "Y":
		if y := a.Year() + n; y <= 1 || y >= 9999 { // the first day of year 1 is the zero time
			return period{}, false
		}
	case "W", "M":
	default:
		return period{}, false
	}
	return unitAt(a, unit, n)
}

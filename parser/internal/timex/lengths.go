package timex

import (
	"strconv"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

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
	if p.unit == "D" && p.hasRel && !p.exact {
		return nil
	}
	return []claim{b.claim(ruleDuration, p.from, to, func(c *context, cl *claim) reading {
		r := open(schemas.DateDuration, value)
		c.reach(&r, cl, p)
		return r
	})}
}

// age reports whether years tell somebody's age: "im Alter von zwölf Jahren", "zwischen sechs und elf Jahren", "von 10 bis 15 Jahren",
// "bis 14 Jahren".
func (b *block) age(p phrase) bool {
	i := p.from - 1
	if b.is(i, "unter", "über") && b.is(p.head, "jahren") && !b.is(i-1, "seit", "vor", "nach", "in", "mit", "zu", "von", "aus", "innerhalb") { // Personen unter 15 Jahren
		return true
	}
	if b.is(i, "über", "unter", "knapp", "rund", "etwa") {
		i--
	}
	if b.is(i, "von") && b.is(i-1, "alter", "jugendliche", "kinder", "männer", "frauen", "menschen") {
		return true
	}
	if b.is(i, "bis") && b.is(p.head, "jahren") && (b.age2(i-1) || b.is(i-1, "kinder", "kindern", "jugendliche", "jugendlichen")) {
		return true
	}
	if b.is(i, "mit") && b.is(p.head, "jahren") && !b.at(p.to).upper { // mit 19 Jahren
		return true
	}
	return b.is(i, "und") && (b.is(i-2, "zwischen") || b.is(i-2, "von") && b.is(i-3, "alter")) && (b.digits(i-1) || cardinal(b.at(i-1).low) > 0) || dash(b.at(i).Text) && b.digits(i-1)
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

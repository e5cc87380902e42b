package timex

import (
	"fmt"

	"github.com/kreispresse/kreispresse/schemas"
)

// periods reads phrases around units longer than an hour, months, seasons, quarters, weeks by number, decades and centuries, each
// also with "Anfang", "Mitte" or "Ende" before it.
func periods(b *block, i int) []claim {
	if t := b.at(i); t.is(edge) && t.upper {
		if cs, lasts := b.period(i + 1); len(cs) > 0 && !lasts && cs[0].from == i+1 {
			cs[0].from = i
			return cs
		}
		return nil
	}
	cs, _ := b.period(i)
	return cs
}

// period reads one period at token i, or a length, which no "Anfang" goes with.
func (b *block) period(i int) (cs []claim, lasts bool) {
	for _, f := range [...]finder{monthNames, seasonNames, weekNumbers, decades} {
		if cs := f(b, i); cs != nil {
			return cs, false
		}
	}
	if cs, lasts := b.unitPhrase(i); cs != nil {
		return cs, lasts
	}
	if cs := quarterNames(b, i); cs != nil {
		return cs, false
	}
	return modifiedYear(b, i), false
}

// quarterNames reads "Q3 2024" and "Q3/2024".
func quarterNames(b *block, i int) []claim {
	t := b.at(i)
	if t.quarter == 0 || !t.upper {
		return nil
	}
	k := i + 1
	if b.sign(k, "/") {
		k++
	}
	y, to := b.yearAfter(k)
	if y == 0 {
		return nil
	}
	return b.one(rulePartOfYear, i, to, fixed(dated(quarterOf(y, t.quarter))))
}

// modifiedYear is the year of "Ende 2024"; alone, years are read by their own rule.
func modifiedYear(b *block, i int) []claim {
	if !b.at(i-1).is(edge) && !b.is(i-1, "jahresende", "jahresbeginn") {
		return nil
	}
	if y := b.integer(i); aYear(y) && !b.at(i+1).is(measure) {
		return b.one(ruleYear, i, i+1, atYear(y))
	}
	return nil
}

func atYear(y int) evaluation { return fixed(dated(yearOf(y))) }

// weekNumbers reads "KW 12", "12. Kalenderwoche 2024", "Kalenderwoche 12", "KW 12/2024".
func weekNumbers(b *block, i int) []claim {
	w, to := 0, 0
	if b.at(i).is(weekNumber) {
		w, to = b.integer(i+1), i+2
	} else if n, k := b.ordinal(i); n > 0 && b.at(k).is(weekNumber) {
		w, to = n, k+1
	}
	if w < 1 || w > 53 {
		return nil
	}
	y, k := b.yearAfter(to)
	if y == 0 && b.sign(to, "/") {
		y, k = b.yearAfter(to + 1)
	}
	if y > 0 {
		return b.one(ruleWeekNumber, i, k, fixed(dated(isoWeek(y, w))))
	}
	return b.one(ruleWeekNumber, i, to, func(c *discourse, cl *claim) reading {
		if !c.known() {
			return untold(schemas.DateDate, fmt.Sprintf("XXXX-W%02d", w))
		}
		return c.yearless(cl, w, isoWeek, "")
	})
}

package timex

import (
	"fmt"

	"github.com/kreispresse/kreispresse/schemas"
)

// periods reads phrases around units longer than an hour, months, seasons, quarters, weeks by number, decades and centuries, each
// also with "Anfang", "Mitte" or "Ende" before it.
func periods(b *block, i int) []claim {
	if b.is(i, "anfang", "mitte", "ende", "beginn") && b.at(i).upper {
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
	for _, f := range []finder{monthNames, seasonNames, weekNumbers, decades} {
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
	low := b.at(i).low
	if len(low) != 2 || low[0] != 'q' || low[1] < '1' || low[1] > '4' || !b.at(i).upper {
		return nil
	}
	k := i + 1
	if b.at(k).Text == "/" {
		k++
	}
	y, to := b.yearAfter(k)
	if y == 0 {
		return nil
	}
	q := quarterOf(y, int(low[1]-'0'))
	return []claim{b.claim(rulePartOfYear, i, to, func(c *context, _ *claim) reading { return c.dated(q) })}
}

// modifiedYear is the year of "Ende 2024"; alone, years are read by their own rule.
func modifiedYear(b *block, i int) []claim {
	if !b.is(i-1, "anfang", "mitte", "ende", "beginn", "jahresende", "jahresbeginn") {
		return nil
	}
	if y := b.integer(i); y >= 1000 && y <= 2100 && !b.unitAfter(i+1) {
		return []claim{b.claim(ruleYear, i, i+1, atYear(y))}
	}
	return nil
}

func atYear(y int) func(*context, *claim) reading {
	return func(c *context, _ *claim) reading { return c.dated(yearOf(y)) }
}

// weekNumbers reads "KW 12", "12. Kalenderwoche 2024", "Kalenderwoche 12", "KW 12/2024".
func weekNumbers(b *block, i int) []claim {
	w, to := 0, 0
	if b.is(i, "kw", "kalenderwoche") {
		w, to = b.integer(i+1), i+2
	} else if n, k := b.ordinal(i); n > 0 && b.is(k, "kw", "kalenderwoche") {
		w, to = n, k+1
	}
	if w < 1 || w > 53 {
		return nil
	}
	y, k := b.yearAfter(to)
	if y == 0 && b.at(to).Text == "/" {
		y, k = b.yearAfter(to + 1)
	}
	if y > 0 {
		to = k
	}
	return []claim{b.claim(ruleWeekNumber, i, to, func(c *context, cl *claim) reading {
		if y > 0 {
			return c.dated(isoWeek(y, w))
		}
		if !c.known() {
			return open(schemas.DateDate, fmt.Sprintf("XXXX-W%02d", w))
		}
		return c.yearless(cl, w, isoWeek, "")
	})}
}

package timex

import "github.com/kreispresse/kreispresse/schemas"

// ofWeek is "dieser Woche", "nächster Woche", "der kommenden Woche" at token i: weeks from the anchor's, and the token after it.
func (b *block) ofWeek(i int) (n, next int, ok bool) {
	if b.is(i, "der") {
		i++
	}
	if !b.is(i+1, "woche") || !b.at(i+1).upper {
		return 0, i, false
	}
	if these[b.at(i).low] {
		return 0, i + 2, true
	}
	n, ok = relatives[b.at(i).low]
	return n, i + 2, ok
}

func inWeek(n, wd int, part string) func(*context, *claim) reading {
	return func(c *context, _ *claim) reading {
		if !c.known() {
			return open(schemas.DateDate, "XXXX-WXX-"+string(rune('0'+wd)))
		}
		r := c.anchored(dayOf(weekOf(c.anchor.Day).from.AddDate(0, 0, 7*n+wd-1)))
		if part != "" {
			r.typ, r.value = schemas.DateTime, r.value+"T"+part
		}
		return r
	}
}

// nthWeekday is "zweiten Samstag im April", "letzten Sonntag im Juni 2024", "ersten Wochenende im Mai"; of the month without a name it
// is a set ("am ersten Sonntag im Monat").
func (b *block) nthWeekday(i int) []claim {
	n, j := b.ordinal(i)
	if n == 0 && b.is(i, "letzten", "letzter") {
		n, j = -1, i+1
	}
	if n == 0 || n > 5 {
		return nil
	}
	wd := weekdays[b.at(j).low]
	if b.is(j, "wochenende") {
		wd = 6
	}
	if wd == 0 || !b.at(j).upper || !b.is(j+1, "im", "des", "eines") {
		return nil
	}
	k := j + 2
	if b.is(k, "monat", "monats") {
		return []claim{b.claim(ruleSetMonthly, i, k+1, fixed(reading{typ: schemas.DateSet, value: "P1M", quant: "every"}))}
	}
	m := months[b.at(k).low]
	if m == 0 || !b.at(k).upper || shortMonths[b.at(k).low] {
		return nil
	}
	y, to := b.yearAfter(k + 1)
	of := func(y, m int) period {
		t := nth(1, wd, m)(y).AddDate(0, 0, 7*(n-1))
		if n < 0 {
			t = nth(1, wd, m+1)(y).AddDate(0, 0, -7)
		}
		if b.is(j, "wochenende") {
			return weekendOf(t)
		}
		return dayOf(t)
	}
	return []claim{b.claim(ruleDayNth, i, to, func(c *context, cl *claim) reading {
		if y > 0 {
			return c.dated(of(y, m))
		}
		return c.yearless(cl, m, of, "XXXX-"+two(m)+"-XX")
	})}
}

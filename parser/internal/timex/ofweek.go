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
	t := b.at(i)
	return t.rel, i + 2, t.is(these) || t.is(relative)
}

// inWeek is the weekday, or a part of it, n weeks from the anchor's.
func inWeek(n, day int, code string) evaluation {
	return func(c *discourse, _ *claim) reading {
		if !c.known() {
			return untold(schemas.DateDate, anyWeekday(day))
		}
		return c.anchored(dayOf(weekOf(c.anchor.Day).from.AddDate(0, 0, 7*n+day-1))).partOf(code)
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
	day, weekend := b.at(j).weekday, b.is(j, "wochenende")
	if day == 0 && !weekend || !b.at(j).upper || !b.is(j+1, "im", "des", "eines") {
		return nil
	}
	k := j + 2
	if b.is(k, "monat", "monats") {
		return b.one(ruleSetMonthly, i, k+1, fixed(ever("P1M")))
	}
	m := b.at(k)
	if m.month == 0 || !m.upper || m.is(shortMonth) {
		return nil
	}
	of := func(y, m int) period { return dayOf(nthOfMonth(y, m, day, n)) }
	if weekend {
		of = func(y, m int) period { return weekendOf(nthOfMonth(y, m, 6, n)) }
	}
	y, to := b.yearAfter(k + 1)
	if y > 0 {
		return b.one(ruleDayNth, i, to, fixed(dated(of(y, m.month))))
	}
	month := m.month
	return b.one(ruleDayNth, i, to, func(c *discourse, cl *claim) reading {
		return c.yearless(cl, month, of, "XXXX-"+two(month)+"-XX")
	})
}

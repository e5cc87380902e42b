package timex

import "github.com/kreispresse/kreispresse/parser/internal/text"

// monthItem is one month of a list.
type monthItem struct{ from, to, month, year int }

// monthNames reads "März 2024", "März und April 2024" and, where the words around make it a month, "März".
func monthNames(b *block, i int) []claim {
	j := i
	if b.at(j).is(monthModifier) {
		j++
	}
	items := b.monthList(j)
	if len(items) == 0 {
		return nil
	}
	items[0].from = i
	last := &items[len(items)-1]
	if last.year == 0 && !b.monthContext(i, items[0].to) && (len(items) == 1 || b.word(i-1)) {
		return nil
	}
	var s yearSuffix
	if last.year == 0 {
		s = b.yearSuffix(last.to, genitiveYear)
		last.year, last.to = s.year, s.to
	}
	yearsFromTheRight(items)
	out := b.room(len(items))
	for k, it := range items {
		out[k] = b.claim(ruleMonth, it.from, it.to, it.eval(b.at(it.from).word, s))
	}
	return out
}

// monthList reads the months of a list from token i.
func (b *block) monthList(i int) []monthItem {
	var items []monthItem
	for len(items) < mostMonths {
		t := b.at(i)
		if t.month == 0 || t.Kind != text.Word || !t.upper || t.is(shortMonth) && b.integer(i+1) < 1000 {
			break
		}
		y, to := b.yearAfter(i + 1)
		items = append(items, monthItem{i, to, t.month, y})
		if i = b.nextMonth(to); i == 0 {
			break
		}
	}
	return items
}

// nextMonth is the token after what joins two months at token i, 0 for nothing.
func (b *block) nextMonth(i int) int {
	switch {
	case b.is(i, "und", "bis", "oder", "/", ","), dash(b.at(i).Text):
		if b.is(i+1, "im", "zum") {
			return i + 2
		}
		return i + 1
	case b.is(i, "sowie") && b.is(i+1, "im"):
		return i + 2
	}
	return 0
}

// yearsFromTheRight gives months the year of the one behind them, or the one before it where the list runs over New Year's Eve.
func yearsFromTheRight(items []monthItem) {
	y, m := 0, 13
	for k := len(items) - 1; k >= 0; k-- {
		it := &items[k]
		if it.year == 0 && y != 0 {
			it.year = y
			if it.month > m {
				it.year--
			}
		}
		y, m = it.year, it.month
	}
}

// eval resolves the month, with the modifier that begins it and the list's year.
func (it monthItem) eval(modifier *word, s yearSuffix) evaluation {
	n := 0
	if modifier.is(relative) {
		n = modifier.rel
	}
	return func(c *discourse, cl *claim) reading {
		switch {
		case it.year > 0:
			return dated(monthOf(it.year, it.month))
		case s.anchored && c.known():
			return c.anchored(monthOf(c.anchor.Day.Year()+s.rel, it.month))
		case n != 0 && c.known():
			return c.anchored(nearestMonth(c.anchor.Day.Year(), int(c.anchor.Day.Month()), it.month, n))
		}
		return c.yearless(cl, it.month, monthOf, "XXXX-"+two(it.month))
	}
}

// nearestMonth is the next (n > 0) or the last month m seen from a month of a year, which is neither.
func nearestMonth(year, from, m, n int) period {
	switch {
	case n > 0 && m <= from:
		year++
	case n < 0 && m >= from:
		year--
	}
	return monthOf(year, m)
}

// monthContext tells a month from a surname or a given name (Karl May is safe, Robert Mai and August Macke are not).
func (b *block) monthContext(i, to int) bool {
	t, prev, next := b.at(i), b.at(i-1), b.at(to)
	if !t.is(monthModifier) && !prev.is(beforeMonth) {
		if t.is(nameMonth) || prev.Kind == text.Word && prev.upper && !b.sentenceStart(i-1) {
			return false
		}
	}
	surname := next.Kind == text.Word && next.upper && next.Sent == t.Sent
	return !t.is(nameMonth) || prev.is(beforeNameMonth) || !surname
}

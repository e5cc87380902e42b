package timex

import "github.com/kreispresse/kreispresse/parser/internal/text"

// dayItem is one day of a date, an enumeration or a range: "Dienstag, 12. März 2024", "12.", "12.3.24".
type dayItem struct {
	from, to int
	weekday  int
	d, m, y  int
	numeric  bool
	stop     bool // a full stop follows the last digit
	years    int  // years from the anchor's, when ofYear: "9. Juni dieses Jahres"
	ofYear   bool
}

// days reads calendar days with at least a day and a month, in enumerations and ranges too: "vom 5. bis zum 9. Juni",
// "12./13. März 2024", "am 3., 4. und 7. Oktober".
func days(b *block, i int) []claim {
	var buf [4]dayItem
	items := buf[:0]
	for j := i; len(items) < mostDays; {
		it, ok := b.dayItem(j)
		if !ok {
			break
		}
		items = append(items, it)
		if j = b.listSeparator(it.to); j == 0 {
			break
		}
	}
	for len(items) > 0 && items[len(items)-1].m == 0 {
		items = items[:len(items)-1]
	}
	if !completeDays(items) || !b.plausibleDays(items) {
		return nil
	}
	return b.dayClaims(items)
}

// completeDays gives days the month and the year of the one behind them. It is false if one of them does not exist.
func completeDays(items []dayItem) bool {
	m, y := 0, 0
	for k := len(items) - 1; k >= 0; k-- {
		it := &items[k]
		if it.m == 0 {
			it.m = m
		}
		if it.y == 0 && y != 0 {
			it.y = y
			if it.m > m { // vom 28. Dezember bis 3. Januar 2025
				it.y--
			}
		}
		m, y = it.m, it.y
		if !valid(it.y, it.m, it.d) {
			return false
		}
	}
	return true
}

func (b *block) plausibleDays(items []dayItem) bool {
	if len(items) == 1 {
		return b.plausibleDay(&items[0])
	}
	return len(items) > 1 && b.plausibleList(items)
}

// dayClaims claims the days.
func (b *block) dayClaims(items []dayItem) []claim {
	rule := ruleDayList
	if len(items) == 1 {
		rule = ruleDay
		if items[0].numeric {
			rule = ruleDayNumeric
		}
	}
	list := &dayList{first: items[0]}
	out := b.room(len(items))
	for k, it := range items {
		out[k] = b.claim(rule, it.from, it.to, func(c *discourse, cl *claim) reading { return list.resolve(c, cl, k, it) })
	}
	return out
}

// dayList is what the days of a list share: without a year it has that of its first day.
type dayList struct {
	first dayItem
	year  int // once the first day is resolved
}

// resolve gives the k-th day of the list its date.
func (l *dayList) resolve(c *discourse, cl *claim, k int, it dayItem) reading {
	bare := it.y == 0
	if bare && l.year != 0 && !it.ofYear {
		it.y = l.year
		if k > 0 && it.m < l.first.m {
			it.y++
		}
	}
	r := c.resolveDay(cl, it)
	switch {
	case it.y == 0 && k == 0 && !r.from.IsZero():
		l.year = r.from.Year()
	case r.anchor == "" && bare && l.year != 0:
		r.anchor = c.anchor.Kind
	}
	return r
}

// dayItem reads one item at token i.
func (b *block) dayItem(i int) (dayItem, bool) {
	it := dayItem{from: i}
	j := b.dayModifier(i)
	if day, k := b.weekday(j); day > 0 {
		it.weekday = day
		var ok bool
		if j, ok = b.afterWeekday(i, k); !ok {
			return it, false
		}
	} else if j > i {
		return it, false
	}
	t := b.at(j)
	switch {
	case t.Kind == text.Number && b.numericDay(&it, j):
		return it, true
	case t.Kind == text.Number && len(t.Text) <= 2:
		return it, b.numberedDay(&it, j)
	case t.Kind == text.Word && t.ordinal > 0:
		return it, b.at(j+1).upper && b.namedMonth(&it, t.ordinal, j+1)
	}
	return it, false
}

// dayModifier skips what may stand before a weekday with a date: "diesen", "kommenden", "heutigen".
func (b *block) dayModifier(i int) int {
	t := b.at(i)
	if t.is(these) && b.at(i+1).upper || t.is(relative) || b.is(i, "heutigen", "morgigen", "gestrigen") {
		return i + 1
	}
	return i
}

// afterWeekday skips "Dienstag, den" before a day. It is false where the weekday is an expression of its own: before a date in
// parentheses, Mittwoch (26.06.), and as the second of two, Samstag/Sonntag, 16./17. März.
func (b *block) afterWeekday(from, i int) (next int, ok bool) {
	if b.sign(i, ",") {
		i++
	}
	if b.is(i, "den", "dem", "der") {
		i++
	}
	if b.is(from-1, "/", "und", "bis", "auf") || dash(b.at(from-1).Text) {
		if first := b.at(from - 2); first.weekday > 0 && first.upper {
			return i, false
		}
	}
	return i, !b.sign(i, "(") || !b.digits(i+1)
}

// numericDay reads 12.03.2024, 12.3.24, 12.3. and 12.03. 2024.
func (b *block) numericDay(it *dayItem, i int) bool {
	d, m, y, ok := numericDate(b.at(i).Text)
	if !ok {
		return false
	}
	it.d, it.m, it.y, it.numeric, it.to = d, m, y, true, i+1
	if y == 0 && b.sign(i+1, ".") && b.glued(i+1) {
		it.stop = true
		it.to++
		if y := b.integer(i + 2); aYear(y) {
			it.y = y
			it.to++
		}
	}
	return true
}

// numberedDay reads "12. März 2024", "23. 3. 1976" and, as a part of a list, "12.".
func (b *block) numberedDay(it *dayItem, i int) bool {
	it.d = b.integer(i)
	if it.d < 1 || it.d > 31 {
		return false
	}
	i++
	if b.sign(i, ".") && b.glued(i) {
		i, it.stop = i+1, true
	}
	it.to = i
	t := b.at(i)
	if t.Kind == text.Word && (it.stop || t.upper && !t.is(shortMonth)) && b.namedMonth(it, it.d, i) {
		return true
	}
	if it.stop && b.numberedMonth(it, i) {
		return true
	}
	return it.stop || b.is(i, "/", "bis") || dash(t.Text)
}

// namedMonth reads the month at token i, and the year behind it, for day d.
func (b *block) namedMonth(it *dayItem, d, i int) bool {
	m := b.at(i).month
	if m == 0 {
		return false
	}
	it.d, it.m = d, m
	it.y, it.to = b.yearAfter(i + 1)
	b.ofYear(it)
	return true
}

// numberedMonth reads "3." and "3. 1976" at token i.
func (b *block) numberedMonth(it *dayItem, i int) bool {
	m := b.integer(i)
	if m < 1 || m > 12 || !b.sign(i+1, ".") || !b.glued(i+1) {
		return false
	}
	switch y := b.integer(i + 2); {
	case aYear(y):
		it.m, it.y, it.to, it.numeric = m, y, i+3, true
	case b.sign(i+2, ".") || b.at(i+2).is(measure):
		return false
	default:
		it.m, it.to, it.numeric = m, i+2, true
	}
	return true
}

// ofYear reads "dieses Jahres", "des vergangenen Jahres" after a day.
func (b *block) ofYear(it *dayItem) {
	if it.y != 0 {
		return
	}
	if p, ok := b.phrase(it.to); ok && p.q == "" && p.ord == 0 && relativeYear(b, &p) {
		it.years, it.ofYear, it.to = p.rel, true, p.to
	}
}

// weekday is the weekday at token i, by name or, before a day, by its short form; 0 for none.
func (b *block) weekday(i int) (day, next int) {
	t := b.at(i)
	switch {
	case t.Kind != text.Word || !t.upper:
		return 0, i
	case t.weekday > 0:
		return t.weekday, i + 1
	case t.shortDay == 0:
		return 0, i
	}
	k := i + 1
	if b.sign(k, ".") && b.glued(k) {
		k++
	}
	n := k
	if b.sign(n, ",") {
		n++
	}
	if !b.digits(n) {
		return 0, i
	}
	return t.shortDay, k
}

// listSeparator is the token after what joins days of a list at token i, 0 if nothing does.
func (b *block) listSeparator(i int) int {
	if !b.is(i, ",", "/", "und", "oder", "bis", "sowie", "auf", "&", "+") && !dash(b.at(i).Text) {
		return 0
	}
	i++
	if b.is(i, "und", "oder", "sowie", "bis") { // 12. März, und am
		i++
	}
	if b.is(i, "einschließlich", "einschl", "inklusive", "inkl", "voraussichtlich", "mindestens") {
		i++
	}
	if b.is(i, "zum", "am", "den", "dem", "vom") {
		i++
	}
	return i
}

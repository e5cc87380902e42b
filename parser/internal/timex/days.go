package timex

import (
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

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
	var items []dayItem
	j := i
	for len(items) < 24 {
		it, ok := b.dayItem(j)
		if !ok {
			break
		}
		items = append(items, it)
		k := b.listSeparator(it.to)
		if k == 0 {
			break
		}
		j = k
	}
	return b.dayClaims(items)
}

// dayClaims completes the items from the right, drops those at the end that stay without a month, and claims the rest.
func (b *block) dayClaims(items []dayItem) []claim {
	for len(items) > 0 && items[len(items)-1].m == 0 {
		items = items[:len(items)-1]
	}
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
			return nil
		}
	}
	if len(items) == 1 && !b.plausibleDay(items[0]) || len(items) > 1 && !b.plausibleList(items) {
		return nil
	}
	out := make([]claim, len(items))
	listYear := 0 // a list without a year has the year of its first day
	for k, it := range items {
		rule := ruleDay
		switch {
		case len(items) > 1:
			rule = ruleDayList
		case it.numeric:
			rule = ruleDayNumeric
		}
		out[k] = b.claim(rule, it.from, it.to, func(c *context, cl *claim) reading {
			it := it
			if it.y == 0 && listYear != 0 && !it.ofYear {
				it.y = listYear
				if k > 0 && it.m < items[0].m {
					it.y++
				}
			}
			r := c.resolveDay(cl, it)
			if it.y == 0 && k == 0 && !r.from.IsZero() {
				listYear = r.from.Year()
			} else if r.anchor == "" && items[k].y == 0 && listYear != 0 {
				r.anchor = c.anchor.Kind
			}
			return r
		})
	}
	return out
}

// dayItem reads one item at token i.
func (b *block) dayItem(i int) (dayItem, bool) {
	it := dayItem{from: i}
	j := i
	if these[b.at(j).low] && b.at(j+1).upper {
		j++
	} else if _, ok := relatives[b.at(j).low]; ok || b.is(j, "heutigen", "morgigen", "gestrigen") {
		j++
	}
	if wd, k := b.weekday(j); wd > 0 {
		it.weekday, j = wd, k
		if b.at(j).Text == "," {
			j++
		}
		if b.is(j, "den", "dem", "der") {
			j++
		}
		if p := i - 1; (b.at(p).Text == "/" || dash(b.at(p).Text) || b.is(p, "und", "bis", "auf")) && weekdays[b.at(p-1).low] > 0 && b.at(p-1).upper {
			return it, false // Samstag/Sonntag, 16./17. März
		}
		if b.at(j).Text == "(" && b.at(j+1).Kind == text.Number { // Mittwoch (26.06.): two expressions
			return it, false
		}
	} else if j > i {
		return it, false
	}
	t := b.at(j)
	if t.Kind == text.Number {
		if d, m, y, ok := numericDate(t.Text); ok {
			it.d, it.m, it.y, it.numeric = d, m, y, true
			it.to = j + 1
			if y == 0 && b.at(j+1).Text == "." && b.glued(j+1) {
				it.stop = true
				it.to++
				if yy := b.integer(j + 2); yy >= 1000 && yy <= 2100 { // 12.03. 2024
					it.y = yy
					it.to++
				}
			}
			return it, true
		}
	}
	d := b.integer(j)
	if d >= 1 && d <= 31 && len(t.Text) <= 2 {
		k := j + 1
		if b.at(k).Text == "." && b.glued(k) {
			k, it.stop = k+1, true
		}
		it.d, it.to = d, k
		if m := months[b.at(k).low]; m > 0 && b.at(k).Kind == text.Word && (it.stop || b.at(k).upper && !shortMonths[b.at(k).low]) {
			it.m = m
			it.to = k + 1
			it.y, it.to = b.yearAfter(it.to)
			b.ofYear(&it)
			return it, true
		}
		if m := b.integer(k); it.stop && m >= 1 && m <= 12 && b.at(k+1).Text == "." && b.glued(k+1) { // 23. 3. 1976
			if y := b.integer(k + 2); y >= 1000 && y <= 2100 {
				it.m, it.y, it.to, it.numeric = m, y, k+3, true
				return it, true
			}
			if b.at(k+2).Text != "." && !b.unitAfter(k+2) {
				it.m, it.to, it.numeric = m, k+2, true
				return it, true
			}
		}
		return it, it.stop || b.at(k).Text == "/" || dash(b.at(k).Text) || b.is(k, "bis")
	}
	if n := ordinals[t.low]; t.Kind == text.Word && n > 0 {
		if m := months[b.at(j+1).low]; m > 0 && b.at(j+1).upper {
			it.d, it.m, it.to = n, m, j+2
			it.y, it.to = b.yearAfter(it.to)
			b.ofYear(&it)
			return it, true
		}
	}
	return it, false
}

// ofYear reads "dieses Jahres", "des vergangenen Jahres" after a day.
func (b *block) ofYear(it *dayItem) {
	if p, ok := b.phrase(it.to); ok && it.y == 0 && b.is(p.head, "jahres") && p.q == "" && p.ord == 0 && (p.hasRel || these[p.det]) {
		it.years, it.ofYear, it.to = p.rel, true, p.to
	}
}

// yearAfter is the year at token i, and the token after it; 0 if there is none.
func (b *block) yearAfter(i int) (year, next int) {
	k := i
	if b.is(k, "des") && b.is(k+1, "jahres") {
		k += 2
	}
	if b.at(k).Text == "." && shortMonths[b.at(k-1).low] && b.glued(k) {
		k++
	}
	if y := b.integer(k); y >= 1000 && y <= 2100 && !b.unitAfter(k+1) && !b.beforeChrist(k+1) {
		return y, k + 1
	}
	if m := b.at(k).Text; m == "'" || m == "’" || m == "‘" { // Sommer '92
		if y := b.integer(k + 1); y >= 0 && len(b.at(k+1).Text) == 2 && b.glued(k+1) && b.at(k+2).Text != m {
			if y < 40 {
				return 2000 + y, k + 2
			}
			return 1900 + y, k + 2
		}
	}
	return 0, i
}

// weekday is the weekday at token i, by name or, before a day, by its short form; 0 for none.
func (b *block) weekday(i int) (wd, next int) {
	t := b.at(i)
	if t.Kind != text.Word {
		return 0, i
	}
	if wd = weekdays[t.low]; wd > 0 && t.upper {
		return wd, i + 1
	}
	if wd = shortDays[t.low]; wd > 0 && t.upper {
		k := i + 1
		if b.at(k).Text == "." && b.glued(k) {
			k++
		}
		n := k
		if b.at(n).Text == "," {
			n++
		}
		if b.digits(n) {
			return wd, k
		}
	}
	return 0, i
}

// listSeparator is the token after what joins days of a list at token i, 0 if nothing does.
func (b *block) listSeparator(i int) int {
	j := i
	switch t := b.at(j); {
	case t.Text == ",", t.Text == "/", dash(t.Text), b.is(j, "und", "oder", "bis", "sowie", "auf"), t.Text == "&", t.Text == "+":
		j++
	default:
		return 0
	}
	if b.is(j, "und", "oder", "sowie", "bis") { // 12. März, und am
		j++
	}
	if b.is(j, "einschließlich", "einschl", "inklusive", "inkl", "voraussichtlich", "mindestens") {
		j++
	}
	if b.is(j, "zum", "am", "den", "dem", "vom") {
		j++
	}
	return j
}

func dash(s string) bool { return s == "-" || s == "–" || s == "—" || s == "‐" || s == "‑" }

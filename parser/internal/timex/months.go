package timex

import (
	"fmt"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// monthNames reads "März 2024", "März und April 2024" and, where the words around make it a month, "März".
func monthNames(b *block, i int) []claim {
	type item struct{ from, to, m, y int }
	var items []item
	j := i
	start := i
	if b.is(j, "diesen", "diesem", "dieses", "kommenden", "nächsten", "vergangenen", "letzten", "vorigen") {
		j++
	}
	for len(items) < 12 {
		t := b.at(j)
		m := months[t.low]
		if m == 0 || t.Kind != text.Word || !t.upper || shortMonths[t.low] && b.integer(j+1) < 1000 {
			break
		}
		y, to := b.yearAfter(j + 1)
		items = append(items, item{j, to, m, y})
		if b.is(to, "und", "bis", "oder") || dash(b.at(to).Text) || b.at(to).Text == "/" || b.at(to).Text == "," {
			j = to + 1
			if b.is(j, "im", "zum") {
				j++
			}
			continue
		}
		if b.is(to, "sowie") && b.is(to+1, "im") {
			j = to + 2
			continue
		}
		break
	}
	if len(items) == 0 {
		return nil
	}
	items[0].from = start
	if items[len(items)-1].y == 0 && !b.monthContext(start, items[0].to) && (len(items) == 1 || b.at(start-1).Kind == text.Word) {
		return nil
	}
	last := &items[len(items)-1]
	rel, ofYear := 0, false
	if p, ok := b.phrase(last.to); ok && last.y == 0 && p.unit == "Y" && p.q == "" && p.ord == 0 && b.is(p.head, "jahres") && (p.hasRel || these[p.det] || p.det == "des") {
		rel, ofYear = p.rel, true
		last.to = p.to
		if yy := b.integer(p.to); yy >= 1000 && yy <= 2100 {
			last.y, last.to, ofYear = yy, p.to+1, false
		}
	}
	y, m := 0, 13
	out := make([]claim, len(items))
	for k := len(items) - 1; k >= 0; k-- {
		it := &items[k]
		if it.y == 0 && y != 0 {
			it.y = y
			if it.m > m {
				it.y--
			}
		}
		y, m = it.y, it.m
	}
	for k, it := range items {
		n, has := relatives[b.at(it.from).low]
		out[k] = b.claim(ruleMonth, it.from, it.to, func(c *context, cl *claim) reading {
			if it.y > 0 {
				return c.dated(monthOf(it.y, it.m))
			}
			if ofYear && c.known() {
				return c.anchored(monthOf(c.anchor.Day.Year()+rel, it.m))
			}
			if has && n != 0 && c.known() {
				y := c.anchor.Day.Year()
				if am := int(c.anchor.Day.Month()); n > 0 && it.m <= am {
					y++
				} else if n < 0 && it.m >= am {
					y--
				}
				return c.anchored(monthOf(y, it.m))
			}
			return c.yearless(cl, it.m, monthOf, fmt.Sprintf("XXXX-%02d", it.m))
		})
	}
	return out
}

// monthContext tells a month from a surname or a given name (Karl May is safe, Robert Mai and August Macke are not).
func (b *block) monthContext(i, to int) bool {
	if !b.is(i, "diesen", "diesem", "dieses", "kommenden", "nächsten", "vergangenen", "letzten", "vorigen") {
		prev := b.at(i - 1)
		switch {
		case b.is(i-1, "im", "ab", "seit", "bis", "vom", "zum", "anfang", "mitte", "ende", "beginn", "vor", "nach", "für", "von", "und", "per", "jeden", "den", "monat", "monats", "monate", "monaten", "zwischen", "des"):
		case nameMonths[b.at(i).low]:
			return false
		case prev.Kind == text.Word && prev.upper && !b.sentenceStart(i-1):
			return false
		}
	}
	if nameMonths[b.at(i).low] && !b.is(i-1, "im", "ab", "seit", "bis", "anfang", "mitte", "ende") {
		n := b.at(to)
		return !(n.Kind == text.Word && n.upper && n.Sent == b.at(i).Sent)
	}
	return true
}

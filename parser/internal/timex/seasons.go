package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// seasonNames reads "Sommer 2024", "Winter 2023/24", "im Sommer", "diesen Herbst".
func seasonNames(b *block, i int) []claim {
	j := i
	det := b.is(j, "diesen", "diesem", "dieses")
	article := definite[b.at(j).low]
	if det || article {
		j++
	}
	rel, has := relatives[b.at(j).low]
	if has {
		j++
	}
	t := b.at(j)
	code := seasons[t.low]
	if code == "" || !t.upper {
		return nil
	}
	to := j + 1
	if y, k := b.yearAfter(to); y > 0 {
		to = k
		if b.at(to).Text == "/" && b.digits(to+1) {
			to += 2
		}
		return []claim{b.claim(ruleSeason, j, to, func(c *context, _ *claim) reading { return c.dated(seasonOf(y, code)) })}
	}
	if b.is(to, "dieses", "des", "nächsten", "kommenden", "vergangenen", "letzten") {
		if p, ok := b.phrase(to); ok && p.unit == "Y" && p.q == "" && p.ord == 0 {
			if y := b.integer(p.to); y >= 1000 && y <= 2100 {
				return []claim{b.claim(ruleSeason, j, p.to+1, func(c *context, _ *claim) reading { return c.dated(seasonOf(y, code)) })}
			}
			return []claim{b.claim(ruleSeason, j, p.to, func(c *context, _ *claim) reading {
				if !c.known() {
					return open(schemas.DateDate, "XXXX-"+code)
				}
				return c.anchored(seasonOf(c.anchor.Day.Year()+p.rel, code))
			})}
		}
	}
	from := j
	switch {
	case det:
		from = i
	case has:
		from = j - 1
	case article && strings.Contains(t.low, "monat"):
		from = i
	case b.is(i-1, "im", "seit", "ab", "bis", "zum", "vom", "pro", "anfang", "mitte", "ende", "beginn", "vor", "nach", "über") || article && b.is(i-1, "bis", "über", "für", "in", "ab", "während"):
	default:
		return nil
	}
	season := func(y, _ int) period { return seasonOf(y, code) }
	return []claim{b.claim(ruleSeason, from, to, func(c *context, cl *claim) reading {
		if has && rel != 0 && c.known() {
			a := c.anchor.Day
			y := a.Year()
			if rel > 0 && !seasonOf(y, code).from.After(a) {
				y++
			} else if rel < 0 && !seasonOf(y, code).to.Before(a) {
				y--
			}
			return c.anchored(seasonOf(y, code))
		}
		return c.yearless(cl, 0, season, "XXXX-"+code)
	})}
}

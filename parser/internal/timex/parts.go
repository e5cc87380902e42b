package timex

import (
	"fmt"

	"github.com/kreispresse/kreispresse/schemas"
)

// ordinalPair is "19. und 20. Jahrhundert", "ersten und zweiten Quartal 2024": two periods.
func (b *block) ordinalPair(i int) []claim {
	j := i
	if definite[b.at(j).low] {
		j++
	}
	n, k := b.ordinal(j)
	if n == 0 || !b.is(k, "und", "bis", "oder") && !dash(b.at(k).Text) && b.at(k).Text != "/" {
		return nil
	}
	l := k + 1
	if b.is(l, "zum", "ins") {
		l++
	}
	p, ok := b.phrase(l)
	if !ok || p.ord == 0 || p.unit != "CE" && p.unit != "Q" && p.unit != "HY" || p.from != l {
		return nil
	}
	second := b.ordinalPeriod(p)
	if len(second) != 1 {
		return nil
	}
	p.ord = n
	first := b.ordinalPeriod(p)
	if len(first) != 1 {
		return nil
	}
	first[0].from, first[0].to = i, k
	return []claim{first[0], second[0]}
}

// ordinalPeriod is "dritten Quartal 2014", "20. Jahrhundert", "zweiten Jahreshälfte".
func (b *block) ordinalPeriod(p phrase) []claim {
	to := p.to
	y, k := b.yearAfter(to)
	rel := 0
	if y > 0 {
		to = k
	} else if q, ok := b.phrase(to); ok && q.unit == "Y" && q.q == "" && q.ord == 0 && (q.hasRel || q.det == "des" || these[q.det]) && p.unit != "CE" {
		rel, to = q.rel, q.to
		if yy := b.integer(to); yy >= 1000 && yy <= 2100 {
			y, to = yy, to+1
		}
	} else if b.is(to, "vorjahr", "vorjahres") {
		rel, to = -1, to+1
	} else if b.is(to, "des") && b.is(to+1, "vorjahres", "vorjahrs") {
		rel, to = -1, to+2
	}
	of := func(int) period { return period{} }
	switch {
	case p.unit == "CE" && b.beforeChrist(p.to):
		return nil
	case p.unit == "CE" && p.ord >= 1 && p.ord <= 30:
		end := p.to
		return []claim{b.claim(ruleCentury, p.from, end, func(c *context, _ *claim) reading { return c.dated(centuryOf(p.ord)) })}
	case p.unit == "Q" && p.ord <= 4, b.is(p.head, "trimester", "trimesters") && p.ord <= 4:
		of = func(y int) period { return quarterOf(y, p.ord) }
	case p.unit == "HY" && p.ord <= 2:
		of = func(y int) period { return halfOf(y, p.ord) }
	default:
		return nil
	}
	return []claim{b.claim(rulePartOfYear, p.from, to, func(c *context, cl *claim) reading {
		switch {
		case y > 0:
			return c.dated(of(y))
		case !c.known():
			v := of(2000).value
			return open(schemas.DateDate, "XXXX"+v[4:])
		case rel != 0 || to > p.to:
			return c.anchored(of(c.anchor.Day.Year() + rel))
		}
		return c.yearless(cl, 0, func(y, _ int) period { return of(y) }, fmt.Sprintf("XXXX%s", of(2000).value[4:]))
	})}
}

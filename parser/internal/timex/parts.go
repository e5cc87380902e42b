package timex

import "github.com/kreispresse/kreispresse/schemas"

// ordinalPair is "19. und 20. Jahrhundert", "ersten und zweiten Quartal 2024": two periods.
func (b *block) ordinalPair(i int) []claim {
	j := i
	if b.at(j).is(definite) {
		j++
	}
	n, k := b.ordinal(j)
	if n == 0 || !b.is(k, "und", "bis", "oder", "/") && !dash(b.at(k).Text) {
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
	second := b.ordinalPeriod(&p)
	p.ord = n
	first := b.ordinalPeriod(&p)
	if len(first) == 0 || len(second) == 0 {
		return nil
	}
	first[0].from, first[0].to = i, k
	return append(first, second...)
}

// ordinalPeriod is "dritten Quartal 2014", "20. Jahrhundert", "zweiten Jahreshälfte".
func (b *block) ordinalPeriod(p *phrase) []claim {
	ord := p.ord
	switch {
	case p.unit == "CE":
		if ord > mostCenturies || b.beforeChrist(p.to) {
			return nil
		}
		return b.one(ruleCentury, p.from, p.to, fixed(dated(centuryOf(ord))))
	case (p.unit == "Q" || b.is(p.head, "trimester", "trimesters")) && ord <= 4:
		return b.partOfYear(p, func(y, _ int) period { return quarterOf(y, ord) })
	case p.unit == "HY" && ord <= 2:
		return b.partOfYear(p, func(y, _ int) period { return halfOf(y, ord) })
	}
	return nil
}

// partOfYear is a quarter or half with the year behind it.
func (b *block) partOfYear(p *phrase, of func(y, n int) period) []claim {
	s := b.yearSuffix(p.to, ofSomeYear)
	switch k := s.to; {
	case k > p.to:
	case b.is(k, "vorjahr", "vorjahres"):
		s = yearSuffix{rel: -1, anchored: true, to: k + 1}
	case b.is(k, "des") && b.is(k+1, "vorjahres", "vorjahrs"):
		s = yearSuffix{rel: -1, anchored: true, to: k + 2}
	}
	return b.one(rulePartOfYear, p.from, s.to, func(c *discourse, cl *claim) reading {
		untoldValue := "XXXX" + of(2000, 0).value[4:]
		switch {
		case s.year > 0:
			return dated(of(s.year, 0))
		case !c.known():
			return untold(schemas.DateDate, untoldValue)
		case s.anchored:
			return c.anchored(of(c.anchor.Day.Year()+s.rel, 0))
		}
		return c.yearless(cl, 0, of, untoldValue)
	})
}

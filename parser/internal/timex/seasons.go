package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// seasonNames reads "Sommer 2024", "Winter 2023/24", "im Sommer", "diesen Herbst".
func seasonNames(b *block, i int) []claim {
	j := i
	this := b.is(j, "diesen", "diesem", "dieses")
	article := b.at(j).is(definite)
	if this || article {
		j++
	}
	mod := noWord
	if b.at(j).is(relative) {
		mod = b.at(j).word
		j++
	}
	t := b.at(j)
	if t.season == "" || !t.upper {
		return nil
	}
	code := t.season
	if s := b.seasonYear(j + 1); s.to > j+1 {
		return b.one(ruleSeason, j, s.to, atSeason(code, s))
	}
	from := j
	switch {
	case this:
		from = i
	case mod != noWord:
		from = j - 1
	case article && strings.Contains(t.low, "monat"):
		from = i
	case b.at(i - 1).is(beforeSeason), article && b.at(i-1).is(beforeTheSeason):
	default:
		return nil
	}
	return b.one(ruleSeason, from, j+1, relativeSeason(code, mod))
}

// seasonYear reads the year behind a season, of which a winter may have two.
func (b *block) seasonYear(i int) yearSuffix {
	if y, to := b.yearAfter(i); y > 0 {
		if b.sign(to, "/") && b.digits(to+1) {
			to += 2
		}
		return yearSuffix{year: y, to: to}
	}
	if !b.at(i).is(seasonYear) {
		return yearSuffix{to: i}
	}
	return b.yearSuffix(i, func(*block, *phrase) bool { return true })
}

// atSeason is the season of a year that is named.
func atSeason(code string, s yearSuffix) evaluation {
	return func(c *discourse, _ *claim) reading {
		switch {
		case s.year > 0:
			return dated(seasonOf(s.year, code))
		case !c.known():
			return untold(schemas.DateDate, "XXXX-"+code)
		}
		return c.anchored(seasonOf(c.anchor.Day.Year()+s.rel, code))
	}
}

// relativeSeason is the season as the modifier, or the clause, points to it.
func relativeSeason(code string, modifier *word) evaluation {
	of := func(y, _ int) period { return seasonOf(y, code) }
	return func(c *discourse, cl *claim) reading {
		if modifier.rel == 0 || !c.known() {
			return c.yearless(cl, 0, of, "XXXX-"+code)
		}
		a := c.anchor.Day
		y := a.Year()
		switch {
		case modifier.rel > 0 && !seasonOf(y, code).from.After(a):
			y++
		case modifier.rel < 0 && !seasonOf(y, code).to.Before(a):
			y--
		}
		return c.anchored(seasonOf(y, code))
	}
}

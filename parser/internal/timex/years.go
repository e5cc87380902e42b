package timex

import (
	"fmt"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// years reads bare years ("seit 2007", "1937 geboren"), pairs ("1170-1230", "2023/24") and ISO dates (2024-03-12).
func years(b *block, i int) []claim {
	if cs := b.schoolYear(i); cs != nil {
		return cs
	}
	y := b.integer(i)
	if len(b.at(i).Text) != 4 || !aYear(y) || b.planned(i) {
		return nil
	}
	if y >= 1900 && b.hyphens(i) {
		if m, d := b.integer(i+2), b.integer(i+4); valid(y, m, d) {
			return b.one(ruleDayISO, i, i+5, fixed(dated(dayOf(date(y, m, d)))))
		}
		return nil
	}
	if b.glued(i) && (b.sign(i-1, "/", ".", "_", "@") || dash(b.at(i-1).Text)) {
		return nil
	}
	if j := i + 1; b.sign(j, "/") || dash(b.at(j).Text) {
		return b.yearBeforeDash(i, y)
	}
	return b.yearOrRange(i, y)
}

// yearBeforeDash is a pair of years, or the first of them where what follows the dash is none and stands apart.
func (b *block) yearBeforeDash(i, y int) []claim {
	if last := b.rangeEnd(i, y); last > 0 {
		return b.yearPair(i, i+1, y, last)
	}
	if b.glued(i+1) && b.glued(i+2) {
		return nil
	}
	return b.yearOrRange(i, y)
}

// schoolYear is a year that ends in the next of the calendar, with its noun: "Schuljahr 2023/24", "Saison 2024/2025". Its
// value is the interval of its months, or of the two years where they differ from place to place.
func (b *block) schoolYear(i int) []claim {
	t := b.at(i)
	if !t.is(seasonOfYears) || !t.upper || !b.sign(i+2, "/") || !b.glued(i+2) || !b.glued(i+3) {
		return nil
	}
	y := b.integer(i + 1)
	if !aYear(y) || b.rangeEnd(i+1, y) != y+1 {
		return nil
	}
	first, last := atoi(t.spans[:2]), atoi(t.spans[3:])
	p := period{fmt.Sprintf("%04d/%04d", y, y+1), date(y, 1, 1), date(y+1, 12, 31)}
	if first > 0 {
		p = period{fmt.Sprintf("%04d-%02d/%04d-%02d", y, first, y+1, last), date(y, first, 1), date(y+1, last+1, 0)}
	}
	return b.one(ruleYear, i, i+4, fixed(dated(p)))
}

// planned reports whether the year at token i, or the one a dash joins to it, is part of a name: "Strategie 2021-2025", "Agenda 2030".
func (b *block) planned(i int) bool {
	pair := false
	if dash(b.at(i-1).Text) && aYear(b.integer(i-2)) {
		i -= 2
		pair = true
	} else if dash(b.at(i+1).Text) && b.glued(i+1) && b.glued(i+2) {
		pair = aYear(b.integer(i + 2))
	}
	noun := b.at(i - 1)
	if !noun.upper {
		return false
	}
	for _, m := range members(planName) {
		if strings.HasSuffix(noun.low, m.low) && (pair || m.value == "any") {
			return true
		}
	}
	return false
}

// hyphens reports whether the number at token i is the first of three with hyphens between them.
func (b *block) hyphens(i int) bool {
	for j := i + 1; j <= i+4; j++ {
		if !b.glued(j) || (j-i)%2 == 1 && !b.sign(j, "-") {
			return false
		}
	}
	return true
}

// yearPair claims the years around token j.
func (b *block) yearPair(i, j, first, last int) []claim {
	return append(b.one(ruleYearRange, i, j, atYear(first)), b.claim(ruleYearRange, j+1, j+2, atYear(last)))
}

// rangeEnd is the second year behind a slash or a dash: 1170-1230, 2023/24, 1939-45; 0 for none.
func (b *block) rangeEnd(i, y int) int {
	j := i + 1
	last := b.integer(j + 1)
	if aYear(last) && last > y && !b.sign(j+2, "-") && !b.at(j+2).is(measure) && !b.telephone(i) {
		return last
	}
	if len(b.at(j+1).Text) != 2 || !b.glued(j) || !b.glued(j+1) || b.labelled(i) {
		return 0
	}
	return b.shortRangeEnd(i, y, last)
}

// shortRangeEnd is the second year where two digits tell it: 2023/24, 1939-45.
func (b *block) shortRangeEnd(i, y, last int) int {
	j := i + 1
	switch {
	case b.sign(j, "/"):
		if y >= 1900 && last == (y+1)%100 {
			return y + 1
		}
	case y >= 1800 && last > y%100 && !b.sign(j+2, "-", ".") && !b.telephone(i):
		return y - y%100 + last
	}
	return 0
}

// yearOrRange reads "2019 bis 2021" or the first year alone; before a number that is none, the first is none either.
func (b *block) yearOrRange(i, y int) []claim {
	if !b.yearContext(i, y) {
		return nil
	}
	j := i + 1
	joins := b.is(j, "bis", "und")
	if joins || b.is(j, "oder") || dash(b.at(j).Text) {
		if b.digits(j+1) && (b.at(j+2).is(measure) || b.integer(j+1) > lastYear) {
			return nil
		}
	}
	if last := b.integer(j + 1); joins && last > y && last <= lastYear && !b.at(j+2).is(measure) {
		return b.yearPair(i, j, y, last)
	}
	return b.one(ruleYear, i, j, atYear(y))
}

func (b *block) telephone(i int) bool { return b.digits(i-1) || b.at(i-1).is(telephone) }

// yearContext decides whether a four-digit number is a year. Quantities come before a noun ("2000 Beschäftigte") or after words of
// approximation; years after prepositions of time or before anything but a noun.
func (b *block) yearContext(i, y int) bool {
	prev, next := b.at(i-1), b.at(i+1)
	noun := b.nounAfter(i)
	switch {
	case b.numberContext(i), prev.is(beforeEither) && next.upper, b.counted(i):
		return false
	case y < earlyYear:
		return b.earlyYear(i, y, noun)
	case !noun:
		return y != earlyYear || prev.is(beforeEarlyYear) && prev.low != "um"
	case y <= lastOfficeYear && y%50 != 0 && b.tells(prev) && singular(next.low):
		return true
	}
	return y >= 1800 && prev.is(beforeYear) || y >= 1700 && y%100 != 0 && prev.is(beforeOddYear)
}

// nounAfter reports whether a noun of the same sentence follows token i.
func (b *block) nounAfter(i int) bool {
	next := b.at(i + 1)
	return next.Kind == text.Word && next.upper && next.Sent == b.at(i).Sent && !next.is(functionWord)
}

// earlyYear decides for the numbers before 1500, which are quantities more often.
func (b *block) earlyYear(i, y int, noun bool) bool {
	prev := b.at(i - 1)
	doubtful := y%50 == 0 || noun || prev.is(beforeEarlyNumber)
	return !doubtful || b.sign(i-1, "(", "*", "†") || prev.is(beforeEarlyYear) && !noun
}

// counted reports whether the number at token i counts what was there in a year: the year follows ("1800 im Jahr 2021", "1950 im
// vergangenen Jahr"), "es" stands before it as what is counted ("inzwischen sind es 1650"), or something grew to it.
func (b *block) counted(i int) bool {
	prev := b.at(i - 1)
	switch {
	case b.is(i+1, "im") && b.yearPhraseAt(i+2):
		return true
	case prev.low == "es" && b.is(i-2, "sind", "waren", "wurden", "werden"), prev.low == "davon":
		return true
	case prev.low == "auf":
		return b.grown(i)
	case prev.low == "von" && b.is(i+1, "auf"):
		return b.integer(i+2) != b.integer(i)+1 && (b.integer(i+2) < b.integer(i) || b.grown(i))
	}
	return false
}

// yearPhraseAt reports a phrase around "Jahr" that tells which one, at token i: "Jahr 2021", "vergangenen Jahr".
func (b *block) yearPhraseAt(i int) bool {
	p, ok := b.phrase(i)
	return ok && p.unit == "Y" && p.q == "" && (p.hasRel || p.this || aYear(b.integer(p.to)))
}

// grown reports whether the sentence of token i tells that a number grew or fell, and no year stands before "auf" from which the next is
// reached: "von 2019 auf 2020".
func (b *block) grown(i int) bool {
	if b.is(i-3, "von") && b.integer(i-2)+1 == b.integer(i) {
		return false
	}
	for k := i - growthReach; k <= i+growthReach; k++ {
		if t := b.at(k); t.Sent == b.at(i).Sent && t.is(growth) {
			return true
		}
	}
	return false
}

// tells reports whether a word before a year begins what happened in it: "er wurde 2009 Landrat".
func (b *block) tells(prev *tok) bool {
	return prev.is(beforeOffice) || prev.Kind == text.Word && !prev.upper && prev.preterite() && !strings.HasSuffix(prev.low, "n")
}

// numberContext reports whether what stands around token i makes it a number of something.
func (b *block) numberContext(i int) bool {
	prev := b.at(i - 1)
	switch {
	case b.beforeChrist(i + 1), b.at(i + 1).is(measure), b.labelled(i), b.telephone(i), b.digits(i + 1), prev.is(beforeNumber):
		return true
	case hasEnd(prev.low, numbered):
		return true
	case prev.Text == ")" && b.is(i-2, "c") && b.sign(i-3, "("): // copyright
		return true
	}
	return b.sign(i+1, "%") || b.sign(i-1, "€", "+", "#")
}

// relativeYears are years by a noun: "im Vorjahr", "des Vorjahres", "im Jahr danach".
func relativeYears(b *block, i int) []claim {
	t := b.at(i)
	if ph, to := b.fixed(i, "year"); ph != nil {
		return b.one(ruleRelativeYear, i, to, yearOfText(ph.number, taleReach))
	}
	switch {
	case !t.upper:
	case t.is(yearAfter):
		return b.one(ruleRelativeYear, i, i+1, yearOfText(t.years, 1))
	case t.is(yearAgo):
		n := t.years
		return b.one(ruleRelativeYear, i, i+1, func(c *discourse, cl *claim) reading {
			if !c.known() {
				return yearOfText(n, 1)(c, cl)
			}
			return c.anchored(yearOf(c.anchor.Day.Year() + n))
		})
	}
	return nil
}

// yearOfText is the year n years from the one named at most some sentences before.
func yearOfText(n, sents int) evaluation {
	return func(c *discourse, cl *claim) reading {
		if c.nearYear(cl, sents) {
			return inText(yearOf(c.year + n))
		}
		return untold(schemas.DateDate, "XXXX")
	}
}

// singular reports whether a noun has none of the usual endings of the plural; "-in" and "-er" may be one person.
func singular(low string) bool {
	return strings.HasSuffix(low, "in") || !strings.HasSuffix(low, "e") && !strings.HasSuffix(low, "s") && !strings.HasSuffix(low, "n")
}

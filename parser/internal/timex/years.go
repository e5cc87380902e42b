package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// years reads bare years ("seit 2007", "1937 geboren"), pairs ("1170-1230", "2023/24") and ISO dates (2024-03-12).
func years(b *block, i int) []claim {
	t := b.at(i)
	if t.Kind != text.Number || len(t.Text) != 4 {
		return nil
	}
	y := b.integer(i)
	if y < 1000 || y > 2100 {
		return nil
	}
	if y >= 1900 && b.at(i+1).Text == "-" && b.glued(i+1) && b.glued(i+2) && b.at(i+3).Text == "-" && b.glued(i+3) && b.glued(i+4) {
		if m, d := b.integer(i+2), b.integer(i+4); valid(y, m, d) {
			return []claim{b.claim(ruleDayISO, i, i+5, func(c *context, _ *claim) reading { return c.dated(dayOf(date(y, m, d))) })}
		}
		return nil
	}
	if b.glued(i) && (b.at(i-1).Text == "/" || dash(b.at(i-1).Text) || b.at(i-1).Text == "." || b.at(i-1).Text == "_" || b.at(i-1).Text == "@") {
		return nil
	}
	if j := i + 1; b.at(j).Text == "/" || dash(b.at(j).Text) {
		if y2 := b.integer(j + 1); y2 >= 1000 && y2 <= 2100 && y2 > y && b.at(j+2).Text != "-" && !b.unitAfter(j+2) && !b.telephone(i) {
			return []claim{b.claim(ruleYearRange, i, j, atYear(y)), b.claim(ruleYearRange, j+1, j+2, atYear(y2))}
		}
		if y2 := b.integer(j + 1); b.at(j).Text == "/" && y >= 1900 && len(b.at(j+1).Text) == 2 && y2 == (y+1)%100 && b.glued(j) && b.glued(j+1) && !b.reference(i) {
			return []claim{b.claim(ruleYearRange, i, j, atYear(y)), b.claim(ruleYearRange, j+1, j+2, atYear(y+1))}
		}
		if y2 := b.integer(j + 1); dash(b.at(j).Text) && len(b.at(j+1).Text) == 2 && y2 > y%100 && y >= 1800 && b.glued(j) && b.glued(j+1) && b.at(j+2).Text != "-" && b.at(j+2).Text != "." && !b.telephone(i) && !b.reference(i) { // 1939-45
			return []claim{b.claim(ruleYearRange, i, j, atYear(y)), b.claim(ruleYearRange, j+1, j+2, atYear(y-y%100+y2))}
		}
		if b.glued(j) && b.glued(j+1) {
			return nil
		}
	}
	if !b.yearContext(i, y) {
		return nil
	}
	if k := i + 1; (b.is(k, "bis", "und", "oder") || dash(b.at(k).Text)) && b.digits(k+1) && (b.unitAfter(k+2) || b.integer(k+1) > 2100) {
		return nil
	}
	if k := i + 1; b.is(k, "bis", "und") {
		if y2 := b.integer(k + 1); y2 > y && y2 <= 2100 && !b.unitAfter(k+2) {
			return []claim{b.claim(ruleYearRange, i, i+1, atYear(y)), b.claim(ruleYearRange, k+1, k+2, atYear(y2))}
		}
	}
	return []claim{b.claim(ruleYear, i, i+1, atYear(y))}
}

func (b *block) telephone(i int) bool {
	return b.digits(i-1) || b.is(i-1, "tel", "telefon", "fax", "tel./fax", "telefonisch")
}

// functionWords after a year are capitals of a new sentence whose stop is missing, as in headings, and no nouns.
var functionWords = words("der die das den dem des ein eine im in am an auf aus bei mit nach von vom zu zum zur für durch seit bis es er sie wir als und laut dann dort hier heute")

// Words before a four-digit number, and what they make of it.
var (
	// a quantity, a place or a copyright, never a year
	beforeNumbers = words(`© c copyright straße str weg platz rund fast knapp zirka über insgesamt minus plus mal gut mindestens maximal höchstens postfach weitere weiteren je exakt ungefähr unter`)
	// a quantity before a noun, a year before anything else: "bereits 1997", "bereits 2000 Besucher"
	beforeEither = words(`bereits circa ca etwa als`)
	// a year, even before a noun
	beforeYears = words(`seit ab vor jahr jahre jahres sommer herbst winter frühjahr ende mitte anfang in`)
	// a year before a noun unless it is a round number
	beforeOddYears = words(`bis nach zwischen für`)
	// subjects, copulas: a year before a noun in the singular, "er wurde 2009 Landrat"
	beforeOffices = words(`wurde war ist wird seit als er sie hatte`)
	// early years need more: "um 1200", "seit 1355"
	beforeEarlyYears = words(`seit ab jahr jahre jahren jahres um in ende mitte anfang`)
	// and after these they are quantities
	beforeEarlyNumbers = words(`mit auf die der den von alle es sind waren wurden haben`)
)

// numbered are endings of nouns that carry numbers of their own: Resolution 1701.
var numbered = []string{"resolution", "nummer", "modell", "version", "linie", "norm", "kennzahl", "artikel"}

// yearContext decides whether a four-digit number is a year. Quantities come before a noun ("2000 Beschäftigte") or after words of
// approximation; years after prepositions of time or before anything but a noun.
func (b *block) yearContext(i, y int) bool {
	prev, next := b.at(i-1), b.at(i+1)
	noun := next.Kind == text.Word && next.upper && next.Sent == b.at(i).Sent && !functionWords[next.low]
	if b.numberContext(i) || beforeEither[prev.low] && next.upper {
		return false
	}
	if y < 1500 {
		mark := prev.Text == "(" || prev.Text == "*" || prev.Text == "†"
		doubtful := y%50 == 0 || noun || beforeEarlyNumbers[prev.low]
		return !doubtful || mark || beforeEarlyYears[prev.low] && !noun
	}
	if !noun {
		round := y == 1500
		return !round || beforeEarlyYears[prev.low] && prev.low != "um"
	}
	tells := beforeOffices[prev.low] || prev.Kind == text.Word && !prev.upper && preterite(prev.low) && !strings.HasSuffix(prev.low, "n")
	if y <= 2050 && y%50 != 0 && tells && singular(next.low) {
		return true
	}
	return y >= 1800 && beforeYears[prev.low] || y >= 1700 && y%100 != 0 && beforeOddYears[prev.low]
}

// numberContext reports whether what stands around token i makes it a number of something.
func (b *block) numberContext(i int) bool {
	prev, next := b.at(i-1), b.at(i+1)
	if b.beforeChrist(i+1) || b.unitAfter(i+1) || b.reference(i) || b.telephone(i) || b.digits(i+1) || beforeNumbers[prev.low] {
		return true
	}
	for _, s := range numbered {
		if strings.HasSuffix(prev.low, s) {
			return true
		}
	}
	copyright := prev.Text == ")" && b.is(i-2, "c") && b.at(i-3).Text == "("
	return copyright || next.Text == "%" || prev.Text == "€" || prev.Text == "+" || prev.Text == "#"
}

// vorjahr is last year: "im Vorjahr", "des Vorjahres".
func vorjahr(b *block, i int) []claim {
	low := b.at(i).low
	if b.is(i, "jahr") && b.at(i).upper && b.is(i+1, "zuvor", "davor", "danach", "darauf") && b.is(i-1, "im") {
		n := 1
		if b.is(i+1, "zuvor", "davor") {
			n = -1
		}
		return []claim{b.claim(ruleRelativeYear, i, i+2, func(c *context, cl *claim) reading {
			if c.year > 0 && cl.b.at(cl.from).Sent-c.yearSent <= 2 {
				return c.inText(yearOf(c.year + n))
			}
			return open(schemas.DateDate, "XXXX")
		})}
	}
	n, ok := map[string]int{"vorjahr": -1, "vorjahres": -1, "vorjahrs": -1, "vorvorjahr": -2, "folgejahr": 1, "folgejahres": 1}[low]
	if !ok || !b.at(i).upper {
		return nil
	}
	return []claim{b.claim(ruleRelativeYear, i, i+1, func(c *context, cl *claim) reading {
		if strings.HasPrefix(low, "folge") || !c.known() {
			if c.year > 0 && cl.b.at(cl.from).Sent-c.yearSent <= 1 {
				return c.inText(yearOf(c.year + n))
			}
			return open(schemas.DateDate, "XXXX")
		}
		return c.anchored(yearOf(c.anchor.Day.Year() + n))
	})}
}

// singular reports whether a noun has none of the usual endings of the plural; "-in" and "-er" may be one person.
func singular(low string) bool {
	for _, e := range []string{"en", "e", "s", "innen", "n"} {
		if strings.HasSuffix(low, e) && !strings.HasSuffix(low, "in") {
			return false
		}
	}
	return true
}

// beforeChrist reports "v. Chr." at token i; such times have no TIMEX3 value that days could be given for.
func (b *block) beforeChrist(i int) bool {
	return b.is(i, "v", "vor") && (b.is(i+1, "chr", "christus") || b.at(i+1).Text == "." && b.is(i+2, "chr"))
}

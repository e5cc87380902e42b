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
			return []claim{b.claim("day-iso", i, i+5, func(c *context, _ *claim) reading { return c.dated(dayOf(date(y, m, d))) })}
		}
		return nil
	}
	if b.glued(i) && (b.at(i-1).Text == "/" || dash(b.at(i-1).Text) || b.at(i-1).Text == "." || b.at(i-1).Text == "_" || b.at(i-1).Text == "@") {
		return nil
	}
	if j := i + 1; b.at(j).Text == "/" || dash(b.at(j).Text) {
		if y2 := b.integer(j + 1); y2 >= 1000 && y2 <= 2100 && y2 > y && b.at(j+2).Text != "-" && !b.unitAfter(j+2) && !b.telephone(i) {
			return []claim{b.claim("year-range", i, j, atYear(y)), b.claim("year-range", j+1, j+2, atYear(y2))}
		}
		if y2 := b.integer(j + 1); b.at(j).Text == "/" && y >= 1900 && len(b.at(j+1).Text) == 2 && y2 == (y+1)%100 && b.glued(j) && b.glued(j+1) && !b.reference(i) {
			return []claim{b.claim("year-range", i, j, atYear(y)), b.claim("year-range", j+1, j+2, atYear(y+1))}
		}
		if y2 := b.integer(j + 1); dash(b.at(j).Text) && len(b.at(j+1).Text) == 2 && y2 > y%100 && y >= 1800 && b.glued(j) && b.glued(j+1) && b.at(j+2).Text != "-" && b.at(j+2).Text != "." && !b.telephone(i) && !b.reference(i) { // 1939-45
			return []claim{b.claim("year-range", i, j, atYear(y)), b.claim("year-range", j+1, j+2, atYear(y-y%100+y2))}
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
			return []claim{b.claim("year-range", i, i+1, atYear(y)), b.claim("year-range", k+1, k+2, atYear(y2))}
		}
	}
	return []claim{b.claim("year", i, i+1, atYear(y))}
}

func (b *block) telephone(i int) bool {
	return b.digits(i-1) || b.is(i-1, "tel", "telefon", "fax", "tel./fax", "telefonisch")
}

// yearContext decides whether a four-digit number is a year. Quantities come before a noun ("2000 Beschäftigte") or after words of
// approximation; years after prepositions of time or before anything but a noun.
func (b *block) yearContext(i, y int) bool {
	if b.beforeChrist(i + 1) {
		return false
	}
	if b.unitAfter(i+1) || b.reference(i) || b.telephone(i) || b.digits(i+1) {
		return false
	}
	if b.is(i-1, "©", "c", "copyright", "straße", "str", "weg", "platz", "rund", "etwa", "fast", "knapp", "circa", "ca", "zirka", "über", "insgesamt", "minus", "plus", "mal", "gut", "mindestens", "maximal", "höchstens", "bereits", "als", "postfach", "weitere", "weiteren", "circa", "je", "exakt", "ungefähr", "unter") {
		if !b.is(i-1, "bereits", "circa", "ca", "etwa", "als") || b.at(i+1).upper {
			return false
		}
	}
	for _, s := range []string{"resolution", "nummer", "modell", "version", "raum", "linie", "norm", "kennzahl", "artikel"} {
		if strings.HasSuffix(b.at(i-1).low, s) {
			return false
		}
	}
	if b.at(i-1).Text == ")" && b.is(i-2, "c") && b.at(i-3).Text == "(" {
		return false
	}
	if b.at(i+1).Text == "%" || b.at(i-1).Text == "€" || b.at(i-1).Text == "+" || b.at(i-1).Text == "#" {
		return false
	}
	strong := b.is(i-1, "seit", "ab", "bis", "vor", "nach", "jahr", "jahre", "jahren", "jahres", "sommer", "herbst", "winter", "frühjahr", "frühling", "ende", "mitte", "anfang", "zwischen", "für", "um", "von", "in", "aus", "saison", "schuljahr", "ostern", "pfingsten", "weihnachten", "silvester")
	n := b.at(i + 1)
	noun := n.Kind == text.Word && n.upper && n.Sent == b.at(i).Sent
	if y < 1500 && (y%50 == 0 || noun || !b.at(i-1).upper && b.word(i-1) && b.is(i-1, "mit", "auf", "die", "der", "den", "von", "alle", "es", "sind", "waren", "wurden", "haben")) && !(b.is(i-1, "seit", "ab", "jahr", "jahre", "jahren", "jahres", "um", "in", "ende", "mitte", "anfang") && !noun || b.at(i-1).Text == "(" || b.at(i-1).Text == "*" || b.at(i-1).Text == "†") {
		return false
	}
	if noun && y >= 1500 && y <= 2050 && y%50 != 0 && b.is(i-1, "wurde", "war", "ist", "wird", "seit", "als", "er", "sie", "hatte") && singular(n.low) {
		return true // er wurde 2009 Landrat
	}
	if noun {
		return b.is(i-1, "seit", "ab", "vor", "jahr", "jahre", "jahres", "sommer", "herbst", "winter", "frühjahr", "ende", "mitte", "anfang", "in") && y >= 1800 || strong && y%100 != 0 && y >= 1900 && b.is(i-1, "bis", "nach", "zwischen", "für")
	}
	if y%1000 == 0 && y < 2000 || y == 1500 {
		return strong && !b.is(i-1, "von", "bis", "für", "um", "aus", "nach")
	}
	return true
}

// vorjahr is last year: "im Vorjahr", "des Vorjahres".
func vorjahr(b *block, i int) []claim {
	low := b.at(i).low
	if b.is(i, "jahr") && b.at(i).upper && b.is(i+1, "zuvor", "davor", "danach", "darauf") && b.is(i-1, "im") {
		n := 1
		if b.is(i+1, "zuvor", "davor") {
			n = -1
		}
		return []claim{b.claim("relative-year", i, i+2, func(c *context, cl *claim) reading {
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
	return []claim{b.claim("relative-year", i, i+1, func(c *context, cl *claim) reading {
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

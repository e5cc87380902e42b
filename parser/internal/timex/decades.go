package timex

import "strings"

var decadeWords = map[string]int{"zwanziger": 20, "dreißiger": 30, "dreissiger": 30, "vierziger": 40, "fünfziger": 50, "sechziger": 60, "siebziger": 70, "achtziger": 80, "neunziger": 90, "neuziger": 90, "zehner": 10}

// decadeAhead reports whether a whole decade begins at token i.
func (b *block) decadeAhead(i int) bool { return len(b.decade(i, true)) > 0 }

// decades reads "1990er Jahre", "die neunziger Jahre", "90er-Jahren", "Neunzigerjahre", "in den 1990ern".
func decades(b *block, i int) []claim { return b.decade(i, false) }

// decade reads one decade; the last of a range must be complete in itself.
func (b *block) decade(i int, last bool) []claim {
	j := i
	if definite[b.at(j).low] {
		j++
	}
	if b.is(j, "frühen", "späten", "frühe", "späte") {
		j++
	}
	t := b.at(j)
	low := t.low
	years := strings.HasSuffix(low, "jahre") || strings.HasSuffix(low, "jahren")
	stem := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(low, "n"), "jahre"), "-")
	to := j + 1
	if b.is(to, "jahre", "jahren") && b.at(to).upper {
		years = true
		to++
	} else if b.at(to).Text == "-" && b.is(to+1, "jahre", "jahren") {
		years = true
		to += 2
	}
	d := decadeWords[stem]
	if n := b.integer(j); n > 0 && b.at(j+1).Text == "-" && b.is(j+2, "er", "er-jahre", "er-jahren", "ern") && b.glued(j+1) && b.glued(j+2) {
		d, to = n, j+3
		years = b.is(j+2, "er-jahre", "er-jahren") || n > 1000 && b.is(j+2, "ern")
		if b.is(to, "jahre", "jahren") {
			years = true
			to++
		}
	}
	if d > 0 && !years && t.upper && b.is(j-1, "der", "den", "die") && b.is(j-2, "anfang", "mitte", "ende", "seit", "in") && !b.at(j+1).upper {
		years = true // Ende der Neunziger
	}
	if d == 0 && strings.HasSuffix(low, "ern") && b.is(j-1, "den") {
		if d = decadeWords[strings.TrimSuffix(low, "n")]; d > 0 {
			years = true
		}
	}
	if !last && !years && (d > 0 || strings.HasSuffix(stem, "er")) && b.is(to, "bis", "und") && b.decadeAhead(to+1) {
		years = true // den 50er bis 70er Jahren
	}
	if d == 0 && strings.HasSuffix(stem, "er") {
		d = atoi(strings.TrimSuffix(stem, "er"))
		if d >= 1000 && strings.HasSuffix(low, "ern") || b.is(j-1, "der") && b.is(j-2, "anfang", "mitte", "ende") && !b.at(j+1).upper {
			years = true // in den 1990ern, Ende der 80er
		}
	}
	if !years || d < 10 || d%10 != 0 || d > 90 && d < 1000 || d > 2100 {
		return nil
	}
	return []claim{b.claim(ruleDecade, i, to, func(c *context, _ *claim) reading {
		y := d
		if d < 100 {
			y += 1900
			if c.known() && d < 30 && c.anchor.Day.Year() >= 2030+d {
				y += 100
			}
		}
		return c.dated(decadeOf(y))
	})}
}

package timex

import "strings"

// decadeName is a decade as written: "der neunziger Jahre", "1990er-Jahren", "Neunzigerjahre", "in den 1990ern".
type decadeName struct {
	from, at int    // the expression, and the token with the number
	to       int    // the token after it
	low      string // that token in lower case
	stem     string // without "Jahre" and the ending of the plural
	n        int    // 90 or 1990, 0 for none
	years    bool   // "Jahre" stands with it, or the words around say that years are meant
}

// decades reads "1990er Jahre", "die neunziger Jahre", "90er-Jahren", "Neunzigerjahre", "in den 1990ern".
func decades(b *block, i int) []claim { return b.decade(i, false) }

// decade reads one decade; the last of a range must be complete in itself.
func (b *block) decade(i int, last bool) []claim {
	d := b.decadeName(i)
	b.cutDecade(&d)
	b.nounDecade(&d)
	if !last && !d.years && (d.n > 0 || strings.HasSuffix(d.stem, "er")) && b.is(d.to, "bis", "und") && len(b.decade(d.to+1, true)) > 0 {
		d.years = true // den 50er bis 70er Jahren
	}
	b.digitDecade(&d)
	if !d.years || !aDecade(d.n) {
		return nil
	}
	return b.one(ruleDecade, i, d.to, d.eval)
}

// nounDecade reads a word for a decade that stands without "Jahre": Ende der Neunziger, in den Siebzigern.
func (b *block) nounDecade(d *decadeName) {
	if d.n > 0 && !d.years && b.at(d.at).upper && b.decadeSide(d.at, "anfang", "mitte", "ende", "seit", "in") && b.is(d.at-1, "der", "den", "die") {
		d.years = true // Ende der Neunziger
	}
	if d.n == 0 && strings.HasSuffix(d.low, "ern") && b.is(d.at-1, "den") {
		if d.n = lookUp(strings.TrimSuffix(d.low, "n")).decade; d.n > 0 {
			d.years = true
		}
	}
}

// digitDecade reads a decade in digits: 80er, 1990ern.
func (b *block) digitDecade(d *decadeName) {
	digits, ok := strings.CutSuffix(d.stem, "er")
	if !ok || d.n != 0 {
		return
	}
	d.n = atoi(digits)
	if d.n >= 1000 && strings.HasSuffix(d.low, "ern") || b.is(d.at-1, "der") && b.decadeSide(d.at, "anfang", "mitte", "ende") {
		d.years = true // in den 1990ern, Ende der 80er
	}
}

// decadeName reads the article, the adjective, the word with the number and "Jahre".
func (b *block) decadeName(i int) decadeName {
	d := decadeName{from: i, at: i}
	if b.at(d.at).is(definite) {
		d.at++
	}
	if b.at(d.at).is(early) {
		d.at++
	}
	d.low = b.at(d.at).low
	d.years = strings.HasSuffix(d.low, "jahre") || strings.HasSuffix(d.low, "jahren")
	d.stem = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(d.low, "n"), "jahre"), "-")
	d.n = lookUp(d.stem).decade
	d.to = d.at + 1
	switch {
	case b.is(d.to, "jahre", "jahren") && b.at(d.to).upper:
		d.years = true
		d.to++
	case b.sign(d.to, "-") && b.is(d.to+1, "jahre", "jahren"):
		d.years = true
		d.to += 2
	}
	return d
}

// cutDecade reads a decade whose number is a token of its own: 80-er, 90-er-Jahre.
func (b *block) cutDecade(d *decadeName) {
	n, end := b.integer(d.at), d.at+2
	if n <= 0 || !b.sign(d.at+1, "-") || !b.is(end, "er", "er-jahre", "er-jahren", "ern") || !b.glued(d.at+1) || !b.glued(end) {
		return
	}
	d.n, d.to = n, end+1
	d.years = b.is(end, "er-jahre", "er-jahren") || n > 1000 && b.is(end, "ern")
	if b.is(d.to, "jahre", "jahren") {
		d.years = true
		d.to++
	}
}

// decadeSide reports a noun without "Jahre" that stands for a decade: one of the words two before it, and no noun behind.
func (b *block) decadeSide(i int, before ...string) bool {
	return b.is(i-2, before...) && !b.at(i+1).upper
}

// aDecade reports whether n begins a decade, with or without its century.
func aDecade(n int) bool {
	return n >= 10 && n%10 == 0 && (n <= 90 || n >= 1000 && n <= lastYear)
}

// eval gives the decade its century: the last, unless that one lies closer by now.
func (d decadeName) eval(c *discourse, _ *claim) reading {
	y := d.n
	if y < 100 {
		y += 1900
		if c.known() && d.n < lastYoungDecade && c.anchor.Day.Year() >= 2000+d.n+decadeGrace {
			y += 100
		}
	}
	return dated(decadeOf(y))
}

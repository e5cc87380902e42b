package timex

// The names of the calendar share one grammar: a modifier, the name, a year. This is its last part.

// yearSuffix is the year behind a name of the calendar: "März 2024", "Mai dieses Jahres", "im ersten Quartal des vergangenen Jahres".
type yearSuffix struct {
	year     int  // 0 for none
	rel      int  // years from the anchor's, where anchored
	anchored bool // "dieses Jahres"
	to       int  // the token after it
}

// yearSuffix reads the year at token i; fits decides which phrases around "Jahr" count.
func (b *block) yearSuffix(i int, fits func(b *block, p *phrase) bool) yearSuffix {
	if y, to := b.yearAfter(i); y > 0 {
		return yearSuffix{year: y, to: to}
	}
	p, ok := b.phrase(i)
	if !ok || p.unit != "Y" || p.q != "" || p.ord != 0 || !fits(b, &p) {
		return yearSuffix{to: i}
	}
	if y := b.integer(p.to); aYear(y) {
		return yearSuffix{year: y, to: p.to + 1}
	}
	return yearSuffix{rel: p.rel, anchored: true, to: p.to}
}

// genitiveYear is "dieses Jahres", "letzten Jahres", "des Jahres".
func genitiveYear(b *block, p *phrase) bool {
	return b.is(p.head, "jahres") && ofSomeYear(b, p)
}

// ofSomeYear is any phrase around "Jahr" that points to one.
func ofSomeYear(_ *block, p *phrase) bool { return p.hasRel || p.this || p.det == "des" }

// relativeYear is "dieses Jahres", "letzten Jahres", but not "des Jahres".
func relativeYear(b *block, p *phrase) bool {
	return b.is(p.head, "jahres") && (p.hasRel || p.this)
}

// aYear reports whether a four-digit number can be a year of the press: from the Middle Ages to the next century.
func aYear(y int) bool { return y >= firstYear && y <= lastYear }

// yearAfter is the year at token i, and the token after it; 0 if there is none.
func (b *block) yearAfter(i int) (year, next int) {
	k := i
	if b.is(k, "des") && b.is(k+1, "jahres") {
		k += 2
	}
	if b.sign(k, ".") && b.at(k-1).is(shortMonth) && b.glued(k) {
		k++
	}
	if y := b.integer(k); aYear(y) && !b.at(k+1).is(measure) && !b.beforeChrist(k+1) {
		return y, k + 1
	}
	if y := b.shortYear(k); y > 0 {
		return y, k + 2
	}
	return 0, i
}

// shortYear is the year at token i whose century is left out: Sommer '92. Another apostrophe behind it makes it a quotation.
func (b *block) shortYear(i int) int {
	if !b.sign(i, "'", "’", "‘") || len(b.at(i+1).Text) != 2 || !b.glued(i+1) || b.at(i+2).Text == b.at(i).Text {
		return 0
	}
	switch y := b.integer(i + 1); {
	case y < 0:
		return 0
	case y < shortYearTurn:
		return 2000 + y
	default:
		return 1900 + y
	}
}

// beforeChrist reports "v. Chr." at token i; such times have no TIMEX3 value that days could be given for.
func (b *block) beforeChrist(i int) bool {
	return b.is(i, "v", "vor") && (b.is(i+1, "chr", "christus") || b.sign(i+1, ".") && b.is(i+2, "chr"))
}

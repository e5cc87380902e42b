package timex

import "github.com/kreispresse/kreispresse/parser/internal/text"

// phrase is a noun phrase around a noun of time: [etwa] [den] [letzten|zweiten|ganzen] [zehn] [langen] Jahren.
type phrase struct {
	from, to int    // tokens, half-open; from counts the approximation and the article
	bare     int    // first token after approximation and article
	det      string // the article or demonstrative, lower-case
	this     bool   // det is a demonstrative: dieser
	rel      int    // -1 letzten, 0 laufenden, 1 nächsten
	hasRel   bool
	same     bool // am selben, am gleichen
	ord      int
	q        quantity
	exact    bool // q is a numeral, not the article "ein"
	head     int  // token of the noun
	unit     string
}

// phrase reads a noun phrase that starts at token i and whose noun is a unit of time.
func (b *block) phrase(i int) (phrase, bool) {
	p := phrase{from: i}
	p.bare = b.determiner(&p, b.approximation(i))
	j := b.attributes(&p, p.bare)
	if p.q == "" && p.ord == 0 {
		j = b.count(&p, j)
	}
	if b.at(j).is(lasting) && b.noun(j+1) && b.at(j+1).is(plural) {
		if p.q == "" {
			p.q = open
		}
		j++
	}
	if !b.noun(j) {
		return p, false
	}
	p.head, p.to, p.unit = j, j+1, b.at(j).unit
	return p, true
}

// approximation skips "etwa", "ca." at token i.
func (b *block) approximation(i int) int {
	if !b.at(i).is(approximate) || b.at(i).upper && !b.sentenceStart(i) {
		return i
	}
	if b.sign(i+1, ".") {
		return i + 2
	}
	return i + 1
}

// determiner reads the article at token i, which may count: "ein halbes", "ein paar".
func (b *block) determiner(p *phrase, i int) int {
	if b.is(i, "all", "alle", "allen") && b.at(i+1).is(these) {
		i++
	}
	t := b.at(i)
	switch {
	case t.is(these):
		p.this = true
		fallthrough
	case t.is(definite), t.is(yonder):
		p.det = t.low
		return i + 1
	case !t.is(indefinite):
		return i
	}
	p.det, p.q = t.low, "1"
	i++
	if n := b.at(i); n.half == aHalf && n.low != "halber" {
		p.q = aHalf
		i++
	}
	if b.at(i).is(fewNumber) {
		p.q = open
		i++
	}
	return i
}

// attributes reads up to three of: letzten, ganzen, beiden, selben, knappes, zweiten.
func (b *block) attributes(p *phrase, i int) int {
	for range mostAttributes {
		switch t := b.at(i); {
		case t.is(relative):
			p.rel, p.hasRel = t.rel, true
		case t.is(whole):
		case t.is(both) && p.q == "":
			p.q, p.exact = "2", true
		case t.is(same):
			p.same = true
		case t.is(approximate) && p.q == "1" && !b.is(i+1, "tag", "tage"): // ein knappes Jahr, aber: ein guter Tag
		default:
			n, next := b.ordinal(i)
			if n == 0 || p.hasRel {
				return i
			}
			p.ord, i = n, next-1
		}
		i++
	}
	return i
}

// count reads a number at token i, and an adjective between it and the noun: 17 lange Jahre.
func (b *block) count(p *phrase, i int) int {
	q, j := b.quantity(i)
	if q == "" || b.at(i).is(indefinite) {
		return i
	}
	p.q, p.exact = q, true
	if !b.noun(j) && b.adjective(j) && b.noun(j+1) {
		return j + 1
	}
	return j
}

// noun reports whether token i is a noun of time.
func (b *block) noun(i int) bool {
	t := b.at(i)
	return t.Kind == text.Word && t.upper && t.unit != ""
}

// adjective reports whether token i looks like an adjective in -e or -en.
func (b *block) adjective(i int) bool {
	t := b.at(i)
	if t.Kind != text.Word || t.upper || len(t.low) < 4 {
		return false
	}
	return t.low[len(t.low)-1] == 'e' || len(t.low) > 4 && t.low[len(t.low)-2:] == "en"
}

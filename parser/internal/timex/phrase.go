package timex

import "github.com/kreispresse/kreispresse/parser/internal/text"

// phrase is a noun phrase around a noun of time: [etwa] [den] [letzten|zweiten|ganzen] [zehn] [langen] Jahren.
type phrase struct {
	from, to int    // tokens, half-open; from counts the approximation and the article
	bare     int    // first token after approximation and article
	det      string // the article or demonstrative, lower-case
	rel      int    // -1 letzten, 0 laufenden, 1 nächsten
	hasRel   bool
	same     bool // am selben, am gleichen
	ord      int
	q        quantity
	exact    bool // q is a numeral, not the article "ein"
	head     int  // token of the noun
	unit     string
}

// phrase reads a noun phrase that starts at token i and whose noun is one of units.
func (b *block) phrase(i int) (phrase, bool) {
	p := phrase{from: i, bare: i}
	j := i
	if approx[b.at(j).low] && !b.at(j).upper || approx[b.at(j).low] && b.sentenceStart(j) {
		j++
		if b.at(j).Text == "." { // ca.
			j++
		}
	}
	if b.is(j, "all", "alle", "allen") && these[b.at(j+1).low] {
		j++
	}
	switch low := b.at(j).low; {
	case definite[low], these[low], low == "jener", low == "jenem", low == "jenen", low == "jene":
		p.det = low
		j++
	case indefinite[low]:
		p.det = low
		p.q = "1"
		j++
		if b.is(j, "halbes", "halben", "halbe") {
			p.q = "0.5"
			j++
		}
		if b.is(j, "paar") {
			p.q = "X"
			j++
		}
	}
	p.bare = j
	for n := 0; n < 3; n++ {
		low := b.at(j).low
		if r, ok := relatives[low]; ok {
			p.rel, p.hasRel = r, true
			j++
			continue
		}
		if b.is(j, "ganze", "ganzen", "ganzes", "gesamte", "gesamten", "volle", "vollen", "volles") {
			j++
			continue
		}
		if b.is(j, "beiden", "beide") && p.q == "" {
			p.q, p.exact = "2", true
			j++
			continue
		}
		if b.is(j, "selben", "gleichen", "selbe", "gleiche") {
			p.same = true
			j++
			continue
		}
		if approx[low] && p.q == "1" && !b.is(j+1, "tag", "tage") { // ein knappes Jahr, aber: ein guter Tag
			j++
			continue
		}
		if o, k := b.ordinal(j); o > 0 && !p.hasRel {
			p.ord, j = o, k
			continue
		}
		break
	}
	if p.q == "" && p.ord == 0 {
		if q, k := b.quantity(j); q != "" && !indefinite[b.at(j).low] {
			p.q, p.exact, j = q, true, k
			if !b.noun(j) && b.adjective(j) && b.noun(j+1) { // 17 lange Jahre
				j++
			}
		}
	}
	if b.is(j, "lange", "langen") && b.noun(j+1) && plurals[b.at(j+1).low] {
		if p.q == "" {
			p.q = "X"
		}
		j++
	}
	if !b.noun(j) {
		return p, false
	}
	p.head, p.to, p.unit = j, j+1, units[b.at(j).low]
	return p, true
}

// noun reports whether token i is a noun of time.
func (b *block) noun(i int) bool {
	t := b.at(i)
	return t.Kind == text.Word && t.upper && units[t.low] != ""
}

func (b *block) adjective(i int) bool {
	t := b.at(i)
	if t.Kind != text.Word || t.upper || len(t.low) < 4 {
		return false
	}
	return t.low[len(t.low)-1] == 'e' || len(t.low) > 4 && t.low[len(t.low)-2:] == "en"
}

// sentenceStart reports whether a capital at token i may be due to its place: after a stop, an opening mark, a colon or a dash.
func (b *block) sentenceStart(i int) bool {
	p := b.at(i - 1)
	return p.Sent != b.at(i).Sent || p.Kind == text.Mark || p.Text == ":" || p.Text == "(" || dash(p.Text) || p.Text == "." || p.Text == "*" || p.Text == "•"
}

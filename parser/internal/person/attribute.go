package person

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// attributes reads the roles and the organisation of a name from the words around it.
func (r *reader) attributes(n *name) attributes {
	a := attributes{full: text.Span{Start: r.toks[n.full].Start, End: r.toks[n.last-1].End}}
	r.before(n, &a)
	r.afterPlural(n, &a)
	r.leadership(n, &a)
	r.after(n, &a)
	if n.gender != "" {
		a.gender = n.gender
	}
	return a
}

// before reads roles to the left of the name: "die Leiterin des Amts, Dr. X", "Kreisdirektorin und Leiterin X", "CDU-Stadtrat X".
func (r *reader) before(n *name, a *attributes) {
	p := n.full - 1
	if p < 0 || r.sent(p) != r.sent(n.full) {
		return
	}
	if r.is(p, isRole) && r.near(p) && !r.isTaken(p) {
		if r.plural(p) {
			return
		}
		ph := r.phrase(p, n.gender)
		a.use(ph)
		a.full.Start = r.toks[ph.first].Start
		q := ph.first - 1
		for k := 0; k < 3 && r.word(q) == "und" && r.is(q-1, isRole) && !r.isTaken(q-1) && !body(r.roles[q-1]); k++ {
			ph = r.phrase(q-1, n.gender)
			a.use(ph)
			a.full.Start = r.toks[ph.first].Start
			q = ph.first - 1
		}
		return
	}
	if q := r.inverted(p); q >= 0 {
		ph := r.phrase(q, n.gender)
		if ph.last == p && (n.gender == "" || ph.gender == "" || ph.gender == n.gender || r.word(p) == ":") {
			a.use(ph)
		}
		return
	}
	if q := r.retired(p); q >= 0 {
		ph := r.phrase(q, n.gender)
		ph.text += " " + r.join(q+1, p+1)
		a.use(ph)
		a.full.Start = r.toks[ph.first].Start
		return
	}
	comma := r.word(p) == ","
	if comma {
		p--
	} else if !r.near(p) {
		return
	}
	if q := r.headOf(p, comma); q >= 0 {
		ph := r.phrase(q, n.gender)
		if ph.last == p+1 {
			a.use(ph)
			a.full.Start = r.toks[ph.first].Start
		}
	}
}

// inverted is the role that token p joins with the name after it, "Ansprechpartnerin ist NAME", "Pressesprecher: NAME", -1 for none.
func (r *reader) inverted(p int) int {
	w := r.word(p)
	if w != "ist" && w != "war" && w != "wird" && w != "heißt" && w != ":" || p < 1 || r.sent(p-1) != r.sent(p) {
		return -1
	}
	if !r.is(p-1, isRole) {
		return r.headOf(p-1, false)
	}
	if r.isTaken(p-1) || r.plural(p-1) || w == ":" && !r.starts(p-1) {
		return -1
	}
	return p - 1
}

// retired is the role before "a. D." or "i. R." that ends at token p, -1 for none.
func (r *reader) retired(p int) int {
	q := p - 2
	if p < 2 || !(r.word(p) == "D." && r.word(p-1) == "a." || r.word(p) == "R." && r.word(p-1) == "i.") || !r.is(q, isRole) || r.isTaken(q) {
		return -1
	}
	return q
}

// headOf finds the role noun whose complement ends with token p, -1 for none; with a comma after p the role itself may stand at p.
func (r *reader) headOf(p int, comma bool) int {
	sent := r.sent(p)
	for q := p; q >= 0 && p-q < 16 && r.sent(q) == sent; q-- {
		if r.isTaken(q) {
			return -1
		}
		if r.is(q, isRole) && (q < p && complement[r.word(q+1)] || q == p && comma && r.definite(q)) {
			if r.roles[q].plural {
				return -1
			}
			return q
		}
		if w := r.word(q); w == "," || w == ";" || w == ":" {
			return -1
		}
	}
	return -1
}

// definite reports whether an article stands before the role at token q, adjectives aside.
func (r *reader) definite(q int) bool {
	for q--; q >= 0 && r.near(q); q-- {
		w := strings.ToLower(r.word(q))
		if article[w] || possessive[w] {
			return true
		}
		if r.is(q, isCap) || !adjectival(w) {
			return false
		}
	}
	return false
}

var possessive = map[string]bool{
	"sein": true, "seine": true, "seinen": true, "seinem": true, "seiner": true, "ihr": true, "ihre": true, "ihren": true, "ihrem": true, "ihrer": true, "unser": true, "unsere": true, "unserem": true, "unseren": true, "deren": true, "dessen": true,
}

// use takes a phrase over.
func (a *attributes) use(ph phrase) {
	a.roles = append(a.roles, ph.text)
	a.heads = append(a.heads, ph.head)
	if a.org == "" {
		a.org = ph.org
	}
	if a.gender == "" {
		a.gender = ph.gender
	}
}

package person

import (
	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// attributes reads the roles and the organisation of a name from the words around it.
func (r *reader) attributes(n *name) attributes {
	a := attributes{full: text.Span{Start: r.toks[n.full].Start, End: r.toks[n.last-1].End}}
	r.before(n, &a)
	r.afterPlural(n, &a)
	r.conductor(n, &a)
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
		owner := n.genitive && n.surname && !r.ownsNext(p, n.last) // die Weggefährtin Achenbachs
		if !owner && !r.anothers(n, p) {
			r.rolesBefore(n, p, a)
		}
		return
	}
	if q := r.inverted(p); q >= 0 {
		if ph := r.phrase(q, n.gender); ph.last == p && (r.roles[q].suits(n.gender) || r.word(p) == ":") {
			a.use(ph)
		}
		return
	}
	if q := r.retired(p); q >= 0 {
		r.lead(a, r.phrase(q, n.gender))
		return
	}
	r.complementBefore(n, p, a)
}

// complementBefore reads a role whose complement ends at token p before the name, over a comma: der Leiter des Amts, NAME.
func (r *reader) complementBefore(n *name, p int, a *attributes) {
	comma := r.word(p) == ","
	if comma {
		p--
	} else if !r.near(p) {
		return
	}
	if q := r.headOf(p, comma); q >= 0 {
		if ph := r.phrase(q, n.gender); ph.last == p+1 {
			r.lead(a, ph)
		}
	}
}

// anothers reports whether the definite role at token p, before a surname that the text has named with the full name, is known as that of
// somebody else, so that the name is an object: wünscht der Landrat Küster viel Erfolg.
func (r *reader) anothers(n *name, p int) bool {
	if !n.surname || !r.definite(p) {
		return false
	}
	own, _ := r.known(n.last - 1)
	if own == nil || own.Given == "" || r.hasRole(own, r.roles[p], r.word(p)) {
		return false
	}
	for _, e := range latest(r.reg.all, maxBack) {
		if e != own && e.agrees(r.roles[p].gender) && r.hasRole(e, r.roles[p], r.word(p)) {
			return true
		}
	}
	return false
}

// lead takes a phrase over that stands directly before the name.
func (r *reader) lead(a *attributes, ph phrase) {
	a.use(ph)
	a.full.Start = r.toks[ph.first].Start
}

// rolesBefore reads the role at token p directly before the name, and those joined to it: Kreisdirektorin und Leiterin X.
func (r *reader) rolesBefore(n *name, p int, a *attributes) {
	if r.plural(p) {
		return
	}
	ph := r.phrase(p, n.gender)
	r.lead(a, ph)
	for i := 0; i < maxJoined; i++ {
		q := ph.first - 2
		if r.word(q+1) != "und" || !r.is(q, isRole) || r.isTaken(q) || body(r.roles[q]) {
			return
		}
		ph = r.phrase(q, n.gender)
		r.lead(a, ph)
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
	if p < 2 || r.retirement(p-1) != p+1 || !r.is(q, isRole) || r.isTaken(q) {
		return -1
	}
	return q
}

// retirement is the token after "a. D." (außer Dienst) or "i. R." (im Ruhestand) at token j, j when neither stands there.
func (r *reader) retirement(j int) int {
	switch a, b := r.word(j), r.word(j+1); {
	case a == "a." && b == "D.", a == "i." && b == "R.":
		return j + 2
	case a == "a.D." || a == "i.R.":
		return j + 1
	}
	return j
}

// division is the token after an office that stands behind the role at token p without any article, as German offices write it
// ("Ärztlicher Leiter Rettungsdienst", "Dezernentin Jugend"), p+1 for none. It ends where a comma, a bracket or a name shows it.
func (r *reader) division(p int) int {
	j := p + 1
	switch {
	case !german.Is(r.roles[p].Masculine, german.Divided), r.plural(p), !r.near(p), r.isTaken(j), r.sent(j) != r.sent(p):
		return j
	case !r.is(j, isCap), r.is(j, isGiven|isInitial|isRole|isStop|isSal|isTitle):
		return j
	case !r.is(j, isNounForm|isThing|isNever) && !r.has(j, german.Mass):
		return j
	}
	k := j + 1
	if e := r.divisions(j); e > k { // Forschung, Lehre und Verwaltung
		return e
	}
	if r.word(k) == "," || r.word(k) == ")" || r.is(k, isGiven|isTitle) && r.near(j) {
		return k
	}
	return j
}

// divisions is the token after a list of nouns that begins at token j and that "und" closes, j for none.
func (r *reader) divisions(j int) int {
	office := func(k int) bool {
		return r.is(k, isCap) && !r.is(k, isGiven|isRole|isStop|isSal|isTitle) && (r.is(k, isNounForm|isThing|isNever) || r.has(k, german.Mass))
	}
	k := j
	for k-j < complementWithin && office(k) && r.near(k) {
		switch w := r.word(k + 1); {
		case (w == "und" || w == "&") && office(k+2):
			return k + 3
		case w != ",":
			return j
		}
		k += 2
	}
	return j
}

// headOf finds the role noun whose complement ends with token p, -1 for none; with a comma after p the role itself may stand at p.
func (r *reader) headOf(p int, comma bool) int {
	sent := r.sent(p)
	for q := p; q >= 0 && p-q < complementWithin && r.sent(q) == sent; q-- {
		switch w := r.word(q); {
		case r.isTaken(q):
			return -1
		case r.is(q, isRole) && r.headAt(q, p, comma):
			if r.roles[q].Plural {
				return -1
			}
			return q
		case w == "," || w == ";" || w == ":":
			return -1
		}
	}
	return -1
}

// headAt reports whether the role at token q is followed by a complement that can end with token p, or, before a comma, is all of it.
func (r *reader) headAt(q, p int, comma bool) bool {
	if q == p {
		return comma && r.definite(q)
	}
	return r.has(q+1, german.Complement) || q == p-1 && r.division(q) == p+1
}

// definite reports whether an article stands before the role at token q, adjectives aside.
func (r *reader) definite(q int) bool {
	for end := q - maxAdjectives; q > end && q > 0 && r.near(q-1); {
		q--
		w := r.low(q)
		if german.Is(w, german.Article) || german.Is(w, german.Possessive) {
			return true
		}
		if r.is(q, isCap) || !german.Adjectival(w) {
			return false
		}
	}
	return false
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

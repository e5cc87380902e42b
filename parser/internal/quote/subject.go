package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
)

// subject finds the nominal that is the subject of the announcement's verb, and the rule that found it; -1 for none.
//
// German main clauses have the finite verb second: what stands before it is either the subject or, when it is anything else, the
// subject follows the verb. Subordinate clauses have the verb last and the subject after their opening word.
func (f *frame) subject(h *hit) (int, string) {
	if h.passive {
		return f.agent(h)
	}
	if h.source == byHeisst {
		return f.place(h)
	}
	if h.verb != nil && h.verb.Lemma == "zitieren" {
		if n := f.cited(h); n >= 0 {
			return n, "zitiert X"
		}
	}
	v := h.item
	p := f.at(v - 1)
	if n, ok := f.relative(h); ok {
		return n, "X, der sagte"
	}
	after := func() (int, bool) { return f.after(h) }
	switch {
	case v == 0, p.isQuote() && !f.titleEnds(v), p.word == ":" || p.word == "–" || p.word == "(", p.word == "," && f.at(v-2).isQuote():
		if n, ok := after(); ok {
			return n, "sagte X"
		}
		return -1, ""
	}
	if p.is(german.Coordinator) && f.clauseBefore(v-1) || p.is(german.Adverb) && f.at(v-2).is(german.Coordinator) && f.clauseBefore(v-2) { // X lobte … und sagte
		if n := f.shared(v-1, h); n >= 0 {
			return n, "X … und sagte"
		}
	}
	start := f.clauseStart(v)
	if f.subClause(start) && f.verbLast(h) { // wie X mitteilte
		if n := f.firstNominative(start, v, h); n >= 0 {
			return n, "wie X sagte"
		}
		return -1, ""
	}
	first := f.at(start)
	fronted := first.isWord() && (first.is(german.Preposition) || first.is(german.Adverb) || first.is(german.Subordinator) || first.is(german.Object) || first.is(german.Coordinator) && start > 0)
	if p.word == "," && !f.apposition(start, v) {
		fronted = true
	}
	a, okA := after()
	b := f.firstNominative(start, v, h)
	switch {
	case fronted && okA && (b < 0 || f.nouns[a].human || !f.nouns[b].human):
		return a, "sagte X"
	case b >= 0 && okA && f.nouns[a].human && !f.nouns[b].human && (f.nouns[a].from <= v+2 || f.nouns[b].to == 1):
		return a, "sagte X"
	case b >= 0:
		return b, "X sagte"
	case okA:
		return a, "sagte X"
	}
	if start > 0 && (f.at(start-1).is(german.Coordinator) || first.is(german.Coordinator)) {
		if n := f.shared(start, h); n >= 0 {
			return n, "X … und sagte"
		}
	}
	return -1, ""
}

// titleEnds reports whether a nominal with a title ends before item i: der „Kurier“ | berichtet.
func (f *frame) titleEnds(i int) bool {
	k := f.nounAfter(i) - 1
	return k >= 0 && f.nouns[k].to == i && f.nouns[k].title >= 0
}

// shared is the subject of the clause before item i, which a coordinated verb shares: that of an announcement there, else the first
// nominal of its main clause.
func (f *frame) shared(i int, h *hit) int {
	for k := f.hitIndex(max(0, i-window)); k < len(f.hits) && f.hits[k].item < i; k++ {
		g := &f.hits[k]
		if g.subject >= 0 && g != h && f.agree(g.subject, h) && g.source == byVerb && f.nouns[g.subject].human {
			return g.subject
		}
	}
	from := max(0, i-window)
	if f.at(from).is(german.Subordinator) {
		for j := from; j < i; j++ {
			if f.items[j].word == "," {
				from = j + 1
				break
			}
		}
	}
	if k := f.firstNominative(from, i, h); k >= 0 && (f.nouns[k].human || f.body(f.nouns[k])) {
		return k
	}
	return -1
}

// agree reports whether the nominal can be the subject of the verb by number.
func (f *frame) agree(k int, h *hit) bool {
	n := f.nouns[k]
	if h.plural {
		if n.plural || f.coordinated(k) {
			return true
		}
		if n.pronoun {
			return f.items[n.head].low == "sie" || n.to > n.from+1 && f.items[n.from].low != "einer" && f.items[n.from].low != "eine"
		}
		switch n.det {
		case "der", "das", "ein", "eine", "dieser", "dieses", "sein", "kein":
			return false
		}
		return n.person < 0 || n.det != ""
	}
	if h.single {
		return !n.plural && !f.coordinated(k)
	}
	return true
}

// coordinated reports whether the nominal is joined by "und" to the one before or after it.
func (f *frame) coordinated(k int) bool {
	n := f.nouns[k]
	and := func(i int) bool { return f.at(i).low == "und" || f.at(i).low == "sowie" }
	if k+1 < len(f.nouns) && f.nouns[k+1].from == n.to+1 && and(n.to) && f.nouns[k+1].nominative {
		return !f.oneBearer(k)
	}
	return k > 0 && !f.oneBearer(k-1) && f.nouns[k-1].to+1 == n.from && and(f.nouns[k-1].to) && f.nouns[k-1].nominative && n.human == f.nouns[k-1].human
}

// oneBearer reports whether nominal k is a role that the next one, joined by "und", adds another role and the name to: "Der Abgeordnete
// und Fraktionschef Jan Behr".
func (f *frame) oneBearer(k int) bool {
	n, m := f.nouns[k], f.nouns[k+1]
	return n.human && n.person < 0 && m.person >= 0 && m.det == "" && roleWord(f.items[m.from].low)
}

// after finds the subject to the right of the verb: the first nominal that can be one, over adverbs, objects and prepositional phrases.
func (f *frame) after(h *hit) (int, bool) {
	k := f.nounAfter(h.item + 1)
	for j := h.item + 1; j < len(f.items) && j < h.item+window; {
		if k < len(f.nouns) && f.nouns[k].from == j {
			n := f.nouns[k]
			if n.nominative && f.agree(k, h) {
				return k, true
			}
			j = n.to
			k++
			continue
		}
		it := f.items[j]
		switch {
		case it.isQuote():
			if j > h.item+1 || f.at(j+1).kind == 0 { // sagte „Die Zeit“ …
				return -1, false
			}
		case it.word == "(":
			for e := j; e < len(f.items) && e < j+window; e++ {
				if f.items[e].word == ")" {
					j = e
					break
				}
			}
			k = f.nounAfter(j)
		case it.word == "," || it.word == ":" || it.word == ";" || it.word == "." || it.word == "–":
			return -1, false
		case it.is(german.Coordinator) || it.is(german.Subordinator) && it.low != "als" && it.low != "wie":
			return -1, false
		case it.low == "als" || it.low == "wie": // sagte als erster Redner X
			if k < len(f.nouns) && f.nouns[k].from == j+1 {
				j = f.nouns[k].to
				k++
				continue
			}
		}
		j++
		for k < len(f.nouns) && f.nouns[k].from < j {
			k++
		}
	}
	return -1, false
}

// clauseStart is the first item of the clause that ends in the verb at item v: after the last colon, semicolon, passage or
// coordinated clause, but over commas, since appositions hold them.
func (f *frame) clauseStart(v int) int {
	for j := v - 1; j >= 0 && j > v-window; j-- {
		it := f.items[j]
		switch {
		case it.isQuote() || it.word == ";" || it.word == ":" || it.word == "–":
			return j + 1
		case (it.low == "und" || it.low == "aber" || it.low == "doch" || it.low == "sondern") && f.clauseBefore(j) && !f.nounJoint(j):
			return j + 1
		case it.word == "," && f.subClause(j+1) && f.at(j+1).low != "als":
			if f.closed(j+1, v) {
				continue
			}
			return j + 1
		}
	}
	start := max(0, v-window+1)
	if start == 0 && f.subClause(0) && (f.at(0).low != "wie" || f.clauseBefore(v)) { // Als ein Gast zu Hilfe kam, rief
		for j := v - 1; j > 0; j-- {
			if f.items[j].word == "," && !f.subClause(j+1) {
				return j + 1
			}
		}
	}
	return start
}

// closed reports whether the subordinate clause from item i ends by a comma before item v.
func (f *frame) closed(i, v int) bool {
	for j := i; j < v; j++ {
		if f.items[j].word == "," {
			return true
		}
	}
	return false
}

// nounJoint reports whether the coordinator at item j stands between two nominals.
func (f *frame) nounJoint(j int) bool {
	k := f.nounAfter(j)
	return k > 0 && k < len(f.nouns) && f.nouns[k-1].to == j && f.nouns[k].from == j+1
}

// clauseBefore reports whether a finite verb stands before item j, so that a coordinator there can join clauses.
func (f *frame) clauseBefore(j int) bool {
	for i := max(0, j-window); i < j; i++ {
		w := f.items[i]
		if w.isWord() && !w.upper() && looksFinite(w.low) {
			return true
		}
	}
	return false
}

// apposition reports whether the commas between start and the verb at v enclose an apposition to the first nominal.
func (f *frame) apposition(start, v int) bool {
	k := f.nounAfter(start)
	if k >= len(f.nouns) || !f.nouns[k].nominative || f.nouns[k].from > start+2 {
		return false
	}
	commas := 0
	for j := start; j < v; j++ {
		if f.items[j].word == "," {
			commas++
		}
	}
	return commas >= 2
}

// firstNominative is the first nominal in [from, to) that can be the subject, -1 for none.
func (f *frame) firstNominative(from, to int, h *hit) int {
	best := -1
	late := from // after the last finite verb before the announcement's: what stands before it belongs to another clause
	for j := to - 1; j >= from; j-- {
		if it := f.items[j]; it.isWord() && !it.upper() && j != h.item && looksFinite(it.low) && !f.inRelative(j) {
			late = j + 1
			break
		}
	}
	for k := f.nounAfter(from); k < len(f.nouns) && f.nouns[k].to <= to; k++ {
		n := f.nouns[k]
		if !n.nominative || !f.agree(k, h) {
			continue
		}
		if n.human && n.from >= late {
			return k
		}
		if best < 0 || n.human && !f.nouns[best].human {
			best = k
		}
	}
	return best
}

// inRelative reports whether the finite verb at item j closes a relative clause.
func (f *frame) inRelative(j int) bool {
	for i := j - 1; i >= 0 && i > j-window; i-- {
		if f.items[i].word == "," {
			switch f.at(i + 1).low {
			case "der", "die", "das", "dem", "den", "deren", "dessen", "welcher", "welche", "wo":
				return true
			}
			return f.at(i+1).is(german.Preposition) && (f.at(i+2).low == "der" || f.at(i+2).low == "dem" || f.at(i+2).low == "denen")
		}
	}
	return false
}

// verbLast reports whether the announcement's verb ends its clause.
func (f *frame) verbLast(h *hit) bool {
	n := f.at(h.end)
	return h.end >= len(f.items) || n.isQuote() || n.word == "," || n.word == ":" || n.word == "." || n.word == ")" || n.word == "–" || n.low == "und"
}

// relative finds the antecedent when the verb closes a relative clause whose pronoun is its subject: "X, der betonte".
func (f *frame) relative(h *hit) (int, bool) {
	if !f.verbLast(h) {
		return -1, false
	}
	for j := h.item - 1; j > 0 && j > h.item-window; j-- {
		it := f.items[j]
		if it.isQuote() || it.word == ":" {
			return -1, false
		}
		if it.word != "," {
			continue
		}
		switch f.at(j + 1).low {
		case "der", "die", "das", "welcher", "welche":
		default:
			return -1, false
		}
		if k := f.nounAfter(j + 1); k < len(f.nouns) && f.nouns[k].from == j+1 {
			return -1, false // an apposition
		}
		for k := f.nounAfter(j + 1); k < len(f.nouns) && f.nouns[k].to <= h.item; k++ {
			if n := f.nouns[k]; n.nominative && n.human {
				return -1, false // the pronoun is the object
			}
		}
		k := f.nounAfter(j) - 1
		if k < 0 || f.nouns[k].to != j {
			return -1, false
		}
		return k, true
	}
	return -1, false
}

// cited is who is cited in "die Zeitung zitiert den Minister", "zitiert das Blatt Behr": the object, which is human.
func (f *frame) cited(h *hit) int {
	for k := f.nounAfter(h.item); k < len(f.nouns) && f.nouns[k].from < h.item+12; k++ {
		n := f.nouns[k]
		if n.prep != "" || n.genitive || !n.human {
			continue
		}
		if n.from > h.item && (n.det == "den" || n.det == "einen" || n.person >= 0) {
			return k
		}
	}
	return -1
}

// agent is the "von X" of a passive, or the subject of "X wird zitiert".
func (f *frame) agent(h *hit) (int, string) {
	if h.verb != nil && h.verb.Lemma == "zitieren" {
		g := *h
		g.passive = false
		return f.subject(&g)
	}
	for k := f.nounAfter(max(0, h.item-window)); k < len(f.nouns) && f.nouns[k].from < h.end; k++ {
		n := f.nouns[k]
		if (strings.HasPrefix(n.prep, "von") || n.prep == "vom") && n.from > h.item && (n.human || f.at(n.to).low == "als" || organisational(f.items[n.head].low)) {
			return k, "von X bezeichnet"
		}
	}
	return -1, ""
}

// place is the document in "heißt es im Bericht", "in dem Schreiben heißt es".
func (f *frame) place(h *hit) (int, string) {
	in := func(p string) bool {
		return p == "in" || p == "im" || p == "auf" || p == "aus" || p == "von" || p == "vom" || p == "seitens" || p == "bei" || p == "beim"
	}
	k := f.nounAfter(h.item + 1)
	for j := k; j < len(f.nouns) && f.nouns[j].from < h.item+8; j++ {
		if n := f.nouns[j]; in(n.prep) {
			return j, "heißt es in X"
		}
	}
	for j := k - 1; j >= 0 && f.nouns[j].from > h.item-window; j-- {
		if n := f.nouns[j]; in(n.prep) && (j == 0 || f.nouns[j].from <= 2) {
			return j, "in X heißt es"
		}
	}
	return -1, ""
}

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
	for _, try := range []func(*frame, *hit) (int, string, bool){
		(*frame).passiveSubject, (*frame).placeSubject, (*frame).citedSubject, (*frame).relativeSubject, (*frame).openingVerb, (*frame).coordinatedVerb,
		(*frame).subordinateVerb,
	} {
		if n, id, decided := try(f, h); decided {
			return n, id
		}
	}
	return f.mainClause(h)
}

func (f *frame) passiveSubject(h *hit) (int, string, bool) {
	if !h.passive {
		return -1, "", false
	}
	n, id := f.agent(h)
	return n, id, true
}

func (f *frame) placeSubject(h *hit) (int, string, bool) {
	if h.source != byHeisst {
		return -1, "", false
	}
	n, id := f.place(h)
	return n, id, true
}

func (f *frame) citedSubject(h *hit) (int, string, bool) {
	if h.verb == nil || h.verb.Lemma != "zitieren" {
		return -1, "", false
	}
	n := f.cited(h)
	return n, ruleCites, n >= 0
}

func (f *frame) relativeSubject(h *hit) (int, string, bool) {
	n, ok := f.relative(h)
	return n, ruleWhoSaid, ok
}

// openingVerb: nothing stands before the verb in its clause, so the subject follows it.
func (f *frame) openingVerb(h *hit) (int, string, bool) {
	v := h.item
	p := f.at(v - 1)
	switch {
	case v == 0, p.isQuote() && !f.titleEnds(v), p.word == ":", p.word == "–", p.word == "(", p.word == "," && f.at(v-2).isQuote():
	default:
		return -1, "", false
	}
	if n, ok := f.after(h); ok {
		return n, ruleSaidX, true
	}
	return -1, "", true
}

// coordinatedVerb: "X lobte … und sagte" shares the subject of the clause before.
func (f *frame) coordinatedVerb(h *hit) (int, string, bool) {
	v := h.item
	p, q := f.at(v-1), f.at(v-2)
	if p.is(german.Coordinator) && f.clauseBefore(v-1) || p.is(german.Adverb) && q.is(german.Coordinator) && f.clauseBefore(v-2) {
		if n := f.shared(v-1, h); n >= 0 {
			return n, ruleAndSaid, true
		}
	}
	return -1, "", false
}

// subordinateVerb: "wie X mitteilte".
func (f *frame) subordinateVerb(h *hit) (int, string, bool) {
	start := f.clauseStart(h.item)
	if !f.subClause(start) || !f.verbLast(h) {
		return -1, "", false
	}
	if n := f.firstNominative(start, h.item, h); n >= 0 {
		return n, ruleAsSaid, true
	}
	return -1, "", true
}

// frontedWords are the classes of the words that begin a main clause and are not its subject.
var frontedWords = german.SetOf(german.Preposition, german.Adverb, german.Subordinator, german.Object)

// mainClause weighs the first nominal before the verb against the first one behind it.
func (f *frame) mainClause(h *hit) (int, string) {
	v := h.item
	start := f.clauseStart(v)
	first := f.at(start)
	fronted := first.isWord() && (first.class.Any(frontedWords) || first.is(german.Coordinator) && start > 0) ||
		f.at(v-1).word == "," && !f.apposition(start, v)
	behind, ok := f.after(h)
	before := f.firstNominative(start, v, h)
	switch {
	case ok && before >= 0 && f.outranks(behind, before, v, fronted), ok && before < 0:
		return behind, ruleSaidX
	case before >= 0:
		return before, ruleXSaid
	}
	if start > 0 && (f.at(start-1).is(german.Coordinator) || first.is(german.Coordinator)) {
		if n := f.shared(start, h); n >= 0 {
			return n, ruleAndSaid
		}
	}
	return -1, ""
}

// outranks reports whether the nominal behind the verb at item v is rather its subject than the one before it.
func (f *frame) outranks(behind, before, v int, fronted bool) bool {
	a, b := f.nouns[behind], f.nouns[before]
	if fronted && (a.human || !b.human) {
		return true
	}
	return a.human && !b.human && (a.from <= v+2 || b.to == 1)
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
			if n := f.nouns[k]; n.nominative && f.agree(k, h) {
				return k, true
			}
			j = f.nouns[k].to
			k++
			continue
		}
		next, ends := f.skip(j, k, h)
		if ends {
			return -1, false
		}
		j = next
		for k < len(f.nouns) && f.nouns[k].from < j {
			k++
		}
	}
	return -1, false
}

// skip is the item behind what stands at item j between a verb and its subject, of which k is the next nominal; ends reports that the
// subject cannot stand further right.
func (f *frame) skip(j, k int, h *hit) (next int, ends bool) {
	it := f.items[j]
	switch {
	case it.isQuote():
		return j + 1, j > h.item+1 || f.at(j+1).kind == 0 // sagte „Die Zeit“ …
	case it.word == "(":
		return max(f.closing(j, window), j+1), false
	case it.word == "," || it.word == ":" || it.word == ";" || it.word == "." || it.word == "–", it.is(german.Coordinator):
		return j, true
	case it.low == "als" || it.low == "wie": // sagte als erster Redner X
		if k < len(f.nouns) && f.nouns[k].from == j+1 {
			return f.nouns[k].to, false
		}
		return j + 1, false
	}
	return j + 1, it.is(german.Subordinator)
}

// clauseStart is the first item of the clause that ends in the verb at item v: after the last colon, semicolon, passage or
// coordinated clause, but over commas, since appositions hold them.
func (f *frame) clauseStart(v int) int {
	for j := v - 1; j >= 0 && j > v-window; j-- {
		if f.partsClauses(j, v) {
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

// partsClauses reports whether the clause of the verb at item v begins behind item j.
func (f *frame) partsClauses(j, v int) bool {
	it := f.items[j]
	switch {
	case it.isQuote(), it.word == ";", it.word == ":", it.word == "–":
		return true
	case it.low == "und", it.low == "aber", it.low == "doch", it.low == "sondern":
		return f.clauseBefore(j) && !f.nounJoint(j)
	}
	return it.word == "," && f.subClause(j+1) && f.at(j+1).low != "als" && !f.closed(j+1, v)
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
	late := f.lateStart(from, to, h)
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

// lateStart is the item after the last finite verb in [from, to) that is not the announcement's: what stands before it belongs to another
// clause.
func (f *frame) lateStart(from, to int, h *hit) int {
	for j := to - 1; j >= from; j-- {
		if it := f.items[j]; it.isWord() && !it.upper() && j != h.item && looksFinite(it.low) && !f.inRelative(j) {
			return j + 1
		}
	}
	return from
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
	j := f.commaBefore(h.item)
	if j <= 0 {
		return -1, false
	}
	switch f.at(j + 1).low {
	case "der", "die", "das", "welcher", "welche":
	default:
		return -1, false
	}
	k := f.nounAfter(j + 1)
	if k < len(f.nouns) && f.nouns[k].from == j+1 {
		return -1, false // an apposition
	}
	for ; k < len(f.nouns) && f.nouns[k].to <= h.item; k++ {
		if n := f.nouns[k]; n.nominative && n.human {
			return -1, false // the pronoun is the object
		}
	}
	k = f.nounAfter(j) - 1
	return k, k >= 0 && f.nouns[k].to == j
}

// commaBefore is the last comma before item i within the window, -1 when a passage or a colon stands nearer.
func (f *frame) commaBefore(i int) int {
	for j := i - 1; j > 0 && j > i-window; j-- {
		switch it := f.items[j]; {
		case it.isQuote() || it.word == ":":
			return -1
		case it.word == ",":
			return j
		}
	}
	return -1
}

// cited is who is cited in "die Zeitung zitiert den Minister", "zitiert das Blatt Behr": the object, which is human.
func (f *frame) cited(h *hit) int {
	for k := f.nounAfter(h.item); k < len(f.nouns) && f.nouns[k].from < h.item+citedWithin; k++ {
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
			return k, ruleCalledBy
		}
	}
	return -1, ""
}

// place is the document in "heißt es im Bericht", "in dem Schreiben heißt es".
func (f *frame) place(h *hit) (int, string) {
	k := f.nounAfter(h.item + 1)
	for j := k; j < len(f.nouns) && f.nouns[j].from < h.item+placeWithin; j++ {
		if locates(f.nouns[j].prep) {
			return j, ruleItSaysIn
		}
	}
	for j := k - 1; j >= 0 && f.nouns[j].from > h.item-window; j-- {
		if n := f.nouns[j]; locates(n.prep) && (j == 0 || n.from <= 2) {
			return j, ruleInItSays
		}
	}
	return -1, ""
}

// locates reports whether a preposition says where something is written or who it comes from.
func locates(prep string) bool {
	switch prep {
	case "in", "im", "auf", "aus", "von", "vom", "seitens", "bei", "beim":
		return true
	}
	return false
}

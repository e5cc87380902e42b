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
	if _, sub := f.subordinateStart(h); sub && v > 0 && p.isQuote() && f.at(v-2).word != "," {
		return -1, "", false
	}
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
	start, ok := f.subordinateStart(h)
	if !ok {
		return -1, "", false
	}
	if n := f.firstNominative(start, h.item, h); n >= 0 {
		return n, ruleAsSaid, true
	}
	return -1, "", true
}

// subordinateStart is where the subordinate clause begins that the verb closes, over passages in it: Während X es als „…“ kritisierte.
func (f *frame) subordinateStart(h *hit) (int, bool) {
	if !f.verbLast(h) {
		return 0, false
	}
	start := f.clauseStart(h.item)
	for start > 0 && f.at(start-1).isQuote() {
		start = f.clauseStart(start - 1)
	}
	return start, f.subClause(start)
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
	if !b.human && a.from <= v+2 && f.body(a) && german.Ends(f.items[b.head].low, german.Verdict) { // Die Kritik wies die Verwaltung zurück
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
	if n.person >= 0 && n.person == m.person { // Hebamme und Stillberaterin Jana Kolb
		return true
	}
	return n.human && n.person < 0 && m.person >= 0 && m.det == "" && roleWord(f.items[m.from].low)
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

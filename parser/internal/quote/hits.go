package quote

import (
	"sort"
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// source says what sort of words announce the speech.
type source uint8

const (
	byVerb   source = iota + 1 // sagte X
	bySo                       // so X
	byLaut                     // laut X, nach Angaben von X, X zufolge
	byHeisst                   // heißt es in X
	byFrom                     // kam von X
)

// hit is one announcement of speech in a frame.
type hit struct {
	source  source
	item    int          // the finite verb, or the word "so", "laut", …
	end     int          // after the last word that belongs to it (participle, particle)
	verb    *german.Verb // byVerb
	span    text.Span    // the word shown as the cue
	plural  bool         // the verb is a plural form and no singular
	single  bool         // the verb is a singular form and no plural
	passive bool
	subject int // index in frame.nouns, -1 for none
	rule    string
}

// findHits lists the announcements of the frame and their subjects.
func (f *frame) findHits() {
	for i, it := range f.items {
		if !it.isWord() || it.upper() && i > 0 && !f.at(i-1).isQuote() && f.at(i-1).word != ":" {
			continue
		}
		if h, ok := f.hitAt(i); ok {
			f.hits = append(f.hits, h)
		}
	}
	sort.SliceStable(f.hits, func(i, j int) bool { return f.hits[i].item < f.hits[j].item })
	for k := range f.hits {
		h := &f.hits[k]
		if h.subject == -1 {
			h.subject, h.rule = f.subject(h)
		}
		if v := h.verb; v != nil && v.Lemma == "lauten" && (h.subject < 0 || !german.Ends(f.items[f.nouns[h.subject].head].low, german.Verdict)) {
			h.source = 0 // the motto, the name is …
			continue
		}
		h.subject = f.author(h.subject)
	}
	f.hits = keep(f.hits)
}

// keep drops the announcements that turned out to be none.
func keep(hits []hit) []hit {
	n := 0
	for _, h := range hits {
		if h.source != 0 {
			hits[n] = h
			n++
		}
	}
	return hits[:n]
}

// author is who stands behind a noun of utterance: "das Fazit der Betreiber" is what the Betreiber say.
func (f *frame) author(k int) int {
	if k < 0 || k+1 >= len(f.nouns) {
		return k
	}
	n, next := f.nouns[k], f.nouns[k+1]
	if n.human || n.pronoun || n.title >= 0 || !german.Ends(f.items[n.head].low, german.Verdict) && !german.Ends(f.items[n.head].low, german.Document) {
		return k
	}
	if next.genitive && next.from == n.to || strings.HasPrefix(next.prep, "von") && next.from == n.to+1 {
		return k + 1
	}
	return k
}

// hitAt reads the announcement that begins at item i.
func (f *frame) hitAt(i int) (hit, bool) {
	it := f.items[i]
	h := hit{item: i, end: i + 1, span: it.Span, subject: -1}
	switch it.low {
	case "so":
		return f.soX(i, h)
	case "laut", "gemäß", "gemäss":
		h.source, h.subject, h.rule = byLaut, f.nounFrom(i+1), ruleLaut
		return h, h.subject >= 0
	case "kam", "kommt", "kamen", "kommen", "stammt", "stammte": // „…“ kam von X
		return f.cameFrom(i, h)
	case "zufolge":
		return f.zufolge(i, h)
	case "nach":
		return f.accordingTo(i, h)
	}
	return f.byVerbAt(i, h)
}

// soX reads ", so X".
func (f *frame) soX(i int, h hit) (hit, bool) {
	k := f.nounFrom(i + 1)
	if k < 0 || !f.soPlace(i) {
		return h, false
	}
	n := f.nouns[k]
	h.source, h.subject, h.rule = bySo, k, ruleSo
	return h, n.opens(f) && n.prep == "" && !n.genitive && (n.nominative || n.person >= 0)
}

// cameFrom reads "„…“ kam von X".
func (f *frame) cameFrom(i int, h hit) (hit, bool) {
	k := f.nounAfter(i + 1)
	if !f.at(i-1).isQuote() || k >= len(f.nouns) || f.nouns[k].from > i+3 {
		return h, false
	}
	h.source, h.subject, h.rule = byFrom, k, ruleCameFrom
	p := f.nouns[k].prep
	return h, p == "von" || p == "vom" || p == "aus"
}

// byVerbAt reads the verb form at item i in the reading that suits the sentence: one with its particle first, then by the sort of verb.
func (f *frame) byVerbAt(i int, h hit) (hit, bool) {
	best := -1
	readings := german.Reporting(f.items[i].low)
	for k, r := range readings {
		g, ok := f.read(i, r, h)
		if !ok {
			continue
		}
		if best < 0 || r.Split && !readings[best].Split || r.Split == readings[best].Split && r.Verb.Report < readings[best].Verb.Report {
			best = k
			h = g
		}
	}
	if best < 0 {
		return h, false
	}
	h.source = byVerb
	if h.verb.Lemma == "heißen" {
		h.source = byHeisst
		return h, f.at(i+1).low == "es" || f.at(i-1).low == "es"
	}
	return h, true
}

// read tries one reading of the verb form at item i.
func (f *frame) read(i int, r german.Reading, h hit) (hit, bool) {
	h.verb = r.Verb
	h.item, h.end, h.span = i, i+1, f.items[i].Span
	h.plural = r.Form&german.Plural != 0 && r.Form&german.Singular == 0
	h.single = r.Form&german.Singular != 0 && r.Form&german.Plural == 0
	indicative := r.Form&(german.Singular|german.Plural) != 0 // Konjunktiv I is reported speech, not its announcement
	if r.Split {
		p := f.particle(i, r.Verb.Particle)
		h.end = p + 1
		return h, indicative && p >= 0
	}
	if r.Form&(german.PastForm|german.Infinitive) != 0 {
		if a := f.auxiliary(i, r.Form); a >= 0 {
			return f.compound(i, a, r.Form, h), true
		}
	}
	return h, indicative
}

// compound reads the participle or infinitive at item i with its auxiliary at item a.
func (f *frame) compound(i, a int, form german.Form, h hit) hit {
	if w := f.items[a].low; a == i+1 && (w == "haben" || w == "sein") { // soll X gesagt haben
		if m := f.modalBefore(i); m >= 0 {
			a = m
		}
	}
	aux := f.items[a]
	h.passive = form&german.PastForm != 0 && becoming(aux.low)
	h.item, h.end = a, i+1
	if a > i {
		h.item, h.end = i, a+1
	}
	h.plural, h.single = aux.class.Any(pluralAux), aux.class.Any(singularAux)
	return h
}

// Auxiliaries and modals by number.
var (
	singularAux = german.SetOf(german.AuxSingular, german.ModalSingular)
	pluralAux   = german.SetOf(german.AuxPlural, german.ModalPlural)
	auxiliaries = german.SetOf(german.AuxSingular, german.AuxPlural)
	modals      = german.SetOf(german.ModalSingular, german.ModalPlural)
)

// becoming reports whether an auxiliary is a form of werden, which makes a passive.
func becoming(w string) bool {
	switch w {
	case "war", "waren", "wäre", "wären":
		return false
	}
	return strings.HasPrefix(w, "w") && auxWord(w)
}

// modalBefore is the modal in the same clause before item i, -1 for none.
func (f *frame) modalBefore(i int) int {
	for j := i - 1; j >= 0 && j > i-window; j-- {
		it := f.items[j]
		if it.isWord() && it.class.Any(modals) {
			return j
		}
		if it.word == ":" || it.word == ";" || it.isQuote() {
			return -1
		}
	}
	return -1
}

func auxWord(w string) bool {
	return german.Is(w, german.AuxSingular) || german.Is(w, german.AuxPlural)
}

// particle finds the separated particle of the verb at item i: the same word further right in its clause, before a stop.
func (f *frame) particle(i int, particle string) int {
	for j := i + 1; j < len(f.items) && j < i+window; j++ {
		it := f.items[j]
		if it.isQuote() {
			continue
		}
		switch it.word {
		case ":", ";", ".":
			return -1
		}
		if it.low == particle {
			switch n := f.at(j + 1); {
			case n.isWord() && !n.isQuote() && (n.upper() || n.is(german.Oblique) || n.is(german.Nominative)) && german.Is(particle, german.Preposition): // an den Rat
				continue
			}
			return j
		}
	}
	return -1
}

// auxiliary finds the finite auxiliary or modal of the participle or infinitive at item i: to its left within the clause, or right
// after it at the end of a subordinate clause. -1 for none.
func (f *frame) auxiliary(i int, form german.Form) int {
	allowed := auxiliaries
	if form&german.PastForm == 0 {
		allowed = german.SetOf(german.AuxSingular, german.AuxPlural, german.ModalSingular, german.ModalPlural)
	}
	if n := f.at(i + 1); n.isWord() && n.class.Any(allowed) && !f.at(i).isQuote() && f.endsClause(i+2) {
		return i + 1
	}
	finite := form&(german.Singular|german.Plural) != 0
	for j := i - 1; j >= 0 && j > i-window; j-- {
		it := f.items[j]
		if it.isWord() && it.class.Any(allowed) {
			return j
		}
		if it.word == ":" || it.word == ";" || it.word == "," && (finite || f.subClause(j+1)) {
			return -1
		}
	}
	return -1
}

// endsClause reports whether a stop, a passage or the end of the frame stands at item i.
func (f *frame) endsClause(i int) bool {
	return i >= len(f.items) || f.items[i].kind == text.Punct || f.items[i].isQuote()
}

// subClause reports whether a subordinate clause begins at item i.
func (f *frame) subClause(i int) bool {
	return f.at(i).is(german.Subordinator) || f.at(i).is(german.Preposition) && f.at(i+1).is(german.Subordinator)
}

// opens reports whether the nominal begins with a determiner, a pronoun or a capital, as a named source does.
func (n nominal) opens(f *frame) bool { return n.det != "" || n.pronoun || f.items[n.from].upper() }

// soPlace reports whether "so" at item i stands where "so X" names a source: after a mark, comma or dash, or at the start.
func (f *frame) soPlace(i int) bool {
	p := f.at(i - 1)
	return i == 0 || p.isQuote() || p.word == "," || p.word == "–" || p.word == "-" || p.word == "—" || p.word == "("
}

// nounFrom is the nominal that begins at item i, skipping an adverb; -1 for none.
func (f *frame) nounFrom(i int) int {
	for s := 0; s < 2; s++ {
		k := f.nounAfter(i)
		if k < len(f.nouns) && f.nouns[k].from == i {
			return k
		}
		if w := f.at(i); !w.isWord() || !w.is(german.Adverb) {
			return -1
		}
		i++
	}
	return -1
}

// nounAfter is the index of the first nominal that begins at or after item i.
func (f *frame) nounAfter(i int) int {
	return sort.Search(len(f.nouns), func(k int) bool { return f.nouns[k].from >= i })
}

// zufolge reads "X zufolge".
func (f *frame) zufolge(i int, h hit) (hit, bool) {
	k := f.nounAfter(i) - 1
	if k < 0 || f.nouns[k].to != i {
		return h, false
	}
	for k > 0 && f.nouns[k].genitive && f.nouns[k-1].to == f.nouns[k].from && !f.items[f.nouns[k-1].head].is(german.Utterance) {
		k--
	}
	h.source, h.subject, h.rule = byLaut, k, ruleZufolge
	return h, true
}

// accordingTo reads "nach Angaben von X", "nach Ansicht des X", "nach seinen Worten".
func (f *frame) accordingTo(i int, h hit) (hit, bool) {
	k := f.nounFrom(i + 1)
	if k < 0 {
		return h, false
	}
	n := f.nouns[k]
	word := f.utteranceIn(n)
	if word < 0 {
		return h, false
	}
	h.source, h.end, h.span = byLaut, word+1, f.span(i, word+1)
	switch {
	case word < n.head: // nach Angaben Müllers
		h.subject, h.rule = k, ruleAccording
	case f.follows(k, word+1):
		h.subject, h.rule = k+1, ruleAccording
	case strings.HasPrefix(n.det, "sein") || strings.HasPrefix(n.det, "ihr"):
		h.subject = k // whose they are is not told here
	default:
		return h, false
	}
	return h, true
}

// utteranceIn is the last noun of utterance in the nominal, -1 for none.
func (f *frame) utteranceIn(n nominal) int {
	for j := n.head; j >= n.from; j-- {
		if f.items[j].is(german.Utterance) {
			return j
		}
	}
	return -1
}

// follows reports whether the nominal after k is its genitive, or joined to it by von or aus at item i.
func (f *frame) follows(k, i int) bool {
	if k+1 >= len(f.nouns) {
		return false
	}
	n, next := f.nouns[k], f.nouns[k+1]
	if next.genitive && next.from == n.to {
		return true
	}
	switch f.at(i).low {
	case "von", "vom", "aus", "der":
		return next.from == n.to+1
	}
	return false
}

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
	case "mit":
		return f.withWords(i, h)
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

// withWords reads "Mit den Worten „…“ eröffnete X": the subject stands behind the verb.
func (f *frame) withWords(i int, h hit) (hit, bool) {
	k := f.nounAfter(i)
	if i > 0 || k >= len(f.nouns) || f.nouns[k].to > i+4 || !f.items[f.nouns[k].head].is(german.Saying) || !f.at(f.nouns[k].to).isQuote() {
		return h, false
	}
	q := f.nouns[k].to
	v := f.at(q + 1)
	if !v.isWord() || v.upper() {
		return h, false
	}
	h.source, h.end, h.span, h.rule = byLaut, q, f.span(i, q), ruleWithWords
	for k = f.nounAfter(q + 1); k < len(f.nouns); k++ {
		if n := f.nouns[k]; n.nominative && n.human {
			h.subject = k
			return h, true
		}
	}
	return h, false
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

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

func (f *frame) hitAt(i int) (hit, bool) {
	it := f.items[i]
	h := hit{item: i, end: i + 1, span: it.Span, subject: -1}
	switch it.low {
	case "so":
		if n := f.nounFrom(i + 1); n >= 0 && f.soPlace(i) && f.nouns[n].opens(f) && f.nouns[n].prep == "" && !f.nouns[n].genitive && (f.nouns[n].nominative || f.nouns[n].person >= 0) {
			h.source, h.subject, h.rule = bySo, n, "so X"
			return h, true
		}
		return h, false
	case "laut", "gemäß", "gemäss":
		if n := f.nounFrom(i + 1); n >= 0 {
			h.source, h.subject, h.rule = byLaut, n, "laut X"
			return h, true
		}
		return h, false
	case "kam", "kommt", "kamen", "kommen", "stammt", "stammte": // „…“ kam von X
		if k := f.nounAfter(i + 1); f.at(i-1).isQuote() && k < len(f.nouns) && f.nouns[k].from <= i+3 && (f.nouns[k].prep == "von" || f.nouns[k].prep == "vom" || f.nouns[k].prep == "aus") {
			h.source, h.subject, h.rule = byFrom, k, "„…“ kam von X"
			return h, true
		}
		return h, false
	case "nach", "zufolge":
		return f.accordingTo(i, h)
	}
	best := -1
	readings := german.Reporting(it.low)
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
		if f.at(i+1).low != "es" && f.at(i-1).low != "es" {
			return h, false
		}
		h.source = byHeisst
	}
	return h, true
}

// read tries one reading of the verb form at item i.
func (f *frame) read(i int, r german.Reading, h hit) (hit, bool) {
	h.verb = r.Verb
	h.item, h.end, h.span = i, i+1, f.items[i].Span
	h.plural = r.Form&german.Plural != 0 && r.Form&german.Singular == 0
	h.single = r.Form&german.Singular != 0 && r.Form&german.Plural == 0
	if r.Split {
		if r.Form&(german.Singular|german.Plural) == 0 {
			return h, false
		}
		p := f.particle(i, r.Verb.Particle)
		if p < 0 {
			return h, false
		}
		h.end = p + 1
		return h, true
	}
	if r.Form&(german.PastForm|german.Infinitive) != 0 {
		if a := f.auxiliary(i, r.Form); a >= 0 {
			if m := f.modalBefore(i); a == i+1 && m >= 0 && (f.items[a].low == "haben" || f.items[a].low == "sein") { // soll X gesagt haben
				a = m
			}
			w := f.items[a].low
			h.passive = strings.HasPrefix(w, "w") && r.Form&german.PastForm != 0 && auxWord(w) && w != "war" && w != "waren" && w != "wäre" && w != "wären"
			h.item, h.end = a, i+1
			if a > i {
				h.item, h.end = i, a+1
			}
			h.plural, h.single = german.Is(w, german.AuxPlural) || german.Is(w, german.ModalPlural), german.Is(w, german.AuxSingular) || german.Is(w, german.ModalSingular)
			return h, true
		}
	}
	return h, r.Form&(german.Singular|german.Plural) != 0 // Konjunktiv I is reported speech, not its announcement
}

// modalBefore is the modal in the same clause before item i, -1 for none.
func (f *frame) modalBefore(i int) int {
	for j := i - 1; j >= 0 && j > i-window; j-- {
		it := f.items[j]
		if it.isWord() && (it.is(german.ModalSingular) || it.is(german.ModalPlural)) {
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
	participle, finite := form&german.PastForm != 0, form&(german.Singular|german.Plural) != 0
	is := func(w string) bool {
		return auxWord(w) || !participle && (german.Is(w, german.ModalSingular) || german.Is(w, german.ModalPlural))
	}
	if n := f.at(i + 1); n.isWord() && is(n.low) && !f.at(i).isQuote() && (f.at(i+2).kind == text.Punct || i+2 >= len(f.items) || f.at(i+2).isQuote()) {
		return i + 1
	}
	for j := i - 1; j >= 0 && j > i-window; j-- {
		it := f.items[j]
		if it.isWord() && is(it.low) {
			return j
		}
		if it.word == ":" || it.word == ";" || it.word == "," && (finite || f.subClause(j+1)) {
			return -1
		}
	}
	return -1
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

// accordingTo reads "nach Angaben von X", "nach Ansicht des X", "X zufolge".
func (f *frame) accordingTo(i int, h hit) (hit, bool) {
	h.source = byLaut
	if f.items[i].low == "zufolge" {
		k := f.nounAfter(i) - 1
		if k < 0 || f.nouns[k].to != i {
			return h, false
		}
		for k > 0 && f.nouns[k].genitive && f.nouns[k-1].to == f.nouns[k].from && !f.items[f.nouns[k-1].head].is(german.Utterance) {
			k--
		}
		h.subject, h.rule = k, "X zufolge"
		return h, true
	}
	k := f.nounFrom(i + 1)
	if k < 0 {
		return h, false
	}
	n := f.nouns[k]
	word := -1
	for j := n.from; j <= n.head; j++ {
		if f.items[j].is(german.Utterance) {
			word = j
		}
	}
	if word < 0 {
		return h, false
	}
	h.end = word + 1
	h.span = f.span(i, word+1)
	switch w := f.at(word + 1); {
	case word < n.head: // nach Angaben Müllers
		h.subject, h.rule = k, "nach Angaben X"
		return h, true
	case k+1 < len(f.nouns) && f.nouns[k+1].genitive && f.nouns[k+1].from == n.to,
		k+1 < len(f.nouns) && (w.low == "von" || w.low == "vom" || w.low == "aus" || w.low == "der") && f.nouns[k+1].from == n.to+1:
		h.subject, h.rule = k+1, "nach Angaben X"
		return h, true
	case n.det != "" && (strings.HasPrefix(n.det, "sein") || strings.HasPrefix(n.det, "ihr")):
		h.subject, h.rule = k, "nach seinen Angaben"
		return h, true
	}
	return h, false
}

package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// byVerbAt reads the verb form at item i in the reading that suits the sentence: one with its particle first, then by the sort of verb.
func (f *frame) byVerbAt(i int, h hit) (hit, bool) {
	best := -1
	readings := german.Reporting(f.items[i].low)
	if len(readings) > 0 && f.attributive(i) {
		return h, false
	}
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
	return h, indicative && !f.strayParticle(i)
}

// attributive reports whether the verb form at item i, behind a passage, stands before its noun: die als „…“ bezeichneten Tiere, eine
// „scheinbar“ bekannte Nummer.
func (f *frame) attributive(i int) bool {
	next := f.at(i + 1)
	if !f.at(i-1).isQuote() || !next.isWord() || !next.upper() {
		return false
	}
	if _, ok := german.AdjectiveStem(f.items[i].low); !ok {
		return false
	}
	j := i - 2
	as := f.at(j).low == "als"
	if as {
		j--
	}
	for f.at(j).isWord() && f.at(j).is(german.Adverb) {
		j--
	}
	return (as || f.items[i-1].small) && f.at(j).class.Any(determiners)
}

// strayParticle reports whether the clause of the verb at item i ends in a particle that makes another verb of it: findet … statt,
// hält … fest.
func (f *frame) strayParticle(i int) bool {
	for j := i + 1; j < len(f.items) && j < i+window; j++ {
		if it := f.items[j]; it.kind == text.Punct && !it.isQuote() && it.word != "-" {
			return j > i+2 && estranging(f.items[j-1].low)
		}
	}
	return false
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

// estranging reports whether a particle at the end of a clause makes a verb of doing of any verb of saying or holding it may stand with.
func estranging(w string) bool {
	switch w {
	case "statt", "fest", "auf", "zusammen", "teil", "frei", "bereit", "zurecht", "inne", "stand":
		return true
	}
	return false
}

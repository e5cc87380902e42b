package person

import (
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// evidence names the rule by which the words around n show that it is a person, "" for none.
func (r *reader) evidence(n *name) string {
	for i := range rules {
		if find := rules[i].Find; find != nil && find(r, n) {
			if rules[i].Kind == byPlace && r.town(n.last-1) { // Rosenheim begann seine Arbeit
				return ""
			}
			return rules[i].ID
		}
	}
	return ""
}

// ofKin: a word of kinship with its owner stands before the name: sein Sohn Tom, Tante Käthe.
func (r *reader) ofKin(n *name) bool {
	p := n.first - 1
	kin, ok := kin(r.word(p))
	if !ok || !r.near(p) || r.word(p) == "Familie" || !r.owned(p) || r.is(n.first, isParticle) {
		return false
	}
	if n.gender == "" {
		n.gender = kin
	}
	if r.is(n.last, isCap) && r.near(n.last-1) && !r.is(n.last, isStop|isRole) && r.strictFamily(n.last) { // seine Frau Wang Jie
		n.surname, n.family, n.last = false, n.last, n.last+1
	} else if kin != "" {
		n.surname, n.family = false, n.last
	}
	return true
}

// says: „…“, sagt Möller
func (r *reader) says(n *name) bool {
	return r.has(n.first-1, german.Speaks) && r.fronted(n.first-1) && r.ends(n.last)
}

// saysLast: …, sagt Möller.
func (r *reader) saysLast(n *name) bool {
	next := r.word(n.last)
	return r.has(n.first-1, german.Speaks) && r.word(n.first-2) == "," && (closes(next) || next == "(")
}

// acts: Später studierte Möller
func (r *reader) acts(n *name) bool {
	return r.has(n.first-1, german.Acts) && r.adverbial(n.first-1) && r.ends(n.last)
}

// human: Später begann Möller … als Maurer
func (r *reader) human(n *name) bool {
	return r.has(n.first-1, german.Things) && r.adverbial(n.first-1) && r.ends(n.last) && !predicative(r.word(n.first)) && r.humanLater(n.last)
}

// subjectSays: Möller sagte
func (r *reader) subjectSays(n *name) bool {
	return r.has(n.last, german.Speaks) && r.subjectFirst(n) && !r.quoted(n.first, n.last)
}

// subjectFirst reports whether the name begins its sentence and is no adjective or participle.
func (r *reader) subjectFirst(n *name) bool {
	if !r.starts(n.first) || predicative(r.word(n.first)) {
		return false
	}
	if r.lowered(n.first) {
		return false
	}
	v := n.last + 1 // behind the verb: its subject, if the first word is none
	return !nominativePronoun(r.word(v)) && (!r.isTaken(v) || r.again(n.first))
}

// nominativePronoun reports whether w can only be a subject: Vehement trug sie vor.
func nominativePronoun(w string) bool {
	switch w {
	case "er", "sie", "es", "man", "ich", "wir", "ihr":
		return true
	}
	return false
}

// lowered reports whether the text has the word at token i in small letters, too, so that only its place makes it a name.
func (r *reader) lowered(i int) bool { return len(r.placesOf(r.low(i))) > 0 }

// again reports whether the word at token i stands with its capital within another sentence, too, so that it is no word that only begins
// this one.
func (r *reader) again(i int) bool {
	w := r.word(i)
	within := func(k int) bool { return k != i && !r.starts(k) }
	return slices.ContainsFunc(r.placesOf(w), within) || slices.ContainsFunc(r.placesOf(german.Genitive(w)), within)
}

// placesOf are the first tokens that are the word. The text is indexed when somebody asks first.
func (r *reader) placesOf(w string) []int {
	if r.places == nil {
		r.places = make(map[string][]int, len(r.toks)/2)
		for k := range r.toks {
			if l := r.places[r.word(k)]; len(l) < maxPlaces {
				r.places[r.word(k)] = append(l, k)
			}
		}
	}
	return r.places[w]
}

// soName: „…“, so Möller.
func (r *reader) soName(n *name) bool {
	p := n.first - 1
	return r.word(p) == "so" && r.kindAt(p-1) == text.Punct && r.word(p-1) == "," && (closes(r.word(n.last)) || r.kindAt(n.last) == text.Mark)
}

// owns: Möllers Sohn
func (r *reader) owns(n *name) bool {
	w, genitive := strings.CutSuffix(r.word(n.last-1), "s")
	if !genitive || r.is(n.first, isGiven) || !r.possessed(n.first) || r.starts(n.first) && german.HasEnd(w, german.Predicative) { // Bürgerschaftliches Engagement
		return false
	}
	n.genitive = true
	return true
}

// subjectActs: Möller studierte
func (r *reader) subjectActs(n *name) bool { return r.has(n.last, german.Acts) && r.subjectFirst(n) }

// subjectHuman: Möller begann … als Maurer
func (r *reader) subjectHuman(n *name) bool {
	return r.has(n.last, german.Things) && r.subjectFirst(n) && r.humanLater(n.last+1)
}

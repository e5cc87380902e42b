package person

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// familyAt reads particles and a family name at token j and gives the first and the last token, or j, j.
func (r *reader) familyAt(j int) (first, end int) {
	k := r.beforeFamily(j)
	switch {
	case k > j && (k >= len(r.toks) || !r.is(k, isCap) || !r.nobility(j, k)),
		k >= len(r.toks), k > 0 && !r.near(k-1), !r.familyWord(k):
		return j, j
	}
	end = k + 1
	if r.is(end, isCap) && r.near(k) && r.secondFamily(k, end) {
		end++
	}
	return j, r.estateAfter(r.rankAfter(end))
}

// beforeFamily is the token behind the particles and ranks that stand before a family name at token j.
func (r *reader) beforeFamily(j int) int {
	k := j
	if !r.has(j, german.Inner) {
		for k-j < maxParticles && r.is(k, isParticle) && (k == 0 || r.near(k-1)) {
			k++
		}
	}
	for k-j < 3 && r.has(k, german.Stray) && r.near(k) && r.is(k+1, isCap) && (k > j || r.is(k-1, isGiven|isInitial|isSal|isTitle|isRole)) { // Samira El Amrani
		k++
	}
	for r.has(k, german.Noble) && k-j < maxParticles && r.near(k) && r.is(k+1, isCap|isParticle) { // Franz Freiherr Gedult
		for k++; k-j < 2*maxParticles && r.is(k, isParticle) && r.near(k); k++ {
		}
	}
	return k
}

// rankAfter takes a rank and an estate behind a family name in: Schenk Graf von Stauffenberg.
func (r *reader) rankAfter(end int) int {
	if r.has(end, german.Noble) && r.near(end-1) && r.word(end+1) == "von" && r.is(end+2, isCap) && r.near(end+1) {
		return end + 3
	}
	return end
}

// estateAfter takes a particle and an estate behind a family name in: Hoffmann von Fallersleben.
func (r *reader) estateAfter(end int) int {
	if !r.is(end, isParticle) || !r.near(end-1) || !r.near(end) || !r.is(end+1, isCap) {
		return end
	}
	next := r.word(end + 1)
	if acronym(next) {
		return end
	}
	switch p := r.word(end); {
	case p == "de", p == "da", p == "do", p == "dos", p == "y", p == "von" && r.estate(next):
		return end + 2
	}
	return end
}

// estate reports whether w looks like the estate of a noble family rather than an organisation or a town somebody comes from.
func (r *reader) estate(w string) bool {
	if german.Is(w, german.Firm) || german.Is(w, german.Place) {
		return false
	}
	return len(w) > 3 && german.HasEnd(w[3:], german.Estate)
}

// nobility reports whether the particles [j,k) before token k make a family name rather than say where somebody comes from:
// "von der CDU", "von Montag".
func (r *reader) nobility(j, k int) bool {
	w := r.word(k)
	if acronym(w) || r.is(k, isNever) || german.Is(w, german.Firm) {
		return false
	}
	if r.is(k, isCommon) {
		return true
	}
	return !r.is(k, isThing|isRole) && (!r.is(k, isNoun) || german.Is(w, german.Place) || r.estate(w))
}

// familyWord reports whether token k can be a family name after a given name.
func (r *reader) familyWord(k int) bool {
	t := r.toks[k]
	if t.Kind != text.Word || r.is(k, isDead|isSal|isTitle) || r.isTaken(k) || r.is(k, isNever) && !r.surnameAfterAll(k) {
		return false
	}
	w := t.Text
	if !r.is(k, isCap) {
		return foreignParticle(w)
	}
	switch {
	case r.hasLow(k, german.Noun) && len(r.low(k)) > 3 && !r.is(k, isCommon|isGiven|isRole) && !r.has(k, german.Famous): // Rita Kurs
		return false
	case r.is(k, isInitial), r.is(k, isStop) && !r.is(k, isCommon) && (r.has(k, german.Opener) || !r.is(k-1, isGiven)):
		return false
	case acronym(w): // Erika MUSTERMANN
		return len(w) > 4 && !r.has(k, german.Firm) && r.is(k-1, isGiven) && !r.is(k-1, isWeak)
	}
	return !strings.HasSuffix(w, "-") && (r.is(k, isCommon) || !r.is(k, isThing))
}

// surnameAfterAll reports whether a word that is part of no name, but a surname too, ends its phrase as a name does: sagt Max Herbst,
func (r *reader) surnameAfterAll(k int) bool {
	next := r.word(k + 1)
	return r.is(k, isCommon) && (closes(next) || next == "(" || german.Is(next, german.Speaks))
}

// foreignParticle reports whether w is a family name that starts with a small particle joined by a hyphen or apostrophe: al-Nuaimi, d’Arc.
func foreignParticle(w string) bool {
	i := strings.IndexAny(w, "-'’")
	if i < 1 || i > 4 {
		return false
	}
	_, n := utf8.DecodeRuneInString(w[i:])
	c, _ := utf8.DecodeRuneInString(w[i+n:])
	return unicode.IsUpper(c)
}

// secondFamily reports whether token j continues the family name at token k: Luis Moreno Ocampo, Mohammad Hanif Atmar. Bearers of
// German names are not expected to have two without a hyphen, since a noun may follow a name: "brachte Anna Meier Blumen".
func (r *reader) secondFamily(k, j int) bool {
	if !r.familyWord(j) || !r.onlyName(j) || r.is(j+1, isCap) && r.near(j) {
		return false
	}
	if r.is(j, isGiven) {
		return !strings.HasSuffix(r.word(k), "s")
	}
	if r.is(k, isCommon) || german.CommonNoun(r.low(k)) {
		return false
	}
	if r.is(k-1, isGiven) && r.is(k, isCap) && r.predicateAt(j+1) && r.strictFamily(j) { // Gerd Asmus Hellwig sagte, dass
		return true
	}
	g := k
	for k-g < maxParticles && g > 0 && r.is(g-1, isParticle) {
		g--
	}
	return r.is(g-1, isGiven) && !local(r.word(g-1)) && !strings.Contains(r.word(g-1), "-")
}

// onlyName reports whether the word at token j is nothing else than a name could be: no noun, place, firm, role.
func (r *reader) onlyName(j int) bool {
	return !r.is(j, isStop|isCommon|isRole) && !r.sets[j].Any(otherNames) && !r.is(j, isNoun)
}

// otherNames are the classes of capitalised words that are something else than people.
var otherNames = german.SetOf(german.Mass, german.Place, german.Firm)

// predicateAt reports whether token v is the finite verb in second place of its clause: all that stands before it is one phrase, so that
// no noun is left between a name and the verb. A verb at the end of its clause, "dass Anna Meier Blumen holte,", says nothing.
func (r *reader) predicateAt(v int) bool {
	w := r.word(v)
	if !r.near(v-1) || !german.Is(w, german.Speaks) && !german.Is(w, german.Acts) {
		return false
	}
	next := r.word(v + 1)
	return next == ":" || r.sent(v+1) == r.sent(v) && !closes(next)
}

// acronym reports whether w has at least two letters, all of them capitals.
func acronym(w string) bool {
	n := 0
	for _, c := range w {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsUpper(c) {
			n++
		}
	}
	return n > 1
}

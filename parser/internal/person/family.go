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
		for k-j < maxParticles && r.particleAt(k, j) {
			k++
		}
	}
	for k-j < maxStray && r.has(k, german.Stray) && r.near(k) && r.is(k+1, isCap) &&
		(k > j || r.is(k-1, isGiven|isInitial|isSal|isTitle|isRole)) { // Samira El Amrani
		k++
	}
	for r.has(k, german.Noble) && k-j < maxParticles && r.near(k) && r.is(k+1, isCap|isParticle) { // Franz Freiherr Gedult
		for k++; k-j < 2*maxParticles && r.is(k, isParticle) && r.near(k); k++ {
		}
	}
	return k
}

// particleAt reports whether a particle stands at token k of the family name that begins at token j, or the "und" of "von und zu".
func (r *reader) particleAt(k, j int) bool {
	if k > 0 && !r.near(k-1) {
		return false
	}
	return r.is(k, isParticle) || k > j && r.word(k) == "und" && r.is(k+1, isParticle)
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
	if acronym(w) && !acronym(r.word(j)) || r.is(k, isNever) || german.Is(w, german.Firm) {
		return false
	}
	if r.is(k, isCommon) {
		return true
	}
	if strings.Contains(w, "-") { // von der Leyden-Graf
		return !r.is(k, isThing)
	}
	return !r.is(k, isThing|isRole) && (!r.is(k, isNoun) || german.Is(w, german.Place) || r.estate(w))
}

// familyWord reports whether token k can be a family name after a given name.
func (r *reader) familyWord(k int) bool {
	t := r.toks[k]
	if t.Kind != text.Word || r.is(k, isDead|isSal|isTitle) || r.isTaken(k) {
		return false
	}
	w := t.Text
	switch {
	case !r.is(k, isCap):
		return foreignParticle(w)
	case r.mereNoun(k):
		return r.nounSurname(k)
	case r.is(k, isInitial), r.is(k, isStop) && !r.is(k, isCommon) && (r.has(k, german.Opener) || !r.is(k-1, isGiven)):
		return false
	case acronym(w):
		return r.shoutedFamily(k)
	}
	return !strings.HasSuffix(w, "-") && (r.is(k, isCommon) || !r.is(k, isThing) || r.nounSurname(k))
}

// mereNoun reports whether the word at token k is a noun and, as far as the lexicon knows, no surname: Rita Kurs.
func (r *reader) mereNoun(k int) bool {
	if r.is(k, isNever) {
		return !r.surnameAfterAll(k)
	}
	return r.hasLow(k, german.Noun) && len(r.low(k)) > shortestSurname && !r.is(k, isCommon|isGiven|isRole) && !r.has(k, german.Famous)
}

// shoutedFamily reports whether the word in capitals at token k is a family name: Erika MUSTERMANN, ERIKA MUSTERMANN.
func (r *reader) shoutedFamily(k int) bool {
	g := k - 1
	for k-g <= maxParticles && r.is(g, isParticle) && acronym(r.word(g)) {
		g--
	}
	if !r.is(g, isGiven) || r.has(k, german.Firm) {
		return false
	}
	if acronym(r.word(g)) {
		return utf8.RuneCountInString(r.word(k)) >= shortestShouted
	}
	return len(r.word(k)) >= shortestShoutedFamily && !r.is(g, isWeak)
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
	switch {
	case !r.familyWord(j), !r.onlyName(j), r.is(j+1, isCap) && r.near(j):
		return false
	case r.is(j, isGiven):
		return !strings.HasSuffix(r.word(k), "s")
	case r.is(k, isCommon), german.CommonNoun(r.low(k)):
		return false
	case r.is(k-1, isGiven) && r.is(k, isCap) && r.predicateAt(j+1) && r.strictFamily(j): // Gerd Asmus Hellwig sagte, dass
		return true
	}
	return r.framedTwice(k, j) || r.knownTwo(k, j) || r.foreignGiven(k)
}

// foreignGiven reports whether the given name before the family name at token k, its particles aside, is of a language whose bearers often
// have two family names.
func (r *reader) foreignGiven(k int) bool {
	g := k - 1
	for k-g <= maxParticles && g > 0 && r.is(g, isParticle) {
		g--
	}
	return r.is(g, isGiven) && !local(r.word(g)) && !strings.Contains(r.word(g), "-")
}

// framedTwice reports whether the words at tokens k and j are both family names: a title or an office stands before the given name, and
// the noun that the second might else be has no verb to be the object of: sagte Landrätin Petra Slomka Meindl, but not: brachte Landrätin
// Petra Slomka Blumen.
func (r *reader) framedTwice(k, j int) bool {
	s := r.givenBefore(k)
	if s == k || !r.addressedFull(s, k) || !r.strictFamily(j) || !r.strictFamily(k) || r.hasLow(j, german.Noun) || r.is(j, isNounForm) {
		return false
	}
	_, _, p := r.academic(s)
	if r.is(p, isRole) {
		p--
	}
	next := r.word(j + 1)
	switch {
	case next == ":", next == "(", r.has(j+1, german.Speaks) && r.starts(p+1):
		return true
	case !closes(next) && r.kindAt(j+1) != text.Mark:
		return false
	}
	return r.has(p, german.Speaks) || r.hasLow(p, german.Governs)
}

// knownTwo reports whether the text has named somebody by the given names before token k and the family names at tokens k and j.
func (r *reader) knownTwo(k, j int) bool {
	s := r.givenBefore(k)
	if s == k {
		return false
	}
	for _, e := range latest(r.reg.byFamily[r.low(j)], maxNamesakes) {
		if e.Given == r.join(s, k) && e.Family == r.join(k, j+1) {
			return true
		}
	}
	return false
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

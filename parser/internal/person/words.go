package person

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// kindOfClass are the kinds that a class of the lexicon gives a capitalised word.
var kindOfClass = []struct {
	class german.Class
	kind  kind
}{{german.Stop, isStop}, {german.Never, isNever}, {german.Surname, isCommon}}

// reading is what a word can be, as written.
type reading struct {
	kind kind
	set  german.Set
	role *role // nil for none
}

// kind reads what token i can be, and notes its classes and its role. Words come again in a text: each is read once.
func (r *reader) kind(i int, read map[string]*reading) kind {
	t := r.toks[i]
	if t.Kind != text.Word {
		return 0
	}
	if !t.Upper() {
		if r.sets[i] = t.Class; t.Text != t.Low {
			r.sets[i] = german.Of(t.Text)
		}
		return smallKind(t, r.sets[i])
	}
	x, ok := read[t.Text]
	if !ok {
		x = readWord(t)
		read[t.Text] = x
	}
	r.sets[i] = x.set
	if x.role != nil {
		r.roles[i] = *x.role
	}
	return x.kind
}

// smallKind is what a word with a small first letter can be.
func smallKind(t text.Token, set german.Set) kind {
	k := titleKind(t.Text)
	if set.Has(german.Particle) {
		k |= isParticle
	}
	return k
}

// readWord reads a capitalised word apart from its place.
func readWord(t text.Token) *reading {
	w := t.Text
	_, n := utf8.DecodeRuneInString(w)
	x := &reading{set: german.Of(w)}
	x.kind = isCap | titleKind(w)
	if x.set.Has(german.Particle) {
		x.kind |= isParticle
	}
	if w[n:] == "." {
		x.kind |= isInitial
	}
	for _, k := range kindOfClass {
		if x.set.Has(k.class) {
			x.kind |= k.kind
		}
	}
	if s, shouted := spoken(w); shouted && (german.Of(strings.ToLower(s)).Any(functionWords) || german.Is(s, german.Surname)) {
		x.kind |= shoutedKind(s)
	}
	x.kind |= givenKind(w, x.kind)
	if x.set.Has(german.Famous) || german.Is(strings.TrimSuffix(w, "s"), german.Famous) {
		x.kind |= isFamous
	}
	if ro, ok := readRole(w); ok {
		x.kind |= isRole
		x.role = &ro
	}
	x.kind |= nounKind(w, t.Low)
	return x
}

// functionWords are the classes of words that no abbreviation is taken for.
var functionWords = german.SetOf(german.Article, german.Preposition, german.Coordinator, german.Particle)

// shoutedKind is what a word in capitals is by the word s that it stands for: DIE is no abbreviation, VON a particle, BAUER a surname.
func shoutedKind(s string) kind {
	var k kind
	set := german.Of(s)
	for _, c := range kindOfClass {
		if set.Has(c.class) {
			k |= c.kind
		}
	}
	if german.Is(strings.ToLower(s), german.Particle) {
		k = k&^isStop | isParticle
	}
	return k
}

// nounKind is what a word is as a noun, by its end.
func nounKind(w, low string) kind {
	var k kind
	if thing(w, low) {
		k |= isThing
	}
	switch {
	case german.CommonNoun(low):
		k |= isNoun | isNounForm
	case german.CommonNounForm(low):
		k |= isNounForm
	}
	return k
}

// titleKind is what a word is among titles and salutations.
func titleKind(w string) kind {
	bare := strings.TrimSuffix(w, ".")
	switch german.TitleOf(bare).Address {
	case german.Academic:
		return isTitle
	case german.Degree:
		if bare != w || len(bare) > 1 && bare != "et" {
			return isTitle
		}
	case german.Salutation:
		return isSal
	}
	return 0
}

// givenKind is what a capitalised word, of which k is known, is as a given name.
func givenKind(w string, k kind) kind {
	var out kind
	if g, ok := givenName(w); ok && k&isSal == 0 {
		out = isGiven
		if g.Weak {
			out |= isWeak
		}
	}
	if german.TitleOf(w).Address == german.Style { // Lady Gaga, Miss Marple: part of the name
		out |= isGiven | isWeak
	}
	return out
}

// givenName looks a given name up; a hyphenated one counts when its first part and every other known-by-shape part does. A compound is
// never weak, one in capitals always is.
func givenName(w string) (german.Given, bool) {
	if g, ok := german.GivenName(w); ok {
		return g, true
	}
	if s, shouted := spoken(w); shouted && s != w {
		g, ok := givenName(s)
		g.Weak = true
		return g, ok
	}
	first, rest, ok := strings.Cut(w, "-")
	if !ok {
		return german.Given{}, false
	}
	g, ok := german.GivenName(first)
	if !ok {
		return german.Given{}, false
	}
	for p := range strings.SplitSeq(rest, "-") {
		if _, ok := german.GivenName(p); !ok && !(len(p) == 2 && p[1] == '.') { // Hans-J.
			return german.Given{}, false
		}
	}
	return german.Given{Gender: g.Gender}, true
}

// local reports whether a given name is of German or northern origin.
func local(w string) bool {
	g, _ := german.GivenName(w)
	return g.Local
}

// genderOf is a gender as the schema writes it.
func genderOf(g german.Gender) string {
	switch g {
	case german.Female:
		return schemas.GenderFemale
	case german.Male:
		return schemas.GenderMale
	}
	return ""
}

// kin is the gender that a word of kinship or nationality tells, and whether w is one.
func kin(w string) (string, bool) {
	switch s := german.Of(w); {
	case s.Has(german.KinMale):
		return schemas.GenderMale, true
	case s.Has(german.KinFemale):
		return schemas.GenderFemale, true
	case s.Has(german.Kin):
		return "", true
	}
	return "", false
}

// thing reports whether a capitalised word names a street, building, prize and so on by its end.
func thing(w, low string) bool {
	if german.Is(low, german.Thing) {
		return true
	}
	if i := strings.LastIndexByte(low, '-'); i >= 0 {
		last := low[i+1:]
		if _, name := german.GivenName(w[strings.LastIndexByte(w, '-')+1:]); name { // Döring-Albrecht
			return false
		}
		if german.Is(w[i+1:], german.Surname) { // Behrens-Haus
			return false
		}
		return german.Is(last, german.Thing) || german.HasEnd(last, german.ThingEnd)
	}
	return german.HasEnd(low, german.ThingEnd)
}

// capital reports whether s starts with a capital letter.
func capital(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}

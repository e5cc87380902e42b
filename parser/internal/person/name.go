package person

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// name is a run of tokens that names a person.
type name struct {
	full        int // first token with titles and salutation
	first, last int // tokens of the name itself, [first, last)
	family      int // first token of the family name with its particles; == last when only a given name is there
	title       string
	gender      string // from salutation or given name
	surname     bool   // no given name
	genitive    bool   // the last token carries a genitive -s that is no part of the name
	reversed    bool   // family name, comma, given name
	famous      bool   // one name is enough
	rule        string // the evidence, for people; nothing asks for it
}

// given reads a name that starts with a given name or an initial at token i.
func (r *reader) given(i int) (name, bool) {
	if !r.opensName(i) {
		return name{}, false
	}
	g := r.givenNames(i)
	n := name{full: i, first: i, family: g.end, last: g.end, gender: g.gender}
	r.family(&n, g)
	if g.real == 0 && !r.initialsOnly(n) || r.twoWords(n) || r.quoted(i, n.last) {
		return name{}, false
	}
	if k := r.regnal(n.last); n.family == n.last && k > n.last {
		n.last = k
		if _, end := r.familyAt(k); end > k && r.is(k, isParticle) {
			n.last = end
		}
	}
	return n, !r.trapped(&n)
}

// opensName reports whether a given name or an initial that may begin a name stands at token i.
func (r *reader) opensName(i int) bool {
	switch {
	case !r.is(i, isGiven|isInitial), r.is(i, isDead), r.isTaken(i):
		return false
	case r.is(i, isStop) && r.is(i+1, isGiven) && r.starts(i): // Nur Justin
		return false
	}
	w := r.word(i - 1)
	return !r.is(i, isInitial) || !r.near(i-1) || !strings.HasSuffix(w, ".") || capital(w) // a. D., z. B.
}

// givens is a run of given names and initials.
type givens struct {
	start, end int
	real       int    // given names that are no initials
	gender     string // that of the first that tells one
}

func (r *reader) givenNames(i int) givens {
	g := givens{start: i, end: i}
	for j := i; j-i < maxGiven && r.is(j, isGiven|isInitial) && !r.is(j, isDead) && (j == i || r.near(j-1)); j++ {
		g.end = j + 1
		if !r.is(j, isGiven) {
			continue
		}
		g.real++
		if g.gender == "" {
			g.gender = r.gender(j)
		}
	}
	return g
}

// family finds the family name behind the given names, over a nickname, or the last of them that is one.
func (r *reader) family(n *name, g givens) {
	j := max(g.end, r.nick(g.end))
	several := j-g.start > 1
	if f, end := r.familyAt(j); end > j {
		n.family, n.last = f, end
		return
	}
	switch {
	case several && r.is(j-1, isGiven): // Peter Stefan: the last of several given names is the family name
		n.family = j - 1
		if r.is(j-2, isInitial) && g.real == 1 && j-g.start == 2 { // P. Stefan
			n.gender = ""
		}
	case several && r.is(j-1, isInitial) && g.real > 0: // Nico G.
		n.family = j - 1
	}
}

// initialsOnly reports whether a name without a given name is one: initials and a family name, with no other particle than von and de.
func (r *reader) initialsOnly(n name) bool {
	if n.family == n.last {
		return false
	}
	w := r.word(n.family)
	return !r.is(n.family, isParticle) || r.is(n.family, isCap) || w == "von" || w == "de"
}

// twoWords reports whether a name of two words is rather a word and a role or a noun: Per Dekret.
func (r *reader) twoWords(n name) bool {
	i := n.first
	if n.last-i != 2 {
		return false
	}
	if r.is(i, isWeak) && r.is(n.last-1, isRole) && !r.is(n.last-1, isCommon) {
		return true
	}
	return r.is(i, isStop) && r.starts(i) && (r.is(i+1, isNoun) || r.has(i+1, german.Mass))
}

// gender is what the given name at token j tells.
func (r *reader) gender(j int) string {
	g, _ := givenName(r.toks[j].Text)
	return genderOf(g.Gender)
}

// nick skips a nickname in marks between given and family name: Werner „Tiki“ Küstenmacher.
func (r *reader) nick(j int) int {
	if r.kindAt(j) == text.Mark && r.is(j+1, isCap) && r.kindAt(j+2) == text.Mark && r.is(j+3, isCap) && r.near(j+2) && r.toks[j+1].Start == r.toks[j].End {
		return j + 3
	}
	return j
}

func (r *reader) kindAt(j int) text.Kind {
	if j < 0 || j >= len(r.toks) {
		return text.Punct
	}
	return r.toks[j].Kind
}

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

// quoted reports whether the tokens [i, j) stand in a short quoted title: „Edwin Booz Surveys“, "Till Death Do Us Part".
func (r *reader) quoted(i, j int) bool {
	open := -1
	for k := i - 1; k >= 0 && i-k < 4 && r.near(k); k-- {
		if r.kindAt(k) == text.Mark {
			open = k
			break
		}
		if !r.is(k, isCap) {
			return false
		}
	}
	if open < 0 {
		return false
	}
	for k := j; k < len(r.toks) && k-j < 5 && r.toks[k].Block == r.toks[i].Block; k++ {
		if r.kindAt(k) == text.Mark {
			return !r.is(open-1, isRole|isSal)
		}
		if !r.is(k, isCap) && r.kindAt(k) != text.Number {
			return false
		}
	}
	return false
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

// regnal skips a ruler's number: Elisabeth II.
func (r *reader) regnal(j int) int {
	w := r.word(j)
	if w == "" || !r.near(j-1) {
		return j
	}
	bare := strings.TrimSuffix(w, ".")
	if strings.Trim(bare, "IVX") != "" || bare == "" {
		return j
	}
	if bare != w {
		return j + 1
	}
	if r.word(j+1) == "." && r.toks[j+1].Start == r.toks[j].End {
		return j + 2
	}
	return j
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

// trapped reports whether the words around show that the name is that of a street, school, prize, ship …
func (r *reader) trapped(n *name) bool {
	p := n.first - 1
	if p >= 0 && r.near(p) && (r.bearerAt(p) || !n.surname && r.is(p, isCap) && namesake(r.word(p)) && r.headOf(p, false) < 0) {
		return true
	}
	next := ""
	if r.near(n.last - 1) {
		next = r.word(n.last)
	}
	if next != "" && r.is(n.last, isCap) && r.is(n.last, isThing) && !strings.HasSuffix(r.word(n.last-1), "s") {
		return true
	}
	return n.family == n.last && !n.famous && !r.free(n, next)
}

// bearerAt reports whether the word at token p makes the name behind it that of a thing: Straße, St., Anne-Frank-.
func (r *reader) bearerAt(p int) bool {
	w := r.word(p)
	if german.Is(w, german.Bearer) || strings.HasSuffix(w, "-") && w != "-" && r.is(p, isCap) {
		return true
	}
	bare := strings.TrimSuffix(w, ".")
	return bare != w && german.Is(bare, german.Bearer)
}

// namesake reports whether w is a thing that bears the name of a person behind it: Bürgerstiftung Johann Wilmers, Fähre Anna Katharina.
func namesake(w string) bool { return german.HasEnd(strings.ToLower(w), german.Namesake) }

// free reports whether a given name alone stands free: no adjective-like doubts, no article, no noun that it would be a part of.
func (r *reader) free(n *name, next string) bool {
	p := n.first - 1
	switch {
	case r.is(n.first, isWeak|isStop|isCommon|isRole|isNever),
		r.hasLow(p, german.Article),
		placed(r.word(p)),
		r.near(p) && r.described(p),
		r.kindAt(p) == text.Mark && r.shortQuote(n.first), // the musical „Anna und der König“
		next != "" && r.goesOn(n.last, next):
		return false
	}
	if p >= 0 && r.near(p) && r.is(p, isCap) && !r.is(p, isRole|isSal|isTitle|isStop) && !r.starts(p) {
		_, kin := kin(r.word(p))
		return kin
	}
	return true
}

// placed reports whether the word before a name makes it a place or a ship: in Asunción, HMS Orpheus.
func placed(w string) bool {
	switch w {
	case "in", "nach", "aus", "In", "Nach", "Aus":
		return true
	}
	return len(w) > 1 && strings.ToUpper(w) == w && capital(w)
}

// described reports whether an adjective with an article stands at token q, as before a thing: den französischen César.
func (r *reader) described(q int) bool {
	w := r.word(q)
	return !r.is(q, isCap) && german.Adjectival(w) && r.has(q-1, german.Article) && !childlike(w)
}

// goesOn reports whether the word at token j goes on with the name before it.
func (r *reader) goesOn(j int, w string) bool {
	return r.kindAt(j) == text.Number || r.is(j, isCap) && !r.is(j, isStop) || w == "el" || w == "de" || w == "di" || strings.ContainsAny(w[:1], "-/&")
}

// shortQuote reports whether a mark follows within a few words none of which is a verb.
func (r *reader) shortQuote(i int) bool {
	for k := i; k < len(r.toks) && k-i < 7 && r.sent(k) == r.sent(i); k++ {
		w := r.word(k)
		if r.kindAt(k) == text.Mark {
			return true
		}
		if german.Is(w, german.Speaks) || german.Is(w, german.Acts) || german.Is(w, german.Things) {
			return false
		}
	}
	return false
}

// childlike adjectives stand before the given names of people: die 13-jährige Jennifer, der kleine Oliver.
func childlike(w string) bool {
	for _, stem := range [...]string{"klein", "jung", "alt", "heilig"} {
		if strings.HasPrefix(w, stem) {
			return true
		}
	}
	return strings.HasSuffix(strings.TrimRight(w, "nmrs"), "jährige")
}

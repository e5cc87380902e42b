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
	rule        string
}

// maxGiven is the longest run of given names and initials read as one name.
const maxGiven = 8

// given reads a name that starts with a given name or an initial at token i.
func (r *reader) given(i int) (name, bool) {
	if !r.is(i, isGiven|isInitial) || r.is(i, isDead) || r.isTaken(i) {
		return name{}, false
	}
	if r.is(i, isStop) && r.is(i+1, isGiven) && r.starts(i) { // Nur Justin
		return name{}, false
	}
	if w := r.word(i - 1); r.is(i, isInitial) && r.near(i-1) && strings.HasSuffix(w, ".") && !capital(w) { // a. D., z. B.
		return name{}, false
	}
	n := name{full: i, first: i}
	j := i
	real := 0 // given names that are no initials
	for ; j-i < maxGiven && r.is(j, isGiven|isInitial) && !r.is(j, isDead) && (j == i || r.near(j-1)); j++ {
		if r.is(j, isGiven) {
			real++
			if g := r.gender(j); n.gender == "" && g != "" {
				n.gender = g
			}
		}
	}
	n.family, n.last = j, j
	if k := r.nick(j); k > j {
		j = k
	}
	if f, end := r.familyAt(j); end > j {
		n.family, n.last = f, end
	} else if j-i > 1 && r.is(j-1, isGiven) { // Peter Stefan: the last of several given names is the family name
		n.family = j - 1
		if r.is(j-2, isInitial) && real == 1 && j-i == 2 { // P. Stefan
			n.gender = ""
		}
	} else if j-i > 1 && r.is(j-1, isInitial) && real > 0 { // Nico G.
		n.family = j - 1
	}
	if real == 0 && (n.family == n.last || r.is(n.family, isParticle) && !r.is(n.family, isCap) && r.word(n.family) != "von" && r.word(n.family) != "de") {
		return name{}, false
	}
	if r.is(i, isWeak) && n.last-n.first == 2 && r.is(n.last-1, isRole) && !r.is(n.last-1, isCommon) {
		return name{}, false
	}
	if r.is(i, isStop) && n.last-n.first == 2 && r.starts(i) && (german.CommonNoun(strings.ToLower(r.word(i+1))) || r.has(i+1, german.Mass)) { // Per Dekret
		return name{}, false
	}
	if r.quoted(i, n.last) {
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
	k := j
	if !r.has(j, german.Inner) {
		for k-j < 4 && r.is(k, isParticle) && (k == 0 || r.near(k-1)) {
			k++
		}
	}
	for k-j < 3 && r.has(k, german.Stray) && r.near(k) && r.is(k+1, isCap) && (k > j || r.is(k-1, isGiven|isInitial|isSal|isTitle|isRole)) { // Samira El Amrani
		k++
	}
	for r.has(k, german.Noble) && k-j < 4 && r.near(k) && (r.is(k+1, isCap) || r.is(k+1, isParticle)) { // Franz Freiherr Gedult
		for k++; k-j < 8 && r.is(k, isParticle) && r.near(k); k++ {
		}
	}
	if k > j && (k >= len(r.toks) || !r.is(k, isCap) || !r.nobility(j, k)) {
		return j, j
	}
	if k >= len(r.toks) || k > 0 && !r.near(k-1) || !r.familyWord(k) {
		return j, j
	}
	end = k + 1
	if r.is(end, isCap) && r.near(k) && r.secondFamily(k, end) {
		end++
	}
	if r.has(end, german.Noble) && r.near(end-1) && r.word(end+1) == "von" && r.is(end+2, isCap) && r.near(end+1) { // Schenk Graf von Stauffenberg
		end += 3
	}
	if p := r.word(end); r.is(end, isParticle) && r.near(end-1) && r.near(end) && r.is(end+1, isCap) && !acronym(r.word(end+1)) && // Hoffmann von Fallersleben
		(p == "de" || p == "da" || p == "do" || p == "dos" || p == "y" || p == "von" && r.estate(r.word(end+1))) {
		end += 2
	}
	return j, end
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
	low := strings.ToLower(w)
	return !acronym(w) && !r.is(k, isNever) && (r.is(k, isCommon) || !thing(w)) && !(r.is(k, isRole) && !r.is(k, isCommon)) && !german.Is(w, german.Firm) && (r.is(k, isCommon) || !german.CommonNoun(low) || german.Is(w, german.Place) || r.estate(w))
}

// familyWord reports whether token k can be a family name after a given name.
func (r *reader) familyWord(k int) bool {
	t := r.toks[k]
	if t.Kind != text.Word || r.is(k, isDead|isSal|isTitle) || r.isTaken(k) {
		return false
	}
	w := t.Text
	if r.is(k, isNever) && !(r.is(k, isCommon) && (closes(r.word(k+1)) || r.word(k+1) == "(" || r.has(k+1, german.Speaks))) { // sagt Max Herbst,
		return false
	}
	if !r.is(k, isCap) {
		return foreignParticle(w)
	}
	if low := strings.ToLower(w); german.Is(low, german.Noun) && len(low) > 3 && !r.is(k, isCommon|isGiven|isRole) && !german.Is(w, german.Famous) { // Rita Kurs
		return false
	}
	if r.is(k, isInitial) || r.is(k, isStop) && !r.is(k, isCommon) && (german.Is(w, german.Opener) || !r.is(k-1, isGiven)) {
		return false
	}
	if acronym(w) { // Erika MUSTERMANN
		return len(w) > 4 && !german.Is(w, german.Firm) && r.is(k-1, isGiven) && !r.is(k-1, isWeak)
	}
	return !strings.HasSuffix(w, "-") && (r.is(k, isCommon) || !thing(w))
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
	w := r.word(j)
	if !r.familyWord(j) || r.is(j, isStop|isCommon|isRole) || german.CommonNoun(strings.ToLower(w)) || german.Is(w, german.Mass) || german.Is(w, german.Place) || german.Is(w, german.Firm) || r.is(j+1, isCap) && r.near(j) {
		return false
	}
	if r.is(j, isGiven) {
		return !strings.HasSuffix(r.word(k), "s")
	}
	if r.is(k-1, isGiven) && r.is(k, isCap) && r.predicateAt(j+1) && r.strictFamily(j) && !r.is(k, isCommon) && !german.CommonNoun(strings.ToLower(r.word(k))) { // Gerd Asmus Hellwig sagte, dass
		return true
	}
	g := k
	for k-g < 4 && g > 0 && r.is(g-1, isParticle) {
		g--
	}
	return r.is(g-1, isGiven) && !local(r.word(g-1)) && !strings.Contains(r.word(g-1), "-") && !german.CommonNoun(strings.ToLower(r.word(k))) && !r.is(k, isCommon)
}

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
	if n.first > 0 && r.near(n.first-1) {
		w := r.word(n.first - 1)
		if german.Is(w, german.Bearer) || strings.HasSuffix(w, "-") && w != "-" && r.is(n.first-1, isCap) {
			return true
		}
		if bare := strings.TrimSuffix(w, "."); bare != w && german.Is(bare, german.Bearer) {
			return true
		}
	}
	if p := n.first - 1; !n.surname && r.near(p) && r.is(p, isCap) && namesake(r.word(p)) && r.headOf(p, false) < 0 {
		return true
	}
	next := ""
	if r.near(n.last - 1) {
		next = r.word(n.last)
	}
	if next != "" && r.is(n.last, isCap) && thing(next) && !strings.HasSuffix(r.word(n.last-1), "s") {
		return true
	}
	if n.family < n.last || n.rule == "famous" {
		return false
	}
	return !r.free(n, next)
}

// namesake reports whether w is a thing that bears the name of a person behind it: Bürgerstiftung Johann Wilmers, Fähre Anna Katharina.
func namesake(w string) bool { return german.HasEnd(strings.ToLower(w), german.Namesake) }

// free reports whether a given name alone stands free: no adjective-like doubts, no article, no noun that it would be a part of.
func (r *reader) free(n *name, next string) bool {
	if r.is(n.first, isWeak|isStop|isCommon|isRole|isNever) || german.Is(strings.ToLower(r.word(n.first-1)), german.Article) {
		return false
	}
	if prev := r.word(n.first - 1); prev == "in" || prev == "nach" || prev == "aus" || prev == "In" || prev == "Nach" || prev == "Aus" || strings.ToUpper(prev) == prev && len(prev) > 1 && capital(prev) { // in Asunción, HMS Orpheus
		return false
	}
	if q := n.first - 1; r.near(q) && !r.is(q, isCap) && german.Adjectival(r.word(q)) && german.Is(strings.ToLower(r.word(q-1)), german.Article) && !childlike(r.word(q)) { // den französischen César
		return false
	}
	if r.kindAt(n.first-1) == text.Mark && r.shortQuote(n.first) { // the musical „Anna und der König“
		return false
	}
	if next != "" && (r.kindAt(n.last) == text.Number || r.is(n.last, isCap) && !r.is(n.last, isStop) || next == "el" || next == "de" || next == "di" || strings.ContainsAny(next[:1], "-/&")) {
		return false
	}
	prev := n.first - 1
	if prev >= 0 && r.near(prev) && r.is(prev, isCap) && !r.is(prev, isRole|isSal|isTitle|isStop) && !r.starts(prev) {
		_, kin := kin(r.word(prev))
		return kin
	}
	return true
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
	return strings.HasSuffix(strings.TrimRight(w, "nmrs"), "jährige") || strings.HasPrefix(w, "klein") || strings.HasPrefix(w, "jung") || strings.HasPrefix(w, "alt") || strings.HasPrefix(w, "heilig")
}

package person

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// single reads a name of one word that needs no words around it: a given name that stands free, or somebody known by one name.
func (r *reader) single(i int) (name, bool) {
	if r.is(i, isFamous) {
		return r.famous(i)
	}
	if n, ok := r.given(i); ok && n.family == n.last {
		n.rule = ruleAlone
		if f := r.reversed(i); f < i {
			n.full, n.first, n.rule, n.reversed = f, f, ruleReversed, true
		}
		return n, n.reversed || !r.halfEntry(i)
	}
	if r.is(i, isStop|isWeak|isCommon|isRole|isNever) {
		return name{}, false
	}
	if w, ok := strings.CutSuffix(r.word(i), "s"); ok && !r.is(i, isGiven) && r.possessed(i) {
		if g, ok := german.GivenName(w); ok && !g.Weak {
			return name{rule: ruleGenitive, full: i, first: i, family: i + 1, last: i + 1, gender: genderOf(g.Gender), genitive: true}, true
		}
	}
	return name{}, false
}

// famous reads somebody whom one name is enough for.
func (r *reader) famous(i int) (name, bool) {
	n := name{rule: ruleFamous, famous: true, full: i, first: i, last: i + 1}
	for n.last-i < 3 && r.is(n.last, isFamous) && r.near(n.last-1) { // Jesus Christus
		n.last++
	}
	n.family = n.last
	n.genitive = !r.has(n.last-1, german.Famous)
	noun := r.is(n.last, isCap) && r.near(n.last-1) && !n.genitive && !r.is(n.last, isStop)
	return n, !noun && !placed(r.word(i-1)) && !r.trapped(&n) && !r.hasLow(i-1, german.Article) && !r.quoted(i, n.last) && !r.inTitle(i)
}

// reversed is the family name before a given name in lists and bibliographies, "Ickler, Theodor:", or i when there is none.
func (r *reader) reversed(i int) int {
	f := i - 2
	switch {
	case f < 0, r.word(i-1) != ",", r.is(f, isGiven), r.isTaken(f), r.sent(f) != r.sent(i):
		return i
	case !r.bare(f) && !r.listedSurname(f, i+1), r.near(i) && !endsEntry(r.word(i+1)):
		return i
	}
	for r.is(f-1, isParticle) && r.near(f-1) && i-f < maxParticles { // von Berg, Otto
		f--
	}
	if f == r.d.Sentences[r.sent(f)].First || r.kindAt(f-1) == text.Number || opensEntry(r.word(f-1)) {
		return f
	}
	return i
}

// opensEntry reports whether an entry of a list begins behind w.
func opensEntry(w string) bool {
	switch w {
	case ":", ";", "*", "(", ".", "•", "–", "-":
		return true
	}
	return false
}

// listedSurname reports whether the word at token f, which is a word of the language or a role too, is a surname that opens an entry of a
// list: at token j, behind the given name, stands the party or the end of the entry. Kurz, Petra (SPD); Lang, Otto;
func (r *reader) listedSurname(f, j int) bool {
	if !r.is(f, isCap) || r.is(f, isSal|isTitle|isThing) {
		return false
	}
	if r.word(j) == "(" {
		return party(r.word(j+1)) != "" && r.word(j+2) == ")"
	}
	return r.word(j) == ";" && opensEntry(r.word(f-1)) && !r.is(f, isRole)
}

// halfEntry reports whether the given name at token i ends an entry whose family name is not known as one: [1] Ford, Martin.
func (r *reader) halfEntry(i int) bool {
	f := i - 2
	if f < 0 || r.word(i-1) != "," || !r.is(f, isCap) || r.isTaken(f) || r.sent(f) != r.sent(i) || !endsEntry(r.word(i+1)) {
		return false
	}
	return f == r.d.Sentences[r.sent(f)].First || r.word(f-1) == "]" || r.word(f-1) == ";" || r.word(f-1) == ":"
}

// endsEntry reports whether what follows a name in a list ends its entry.
func endsEntry(w string) bool {
	switch w {
	case ",", ":", ";", ".", "(", ")", "und", "":
		return true
	}
	return false
}

// context reads a name the lexicon does not know from the words around it.
func (r *reader) context(i int) (name, bool) {
	if !r.bare(i) || r.starts(i) && r.near(i) && r.is(i+1, isCap) && inflectedAdjective(r.word(i)) { // Volles Haus
		return name{}, false
	}
	f, end := r.familyAt(i)
	if end == i {
		return name{}, false
	}
	if n, ok := r.pair(i); ok {
		return n, true
	}
	n := name{full: f, first: f, family: f, last: end, surname: true}
	if end == f+1 && r.is(f, isGiven) {
		n.family, n.surname, n.gender = end, false, r.gender(f)
	}
	n.rule = r.evidence(&n)
	return n, n.rule != "" && (n.surname || r.is(n.first, isWeak) || !r.trapped(&n)) && !(n.surname && r.trapped(&n))
}

// pair reads two unknown capitalised words as given and family name when the words around show a person.
func (r *reader) pair(i int) (name, bool) {
	j := i + 1
	if !r.pairLike(i, j) || !r.aboutPair(i, j) {
		return name{}, false
	}
	n := name{full: i, first: i, family: j, last: j + 1, rule: rulePair}
	return n, !r.trapped(&n) && !r.quoted(i, j+1)
}

// pairLike reports whether two tokens have the form of a given and a family name, with no further noun behind them.
func (r *reader) pairLike(i, j int) bool {
	switch {
	case !r.near(i), !r.is(i, isCap), !r.is(j, isCap), r.is(j, isStop|isRole|isCommon), !r.strictFamily(j), inflected(r.word(i)):
		return false
	case r.is(j+1, isCap) && r.near(j) && !r.is(j+1, isStop):
		return false
	case !r.near(i - 1):
		return true
	}
	switch r.word(i - 1) {
	case "The", "New", "La", "Le", "Los", "San", "El":
		return false
	}
	return true
}

// aboutPair reports whether the words around tokens i and j show a person: somebody says, a party, an age, a role in apposition.
func (r *reader) aboutPair(i, j int) bool {
	prev, next := r.word(i-1), r.word(j+1)
	switch {
	case r.has(j+1, german.Speaks) && !strings.HasSuffix(prev, "-"), r.has(i-1, german.Speaks) && r.fronted(i-1), prev == "laut", prev == "Laut":
		return true
	case next == "(":
		return r.age(j+2) || party(r.word(j+2)) != "" && closes(r.word(j+3))
	case next == ",":
		return r.apposed(j+2) || prev == "," && r.headOf(i-2, true) >= 0
	}
	return false
}

// age reports whether the number of somebody's years stands alone in brackets at token j.
func (r *reader) age(j int) bool {
	return r.kindAt(j) == text.Number && r.word(j+1) == ")" && len(r.word(j)) == 2
}

// inflected reports whether a capitalised word ends like an adjective: Deutsche Bahn, Nürnberger Trommler.
func inflected(w string) bool {
	_, ok := german.AdjectiveStem(w)
	return ok
}

// inflectedAdjective reports whether a capitalised word is a known adjective with an ending, as a caption may begin with.
func inflectedAdjective(w string) bool {
	stem, ok := german.AdjectiveStem(w)
	return ok && (german.Is(strings.ToLower(stem), german.CaptionAdjective) || german.Is(stem, german.Stop))
}

// apposed reports whether the words from token j on begin an apposition with a singular role: ", ein Sprecher der Polizei,".
func (r *reader) apposed(j int) bool {
	for k := j; k < len(r.toks) && k-j < 4 && r.sent(k) == r.sent(j); k++ {
		if r.is(k, isRole) {
			return !r.plural(k) && !r.nameFollows(k) && !german.Is(r.roles[k].Masculine, german.Trade)
		}
		if w := r.word(k); r.is(k, isCap) || !german.Is(w, german.Article) && !german.Is(w, german.Possessive) && !german.Adjectival(w) {
			return false
		}
	}
	return false
}

// bare reports whether the word at token i can be a surname that stands alone.
func (r *reader) bare(i int) bool {
	w := r.word(i)
	if r.is(i, isRole|isStop|isNever|isSal|isTitle|isInitial) || !r.strictFamily(i) || len(w) < shortestSurname {
		return false
	}
	return !(r.near(i-1) && r.nounBefore(i-1)) && !acronym(w) && !strings.ContainsAny(w, "0123456789")
}

// nounBefore reports whether the word at token p makes the one behind it a noun: an article, another noun, the first part of a compound.
func (r *reader) nounBefore(p int) bool {
	w := r.word(p)
	if _, kin := kin(w); kin {
		return false
	}
	return r.hasLow(p, german.Article) || r.is(p, isCap) && !r.is(p, isStop|isRole) && !r.starts(p) || strings.HasSuffix(w, "-")
}

// owned reports whether a kinship word at token p has an owner or stands as a form of address: sein Sohn, Brians Tochter, Tante.
func (r *reader) owned(p int) bool {
	q := p - 1
	if !r.is(q, isCap) && german.Adjectival(r.word(q)) && !r.has(q, german.Article) && !r.has(q, german.Possessive) {
		q--
	}
	w := r.low(q)
	return german.Is(w, german.Possessive) || german.Is(w, german.Article) || strings.HasSuffix(w, "s") && r.is(q, isCap) || r.starts(p)
}

// fronted reports whether the verb at token v stands before its subject: after a quotation, or second after an adverbial.
func (r *reader) fronted(v int) bool {
	if w := r.word(v - 1); r.kindAt(v-1) == text.Mark || w == "," && r.kindAt(v-2) == text.Mark {
		return true
	}
	return r.adverbial(v)
}

// adverbial reports whether the clause before the verb at token v is an adverb or a prepositional phrase, so that the subject follows.
func (r *reader) adverbial(v int) bool {
	s := r.d.Sentences[r.sent(v)].First
	for s < v && r.kindAt(s) == text.Mark {
		s++
	}
	if s >= v || v-s > 12 {
		return false
	}
	w := r.word(s)
	if !german.Is(w, german.Fronting) && r.kindAt(s) != text.Number {
		return false
	}
	for k := s + 1; k < v; k++ {
		if c := r.word(k); c == "," || c == ";" || c == ":" || german.Is(c, german.Speaks) || german.Is(c, german.Acts) || german.Is(c, german.Things) {
			return false
		}
	}
	return true
}

// ends reports whether what follows token j-1 lets a one-word subject end there: no further noun that it would be a part of.
func (r *reader) ends(j int) bool {
	if j >= len(r.toks) || r.sent(j) != r.sent(j-1) {
		return true
	}
	w := r.word(j)
	return (!r.is(j, isCap) || r.is(j, isStop) || !r.near(j-1)) && !german.Is(w, german.Speaks) && !german.Is(w, german.Acts) && !german.Is(w, german.Things)
}

// predicative reports whether a capitalised word looks like an adjective, participle or adverb that begins its sentence.
func predicative(w string) bool {
	if german.HasEnd(w, german.Predicative) {
		return true
	}
	return (strings.HasSuffix(w, "t") || strings.HasSuffix(w, "en") || strings.HasSuffix(w, "te")) && german.ParticiplePrefix(w)
}

// possessed reports whether the noun after token i belongs to a human being: Brians Sohn, Zabels Entscheidung.
func (r *reader) possessed(i int) bool {
	if !r.near(i) {
		return false
	}
	j := i + 1
	for k := 0; k < 2 && j < len(r.toks) && !r.is(j, isCap) && german.Adjectival(r.word(j)) && !r.sets[j].Any(articles) && r.near(j); k++ {
		j++
	}
	w := r.word(j)
	if _, kin := kin(w); kin {
		return true
	}
	return german.Is(w, german.Possession)
}

// humanLater reports whether the rest of the sentence says that its subject is human: a role as predicate, or the
// birth, study, death of somebody. Possessives say nothing: firms, beasts and apps have theirs, too.
func (r *reader) humanLater(j int) bool {
	sent := r.sent(j - 1)
	for k := j; k < len(r.toks) && r.sent(k) == sent && k-j < 25; k++ {
		if r.is(k, isRole) && !r.roles[k].Plural && r.roles[k].gender != schemas.GenderFemale && !german.Is(r.roles[k].Masculine, german.Trade) {
			return true
		}
		if r.has(k, german.HumanSign) {
			return true
		}
	}
	return false
}

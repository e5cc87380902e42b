package person

import (
	"strings"

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
	if p := i - 1; g.real > 0 && n.family < n.last && r.unknownGiven(p) { // Wilton Daniel Gregory
		n.full, n.first = p, p
	}
	if acronym(r.word(i)) && !r.shoutedName(&n) {
		return name{}, false
	}
	if g.real == 0 && !r.initialsOnly(n) || r.twoWords(n) || r.quoted(i, n.last) {
		return name{}, false
	}
	if k := r.regnal(n.last); n.family == n.last && k > n.last {
		n.last = k
		if _, end := r.familyAt(k); end > k && r.is(k, isParticle) {
			n.last = end
		}
	}
	if r.trapped(&n) {
		return name{}, false
	}
	n.genitive = r.ownerBehind(&n)
	return n, true
}

// ownerBehind reports whether a full name is the genitive of who owns or made the thing named before it: die Bilder Friedrich Weinhofers,
// die „Hafenszene“ Konrad Lomanns. Where the text has the name with its -s elsewhere, the -s belongs to it.
func (r *reader) ownerBehind(n *name) bool {
	p := n.first - 1
	w := r.word(n.last - 1)
	if n.family == n.last || !r.near(p) || !strings.HasSuffix(w, "s") || !r.asksOwner(n, p) {
		return false
	}
	for _, k := range r.placesOf(w) {
		if k == n.last-1 || r.word(k-1) != r.word(n.last-2) {
			continue
		}
		same := name{first: k + 1 - (n.last - n.first), last: k + 1}
		if !r.asksOwner(&same, same.first-1) {
			return false
		}
	}
	return true
}

// asksOwner reports whether what stands at token p, right before a name that ends like a genitive, is a thing that asks for its owner: a noun
// of possession, the title of a work, or the noun that begins the sentence, when the verb follows the name.
func (r *reader) asksOwner(n *name, p int) bool {
	w := r.word(n.last - 1)
	switch {
	case r.has(p, german.Possession): // Weinhofers, though surnames end so
		return strings.HasSuffix(w, "ers") || r.genitiveShape(n.last)
	case !r.genitiveShape(n.last) || strings.HasSuffix(w, "ens"):
		return false
	case r.kindAt(p) == text.Mark:
		return r.toks[p].End < r.toks[n.first].Start
	}
	if !r.is(p, isCap) || r.is(p, isRole|isSal|isTitle) || r.hasLow(p, german.Human) || kinWord(r.word(p)) {
		return false
	}
	return r.hasLow(p-1, german.Article) && r.starts(p-1) && n.last < len(r.sets) && r.sets[n.last].Any(finiteVerbs)
}

func kinWord(w string) bool {
	_, ok := kin(w)
	return ok
}

// opensName reports whether a given name or an initial that may begin a name stands at token i.
func (r *reader) opensName(i int) bool {
	switch {
	case !r.is(i, isGiven|isInitial), r.is(i, isDead), r.isTaken(i):
		return false
	case r.is(i, isStop) && r.is(i+1, isGiven) && r.starts(i): // Nur Justin
		return false
	case r.has(i, german.Brand) && !r.is(i-1, isSal|isTitle|isRole): // Mercedes Vito
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
	w := r.word(n.family)
	if n.family == n.last || german.TitleOf(strings.ToLower(strings.TrimSuffix(w, "."))).Address == german.Degree { // M. Sc.
		return false
	}
	return !r.is(n.family, isParticle) || r.is(n.family, isCap) || w == "von" || w == "de"
}

// unknownGiven reports whether the word at token p, right before a full name, is a given name that the lexicon lacks: it stands where names
// begin, behind a comma, a title, an office or a verb of speaking, and is no other word that is known.
func (r *reader) unknownGiven(p int) bool {
	if !r.near(p) || !r.is(p, isCap) || r.isTaken(p) || r.is(p, isStop|isRole) || !r.unknownName(p) || inflected(r.word(p)) || strings.Contains(r.word(p), "-") {
		return false
	}
	if agentive(r.low(p)) {
		return false
	}
	return r.word(p-1) == "," || r.has(p-1, german.Speaks) || r.near(p-1) && (r.is(p-1, isTitle|isSal) || r.is(p-1, isRole) && !r.plural(p-1))
}

// agentive reports whether a lower-case word ends as nouns for people do, so that it may be an office that the lexicon lacks: Feministin,
// Promoter.
func agentive(low string) bool {
	for _, e := range [...]string{"in", "er", "or", "ist", "ent", "ant", "eur", "ier", "oge"} {
		if strings.HasSuffix(low, e) {
			return true
		}
	}
	return german.Ends(low, german.Human)
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
	if !r.is(i, isStop) || !r.starts(i) {
		return false
	}
	if r.is(i+1, isNoun) || r.has(i+1, german.Mass) || r.is(i+1, isRole) && !r.is(i+1, isCommon) {
		return true
	}
	return (r.hasLow(i, german.Preposition) || r.hasLow(i, german.Some)) && !r.again(i)
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

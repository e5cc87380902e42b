package person

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// addressed reads a surname that stands after a title, a salutation or a role: Dr. Kramer, Frau Meier, Bürgermeister Schulz.
func (r *reader) addressed(i int) (name, bool) {
	p := i - 1
	if !r.addressable(i) {
		return name{}, false
	}
	byRole := !r.courtesy(p, i)
	if byRole && !r.roleAddress(p, i) {
		return name{}, false
	}
	f, end := r.familyAt(i)
	if end == i || byRole && (r.genitiveShape(end) || r.genitiveOfKnown(end-1)) && !r.ownsNext(p, end) { // Unterstützer Mussawis
		return name{}, false
	}
	n := name{rule: ruleAddressed, full: f, first: f, family: f, last: end, surname: true}
	r.extend(&n, byRole || r.is(p, isTitle) || r.hasLow(p-1, german.Possessive))
	n.genitive = r.genitiveAt(n.last) || r.genitiveOfKnown(n.last-1)
	return n, !r.trapped(&n) && !r.quoted(n.first, n.last)
}

// addressable reports whether a surname can stand at token i right behind another word of its sentence.
func (r *reader) addressable(i int) bool {
	p := i - 1
	if !r.is(i, isCap|isParticle) || i == 0 || !r.near(p) || r.isTaken(i) || r.sent(i) != r.sent(p) {
		return false
	}
	return r.strictFamily(i) || r.is(p, isSal|isTitle) && r.titled(i) || r.is(p, isRole) && r.commonSurname(p, i)
}

// commonSurname reports whether the noun at token i behind the role at token p is a surname that the lexicon knows: sagte Landrätin Sommer,
// Landrätin Sommers Rede. The noun would want an article or a word behind it.
func (r *reader) commonSurname(p, i int) bool {
	if base, ok := strings.CutSuffix(r.word(i), "s"); ok && german.Is(base, german.Surname) {
		return r.ownsNext(p, i+1)
	}
	if !r.is(i, isCommon) || r.is(i, isStop) || r.has(i, german.Mass) || r.roles[p].gender == "" {
		return false
	}
	next := r.word(i + 1)
	return closes(next) || next == "(" || r.sets[min(i+1, len(r.sets)-1)].Any(finiteVerbs)
}

// ownsNext reports whether the name between the role at token p and token j owns what stands there: Landrätin Musters Rede. An article
// before the role goes with the noun, and the name is somebody the role is about: die Unterstützer Mussawis.
func (r *reader) ownsNext(p, j int) bool {
	if r.definite(p) {
		return false
	}
	noun := r.is(j, isNoun|isNounForm|isThing) && !r.is(j, isStop|isRole)
	return r.roles[p].gender != "" && noun && r.genitiveAt(j) || r.possessed(j-1)
}

// courtesy reports whether token p is a salutation or an academic title of the name at token i.
func (r *reader) courtesy(p, i int) bool {
	if r.is(i, isRole) && (!r.is(p, isSal) || !r.is(i, isCommon) || r.nameFollows(i)) { // Frau Richter, but Frau Bürgermeisterin
		return false
	}
	return r.is(p, isSal) && r.salutation(p) || r.is(p, isTitle) && (r.is(p, isCap) || r.is(p-1, isTitle)) && r.word(p) != "Professor"
}

// roleAddress reports whether token p is a role before the name at token i, which begins with no particle: Polizeichef von Kandahar.
func (r *reader) roleAddress(p, i int) bool {
	if r.word(p-1) == "(" && r.isTaken(p-2) { // Otto Tal (Leiter Bauhof)
		return false
	}
	return r.is(p, isRole) && r.vocative(p) && !placed(r.word(p-1)) && !r.is(i, isRole|isStop) && !r.starts(i) && r.is(i, isCap)
}

// extend widens a name by what shows that its first word is a given name the lexicon lacks: a ruler's number, a particle, another name.
func (r *reader) extend(n *name, titled bool) {
	end := n.last
	if !r.near(end - 1) {
		return
	}
	if k := r.regnal(end); k > end { // Papst Coelestin V.
		n.last, n.family, n.surname = k, k, false
		return
	}
	if f, e := r.familyAt(end); e > end && !r.is(end, isCap) { // Aiman az-Zawahiri, Abdalla al Badri
		n.family, n.last, n.surname = f, e, false
		return
	}
	if !titled || !r.is(end, isCap) || r.is(end, isStop|isRole) || r.is(n.first, isParticle) {
		return
	}
	if (!r.is(end, isCommon) || r.prefield(n.first, end+1)) && r.strictFamily(end) {
		n.family, n.last, n.surname = end, end+1, false
	}
}

// prefield reports whether the words from the role before token i up to token j stand before the finite verb of a main clause, where there
// is room for one phrase only: "Kulturreferent Corvin Nagel zog" has no noun besides the name.
func (r *reader) prefield(i, j int) bool {
	p := i - 1
	if r.hasLow(p-1, german.Article) {
		p--
	}
	w := r.word(j)
	if !r.is(i-1, isRole) || !r.starts(p) || r.sent(j) != r.sent(i) || r.kindAt(j) != text.Word || r.is(j, isCap|isParticle|isTitle) {
		return false
	}
	return !r.sets[j].Any(noVerbs) && w != "und" && w != "sowie" && w != "oder" && !german.Adjectival(w)
}

// noVerbs are the classes of the small words behind a name that are no finite verbs.
var noVerbs = german.SetOf(german.Governs, german.Complement, german.Article)

// salutation reports whether the token p addresses somebody: not "die älteste Frau Deutschlands".
func (r *reader) salutation(p int) bool {
	if w := r.word(p); w != "Frau" && w != "Herr" && w != "Schwester" && w != "Bruder" {
		return true
	}
	w := r.low(p - 1)
	return !r.near(p-1) || !german.Is(w, german.Article) && !(german.Adjectival(w) && !r.is(p-1, isCap)) || german.Is(w, german.Possessive)
}

// vocative reports whether the role at token p can stand before the name of the one who has it.
func (r *reader) vocative(p int) bool {
	ro := r.roles[p]
	if r.plural(p) || r.indefinite(p) || german.Is(ro.Masculine, german.Trade) || r.sits(p) || r.anybody(p) {
		return false
	}
	if w := r.low(p); ro.gender == schemas.GenderMale && strings.HasSuffix(w, "s") && !strings.HasSuffix(ro.Masculine, "s") && !r.definite(p) {
		return false // Neubauers Renommee
	}
	return !ro.Either || ro.Adjective || r.definite(p) // Studenten Steine
}

// sits reports whether the role at token p rather is a body that sits somewhere than one of its members: der Ortschaftsrat Musterbach
// tagt. A member speaks, or his party stands behind him: sagte Stadtrat Kolb, Stadtrat Kolb (CDU).
func (r *reader) sits(p int) bool {
	ro := r.roles[p]
	if ro.gender != schemas.GenderMale || !body(ro) {
		return false
	}
	j := p + 2
	return !r.has(p-1, german.Speaks) && !r.has(j, german.Speaks) && r.word(p-1) != "so" && !(r.word(j) == "(" && party(r.word(j+1)) != "")
}

// anybody reports whether the role at token p is said of many, has a plural of the same form, and no article shows that it is none: für
// Mitarbeiter Vermögen bilden.
func (r *reader) anybody(p int) bool {
	m := r.roles[p].Masculine
	return german.Is(m, german.Anybody) && !german.Is(m, german.Office) && r.low(p) != "" && strings.HasSuffix(r.low(p), "er") &&
		!r.definite(p) && !r.has(p-1, german.Speaks)
}

// titled reports whether the word at token i can be a surname after a title or salutation: nearly any can.
func (r *reader) titled(i int) bool {
	for end := i + 4; i < end && (r.is(i, isParticle) || r.has(i, german.Stray)) && r.near(i); {
		i++
	}
	return r.is(i, isCap) && r.familyWord(i) && (!r.has(i, german.Mass) || r.is(i-1, isSal))
}

// genitiveAt reports whether the name that ends before token j has a genitive -s: a noun follows, and the end is none that surnames have.
func (r *reader) genitiveAt(j int) bool {
	return r.is(j, isCap) && r.near(j-1) && r.genitiveShape(j)
}

// genitiveOfKnown reports whether the text names somebody by the word at token i without its -s, and nobody by it as it stands.
func (r *reader) genitiveOfKnown(i int) bool {
	e, genitive := r.known(i)
	return e != nil && genitive
}

// genitiveShape reports whether the word before token j ends like a genitive and not like a surname.
func (r *reader) genitiveShape(j int) bool { return german.SurelyGenitive(r.word(j - 1)) }

// Classes of capitalised words that are no surname where no given name says so.
var (
	noSurname      = german.SetOf(german.Mass, german.Place, german.Firm, german.Bearer)
	placesAndFirms = german.SetOf(german.Place, german.Firm)
)

// strictFamily reports whether token i can be a surname where no given name says so.
func (r *reader) strictFamily(i int) bool {
	for end := i + 4; i < end && r.is(i, isParticle) && r.near(i); {
		i++
	}
	if !r.is(i, isCap) || !r.familyWord(i) || r.is(i, isStop) && !r.is(i, isCommon) {
		return false
	}
	w := r.word(i)
	g := strings.TrimSuffix(w, "s")
	if r.sets[i].Any(noSurname) || g != w && german.Of(g).Any(placesAndFirms) {
		return false
	}
	if at := strings.LastIndexByte(r.low(i), '-'); at >= 0 { // Lohmeier-Besuch, C-Fasern
		if strings.IndexByte(w, '-') == 1 {
			return false
		}
		last := r.low(i)[at+1:]
		return !german.CommonNoun(last) && !german.Is(last, german.Thing)
	}
	return !r.is(i, isNounForm)
}

// plural reports whether the role at token p speaks of several people, by its form or by the words before it.
func (r *reader) plural(p int) bool {
	ro := r.roles[p]
	switch {
	case ro.Plural:
		return true
	case ro.gender == schemas.GenderFemale:
		return false
	case r.word(p-1) == "und" && r.is(p-2, isRole) && r.roles[p-2].Plural: // Vertreterinnen und Vertreter
		return true
	}
	for q := p - 1; q >= 0 && p-q < 4 && r.near(q); q-- {
		if r.several(q) {
			return true
		}
		if r.hasLow(q, german.Article) || r.is(q, isCap) && !r.is(q, isStop) || !german.Adjectival(r.low(q)) {
			return false
		}
	}
	return false
}

// several reports whether the word at token q makes a plural of the noun behind it: die, beide, alle, drei, 3.
func (r *reader) several(q int) bool {
	switch w := r.low(q); w {
	case "die", "beiden", "beide":
		return true
	default:
		return r.hasLow(q, german.Some) || r.kindAt(q) == text.Number && w != "1"
	}
}

// indefinite reports whether an indefinite article stands before the role at token p: "ein Bürger Pontiacs" names nobody.
func (r *reader) indefinite(p int) bool {
	for q := p - 1; q >= 0 && p-q < 4 && r.near(q); q-- {
		w := r.low(q)
		if indefinite(w) || w == "als" || w == "jeder" || w == "jede" || w == "jedem" || w == "jeden" {
			return true
		}
		if r.is(q, isCap) || !german.Adjectival(w) {
			return false
		}
	}
	return false
}

// surnames finds the places where a person whose full name is known is named by the surname alone.
func (r *reader) surnames() {
	for i, t := range r.toks {
		if t.Kind != text.Word || r.isTaken(i) || !r.is(i, isCap) || r.is(i, isDead) {
			continue
		}
		e, genitive := r.known(i)
		if e == nil {
			continue
		}
		k := r.particlesBefore(i, e.Family)
		if k == i && !r.alone(i) {
			continue
		}
		n := name{rule: ruleSurname, full: i, first: i, last: i + 1, family: i, surname: true, genitive: genitive}
		if e.Family == "" {
			n.family, n.surname = i+1, false
		} else if k < i {
			n.full, n.first, n.family = k, k, k
		}
		r.accept(n)
	}
}

// known is the latest person with the surname at token i.
func (r *reader) known(i int) (e *entry, genitive bool) {
	w := r.toks[i].Low
	if l := r.reg.byFamily[w]; len(l) > 0 {
		return l[len(l)-1], false
	}
	for c := range german.Nominatives(w) {
		if l := r.reg.byFamily[c]; len(l) > 0 {
			return l[len(l)-1], true
		}
	}
	return nil, false
}

// particlesBefore is the first token of the particles that belong to the family name before token i.
func (r *reader) particlesBefore(i int, family string) int {
	f := strings.Fields(family)
	k := i
	for j := len(f) - 2; j >= 0 && k > 0 && strings.EqualFold(r.word(k-1), f[j]) && r.near(k-1); j-- {
		k--
	}
	return k
}

// alone reports whether a known surname at token i is used as one: not as the noun, adjective or place it may also be.
func (r *reader) alone(i int) bool {
	n := name{first: i, last: i + 1, family: i, rule: ruleSurname}
	w := r.word(i)
	switch {
	case r.trapped(&n):
		return false
	case r.is(i+1, isCap) && r.near(i) && !r.is(i+1, isStop) && r.is(i+1, isThing) && !strings.HasSuffix(w, "s"):
		return false
	case r.near(i-1) && r.town(i) && locative(r.low(i-1)):
		return false
	}
	return !r.is(i, isCommon|isStop|isRole) || r.usedAsName(i)
}

// usedAsName reports whether what stands beside a surname that is another word, too, shows that it is the name: an address, a verb of
// speaking.
func (r *reader) usedAsName(i int) bool {
	if r.near(i-1) && (r.is(i-1, isSal|isTitle|isRole) || r.low(i-1) == "so") {
		return true
	}
	if r.has(i-1, german.Speaks) || r.has(i+1, german.Speaks) && !r.hasLow(i-1, german.Article) {
		return true
	}
	return r.starts(i) && (r.word(i+1) == ":" || r.bareSubject(i))
}

// bareSubject reports whether the word at token i, which begins its sentence, can only be a name before the finite verb: the noun that it
// is besides would want an article. Fischer ist seit 2010 im Amt; but: Stolz ist sie nicht.
func (r *reader) bareSubject(i int) bool {
	if !r.near(i) || i+1 >= len(r.sets) || !r.sets[i+1].Any(finiteVerbs) || r.is(i, isStop|isNever) || r.has(i, german.Mass) {
		return false
	}
	if ro, role := r.roles[i]; role {
		return !ro.Plural && !ro.Either
	}
	return !r.hasLow(i, german.Noun) && !german.Adjectival(r.low(i))
}

// locative reports whether a preposition makes what follows a place, where a town and a person have one name.
func locative(w string) bool {
	switch w {
	case "in", "nach", "aus", "bei":
		return true
	}
	return false
}

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
	if !r.is(i, isCap|isParticle) || i == 0 || !r.near(p) || r.isTaken(i) || r.sent(i) != r.sent(p) {
		return name{}, false
	}
	if !r.strictFamily(i) && !(r.is(p, isSal|isTitle) && r.titled(i)) {
		return name{}, false
	}
	byRole := false
	if !r.courtesy(p, i) {
		if byRole = r.roleAddress(p, i); !byRole {
			return name{}, false
		}
	}
	f, end := r.familyAt(i)
	if end == i || byRole && r.genitiveShape(end) { // Unterstützer Mussawis
		return name{}, false
	}
	n := name{rule: ruleAddressed, full: f, first: f, family: f, last: end, surname: true}
	r.extend(&n, byRole || r.is(p, isTitle) || r.hasLow(p-1, german.Possessive))
	n.genitive = r.genitiveAt(n.last)
	return n, !r.trapped(&n) && !r.quoted(n.first, n.last)
}

// courtesy reports whether token p is a salutation or an academic title of the name at token i.
func (r *reader) courtesy(p, i int) bool {
	if r.is(i, isRole) {
		return false
	}
	return r.is(p, isSal) && r.salutation(p) || r.is(p, isTitle) && (r.is(p, isCap) || r.is(p-1, isTitle)) && r.word(p) != "Professor"
}

// roleAddress reports whether token p is a role before the name at token i, which begins with no particle: Polizeichef von Kandahar.
func (r *reader) roleAddress(p, i int) bool {
	return r.is(p, isRole) && r.vocative(p) && !r.is(i, isRole|isStop) && !r.starts(i) && r.is(i, isCap)
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
	if r.plural(p) || r.indefinite(p) || german.Is(ro.Masculine, german.Trade) {
		return false
	}
	return !ro.Either || ro.Adjective || r.definite(p) // Studenten Steine
}

// titled reports whether the word at token i can be a surname after a title or salutation: nearly any can.
func (r *reader) titled(i int) bool {
	for end := i + 4; i < end && (r.is(i, isParticle) || r.has(i, german.Stray)) && r.near(i); {
		i++
	}
	return r.is(i, isCap) && r.familyWord(i) && !r.has(i, german.Mass)
}

// genitiveAt reports whether the name that ends before token j has a genitive -s: a noun follows, and the end is none that surnames have.
func (r *reader) genitiveAt(j int) bool {
	return r.is(j, isCap) && r.near(j-1) && r.genitiveShape(j)
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
	return !r.is(i, isNounForm) || strings.Contains(w, "-")
}

// plural reports whether the role at token p speaks of several people, by its form or by the words before it.
func (r *reader) plural(p int) bool {
	ro := r.roles[p]
	if ro.Plural {
		return true
	}
	if ro.gender == schemas.GenderFemale {
		return false
	}
	if r.word(p-1) == "und" && r.is(p-2, isRole) && r.roles[p-2].Plural { // Vertreterinnen und Vertreter
		return true
	}
	for q := p - 1; q >= 0 && p-q < 4 && r.near(q); q-- {
		switch w := r.low(q); {
		case w == "die" || w == "beiden" || w == "beide" || german.Is(w, german.Some) || r.kindAt(q) == text.Number && w != "1":
			return true
		case german.Is(w, german.Article) || r.is(q, isCap) && !r.is(q, isStop) || !german.Adjectival(w):
			return false
		}
	}
	return false
}

// indefinite reports whether an indefinite article stands before the role at token p: "ein Bürger Pontiacs" names nobody.
func (r *reader) indefinite(p int) bool {
	for q := p - 1; q >= 0 && p-q < 4 && r.near(q); q-- {
		w := r.low(q)
		switch w {
		case "ein", "eine", "einen", "einem", "einer", "eines", "kein", "keine", "keinem", "keinen", "jeder", "jede", "jedem", "jeden", "als":
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
	for _, end := range []string{"s", "'s", "’s", "'", "’"} {
		if c, ok := strings.CutSuffix(w, end); ok {
			if l := r.reg.byFamily[c]; len(l) > 0 {
				return l[len(l)-1], true
			}
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
	if r.trapped(&n) {
		return false
	}
	w := r.word(i)
	if r.is(i+1, isCap) && r.near(i) && !r.is(i+1, isStop) && r.is(i+1, isThing) && !strings.HasSuffix(w, "s") {
		return false
	}
	prev := r.low(i - 1)
	if r.near(i-1) && german.Is(w, german.Place) && (prev == "in" || prev == "nach" || prev == "aus" || prev == "bei") {
		return false
	}
	if !r.is(i, isCommon|isStop|isRole) {
		return true
	}
	if r.is(i-1, isSal|isTitle|isRole) && r.near(i-1) {
		return true
	}
	return r.has(i-1, german.Speaks) || r.has(i+1, german.Speaks) && !german.Is(prev, german.Article) || prev == "so" && r.near(i-1)
}

// couple reads "Anna und Peter Meier" and "Ehepaar Meier"-like pairs at token i and gives the token after it, i for none.
func (r *reader) couple(i int) int {
	j := i + 1
	if !r.is(i, isGiven) || r.is(i, isDead) || r.isTaken(i) || i > 0 && r.is(i-1, isGiven) && r.near(i-1) || !r.joinsGiven(j) {
		return i
	}
	n, ok := r.given(j + 1)
	if !ok || n.family == n.last || n.family == j+1 || r.is(n.last-1, isInitial) {
		return i
	}
	n.rule = ruleCouple
	a := name{rule: ruleCouple, full: i, first: i, family: j, last: j, gender: r.gender(i)}
	r.titles(&a)
	for k := a.full; k < j; k++ {
		r.taken[k] = true
	}
	r.reg.addPartner(r, a, n)
	r.accept(n)
	return n.last
}

// joinsGiven reports whether token j joins the given name before it with the one behind it.
func (r *reader) joinsGiven(j int) bool {
	w := r.word(j)
	return (w == "und" || w == "&" || w == "u.") && r.is(j+1, isGiven) && r.near(j-1) && r.near(j)
}

// addPartner files the first of a couple, who shares the family name of n.
func (g *registry) addPartner(r *reader, a, n name) {
	family := r.join(n.family, n.last)
	e := g.find(r.join(a.first, a.last), family, a.gender)
	if e == nil {
		e = &entry{Person: Person{Given: r.join(a.first, a.last), Family: family}, key: familyKey(family), order: len(g.all)}
		g.all = append(g.all, e)
		g.file(e)
	}
	at := attributes{full: text.Span{Start: r.toks[a.full].Start, End: r.toks[a.last-1].End}}
	e.merge(a, at)
	if !r.silent {
		e.Mentions = append(e.Mentions, Mention{Span: text.Span{Start: r.toks[a.first].Start, End: r.toks[a.last-1].End}, Full: at.full, Rule: a.rule})
	}
}

package person

import "github.com/kreispresse/kreispresse/internal/german"

// frames show that a noun behind a given name is a surname: Kreisdirektorin Margrit Runde, sagte Margrit Runde, Margrit Runde (SPD).
// Without one it is the noun: "brachte Margrit Blumen", "in Margrit Kurs". The given names are the tokens [s, k), the noun stands at k.
var frames = []struct {
	what  string
	shows func(r *reader, s, k int) bool
}{
	{"a title, salutation or office before", (*reader).addressedFull},
	{"the text has the name elsewhere", (*reader).knownFull},
	{"somebody says", func(r *reader, s, k int) bool { return r.has(s-1, german.Speaks) && !r.is(k, isThing) }},
	{"first in its sentence, before the verb", (*reader).beforeVerb},
	{"a party or an age behind", func(r *reader, _, k int) bool { return r.aboutPerson(k) }},
	{"a role in apposition", func(r *reader, _, k int) bool { return r.word(k+1) == "," && r.apposed(k+2) && !r.is(k, isThing) }},
	{"among names", (*reader).amongNames},
}

// nounSurname reports whether the noun at token k is the surname of the given names before it.
func (r *reader) nounSurname(k int) bool {
	s := r.givenBefore(k)
	if s == k && r.is(k-1, isSal) && r.near(k-1) && r.salutation(k-1) { // Frau Beispiel
		return !r.is(k+1, isCap) || !r.near(k) || r.is(k+1, isStop)
	}
	if s == k || german.HasEnd(r.low(k), german.Abstract) || r.is(k+1, isCap) && r.near(k) && !r.is(k+1, isStop|isTitle|isSal) {
		return false
	}
	for _, f := range frames {
		if f.shows(r, s, k) {
			return true
		}
	}
	return false
}

// givenBefore is the first of the given names and initials right before token k, k for none.
func (r *reader) givenBefore(k int) int {
	s, real := k, false
	for s > 0 && k-s < maxGiven && r.near(s-1) && r.is(s-1, isGiven|isInitial) && !r.isTaken(s-1) {
		s--
		real = real || r.is(s, isGiven) && !r.is(s, isStop)
	}
	if !real {
		return k
	}
	return s
}

// addressedFull reports whether a title, a salutation or the role of one person stands before the name, and no rank whose bearers are
// called by their given names: Prinzessin Mimi.
func (r *reader) addressedFull(s, _ int) bool {
	_, _, p := r.academic(s)
	if p < s-1 || !r.near(s-1) {
		return p < s-1
	}
	return r.is(p, isSal) || r.is(p, isRole) && !r.plural(p) && !german.Is(r.roles[p].Masculine, german.Regnant)
}

// knownFull reports whether the text has named somebody by these given names and this surname.
func (r *reader) knownFull(s, k int) bool {
	for _, e := range latest(r.reg.byFamily[r.low(k)], maxNamesakes) {
		if e.Given != "" && e.Given == r.join(s, k) {
			return true
		}
	}
	return false
}

// beforeVerb reports whether the name begins its sentence and the finite verb follows.
func (r *reader) beforeVerb(s, k int) bool {
	return r.starts(s) && !r.is(s, isStop|isWeak) && !r.is(k, isThing|isNever) && r.near(k) && r.sets[min(k+1, len(r.sets)-1)].Any(finiteVerbs)
}

// finiteVerbs are the classes of finite verbs in the singular.
var finiteVerbs = german.SetOf(german.Speaks, german.Acts, german.Things, german.AuxSingular, german.ModalSingular)

// aboutPerson reports whether a party or an age in brackets stands behind token k.
func (r *reader) aboutPerson(k int) bool {
	return r.word(k+1) == "(" && (party(r.word(k+2)) != "" || r.age(k+2))
}

// amongNames reports whether the name goes on with an enumeration of people and ends there.
func (r *reader) amongNames(s, k int) bool {
	return joinsNames(r.word(s-1)) && r.isTaken(s-2) && !r.is(s, isWeak) && !r.is(k, isThing) && closes(r.word(k+1))
}

// joinsNames reports whether w joins the names of an enumeration.
func joinsNames(w string) bool {
	switch w {
	case "und", "&", "u.", "sowie", ",":
		return true
	}
	return false
}

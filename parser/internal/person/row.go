package person

import (
	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// couple reads "Anna und Peter Meier" at token i, and "die Schwestern Ida, Nele und Marie Meier", and gives the token after it, i for none.
func (r *reader) couple(i int) int {
	if !r.is(i, isGiven) || r.is(i, isDead) || r.isTaken(i) || r.partOfName(i) {
		return i
	}
	firsts := r.siblings(i)
	j := firsts[len(firsts)-1] + 1
	if !r.joinsGiven(j) {
		return i
	}
	n, ok := r.given(j + 1)
	if !ok || n.family == n.last || n.family == j+1 || r.is(n.last-1, isInitial) {
		return i
	}
	n.rule = ruleCouple
	for _, f := range firsts {
		a := name{rule: ruleCouple, full: f, first: f, family: f + 1, last: f + 1, gender: r.gender(f)}
		r.titles(&a)
		for k := a.full; k < a.last; k++ {
			r.taken[k] = true
		}
		r.reg.addPartner(r, a, n)
	}
	r.accept(n)
	return n.last
}

// siblings are the given names of the enumeration that begins at token i; several only where the noun before says that they share a family
// name.
func (r *reader) siblings(i int) []int {
	firsts := []int{i}
	for j := i + 1; len(firsts) < maxGiven && r.word(j) == "," && r.is(j+1, isGiven) && r.near(j) && r.has(i-1, german.Related); j += 2 {
		firsts = append(firsts, j+1)
	}
	return firsts
}

// partOfName reports whether the given name at token i is the last word of a name that begins before it: Lehel Lajos und Daniela Vargas.
func (r *reader) partOfName(i int) bool {
	p := i - 1
	if !r.near(p) {
		return false
	}
	return r.is(p, isGiven) || r.is(p, isCap) && !r.is(p, isStop|isRole|isSal|isTitle|isNounForm|isThing|isNever) && r.onlyName(p) &&
		!r.has(p, german.Related) && !r.hasLow(p-1, german.Article)
}

// joinsGiven reports whether token j joins the given name before it with the one behind it.
func (r *reader) joinsGiven(j int) bool {
	w := r.word(j)
	return (w == "und" || w == "&" || w == "u.") && r.is(j+1, isGiven) && r.near(j-1) && r.near(j)
}

// rows reads the names that the lexicon does not know and that stand in a row with some that it knows, until nothing more is found:
// Ilja Marek und Daniela Vargo sowie Kento Nagano und Norina Quandt. A name that was found shows the one beside it.
func (r *reader) rows() {
	for found, rounds := true, 0; found && rounds < maxRow; rounds++ {
		found = false
		for i := range r.toks {
			if !r.is(i, isCap) || r.isTaken(i) || r.is(i, isDead) || !r.inRow(i) {
				continue
			}
			n := name{full: i, first: i, family: i + 1, last: i + 2, rule: ruleRow}
			if !r.trapped(&n) && !r.quoted(i, n.last) {
				r.accept(n)
				found = true
			}
		}
	}
}

// inRow reports whether tokens i and i+1 look like a given and a family name and stand among names: between two, or joined to one by
// "und" with nothing behind, or in a list of several.
func (r *reader) inRow(i int) bool {
	j := i + 1
	before := r.joinsTaken(i-1, i-2)
	after := r.joinsTaken(j+1, j+2)
	if !before && !after || !r.pairLike(i, j) || !r.unknownName(i) || !r.unknownName(j) {
		return false
	}
	open, ends := r.word(i-1), closes(r.word(j+1)) || joinsNames(r.word(j+1))
	many := r.namesAround(i) > 2
	switch {
	case before && after:
		return true
	case before && open != ",":
		return ends
	case after && r.word(j+1) != ",":
		return open != "," || many
	}
	return many && ends
}

// joinsTaken reports whether token j joins with the name that has token k.
func (r *reader) joinsTaken(j, k int) bool { return joinsNames(r.word(j)) && r.isTaken(k) }

// unknownName reports whether the word at token i is nothing that the lexicon knows as something else than a name.
func (r *reader) unknownName(i int) bool {
	return r.onlyName(i) && !r.town(i) && !r.is(i, isNever|isNounForm|isThing|isSal|isTitle|isInitial) && !acronym(r.word(i)) && len(r.word(i)) > 2 &&
		!r.hasLow(i, german.Noun)
}

// namesAround counts the names that were read around token i in its sentence.
func (r *reader) namesAround(i int) int {
	s := r.d.Sentences[r.sent(i)]
	n := 0
	for k := max(s.First, i-rowWithin); k < min(s.Last, i+rowWithin); k++ {
		if r.taken[k] && (k == s.First || !r.taken[k-1]) {
			n++
		}
	}
	return n
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

package quote

import (
	"iter"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// pronoun resolves er, sie: the last speaker, else the nearest subject before it whose gender fits. Nil when nobody fits.
func (s *speakers) pronoun(fi, k int, h *hit, x *Speaker) *Speaker {
	f := &s.frames[fi]
	n := f.nouns[k]
	x.Method = schemas.MethodPronoun
	low := f.items[n.from].low
	if low == "sie" && h != nil && h.plural {
		return s.they(fi, n.from, x)
	}
	if low == "beide" {
		return nil
	}
	want := schemas.GenderMale
	if low == "sie" || low == "letztere" || low == "diese" {
		want = schemas.GenderFemale
	}
	if low != "er" && low != "sie" { // diese, letzterer: who was named last, not the subject
		if p := s.lately(fi, want); p >= 0 {
			x.Person, x.Name = p, s.people.people[p].Name
			return x
		}
		return nil
	}
	if p := s.before(fi, n.from, want); p >= 0 {
		x.Person, x.Name = p, s.people.people[p].Name
		return x
	}
	if c, known, ok := s.antecedent(fi, n.from, want); ok {
		x.Name, x.unknown = c, !known
		return x
	}
	return nil
}

// they resolves a plural sie: the nearest plural subject of the two sentences before.
func (s *speakers) they(fi, i int, x *Speaker) *Speaker {
	for b := fi; b >= 0 && b > fi-theyWithin; b-- {
		g := &s.frames[b]
		for j := range g.before(b == fi, i) {
			c := g.nouns[j]
			if c.nominative && !c.pronoun && (c.plural || c.det == "die" && pluralNoun(g.items[c.head].low)) && c.person < 0 {
				x.Name = s.doc.Slice(g.span(c.from, c.to))
				return x
			}
		}
	}
	return nil
}

// pluralNoun reports whether a lower-case noun after "die" is a plural of people.
func pluralNoun(w string) bool {
	if strings.HasSuffix(w, "innen") {
		return true
	}
	return roleWord(w) && (strings.HasSuffix(w, "er") || strings.HasSuffix(w, "en") || strings.HasSuffix(w, "e"))
}

// antecedent is the words for somebody not among the people whom the pronoun at item i of frame fi stands for: the nearest subject of
// its gender, else the nearest human noun; known says that they call a human being.
func (s *speakers) antecedent(fi, i int, want string) (words string, known, ok bool) {
	for b := fi; b >= 0 && b > fi-antecedentWithin; b-- {
		g := &s.frames[b]
		best := -1
		for j := range g.before(b == fi, i) {
			if !g.standsFor(j, want, b < fi) {
				continue
			}
			if best < 0 || g.nouns[j].nominative && !g.nouns[best].nominative {
				best = j
			}
		}
		if best < 0 {
			continue
		}
		c := g.nouns[best]
		if name := s.bareName(g, c); name != "" && c.det == "" {
			return name, false, true
		}
		return s.doc.Slice(g.span(c.from, c.to)), c.human, true
	}
	return "", false, false
}

// standsFor reports whether nominal j, somebody not among the people, can be the antecedent of a pronoun of the gender; earlier says that
// it stands in an earlier sentence.
func (f *frame) standsFor(j int, want string, earlier bool) bool {
	c := f.nouns[j]
	if c.pronoun || c.plural || c.genitive || c.person >= 0 || f.coordinated(j) {
		return false
	}
	fem := f.woman(c)
	if fem || want == schemas.GenderFemale {
		return fem && want == schemas.GenderFemale
	}
	return c.human || c.nominative && earlier && (c.det == "der" || c.det == "ein")
}

// woman reports whether a nominal calls a woman by its noun or its determiner.
func (f *frame) woman(c nominal) bool {
	if feminineRole(f.items[c.head].low) {
		return true
	}
	return c.human && c.nominative && (c.det == "die" || c.det == "eine" || c.det == "einer")
}

// before lists the nominals that are looked through for an antecedent: the last of the frame, or, within the frame of the pronoun itself,
// the last before item i.
func (f *frame) before(own bool, i int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for j := f.reach(own, i); j < len(f.nouns) && (!own || f.nouns[j].from < i); j++ {
			if !yield(j) {
				return
			}
		}
	}
}

// before is the person a pronoun at item i of frame fi stands for; want is its gender. -1 when none or more than one fits equally.
func (s *speakers) before(fi, i int, want string) int {
	for b := fi; b >= 0 && b > fi-pronounWithin; b-- {
		if b < fi && s.last != nil && s.last.Person >= 0 && s.lastFrame == b && s.fits(s.last.Person, want) {
			return s.last.Person
		}
		c, ok := s.candidates(b, b == fi, i, want)
		switch {
		case !ok || c.subject < 0 && c.others > 1:
			return -1
		case c.subject >= 0:
			return c.subject
		case c.others == 1:
			return c.other
		}
	}
	return -1
}

// fits reports whether person p can be of the gender.
func (s *speakers) fits(p int, gender string) bool {
	g := s.people.people[p].Gender
	return g == gender || g == ""
}

// candidates are the people of one sentence whom a pronoun can stand for.
type candidates struct {
	subject int // -1 for none
	other   int // the last who is no subject
	others  int // how many
}

// candidates reads those of frame b; own says that the pronoun stands in it, at item i. It reports false when a name that nobody knows
// stands nearer.
func (s *speakers) candidates(b int, own bool, i int, want string) (candidates, bool) {
	g := &s.frames[b]
	x := candidates{subject: -1, other: -1}
	for j := range g.before(own, i) {
		c := g.nouns[j]
		if c.person < 0 && c.nominative && nameLike(g, c) {
			return x, false
		}
		p := s.meant(b, j)
		if p < 0 || !s.fits(p, want) || own && !c.nominative && !g.colonBetween(c.to, i) {
			continue
		}
		switch {
		case c.nominative:
			if x.subject < 0 || s.people.people[x.subject].Gender == "" && s.people.people[p].Gender == want {
				x.subject = p
			}
		case p != x.other:
			x.other = p
			x.others++
		}
	}
	return x, true
}

// meant is the person whom nominal j of frame b names or, as a definite role and subject, stands for, -1 for none.
func (s *speakers) meant(b, j int) int {
	c := s.frames[b].nouns[j]
	if c.person < 0 && c.nominative && c.human && !c.pronoun && (c.det == "der" || c.det == "die") {
		return s.roleAt(b, j)
	}
	return c.person
}

// reach is the first of the nominals that are looked through for an antecedent: the last of the frame, or, within the frame of the
// pronoun itself, the last before item i.
func (f *frame) reach(own bool, i int) int {
	end := len(f.nouns)
	if own {
		end = f.nounAfter(i)
	}
	return max(0, end-2*window)
}

// colonBetween reports whether a colon parts items i and j.
func (f *frame) colonBetween(i, j int) bool {
	for ; i < j && i < len(f.items); i++ {
		if f.items[i].word == ":" {
			return true
		}
	}
	return false
}

// lately is the person of the gender who was named last in the sentence before frame fi, -1 for none.
func (s *speakers) lately(fi int, want string) int {
	if fi == 0 {
		return -1
	}
	g := &s.frames[fi-1]
	for j := len(g.nouns) - 1; j >= 0; j-- {
		if p := g.nouns[j].person; p >= 0 && s.people.people[p].Gender == want {
			return p
		}
	}
	return -1
}

// nameLike reports whether the nominal looks like a full name without being one of the people.
func nameLike(f *frame, n nominal) bool {
	if n.det != "" || !f.items[n.from].upper() || n.pronoun || n.head == n.from || n.title >= 0 {
		return false
	}
	first := f.items[f.firstUpper(n)].low
	if strings.HasSuffix(first, "e") && len(first) > 6 || strings.HasSuffix(first, "er") && abstract(f.items[n.head].low) { // Deutsche, Kölner Erklärung
		return false
	}
	for i := n.from; i <= n.head; i++ {
		if it := f.items[i]; roleWord(it.low) || organisational(it.low) || it.low == "oder" || strings.HasSuffix(it.word, "-") { // Lohn- oder Lagerkosten
			return false
		}
	}
	return true
}

// roleAt is the person whom the role at nominal j of frame b stands for, -1 for none. Roles lead to roles before them; a few steps
// are enough.
func (s *speakers) roleAt(b, j int) int {
	if s.depth >= maxRoleSteps {
		return -1
	}
	s.depth++
	defer func() { s.depth-- }()
	if sp := s.resolve(b, j, nil); sp != nil {
		return sp.Person
	}
	return -1
}

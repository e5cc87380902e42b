package quote

import (
	"sort"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
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
	if c, ok := s.antecedent(fi, n.from, want); ok {
		x.Name = c
		return x
	}
	return nil
}

// they resolves a plural sie: the nearest plural subject of the two sentences before.
func (s *speakers) they(fi, i int, x *Speaker) *Speaker {
	for b := fi; b >= 0 && b > fi-3; b-- {
		g := &s.frames[b]
		for j := g.reach(b == fi, i); j < len(g.nouns); j++ {
			c := g.nouns[j]
			if b == fi && c.from >= i {
				break
			}
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
	return strings.HasSuffix(w, "innen") || roleWord(w) && (strings.HasSuffix(w, "er") || strings.HasSuffix(w, "en") || strings.HasSuffix(w, "e") || strings.HasSuffix(w, "leute"))
}

// antecedent is the words for somebody not among the people whom the pronoun at item i of frame fi stands for: the nearest subject of
// its gender, else the nearest human noun.
func (s *speakers) antecedent(fi, i int, want string) (string, bool) {
	for b := fi; b >= 0 && b > fi-4; b-- {
		g := &s.frames[b]
		best := -1
		for j := g.reach(b == fi, i); j < len(g.nouns); j++ {
			c := g.nouns[j]
			if b == fi && c.from >= i {
				break
			}
			if c.pronoun || c.plural || c.genitive || g.coordinated(j) || c.person >= 0 {
				continue
			}
			fem := feminineRole(g.items[c.head].low) || c.human && (c.det == "die" || c.det == "eine" || c.det == "einer") && c.nominative
			masc := c.human && !fem || c.nominative && (c.det == "der" || c.det == "ein") && b < fi
			if fem && want != schemas.GenderFemale || !fem && (want == schemas.GenderFemale || !masc) {
				continue
			}
			if best < 0 || c.nominative && !g.nouns[best].nominative {
				best = j
			}
		}
		if best >= 0 {
			c := g.nouns[best]
			if name := s.bareName(g, c); name != "" && c.det == "" {
				return name, true
			}
			return s.doc.Slice(g.span(c.from, c.to)), true
		}
	}
	return "", false
}

// before is the person a pronoun at item i of frame fi stands for; want is its gender. -1 when none or more than one fits equally.
func (s *speakers) before(fi, i int, want string) int {
	fits := func(p int) bool {
		g := s.people.people[p].Gender
		return g == want || g == ""
	}
	for b := fi; b >= 0 && b > fi-pronounWithin; b-- {
		if b < fi && s.last != nil && s.last.Person >= 0 && s.lastFrame == b && fits(s.last.Person) {
			return s.last.Person
		}
		g := &s.frames[b]
		subject, other, others := -1, -1, 0
		for j := g.reach(b == fi, i); j < len(g.nouns); j++ {
			c := g.nouns[j]
			if b == fi && c.from >= i {
				break
			}
			if c.person < 0 && c.nominative && nameLike(g, c) {
				return -1 // a name that nobody knows stands nearer
			}
			if c.person < 0 && c.nominative && c.human && !c.pronoun && (c.det == "der" || c.det == "die") {
				c.person = s.roleAt(b, j)
			}
			if c.person < 0 || !fits(c.person) || b == fi && !c.nominative && !g.colonBetween(c.to, i) {
				continue
			}
			if c.nominative {
				if subject < 0 || s.people.people[subject].Gender == "" && s.people.people[c.person].Gender == want {
					subject = c.person
				}
			} else if c.person != other {
				other = c.person
				others++
			}
		}
		switch {
		case subject >= 0:
			return subject
		case others == 1:
			return other
		case others > 1:
			return -1
		}
	}
	return -1
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
	first := f.items[f.firstUpper(n)]
	if n.det != "" || !f.items[n.from].upper() || n.pronoun || n.head == n.from || n.title >= 0 || strings.HasSuffix(first.low, "e") && len(first.low) > 6 || strings.HasSuffix(first.low, "er") && abstract(f.items[n.head].low) {
		return false
	}
	for i := n.from; i <= n.head; i++ {
		if roleWord(f.items[i].low) || organisational(f.items[i].low) {
			return false
		}
	}
	return true
}

// roleAt is the person whom the role at nominal j of frame b stands for, -1 for none. Roles lead to roles before them; a few steps
// are enough.
func (s *speakers) roleAt(b, j int) int {
	if s.depth >= 3 {
		return -1
	}
	s.depth++
	defer func() { s.depth-- }()
	if sp := s.resolve(b, j, nil); sp != nil {
		return sp.Person
	}
	return -1
}

// byRole resolves a role without a name: "der Landrat", "das Stadtoberhaupt", "die Syrerin". A definite role stands for the person
// that has it; a definite human noun that is nobody's role for the nearest subject of its gender. What cannot be resolved keeps its
// words as name: "ein Sprecher der Polizei".
func (s *speakers) byRole(fi, k int, x *Speaker) *Speaker {
	f := &s.frames[fi]
	n := f.nouns[k]
	x.Method = schemas.MethodRole
	x.Name = s.doc.Slice(s.withAttribute(f, k))
	head := f.items[n.head].low
	definite := n.det == "der" || n.det == "die" || n.det == "das" || n.det == "dem" || n.det == "den" || strings.HasPrefix(n.det, "dies")
	if n.plural {
		return x
	}
	if strings.HasPrefix(n.det, "sein") || strings.HasPrefix(n.det, "ihr") {
		return nil // "seine Geschäftspartnerin" tells by herself nobody whom a reader could find
	}
	if !definite && n.det != "" {
		return x
	}
	want := schemas.GenderMale
	if feminineRole(head) {
		want = schemas.GenderFemale
	}
	if neutralRole(head) {
		switch {
		case n.det == "der":
			want = schemas.GenderMale
		case n.det == "die":
			want = schemas.GenderFemale
		default:
			want = ""
		}
	}
	if l := s.last; definite && l != nil && l.Person >= 0 && want != "" && fi-s.lastFrame <= 2 && s.frames[s.lastFrame].block == f.block && s.people.people[l.Person].Gender == want {
		roles := s.people.people[l.Person].Roles
		if len(roles) == 0 && (!office(head) || s.holder(head, want, f.items[n.from].Start) < 0) || sameRole(head, strings.ToLower(strings.Join(roles, " "))) {
			x.Person, x.Name = l.Person, s.people.people[l.Person].Name
			return x
		}
	}
	holds := want
	if n.det == "die" { // die Hebamme: the article tells what the noun does not
		holds = schemas.GenderFemale
	}
	if best := s.holder(head, holds, f.items[n.from].Start); best >= 0 {
		x.Person, x.Name = best, s.people.people[best].Name
		return x
	}
	if definite && n.to == n.head+1 && !office(head) {
		p := s.before(fi, n.from, want)
		unknown := p >= 0 && s.people.people[p].Gender == "" && s.last != nil && s.last.Person == p
		if p >= 0 && (s.people.people[p].Gender == want || unknown) && (strings.HasPrefix(head, "jährig") || s.only(p, want, f.items[n.from].Start)) {
			x.Person, x.Name = p, s.people.people[p].Name
		}
	}
	return x
}

// holder is the person of the gender, "" for any, who has the role, -1 for none: of several the one whom the text has named last
// before off.
func (s *speakers) holder(head, gender string, off int) int {
	best, at := -1, -1
	for p, q := range s.people.people[:min(len(s.people.people), maxPeople)] {
		if gender != "" && q.Gender != "" && q.Gender != gender {
			continue
		}
		for _, r := range append(titleRoles(q.Title), q.Roles...) {
			if r = strings.ToLower(r); !sameRole(head, r) && !general(head, r) {
				continue
			}
			if m := s.lastMention(p, off); best < 0 || m > at {
				best, at = p, m
			}
			break
		}
	}
	return best
}

// only reports whether p is the only one of that gender whom the text has named before off; when p has no role, those who have one do
// not count, since they would be called by it.
func (s *speakers) only(p int, gender string, off int) bool {
	for o := range s.people.people[:min(len(s.people.people), maxPeople)] {
		if o != p && s.lastMention(o, off) >= 0 && !(len(s.people.people[p].Roles) == 0 && len(s.people.people[o].Roles) > 0) && (s.people.people[o].Gender == gender || s.people.people[o].Gender == "") {
			return false
		}
	}
	return true
}

// maxPeople bounds the people whose roles are compared.
const maxPeople = 400

// lastMention is the place of the last mention of person p before off, -1 for none. Mentions are in text order.
func (s *speakers) lastMention(p, off int) int {
	ms := s.people.people[p].Mentions
	i := sort.Search(len(ms), func(i int) bool { return ms[i].Start >= off })
	if i == 0 {
		return -1
	}
	return ms[i-1].Start
}

// withAttribute is the span of the role at nominal k with its complement: "ein Sprecher der Polizei", "der Leiter vom Bauhof".
func (s *speakers) withAttribute(f *frame, k int) text.Span {
	n := f.nouns[k]
	to := n.to
	if k+1 < len(f.nouns) && !n.pronoun {
		a := f.nouns[k+1]
		if a.genitive && a.from == to || a.from == to+1 && (a.prep == "von" || a.prep == "vom") && a.person < 0 {
			to = a.to
		}
	}
	return f.span(n.from, to)
}

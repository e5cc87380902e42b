package quote

import (
	"sort"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// byRole resolves a role without a name: "der Landrat", "das Stadtoberhaupt", "die Syrerin". A definite role stands for the person
// that has it; a definite human noun that is nobody's role for the nearest subject of its gender. What cannot be resolved keeps its
// words as name: "ein Sprecher der Polizei".
func (s *speakers) byRole(fi, k int, x *Speaker) *Speaker {
	f := &s.frames[fi]
	n := f.nouns[k]
	x.Method = schemas.MethodRole
	x.Name = s.doc.Slice(s.withAttribute(f, k))
	switch {
	case n.plural:
		return x
	case possessiveDet(n.det):
		return nil // "seine Geschäftspartnerin" tells by herself nobody whom a reader could find
	case n.det != "" && !pointing(n.det):
		return x
	}
	want := genderOfRole(f.items[n.head].low, n.det)
	m := f.modifierOf(k)
	for _, find := range []func(*speakers, int, nominal, modifier, string) int{(*speakers).lastHolder, (*speakers).heldBefore, (*speakers).nearestOf} {
		if p := find(s, fi, n, m, want); p >= 0 {
			x.Person, x.Name = p, s.people.people[p].Name
			break
		}
	}
	return x
}

// pointing reports whether a determiner points to somebody known.
func pointing(det string) bool {
	switch det {
	case "der", "die", "das", "dem", "den":
		return true
	}
	return strings.HasPrefix(det, "dies")
}

// genderOfRole is the gender that a lower-case role noun with its determiner tells, "" for none.
func genderOfRole(head, det string) string {
	switch {
	case neutralRole(head) && det == "der":
		return schemas.GenderMale
	case neutralRole(head) && det == "die", !neutralRole(head) && feminineRole(head):
		return schemas.GenderFemale
	case neutralRole(head):
		return ""
	}
	return schemas.GenderMale
}

// lastHolder is the last speaker, if the definite role n of the block fits, -1 for none.
func (s *speakers) lastHolder(fi int, n nominal, m modifier, want string) int {
	l := s.last
	if !pointing(n.det) || l == nil || l.Person < 0 || want == "" || !s.recent(fi) {
		return -1
	}
	p := s.people.people[l.Person]
	if p.Gender != want {
		return -1
	}
	head := s.frames[fi].items[n.head].low
	if len(p.Roles) == 0 && m.plain {
		if !office(head) || s.holder(fi, n, m, want) < 0 {
			return l.Person
		}
		return -1
	}
	if x := m.matches(head, p); x >= narrower && !m.strangerTo(p) && (x != narrower || !s.betterHeld(fi, n, m, want, x)) {
		return l.Person
	}
	return -1
}

// betterHeld reports whether somebody else's role is called by the noun rather than one that only ends alike.
func (s *speakers) betterHeld(fi int, n nominal, m modifier, want string, x matching) bool {
	h := s.holder(fi, n, m, want)
	return h >= 0 && m.matches(s.frames[fi].items[n.head].low, s.people.people[h]) != x
}

// heldBefore is the person who has the role, -1 for none.
func (s *speakers) heldBefore(fi int, n nominal, m modifier, want string) int {
	if n.det == "die" { // die Hebamme: the article tells what the noun does not
		want = schemas.GenderFemale
	}
	return s.holder(fi, n, m, want)
}

// nearestOf is the nearest subject of the gender for a human noun that is nobody's role and no office, -1 for none.
func (s *speakers) nearestOf(fi int, n nominal, m modifier, want string) int {
	f := &s.frames[fi]
	head := f.items[n.head].low
	if !pointing(n.det) || n.to != n.head+1 || office(head) || !m.plain {
		return -1
	}
	p := s.before(fi, n.from, want)
	if p < 0 {
		return -1
	}
	gender := s.people.people[p].Gender
	unknown := gender == "" && s.last != nil && s.last.Person == p
	if (gender == want || unknown) && (strings.HasPrefix(head, "jährig") || s.only(p, want, f.items[n.from].Start)) {
		return p
	}
	return -1
}

// holder is the person of the gender, "" for any, who has the role that head names at nominal n of frame fi and carries what narrows it, -1
// for none: the one whose role is called by the same words before those whose role is another word for it. Of several, who alone is named
// in this sentence or the one before; else nobody. Who carries nothing of what narrows the role is meant only if nobody else has it.
func (s *speakers) holder(fi int, n nominal, m modifier, gender string) int {
	f := &s.frames[fi]
	head, off, since := f.items[n.head].low, f.items[n.from].Start, s.frames[max(0, fi-1)].items[0].Start
	c := holders{best: -1}
	for p, q := range s.people.people[:min(len(s.people.people), maxPeople)] {
		if gender == "" || q.Gender == "" || q.Gender == gender {
			c.add(p, m.matches(head, q), s.lastMention(p, off), since)
		}
	}
	if c.best >= 0 && c.all > 1 && m.strangerTo(s.people.people[c.best]) || c.named > 1 && c.near != 1 {
		return -1
	}
	return c.best
}

// holders counts the people who have a role.
type holders struct {
	best  int      // -1 for none
	at    int      // where the best was named last, -1 for not yet
	how   matching // of the best
	all   int
	named int // those who match as well as the best and were named
	near  int // those of them who were named in this sentence or the one before
}

// add counts person p, who was named last at at; since is where the sentence before begins.
func (c *holders) add(p int, how matching, at, since int) {
	if how == noMatch {
		return
	}
	c.all++
	if how > c.how {
		c.best, c.at, c.how, c.named, c.near = p, at, how, 0, 0
	}
	if how < c.how {
		return
	}
	if at >= 0 {
		c.named++
	}
	if at >= since {
		c.near++
	}
	if at > c.at {
		c.best, c.at = p, at
	}
}

// only reports whether p is the only one of that gender whom the text has named before off; when p has no role, those who have one do
// not count, since they would be called by it.
func (s *speakers) only(p int, gender string, off int) bool {
	for o := range s.people.people[:min(len(s.people.people), maxPeople)] {
		if o == p || !s.fits(o, gender) || len(s.people.people[p].Roles) == 0 && len(s.people.people[o].Roles) > 0 {
			continue
		}
		if s.lastMention(o, off) >= 0 {
			return false
		}
	}
	return true
}

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
		if a.genitive && !dativeDet(a.det) && a.from == to || a.from == to+1 && (a.prep == "von" || a.prep == "vom") && a.person < 0 {
			to = a.to
		}
	}
	return f.span(n.from, to)
}

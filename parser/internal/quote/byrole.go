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
	case strings.HasPrefix(n.det, "sein") || strings.HasPrefix(n.det, "ihr"):
		return nil // "seine Geschäftspartnerin" tells by herself nobody whom a reader could find
	case n.det != "" && !pointing(n.det):
		return x
	}
	want := genderOfRole(f.items[n.head].low, n.det)
	for _, find := range []func(*speakers, int, nominal, string) int{(*speakers).lastHolder, (*speakers).heldBefore, (*speakers).nearestOf} {
		if p := find(s, fi, n, want); p >= 0 {
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
func (s *speakers) lastHolder(fi int, n nominal, want string) int {
	l := s.last
	if !pointing(n.det) || l == nil || l.Person < 0 || want == "" || !s.recent(fi) {
		return -1
	}
	p := s.people.people[l.Person]
	if p.Gender != want {
		return -1
	}
	f := &s.frames[fi]
	head := f.items[n.head].low
	if sameRole(head, strings.ToLower(strings.Join(p.Roles, " "))) || len(p.Roles) == 0 && (!office(head) || s.holder(head, want, f.items[n.from].Start) < 0) {
		return l.Person
	}
	return -1
}

// heldBefore is the person who has the role, -1 for none.
func (s *speakers) heldBefore(fi int, n nominal, want string) int {
	if n.det == "die" { // die Hebamme: the article tells what the noun does not
		want = schemas.GenderFemale
	}
	f := &s.frames[fi]
	return s.holder(f.items[n.head].low, want, f.items[n.from].Start)
}

// nearestOf is the nearest subject of the gender for a human noun that is nobody's role and no office, -1 for none.
func (s *speakers) nearestOf(fi int, n nominal, want string) int {
	f := &s.frames[fi]
	head := f.items[n.head].low
	if !pointing(n.det) || n.to != n.head+1 || office(head) {
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
		if a.genitive && a.from == to || a.from == to+1 && (a.prep == "von" || a.prep == "vom") && a.person < 0 {
			to = a.to
		}
	}
	return f.span(n.from, to)
}

package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// speakers attributes the passages in text order and remembers who spoke last.
type speakers struct {
	*analysis
	last      *Speaker // who spoke last, in quotation or report
	lastFrame int
	seen      int // frames whose announcements have been heard
}

// advance hears the announcements of the frames before p, so that reported speech can be continued by a quotation.
func (s *speakers) advance(p place) {
	for ; s.seen < p.frame; s.seen++ {
		f := &s.frames[s.seen]
		for k := len(f.hits) - 1; k >= 0; k-- {
			h := f.hits[k]
			if h.subject < 0 || h.verb != nil && h.verb.Class > 2 {
				continue
			}
			if sp := s.resolve(s.seen, h.subject, &f.hits[k]); sp != nil {
				s.last, s.lastFrame = sp, s.seen
			}
			break
		}
	}
}

// of attributes passage qi.
func (s *speakers) of(qi int, l link) (*Speaker, *text.Span) {
	var cue *text.Span
	var sp *Speaker
	at := s.places[qi][0]
	if l.rel != relNone && l.hit >= 0 {
		f := &s.frames[l.frame]
		h := &f.hits[l.hit]
		cue = &h.span
		if h.subject >= 0 {
			sp = s.resolve(l.frame, h.subject, h)
		}
	}
	if sp == nil && l.rel == relColon && l.hit < 0 {
		sp = s.label(at)
	}
	if sp == nil && cue == nil && s.last != nil && at.frame-s.lastFrame <= 2 {
		sp = s.again()
	}
	if sp != nil {
		s.last, s.lastFrame = sp, s.places[qi][len(s.places[qi])-1].frame
	}
	return sp, cue
}

// again is the last speaker, as one who goes on.
func (s *speakers) again() *Speaker {
	x := *s.last
	x.Method, x.Rule = schemas.MethodContinuation, "same speaker goes on"
	return &x
}

// label reads "Name, Rolle: „…“".
func (s *speakers) label(at place) *Speaker {
	f := &s.frames[at.frame]
	for k := range f.nouns {
		n := f.nouns[k]
		if n.to > at.item {
			break
		}
		if n.nominative && n.human {
			return s.resolve(at.frame, k, nil)
		}
	}
	return nil
}

// resolve turns a nominal into a speaker.
func (s *speakers) resolve(fi, k int, h *hit) *Speaker {
	f := &s.frames[fi]
	n := f.nouns[k]
	if n.pronoun && n.to == n.from+1 {
		return s.pronoun(fi, k, h)
	}
	m := f.span(n.from, n.to)
	x := &Speaker{Person: -1, Kind: schemas.SpeakerPerson, Mention: &m, Method: schemas.MethodName}
	if h != nil {
		x.Rule = h.rule
	} else {
		x.Rule = "label"
	}
	p := n.person
	if p < 0 {
		p = s.attached(f, k)
	}
	if p >= 0 {
		x.Person, x.Name = p, s.people.people[p].Name
		return x
	}
	if !n.human && !(n.det == "" && n.head > n.from && !feminine(f.items[n.head].low)) {
		x.Kind = schemas.SpeakerOrganisation
		x.Name = s.doc.Slice(f.span(f.firstUpper(n), n.head+1))
		return x
	}
	x.Name = s.bareName(f, n)
	if x.Name == "" {
		x.Method = schemas.MethodRole
		x.Name = s.doc.Slice(m)
	}
	return x
}

// attached is the person named in apposition to the role at nominal k: "der Leiter des Amtes, Anna Meier".
func (s *speakers) attached(f *frame, k int) int {
	if !f.nouns[k].human {
		return -1
	}
	for j := k + 1; j < len(f.nouns) && j < k+5; j++ {
		n := f.nouns[j]
		gap := n.from - f.nouns[j-1].to
		if gap > 2 {
			return -1
		}
		if n.person >= 0 && !n.genitive && n.prep == "" {
			return n.person
		}
	}
	return -1
}

// bareName is the name at the end of a run of capitalised words, without roles before it.
func (s *speakers) bareName(f *frame, n nominal) string {
	run := f.firstUpper(n)
	from := run
	for i := run; i < n.head; i++ {
		if it := f.items[i]; it.upper() && roleWord(it.low) || title(it.word) {
			from = i + 1
		}
	}
	if from == run && roleWord(f.items[n.head].low) && (run == n.head || roleEndings[f.items[n.head].low]) {
		return ""
	}
	return s.doc.Slice(f.span(from, n.head+1))
}

// firstUpper is the first capitalised item of the nominal that is no determiner.
func (f *frame) firstUpper(n nominal) int {
	i := n.from
	for i < n.head && (!f.items[i].upper() || i == n.from && n.det != "") {
		i++
	}
	return i
}

// title reports whether the word is an academic or social title.
func title(w string) bool {
	switch w {
	case "Herr", "Herrn", "Frau", "Sir", "Lady", "Lord":
		return true
	}
	return len(w) > 2 && strings.HasSuffix(w, ".")
}

func (s *speakers) pronoun(fi, k int, h *hit) *Speaker {
	f := &s.frames[fi]
	n := f.nouns[k]
	m := f.span(n.from, n.to)
	low := f.items[n.from].low
	if low == "sie" && h != nil && h.plural {
		return &Speaker{Person: -1, Kind: schemas.SpeakerPerson, Mention: &m, Method: schemas.MethodPronoun, Name: "sie", Rule: "sie, plural"}
	}
	want := schemas.GenderMale
	if low == "sie" || strings.HasSuffix(low, "e") {
		want = schemas.GenderFemale
	}
	for b := fi; b >= 0 && b > fi-6; b-- {
		g := &s.frames[b]
		for j := range g.nouns {
			c := g.nouns[j]
			if b == fi && c.from >= n.from {
				break
			}
			if c.person >= 0 && c.prep == "" && !c.genitive {
				if gd := s.people.people[c.person].Gender; gd == "" || gd == want {
					return &Speaker{Person: c.person, Kind: schemas.SpeakerPerson, Mention: &m, Method: schemas.MethodPronoun, Name: s.people.people[c.person].Name, Rule: h.rule}
				}
			}
		}
	}
	return &Speaker{Person: -1, Kind: schemas.SpeakerPerson, Mention: &m, Method: schemas.MethodPronoun, Name: s.doc.Slice(m), Rule: "pronoun"}
}

package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/person"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// ruleSpeaks is the evidence for people that only their words show: „…“, sagte Wibkea Lohmeier.
const ruleSpeaks = "speaks"

// WithSpeakers gives the people of a text with those who speak in it and whom nothing but their words shows, and makes the quotes point to
// them: whoever says something under a full name is somebody.
func WithSpeakers(d *text.Doc, people []person.Person, qs []Quote) []person.Person {
	at := map[string]int{}
	for i := range qs {
		sp := qs[i].Speaker
		if sp == nil || sp.Person >= 0 || sp.Kind != schemas.SpeakerPerson || sp.Method != schemas.MethodName && sp.Method != schemas.MethodSurname {
			continue
		}
		k := strings.LastIndexByte(sp.Name, ' ')
		if k < 0 || sp.Mention == nil || !personal(sp.Name[:k], sp.Name[k+1:]) {
			continue
		}
		p, ok := at[sp.Name]
		if !ok {
			p = len(people)
			at[sp.Name] = p
			people = append(people, person.Person{Name: sp.Name, Given: sp.Name[:k], Family: sp.Name[k+1:]})
		}
		sp.Person = p
		if m := within(d, *sp.Mention, sp.Name, sp.Name[k+1:]); m.Len() > 0 {
			people[p].Mentions = append(people[p].Mentions, person.Mention{Span: m, Full: *sp.Mention, Surname: m.Len() < len(sp.Name), Rule: ruleSpeaks})
		}
	}
	return people
}

// personal reports whether the words before the last one and the last one can be a human being's name: a common noun is a surname behind
// a given name only, and McCains Kampagne is nobody.
func personal(before, last string) bool {
	first, _, _ := strings.Cut(before, " ")
	_, given := german.GivenName(first)
	return given || !german.CommonNounForm(strings.ToLower(last)) || german.Is(last, german.Surname)
}

// within is the place of the first of the words that stands in s.
func within(d *text.Doc, s text.Span, words ...string) text.Span {
	for _, w := range words {
		if i := strings.Index(d.Slice(s), w); i >= 0 {
			return text.Span{Start: s.Start + i, End: s.Start + i + len(w)}
		}
	}
	return text.Span{}
}

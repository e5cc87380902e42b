package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/schemas"
)

// aside reads the source in brackets right behind the passage, „…“ (Anna Meier, SPD), or before a passage in brackets: Anna Meier
// („…“).
func (s *speakers) aside(qi int) *Speaker {
	first, last := s.places[qi][0], s.places[qi][len(s.places[qi])-1]
	if k := s.bracket(first, last); k >= 0 {
		sp := s.resolve(first.frame, k, nil)
		if sp != nil {
			sp.Rule = ruleBrackets
		}
		return sp
	}
	f := &s.frames[last.frame]
	if n := last.frame + 1; last.item == len(f.items)-1 && n < len(s.frames) && s.frames[n].block == f.block && s.frames[n].at(0).word == "(" {
		g := &s.frames[n]
		if len(g.nouns) > 0 && g.nouns[0].from == 1 && (g.nouns[0].person >= 0 || g.nouns[0].prep == "" && g.body(g.nouns[0])) {
			if sp := s.resolve(n, 0, nil); sp != nil {
				sp.Rule = ruleBrackets
				return sp
			}
		}
	}
	return nil
}

// label reads "Name, Rolle: „…“", and a sentence with one subject that ends in a colon.
func (s *speakers) label(at place) *Speaker {
	f := &s.frames[at.frame]
	if len(f.nouns) > 0 && f.nouns[0].from == 0 && german.Ends(f.items[f.nouns[0].head].low, german.Verdict) { // "Sein Rat an alle:" names no councillor
		if sp := s.possessive(at); sp != nil {
			return sp
		}
	}
	if len(f.nouns) > 0 && f.nouns[0].prep == "für" && f.nouns[0].from == 1 && f.nouns[0].person >= 0 && f.finiteVerb() < 0 { // Für X ein Gewinn: „…“
		if sp := s.resolve(at.frame, 0, nil); sp != nil {
			sp.Rule = ruleForX
			return sp
		}
	}
	best := -1
	for k := f.nounAfter(max(0, at.item-window)); k < len(f.nouns) && f.nouns[k].to <= at.item; k++ {
		n := f.nouns[k]
		if !n.nominative || !n.human && (n.from > 0 || s.family(f, n) < 0) {
			continue
		}
		best = k
		break
	}
	if best < 0 {
		return s.possessive(at)
	}
	if n := f.nouns[best]; n.pronoun && f.items[n.from].low == "sie" && f.pluralVerb() {
		return nil
	}
	sp := s.resolve(at.frame, best, nil)
	if sp != nil {
		sp.Rule = ruleLabel
	}
	return sp
}

// wordOf reads ruleWordOf at the place of a passage; it reports false where nobody is cited. Who is cited is not who speaks.
func (s *speakers) wordOf(at place) (*Speaker, bool) {
	f := &s.frames[at.frame]
	k := f.nounAfter(at.item) - 1
	if f.at(at.item-1).word != ":" || k < 1 || f.nouns[k].to != at.item-1 || f.nouns[k].prep != "von" {
		return nil, false
	}
	n := f.nouns[k-1]
	if n.to != f.nouns[k].from-1 || !german.Is(f.items[n.head].low, german.Saying) {
		return nil, false
	}
	sp := s.resolve(at.frame, k, nil)
	if sp == nil || sp.unknown {
		return nil, true
	}
	sp.Rule = ruleWordOf
	return sp, true
}

// possessive reads ruleVerdict.
func (s *speakers) possessive(at place) *Speaker {
	f := &s.frames[at.frame]
	if at.item > longestBreak || len(f.nouns) == 0 || f.nouns[0].from != 0 {
		return nil
	}
	if !possessiveDet(f.nouns[0].det) {
		return nil
	}
	m := f.span(0, 1)
	return s.ownersWord(at.frame, f.nouns[0], &Speaker{Person: -1, Kind: schemas.SpeakerPerson, Mention: &m, Rule: ruleVerdict})
}

// possessiveDet reports whether a determiner is sein, ihr in any case.
func possessiveDet(det string) bool {
	return strings.HasPrefix(det, "sein") || strings.HasPrefix(det, "ihr")
}

// ownersWord gives the person whose word nominal n is: sein Fazit, ihr Appell.
func (s *speakers) ownersWord(fi int, n nominal, x *Speaker) *Speaker {
	want := schemas.GenderMale
	if strings.HasPrefix(n.det, "ihr") {
		want = schemas.GenderFemale
	}
	p := s.before(fi, n.from, want)
	if p < 0 {
		return nil
	}
	x.Name, x.Person, x.Method = s.people.people[p].Name, p, schemas.MethodPronoun
	return x
}

// pluralVerb reports whether the frame's first finite auxiliary or cue is plural.
func (f *frame) pluralVerb() bool {
	for _, it := range f.items[:min(len(f.items), window)] {
		if it.is(german.AuxPlural) || it.is(german.ModalPlural) {
			return true
		}
		if it.is(german.AuxSingular) || it.is(german.ModalSingular) {
			return false
		}
	}
	return false
}

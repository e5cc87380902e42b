package quote

import (
	"testing"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/person"
)

// situationIn is what the words around the first passage of a text tell.
func situationIn(s string) situation {
	d := paragraphs(s)
	a := analyse(d, person.Find(d, nil))
	return a.situationOf(0)
}

// TestSituation asks each question with a text that it is answered yes for, and one that looks like it and is answered no.
func TestSituation(t *testing.T) {
	for _, tt := range []struct {
		question string
		yes, no  string
		holds    func(s situation) bool
	}{
		{"begins the sentence", "„Es regnet“, sagte sie.", "Sie sagte „Es regnet“.", func(s situation) bool { return s.start }},
		{"is the whole sentence", "„Es regnet“.", "„Es regnet“, sagte sie.", func(s situation) bool { return s.alone }},
		{"a colon before", "Sie sagte: „Es regnet“.", "Sie sagte „Es regnet“.", func(s situation) bool { return s.colon }},
		{"a naming noun before", "Das Projekt „Regen“ ist neu.", "Der Regen „Regen“ ist neu.", func(s situation) bool { return s.trigger }},
		{"a compound of one", "Das Wasserprojekt „Regen“ ist neu.", "Das Wasser „Regen“ ist neu.", func(s situation) bool { return s.trigger }},
		{"another noun before", "Das Wasser „Regen“ ist neu.", "Das „Regen“ ist neu.", func(s situation) bool { return s.noun }},
		{"a definite article before", "Sie mag den „Regen“.", "Sie mag einen „Regen“.", func(s situation) bool { return s.definite }},
		{"a contraction before", "Sie steht im „Regen“.", "Sie steht mit „Regen“.", func(s situation) bool { return s.definite }},
		{"an indefinite one", "Sie mag einen „Regen“.", "Sie mag den „Regen“.", func(s situation) bool { return s.indefinite }},
		{"a preposition before", "Sie steht mit „Regen“.", "Sie steht im „Regen“.", func(s situation) bool { return s.preposition }},
		{"für … hält", "Sie hält das für „völlig falsch“.", "Sie steht für „völlig falsch“.", func(s situation) bool { return s.as }},
		{"a slogan", "Unter Rufen wie „Es regnet“ zogen sie ab.", "Unter Bäumen wie „Es regnet“ zogen sie ab.", func(s situation) bool { return s.slogan }},
		{"so-called", "Die sogenannte „Regenzeit“ ist da.", "Die nasse „Regenzeit“ ist da.", func(s situation) bool { return s.socalled }},
		{"under a title", "Unter dem Titel vom „Regen“ las sie.", "Unter dem Dach vom „Regen“ las sie.", func(s situation) bool { return s.socalled }},
		{"dass before", "Sie sagte, dass „es regnet“.", "Sie sagte, als „es regnet“.", func(s situation) bool { return s.that }},
		{"in a clause of dass", "Sie sagte, dass es „sehr regnet“.", "Sie sagte, es „sehr regnet“.", func(s situation) bool { return s.inClause }},
		{"als before", "Sie gilt als „kluge Frau“.", "Sie ist eine „kluge Frau“.", func(s situation) bool { return s.predicate }},
		{"reported mood", "Das sei „sehr nass“, sagte sie.", "Das ist „sehr nass“, sagte sie.", func(s situation) bool { return s.reported }},
		{"a comma after", "„Es regnet“, sagte sie.", "„Es regnet“ sagte sie.", func(s situation) bool { return s.apart }},
		{"a noun after", "Der „schnelle“ Regen kam.", "Der „schnelle“ und nasse Regen kam.", func(s situation) bool { return s.nounAfter }},
		{"a hyphen after", "Die „Regen“-Gruppe tagt.", "Die „Regen“ – Gruppe tagt.", func(s situation) bool { return s.compound }},
		{"für X ist", "Für Petra Lohmann ist das „sehr nass“.", "Für den Garten ist das „sehr nass“.", func(s situation) bool { return s.forWhom }},
		{"a person in brackets", "Das ist „sehr nass“ (Petra Lohmann).", "Das ist „sehr nass“ (2024).", func(s situation) bool { return s.bracketed }},
		{
			"the next sentence looks back",
			"„Es regnet“. So formulierte es Petra Lohmann.",
			"„Es regnet“. Gestern formulierte es Petra Lohmann.",
			func(s situation) bool { return s.next },
		},
		{
			"an announcement behind",
			"„Es regnet“, sagte Petra Lohmann.",
			"„Es regnet“, und Petra Lohmann ging.",
			func(s situation) bool { return s.link.rel == relAfter && s.human },
		},
		{
			"an announcement with a colon",
			"Petra Lohmann sagte: „Es regnet“.",
			"Petra Lohmann sagte nichts. „Es regnet“.",
			func(s situation) bool { return s.link.rel == relColon && s.human },
		},
		{
			"an announcement in the sentence",
			"Petra Lohmann nannte es „sehr nass“.",
			"Petra Lohmann aß „sehr nass“.",
			func(s situation) bool { return s.link.rel == relInside },
		},
		{
			"a verb of naming",
			"Petra Lohmann nannte es „sehr nass“.",
			"Petra Lohmann sagte „sehr nass“.",
			func(s situation) bool { return s.called && s.class == german.Call },
		},
		{
			"als behind a verb of naming",
			"Petra Lohmann bezeichnete es als „sehr nass“.",
			"Petra Lohmann bezeichnete „sehr nass“ so.",
			func(s situation) bool { return s.called },
		},
		{"so X", "„Es regnet“, so Petra Lohmann.", "„Es regnet“, sagte Petra Lohmann.", func(s situation) bool { return s.so }},
		{"laut X", "Laut Petra Lohmann ist es „sehr nass“.", "Sehr laut ist es „sehr nass“.", func(s situation) bool { return s.source == byLaut }},
	} {
		t.Run(tt.question, func(t *testing.T) {
			if s := situationIn(tt.yes); !tt.holds(s) {
				t.Errorf("no for %s: %+v", tt.yes, s)
			}
			if s := situationIn(tt.no); tt.holds(s) {
				t.Errorf("yes for %s: %+v", tt.no, s)
			}
		})
	}
}

func TestEveryQuestionIsAboutSomething(t *testing.T) {
	seen := map[string]bool{}
	for _, q := range questions {
		if q.about == "" || q.ask == nil || seen[q.about] {
			t.Errorf("question %q", q.about)
		}
		seen[q.about] = true
	}
}

// TestFeatures holds the table of weights: every feature named once, its share a percentage, and a sum that grows with it if its weight does.
func TestFeatures(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range features {
		if f.name == "" || seen[f.name] || f.weight == 0 || f.holds == nil || f.share < 0 || f.share > 100 || f.seen < 0 {
			t.Errorf("feature %+v", f)
		}
		seen[f.name] = true
	}
	if got := weigh(&evidence{inner: inner{words: 3}}); got != bias {
		t.Errorf("without evidence the sum is %v, want the bias %v", got, bias)
	}
	if got := weigh(&evidence{inner: inner{words: 3, first: true}}); got <= bias {
		t.Errorf("ich and wir do not speak for speech: %v", got)
	}
}

func TestInner(t *testing.T) {
	for _, tt := range []struct {
		in    string
		words int
		holds func(in inner) bool
		not   string // a passage for which it does not hold
	}{
		{"Wir bauen.", 2, func(in inner) bool { return in.first && in.finite && in.terminal }, "Bau"},
		{"sehr nass", 2, func(in inner) bool { return in.lower }, "Sehr nass"},
		{"Der Regen im Mai", 4, func(in inner) bool { return in.title }, "Der Regen kommt"},
		{"Es regnet. Wir gehen", 4, func(in inner) bool { return in.sentence && !in.terminal }, "Es regnet"},
		{"weil es regnet", 3, func(in inner) bool { return in.clause }, "es regnet"},
		{"The best of the day", 5, func(in inner) bool { return in.foreign }, "Der beste von allen"},
		{"ich gehe", 2, func(in inner) bool { return in.finite }, "Der Weg"},
	} {
		d := paragraphs("Dann „" + tt.in + "“, sagte sie.")
		in := innerOf(d, scan(d)[0])
		if in.words != tt.words || !tt.holds(in) {
			t.Errorf("%q: %+v", tt.in, in)
		}
		d = paragraphs("Dann „" + tt.not + "“, sagte sie.")
		if in := innerOf(d, scan(d)[0]); tt.holds(in) {
			t.Errorf("%q: %+v", tt.not, in)
		}
	}
}

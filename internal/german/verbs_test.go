package german

import "testing"

func TestReporting(t *testing.T) {
	tests := []struct {
		form, lemma string
		want        Form
		split       bool
	}{
		{"sagte", "sagen", Singular, false},
		{"sagten", "sagen", Plural, false},
		{"sagt", "sagen", Singular, false},
		{"sagen", "sagen", Plural | Infinitive, false},
		{"sage", "sagen", Subjunctive, false},
		{"gesagt", "sagen", PastForm, false},
		{"erklärt", "erklären", Singular | PastForm, false},
		{"berichtet", "berichten", Singular | PastForm, false},
		{"kommentiert", "kommentieren", Singular | PastForm, false},
		{"kommentierte", "kommentieren", Singular, false},
		{"widersprach", "widersprechen", Singular, false},
		{"teilte", "mitteilen", Singular, true},
		{"mitteilte", "mitteilen", Singular, false},
		{"mitgeteilt", "mitteilen", PastForm, false},
		{"mitzuteilen", "mitteilen", Infinitive, false},
		{"fügt", "hinzufügen", Singular, true},
		{"hob", "hervorheben", Singular, true},
		{"hoben", "hervorheben", Plural, true},
		{"hervorgehoben", "hervorheben", PastForm, false},
		{"gab", "bekanntgeben", Singular, true},
		{"nannten", "nennen", Plural, false},
		{"genannt", "nennen", PastForm, false},
		{"verdeutlicht", "verdeutlichen", Singular | PastForm, false},
		{"schilderte", "schildern", Singular, false},
		{"geschildert", "schildern", PastForm, false},
		{"bedauert", "bedauern", Singular | PastForm, false},
		{"bezeichnete", "bezeichnen", Singular, false},
		{"heisst", "heißen", Singular, false},
		{"äusserte", "äußern", Singular, false},
		{"tadle", "tadeln", Subjunctive, false},
		{"unterstrich", "unterstreichen", Singular, false},
		{"schlussfolgerte", "schlussfolgern", Singular, false},
	}
	for _, tt := range tests {
		found := false
		for _, r := range Reporting(tt.form) {
			if r.Verb.Lemma == tt.lemma {
				found = true
				if r.Form != tt.want || r.Split != tt.split {
					t.Errorf("Reporting(%q) reads %s as form %b, split %v; want %b, %v", tt.form, tt.lemma, r.Form, r.Split, tt.want, tt.split)
				}
			}
		}
		if !found {
			t.Errorf("Reporting(%q) does not know %s", tt.form, tt.lemma)
		}
	}
	for _, w := range []string{"gehst", "haus", "", "mit", "Sagte"} {
		if r := Reporting(w); r != nil {
			t.Errorf("Reporting(%q) = %v, want none", w, r)
		}
	}
}

func TestVerbsAreComplete(t *testing.T) {
	seen := map[string]bool{}
	verbs := map[*Verb]bool{}
	for form, rs := range reporting() {
		if form == "" || form[0] == '|' {
			t.Errorf("form %q", form)
		}
		for _, r := range rs {
			verbs[r.Verb] = true
			if r.Form == 0 {
				t.Errorf("%q of %s has no form", form, r.Verb.Lemma)
			}
		}
	}
	for v := range verbs {
		if seen[v.Lemma] {
			t.Errorf("%s is listed twice", v.Lemma)
		}
		seen[v.Lemma] = true
	}
	if len(verbs) < 200 {
		t.Errorf("%d verbs, want at least 200", len(verbs))
	}
}

func TestConjugateRefuses(t *testing.T) {
	for _, row := range [][]string{
		{"sagen", "say", "-"},
		{"sagen", "tell", "-", "-"},
		{"Haus", "say", "-", "-"},
		{"geben", "say", "-", "gibt gab"},
	} {
		if c, err := conjugate(row); err == nil {
			t.Errorf("%q reads as %+v, want an error", row, c)
		}
	}
}

func TestSubjectsOfVerbs(t *testing.T) {
	for form, want := range map[string]Class{
		"betonte": Speaks, "teilt": Speaks, "prophezeite": Speaks, "studierte": Acts, "wuchs": Acts, "begann": Things, "darf": Things, "wurde": Things,
	} {
		if !Is(form, want) {
			t.Errorf("%s is not among the verbs that are %s", form, classes[want].name)
		}
	}
	for _, form := range []string{"betonen", "betonten", "regnete", "mitteilt", "Betonte"} {
		if s := Of(form); s.Any(SetOf(Speaks, Acts, Things)) {
			t.Errorf("%s is taken for a form of the third person singular whose subject is known", form)
		}
	}
}

func TestThinkingVerbs(t *testing.T) {
	if !Reporting("glaubte")[0].Verb.Thinks || Reporting("sagte")[0].Verb.Thinks {
		t.Error("glauben is thinking, sagen is not")
	}
}

package cue

import "testing"

func TestLookup(t *testing.T) {
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
		{"gesagt", "sagen", Participle, false},
		{"erklärt", "erklären", Singular | Participle, false},
		{"berichtet", "berichten", Singular | Participle, false},
		{"kommentiert", "kommentieren", Singular | Participle, false},
		{"kommentierte", "kommentieren", Singular, false},
		{"widersprach", "widersprechen", Singular, false},
		{"teilte", "mitteilen", Singular, true},
		{"mitteilte", "mitteilen", Singular, false},
		{"mitgeteilt", "mitteilen", Participle, false},
		{"mitzuteilen", "mitteilen", Infinitive, false},
		{"fügt", "hinzufügen", Singular, true},
		{"hob", "hervorheben", Singular, true},
		{"hoben", "hervorheben", Plural, true},
		{"hervorgehoben", "hervorheben", Participle, false},
		{"gab", "bekanntgeben", Singular, true},
		{"nannten", "nennen", Plural, false},
		{"genannt", "nennen", Participle, false},
		{"verdeutlicht", "verdeutlichen", Singular | Participle, false},
		{"schilderte", "schildern", Singular, false},
		{"geschildert", "schildern", Participle, false},
		{"bedauert", "bedauern", Singular | Participle, false},
		{"bezeichnete", "bezeichnen", Singular, false},
		{"heisst", "heißen", Singular, false},
		{"äusserte", "äußern", Singular, false},
		{"tadle", "tadeln", Subjunctive, false},
		{"unterstrich", "unterstreichen", Singular, false},
		{"schlussfolgerte", "schlussfolgern", Singular, false},
	}
	for _, tt := range tests {
		found := false
		for _, r := range Lookup(tt.form) {
			if r.Verb.Lemma == tt.lemma {
				found = true
				if r.Form != tt.want || r.Split != tt.split {
					t.Errorf("Lookup(%q) reads %s as form %b, split %v; want %b, %v", tt.form, tt.lemma, r.Form, r.Split, tt.want, tt.split)
				}
			}
		}
		if !found {
			t.Errorf("Lookup(%q) does not know %s", tt.form, tt.lemma)
		}
	}
	for _, w := range []string{"gehst", "haus", "", "mit", "Sagte"} {
		if r := Lookup(w); r != nil {
			t.Errorf("Lookup(%q) = %v, want none", w, r)
		}
	}
}

func TestLexiconForms(t *testing.T) {
	seen := map[string]bool{}
	verbs := map[*Verb]bool{}
	for form, rs := range lexicon() {
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

func TestWordsPanicsOnUnknownList(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Words of an unknown list did not panic")
		}
	}()
	Words("no such list")
}

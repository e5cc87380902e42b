package german

import (
	"slices"
	"strings"
	"testing"
)

func TestEnds(t *testing.T) {
	for _, tt := range []struct {
		word  string
		class Class
		want  bool
	}{
		{"verband", Body, true},
		{"sportverband", Body, true},
		{"sportverbands", Body, true},
		{"sportverbandes", Body, true},
		{"kreisverwaltungen", Body, true},
		{"verbandelt", Body, false},
		{"rat", Body, true},
		{"vorrat", Body, false}, // ends of three bytes are no compound's
		{"vorrat", Human, true}, // but those of people are; the caller knows better
		{"tierärztinnen", Human, true},
		{"bachelorarbeit", Human, false},
		{"pressemitteilung", Document, true},
		{"kulturprojekts", Naming, true},
		{"", Body, false},
	} {
		if got := Ends(tt.word, tt.class); got != tt.want {
			t.Errorf("Ends(%q, %s) = %v", tt.word, classes[tt.class].name, got)
		}
	}
}

func TestHead(t *testing.T) {
	for _, tt := range []struct {
		word, want string
		class      Class
	}{
		{"sportverband", "verband", Body},
		{"landkreis", "landkreis", Body},
		{"kleinlandkreis", "landkreis", Body},
		{"baum", "", Body},
		{"anmeldung", "ung", Feminine},
		{"", "", Body},
	} {
		if got := Head(tt.word, tt.class); got != tt.want {
			t.Errorf("Head(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestAdjectives(t *testing.T) {
	for w, want := range map[string]string{"neue": "neu", "neuen": "neu", "neuer": "neu", "neues": "neu", "neuem": "neu"} {
		if stem, ok := AdjectiveStem(w); !ok || stem != want {
			t.Errorf("AdjectiveStem(%q) = %q, %v", w, stem, ok)
		}
	}
	if stem, ok := AdjectiveStem("klug"); ok || stem != "klug" {
		t.Errorf("klug has lost its end: %q", stem)
	}
	for _, w := range []string{"kleine", "alten", "runder"} {
		if !Adjectival(w) {
			t.Errorf("%s is no adjective", w)
		}
	}
	for _, w := range []string{"über", "immer", "wurde", "der", "des", "klug", "neu"} {
		if Adjectival(w) {
			t.Errorf("%s is an adjective", w)
		}
	}
}

func TestGenitives(t *testing.T) {
	for name, want := range map[string]string{"Anna": "Annas", "Hans": "Hans’", "Max": "Max’", "Heinz": "Heinz’", "Groß": "Groß’", "": ""} {
		if got := Genitive(name); got != want {
			t.Errorf("Genitive(%q) = %q, want %q", name, got, want)
		}
	}
	for form, want := range map[string]string{"Annas": "Anna", "Hans’": "Hans", "Max'": "Max", "Anna's": "Anna", "Jörg’s": "Jörg", "Anna": "Anna"} {
		if got := DropGenitive(form); got != want {
			t.Errorf("DropGenitive(%q) = %q, want %q", form, got, want)
		}
	}
	for _, w := range []string{"Lohmanns", "Annas’", "Franz", "Marx"} {
		if !PossibleGenitive(w) {
			t.Errorf("%s cannot be a genitive", w)
		}
	}
	for w, want := range map[string]bool{"Lohmanns": true, "Behrs": true, "Peters": false, "Michels": false, "Jonas": false, "Jensens": false, "Lohmann": false} {
		if SurelyGenitive(w) != want {
			t.Errorf("SurelyGenitive(%s) = %v", w, !want)
		}
	}
	if got := genitives("Verband", "m"); !slices.Equal(got, []string{"Verbands", "Verbandes"}) {
		t.Errorf("genitives of Verband: %q", got)
	}
	if got := genitives("Schule", "f"); got != nil {
		t.Errorf("genitives of Schule: %q", got)
	}
}

func TestCommonNoun(t *testing.T) {
	for _, w := range []string{"verwaltung", "freiheit", "schulanfang"} {
		if !CommonNoun(w) {
			t.Errorf("%s is no common noun", w)
		}
	}
	for _, w := range []string{"meier", "kowalski", "", "öztürk"} {
		if CommonNoun(w) {
			t.Errorf("%s is a common noun", w)
		}
	}
	for w, want := range map[string]bool{"zugangs": true, "schiffes": true, "meiers": false} {
		if CommonNounForm(w) != want {
			t.Errorf("CommonNounForm(%s) = %v", w, !want)
		}
	}
}

func TestParticiplePrefix(t *testing.T) {
	for w, want := range map[string]bool{"Begeistert": true, "Überrascht": true, "Verärgert": true, "Berta": false, "Kristen": false, "Be": false, "": false} {
		if ParticiplePrefix(w) != want {
			t.Errorf("ParticiplePrefix(%s) = %v", w, !want)
		}
	}
}

func TestFeminineNoun(t *testing.T) {
	for w, want := range map[string]bool{
		"verwaltung": true, "leiterin": true, "politik": true, "polizei": true, "gemeinschaft": true, "region": true, "malerin": true,
		"leseverein": false, "verein": false, "grundstein": false, "titelbild": false, "stadion": false, "abitur": false, "termin": false, "haus": false,
	} {
		if got := FeminineNoun(w); got != want {
			t.Errorf("FeminineNoun(%s) = %v", w, got)
		}
	}
}

func TestNominatives(t *testing.T) {
	for w, want := range map[string]string{"lohmanns": "lohmann", "hans’": "hans", "max'": "max", "anna's": "anna anna'", "lohmann": ""} {
		if got := strings.Join(slices.Collect(Nominatives(w)), " "); got != want {
			t.Errorf("Nominatives(%s) = %q, want %q", w, got, want)
		}
	}
}

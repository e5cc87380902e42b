package german

import (
	"strings"
	"testing"
)

func TestGivenNames(t *testing.T) {
	count := map[Gender]int{}
	for _, g := range givenNames() {
		count[g.Gender]++
	}
	if count[Female] < 1000 || count[Male] < 1000 || count[AnyGender] < 20 {
		t.Errorf("given names: %v", count)
	}
	n := 0
	for row := range rows("names") {
		n += len(strings.Fields(row[3]))
		if row[0] == "-" || row[2] != "-" && row[2] != "weak" {
			t.Errorf("row %q", row[:3])
		}
	}
	if n != len(givenNames()) {
		t.Errorf("%d names stand in the file, %d of them once", n, len(givenNames()))
	}
	for name, want := range map[string]Given{
		"Anna": {Female, false, true}, "Jürgen": {Male, false, true}, "Kim": {AnyGender, false, true}, "Ayşe": {Female, false, false}, "Iris": {Female, true, true},
	} {
		if got, ok := GivenName(name); !ok || got != want {
			t.Errorf("%s: %+v %v, want %+v", name, got, ok, want)
		}
	}
	for _, w := range []string{"anna", "Xylkq", ""} {
		if g, ok := GivenName(w); ok {
			t.Errorf("%q is a given name: %+v", w, g)
		}
	}
}

func TestTitles(t *testing.T) {
	for w, want := range map[string]Title{
		"Dr": {Academic, AnyGender}, "med": {Degree, AnyGender}, "Frau": {Salutation, Female}, "Herrn": {Salutation, Male}, "MdB": {After, AnyGender},
		"Lady": {Style, AnyGender}, "Haus": {},
	} {
		if got := TitleOf(w); got != want {
			t.Errorf("%s: %+v, want %+v", w, got, want)
		}
	}
}

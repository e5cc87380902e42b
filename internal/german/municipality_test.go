package german

import (
	"slices"
	"strings"
	"testing"
)

func TestMunicipality(t *testing.T) {
	for w, want := range map[string]bool{
		"Aachen": true, "Zwönitz": true, "Dürens": true, "Düren": true, "Rotenburg": true, "München": true, "Karlsruhe": true,
		"": false, "A": false, "Zzz": false, "düren": false, "Landrätin": false, "#": false, "Names": false, "Aachen\nAalen": false,
	} {
		if got := Municipality(w); got != want {
			t.Errorf("Municipality(%q) = %v", w, got)
		}
	}
}

// Every name must be found, the first and the last of the list too; that wants the order of bytes.
func TestMunicipalitiesAreSorted(t *testing.T) {
	names := strings.Fields(municipalityNames())
	if len(names) < 6000 || !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Fatalf("%d names, sorted: %v", len(names), slices.IsSorted(names))
	}
	for _, n := range names {
		if !listed(municipalityNames(), n) {
			t.Errorf("%s is not found", n)
		}
	}
	if !strings.Contains(municipalities, "# Source: ") || !strings.Contains(municipalities, "# Licence") {
		t.Error("the list does not tell its source and licence")
	}
}

package lazy

import (
	"regexp"
	"slices"
	"testing"
)

// What is derived must hold of every match, and say something where a reader of the pattern sees that it can.
func TestDerive(t *testing.T) {
	for pattern, want := range map[string][]string{
		`(?i)foto|bild`:                        {"foto", "bild"},
		`(?i)^\s*(?:bild|foto)[- ]?nachweise?`: {"bild-nachweis", "bild nachweis", "bildnachweis", "foto-nachweis", "foto nachweis", "fotonachweis"},
		`(?i)veröffentlicht`:                   {"verÖffentlicht", "veröffentlicht"},
		`\d+`:                                  nil,
		`(?i)(?:können|dürfen) .{0,9}\d`:       {"dÜrfen ", "dürfen ", "kÖnnen ", "können "},
		`(?i)äöüäöü`:                           nil,
		`(?i)ab.*|\d`:                          nil,
		`(?i)am.{0,4}freitag`:                  {"freitag"},
		`(?:©|\(c\))\s*2024`:                   {"2024"},
		`a?`:                                   nil,
		`^(?:b?|abc.*)$`:                       nil,
	} {
		n := derive(pattern)
		var got []string
		for c, l := range n.first {
			if c < 'A' || c > 'Z' {
				got = append(got, l...)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if pattern == `(?i)^\s*(?:bild|foto)[- ]?nachweise?` { // with and without the last letter
			got = slices.DeleteFunc(got, func(s string) bool { return s[len(s)-1] == 'e' })
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s needs %q, want %q", pattern, got, want)
		}
	}
}

// The text is searched first, and that changes no answer.
func FuzzNeeds(f *testing.F) {
	f.Add(`(?i)foto|(?:bild)er?`, "Das BILD.")
	f.Add(`(?i)stra(?:ss|ß)e`, "Straße")
	f.Add(`(?i)kasse`, "KaſſE")
	f.Add(`(?i)[aä]nner`, "jÄnner")
	f.Add(`a(b|c)?d+`, "acdd")
	f.Fuzz(func(t *testing.T, pattern, s string) {
		re, err := regexp.Compile(pattern)
		if err != nil || len(pattern) > 200 {
			return
		}
		if got, want := MustCompile(pattern).MatchString(s), re.MatchString(s); got != want {
			t.Fatalf("%q on %q: %v, want %v", pattern, s, got, want)
		}
	})
}

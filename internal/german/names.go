package german

import (
	"strings"
	"sync"
)

// Given is a given name.
type Given struct {
	Gender Gender // AnyGender for names of women and men
	Weak   bool   // also another word: alone it names nobody
	Local  bool   // of German or northern origin: its bearers rarely have two family names
}

// GivenName looks a given name up as written.
func GivenName(w string) (Given, bool) {
	g, ok := givenNames()[w]
	return g, ok
}

var givenNames = sync.OnceValue(loadGivenNames)

func loadGivenNames() map[string]Given {
	m := make(map[string]Given, 8000)
	for row := range rows("names") {
		g := Given{Gender: genders[row[1]], Weak: row[2] == "weak", Local: strings.Contains(row[0], "german") || strings.Contains(row[0], "nordic")}
		for name := range strings.FieldsSeq(row[3]) {
			m[name] = g
		}
	}
	return m
}

var genders = map[string]Gender{"f": Female, "m": Male, "n": Neuter}

// Address sorts the words that stand before and after names.
type Address uint8

// Sorts of address.
const (
	Academic   Address = iota + 1 // Dr., Prof.
	Degree                        // med., rer. nat.: only among academic titles
	Salutation                    // Herr, Frau
	Style                         // Lady: part of the name
	After                         // MdB: behind the name
)

var addresses = map[string]Address{"academic": Academic, "degree": Degree, "salutation": Salutation, "style": Style, "after": After}

// Title is a title, degree, salutation or style with the gender it tells.
type Title struct {
	Address Address
	Gender  Gender
}

// TitleOf looks a title up as written, without its full stop.
func TitleOf(w string) Title { return titles()[w] }

var titles = sync.OnceValue(func() map[string]Title {
	m := map[string]Title{}
	for row := range rows("titles") {
		m[row[0]] = Title{addresses[row[1]], genders[row[2]]}
	}
	return m
})

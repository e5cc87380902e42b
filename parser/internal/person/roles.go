package person

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/schemas"
)

// role is a role noun as found in a token.
type role struct {
	german.RoleForm
	gender string // what the form itself shows, "" when it may be either
	prefix string // what stands before the noun in a compound, as written: "CDU-Fraktions", "Kinderschutz"
	marked bool   // a gender-neutral form: Leiter*in, LeiterIn
}

// nominative gives the noun in the nominative for a person of the gender, with its prefix; the form as written when that is unknown.
func (r role) nominative(written, gender string) string {
	w := r.Masculine
	if gender == schemas.GenderFemale {
		w = r.Feminine
	}
	if r.marked || w == "" || gender == "" && (r.Adjective || r.Plural || r.Either) {
		return written
	}
	if gender == "" && r.gender == schemas.GenderFemale {
		w = r.Feminine
	}
	if r.prefix != "" && !strings.HasSuffix(r.prefix, "-") {
		return r.prefix + w
	}
	c, n := utf8.DecodeRuneInString(w)
	return r.prefix + string(unicode.ToUpper(c)) + w[n:]
}

// readRole reads a token as a role noun or a compound that ends with one.
func readRole(w string) (role, bool) {
	if len(w) > maxWord {
		return role{}, false
	}
	if german.Is(w, german.Abbreviation) {
		return role{}, true
	}
	if i := strings.LastIndexByte(w, '-'); i > 0 && german.Is(w[i+1:], german.Abbreviation) {
		return role{prefix: w[:i+1]}, true
	}
	if german.Is(w, german.NotRole) || german.Is(strings.TrimSuffix(w, "s"), german.NotRole) {
		return role{}, false
	}
	c, _ := utf8.DecodeRuneInString(w)
	if !unicode.IsUpper(c) && !unicode.IsDigit(c) {
		return role{}, false
	}
	stem, marked := neutral(w)
	low := strings.ToLower(stem)
	if len(low) != len(stem) { // İ and its like: no German role
		return role{}, false
	}
	f, i, ok := german.RoleEnd(low, compound)
	if !ok {
		return role{}, false
	}
	r := role{RoleForm: f, gender: genderOf(f.Gender), prefix: stem[:i], marked: marked}
	if marked {
		r.gender = ""
		r.Plural = r.Plural || strings.HasSuffix(strings.ToLower(w), "innen")
	}
	return r, true
}

// neutral cuts the ending of a gender-neutral form, so that the masculine form is left.
func neutral(w string) (string, bool) {
	for _, e := range []string{"*innen", ":innen", "_innen", "/innen", "/-innen", "Innen", "*in", ":in", "_in", "/in", "/-in", "In", "*r", ":r", "/r"} {
		if s, ok := strings.CutSuffix(w, e); ok && len(s) > 2 {
			return s, true
		}
	}
	return w, false
}

// compound reports whether prefix may stand before the role noun in one word. Short nouns end many other words (Vorrat, Quadrat, Seide),
// so they need a hyphen or a real first part.
func compound(prefix, noun string) bool {
	if strings.HasSuffix(prefix, "-") {
		return len(prefix) > 1
	}
	if n := utf8.RuneCountInString(noun); n < 5 {
		return noun == "chef" || noun == "arzt" || noun == "held"
	}
	return utf8.RuneCountInString(prefix) >= 3 || prefix == "ex" || prefix == "co"
}

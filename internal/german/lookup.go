package german

import "strings"

// Entry is all that the lexicon knows of a word form.
type Entry struct {
	Classes Set       // of the form as written and in lower case
	Role    *RoleForm // as a noun for people, nil for none
	Verbs   []Reading // as a form of verbs that announce speech
	Given   *Given    // as a given name
	Title   Title     // as a title or salutation
}

// Lookup gathers what the lexicon knows of a word as written: "betonte" is the past of betonen, which reports speech; "Verbandes" nothing
// by itself (Ends tells that it is a body). Readers that ask for one thing ask for that alone (Is, Reporting, Role, GivenName).
func Lookup(w string) Entry {
	low := strings.ToLower(w)
	e := Entry{Classes: Of(w).or(Of(low)), Verbs: Reporting(low), Title: TitleOf(strings.TrimSuffix(w, "."))}
	if r, ok := Role(low); ok {
		e.Role = &r
	}
	if g, ok := GivenName(w); ok {
		e.Given = &g
	}
	return e
}

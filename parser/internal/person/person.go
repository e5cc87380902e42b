// Package person finds the people a German text speaks of: names, academic titles, roles, organisation, gender, mentions.
package person

import "github.com/kreispresse/kreispresse/parser/internal/text"

// Person is one human being of the text, in order of first mention.
type Person struct {
	Name, Given, Family string
	Title               string
	Roles               []string // as written in the text (nominative where that is safe), first the one nearest the name
	Organisation        string
	Gender              string // schemas.Gender…, "" unknown
	Mentions            []Mention
}

// Mention is one place where the person is named. The span covers the name without titles and roles.
type Mention struct {
	text.Span
	Full    text.Span // with title and role words that belong to the noun phrase: "Kreisdezernentin Sybille Haußmann"
	Surname bool      // only the surname is given
}

// Find reads the people of d, then those that only the captions name (these have no mentions, since captions are not in the text).
func Find(d *text.Doc, captions []string) []Person { return nil }

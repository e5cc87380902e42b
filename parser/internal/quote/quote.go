// Package quote finds what somebody said in a German text, and who said it.
package quote

import (
	"github.com/kreispresse/kreispresse/parser/internal/person"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// Quote is one quotation; fields as in schemas.Quote, spans in bytes of the text.
type Quote struct {
	Kind    string
	Spans   []text.Span // between the marks
	Speaker *Speaker
	Cue     *text.Span
	Of      int // pull: index of the quote it repeats, else -1
}

// Speaker is whoever said it.
type Speaker struct {
	Name    string
	Person  int    // index in people, -1 for none
	Kind    string // schemas.Speaker…
	Mention *text.Span
	Method  string // schemas.Method…
	Rule    string
}

// Find reads the quotes of d in text order and attributes them to people or organisations of d.
func Find(d *text.Doc, people []person.Person) []Quote { return nil }

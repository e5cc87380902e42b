// Package timex finds temporal expressions in German text and gives them TimeML TIMEX3 types and values.
package timex

import (
	"time"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// Anchor is the day relative expressions are resolved against.
type Anchor struct {
	Day  time.Time // zero: unknown, relative expressions stay without From and To
	Kind string    // published or first_seen
}

// Expr is one temporal expression; fields as in schemas.Date.
type Expr struct {
	text.Span
	Type, Value, Quant, Freq string
	From, To                 string
	Anchor                   string
	Warning                  string
	Rule                     string
}

// Find reads the expressions of d in text order, without overlaps.
func Find(d *text.Doc, a Anchor) []Expr { return nil }

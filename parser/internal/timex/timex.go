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
func Find(d *text.Doc, a Anchor) []Expr {
	low := lowered(d.Text)
	c := newDiscourse(d, low, a)
	b := &block{d: d} // one block after the other: claims are resolved before the next
	var out []Expr
	var claims []claim
	for first := 0; first < len(d.Tokens); {
		last := first + 1
		for last < len(d.Tokens) && d.Tokens[last].Block == d.Tokens[first].Block {
			last++
		}
		b.read(low, first, last)
		claims = b.claims(claims[:0])
		out = c.resolve(out, claims)
		first = last
	}
	return out
}

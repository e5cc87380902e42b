package timex

import (
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// anchoredInText marks expressions that were resolved against another one of the same text.
const anchoredInText = "text"

// reading is what a claim means once resolved.
type reading struct {
	typ, value  string
	quant, freq string
	from, to    time.Time
	anchor      string
	warning     string
}

// context is what resolution knows at a point of the text.
type context struct {
	d      *text.Doc
	anchor Anchor

	day      time.Time // the day last named, zero for none
	dayBlock int
	daySent  int
	several  bool // the last days were an enumeration: a time belongs to each of them
	habit    bool // since the last day, something recurring was named in setBlock: a time belongs to that

	setBlock int // the block of the last set

	year     int // the year last named, by digits, 0 for none
	yearSent int
	yearFine bool // it was named with a month or a day
	yearFrom time.Time

	rest  []claim // the claims after the current one in the block
	daily bool    // the text speaks of yesterday, tomorrow …: "heute" is a day
}

func newContext(d *text.Doc, a Anchor) *context {
	c := &context{d: d, anchor: a, setBlock: -9, dayBlock: -9, daySent: -9, yearSent: -9}
	c.daily = speaksOfDays(d)
	return c
}

// known reports whether relative expressions can be resolved.
func (c *context) known() bool { return !c.anchor.Day.IsZero() }

// resolve turns the claims of a block into expressions.
func (c *context) resolve(out []Expr, claims []claim) []Expr {
	for i := range claims {
		cl := &claims[i]
		c.rest = claims[i+1:]
		r := cl.eval(c, cl)
		if r.typ == "" {
			continue
		}
		e := Expr{Span: cl.span(), Type: r.typ, Value: r.value, Quant: r.quant, Freq: r.freq, Anchor: r.anchor, Warning: r.warning, Rule: rules[cl.rule].ID}
		if !r.from.IsZero() && !r.to.IsZero() {
			e.From, e.To = iso(r.from), iso(r.to)
		}
		out = append(out, e)
		c.remember(cl, r)
	}
	return out
}

// remember notes what later expressions may refer to.
func (c *context) remember(cl *claim, r reading) {
	sent, blk := cl.b.at(cl.from).Sent, cl.b.at(cl.from).Block
	switch r.typ {
	case schemas.DateSet:
		if !strings.HasPrefix(r.value, "XXXX-W") && !strings.HasPrefix(r.value, "XXXX-XX") && r.value != "P1D" && cl.kind != monthlyKind {
			return // yearly, alle zwei Wochen: no hours of their own
		}
		c.setBlock, c.habit = blk, true
		return
	case schemas.DateDuration:
		return
	}
	if cl.kind == dayBeforeKind {
		return
	}
	if !r.from.IsZero() && r.from.Equal(r.to) {
		c.habit = false
		if r.typ == schemas.DateDate || cl.kind != clockKind {
			c.several = cl.kind == dayListKind
		}
		c.day, c.daySent, c.dayBlock = r.from, sent, blk
	}
	if r.typ == schemas.DateDate && !r.from.IsZero() && r.from.Year() == r.to.Year() {
		c.year, c.yearSent, c.yearFine, c.yearFrom = r.from.Year(), sent, len(r.value) > len("2006"), r.from
	}
}

// refDay is the day a bare time of the token's sentence belongs to; zero for none.
func (c *context) refDay(cl *claim) time.Time {
	t := cl.b.at(cl.from)
	blocks, sents := 1, 4
	if t.Block == c.dayBlock {
		sents = 8
	}
	if cl.kind == clockKind { // the hours of an event are often told some paragraphs after its day
		blocks, sents = 4, 10
	}
	if c.day.IsZero() || t.Block-c.dayBlock > blocks || t.Sent-c.daySent > sents {
		return time.Time{}
	}
	if c.several || c.habit && c.setBlock == t.Block {
		return time.Time{}
	}
	return c.day
}

func (c *context) dated(p period) reading {
	return reading{typ: schemas.DateDate, value: p.value, from: p.from, to: p.to}
}

func (c *context) anchored(p period) reading {
	r := c.dated(p)
	r.anchor = c.anchor.Kind
	return r
}

func (c *context) inText(p period) reading {
	r := c.dated(p)
	r.anchor = anchoredInText
	return r
}

// open is an expression whose time cannot be told.
func open(typ, value string) reading { return reading{typ: typ, value: value} }

func fixed(r reading) func(*context, *claim) reading {
	return func(*context, *claim) reading { return r }
}

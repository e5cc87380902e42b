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

// discourse is what resolution knows at a point of the text.
type discourse struct {
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

	rest []claim // the claims after the current one in the block

	low   string // the text in lower case
	daily answer // whether the text speaks of yesterday, tomorrow …: "heute" is a day
}

// answer is what a question was answered with, if it was asked.
type answer uint8

const (
	unasked answer = iota
	no
	yes
)

// never is the number of a block or sentence so far before the text that nothing reaches back to it.
const never = -1 << 20

// newDiscourse is the discourse at the beginning of d, whose text is low in lower case.
func newDiscourse(d *text.Doc, low string, a Anchor) *discourse {
	return &discourse{d: d, anchor: a, setBlock: never, dayBlock: never, daySent: never, yearSent: never, low: low}
}

// known reports whether relative expressions can be resolved.
func (c *discourse) known() bool { return !c.anchor.Day.IsZero() }

// resolve turns the claims of a block into expressions.
func (c *discourse) resolve(out []Expr, claims []claim) []Expr {
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
func (c *discourse) remember(cl *claim, r reading) {
	first := cl.b.at(cl.from)
	switch {
	case r.typ == schemas.DateSet:
		if cl.kind == monthlyKind || keepsHours(r.value) {
			c.setBlock, c.habit = first.Block, true
		}
		return
	case r.typ == schemas.DateDuration, cl.kind == dayBeforeKind, r.from.IsZero():
		return
	}
	if r.from.Equal(r.to) {
		c.habit = false
		if r.typ == schemas.DateDate || cl.kind != clockKind {
			c.several = cl.kind == dayListKind
		}
		c.day, c.daySent, c.dayBlock = r.from, first.Sent, first.Block
	}
	if r.typ == schemas.DateDate && r.from.Year() == r.to.Year() {
		c.year, c.yearSent, c.yearFine, c.yearFrom = r.from.Year(), first.Sent, len(r.value) > len("2006"), r.from
	}
}

// keepsHours reports whether a set has hours of its own: what recurs on weekdays or daily has, what recurs yearly or every two weeks has not.
func keepsHours(value string) bool {
	return strings.HasPrefix(value, "XXXX-W") || strings.HasPrefix(value, "XXXX-XX") || value == "P1D"
}

// refDay is the day a bare time of the token's sentence belongs to; zero for none.
func (c *discourse) refDay(cl *claim) time.Time {
	t := cl.b.at(cl.from)
	blocks, sents := dayReachBlocks, dayReachSents
	switch {
	case cl.kind == clockKind:
		blocks, sents = clockReachBlocks, clockReachSents
	case t.Block == c.dayBlock:
		sents = dayReachSentsInBlock
	}
	if c.day.IsZero() || t.Block-c.dayBlock > blocks || t.Sent-c.daySent > sents {
		return time.Time{}
	}
	if c.several || c.habit && c.setBlock == t.Block {
		return time.Time{}
	}
	return c.day
}

// nearYear reports whether the claim stands at most n sentences after the one that named the year last.
func (c *discourse) nearYear(cl *claim, n int) bool {
	return c.year > 0 && cl.b.at(cl.from).Sent-c.yearSent <= n
}

func dated(p period) reading {
	return reading{typ: schemas.DateDate, value: p.value, from: p.from, to: p.to}
}

func (c *discourse) anchored(p period) reading {
	r := dated(p)
	r.anchor = c.anchor.Kind
	return r
}

func inText(p period) reading {
	r := dated(p)
	r.anchor = anchoredInText
	return r
}

// partOf is a reading of a day narrowed to a part of it; code "" leaves the day whole.
func (r reading) partOf(code string) reading {
	if code != "" {
		r.typ, r.value = schemas.DateTime, r.value+"T"+code
	}
	return r
}

// untold is an expression whose time cannot be told.
func untold(typ, value string) reading { return reading{typ: typ, value: value} }

// fixed gives every claim one reading.
func fixed(r reading) evaluation {
	return func(*discourse, *claim) reading { return r }
}

// ever is a set with "every".
func ever(value string) reading {
	return reading{typ: schemas.DateSet, value: value, quant: "every"}
}

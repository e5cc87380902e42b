package schemas

import (
	"fmt"
	"strings"
)

// Check tells whether r keeps what a JSON Schema cannot say: every offset lies in Text and covers exactly the text it claims, blocks
// are in order and do not overlap, and indices point at something. The error is KindInvalid.
func (r *Release) Check() error {
	c := checker{text: []rune(r.Text)}
	end := 0
	for i, b := range r.Blocks {
		where := fmt.Sprintf("blocks[%d]", i)
		c.span(where, b.Start, b.End)
		if b.Start < end {
			c.fault(where, "starts at %d, before the end of the block before it (%d)", b.Start, end)
		}
		end = b.End
	}
	for i := range r.Quotes {
		c.quote(fmt.Sprintf("quotes[%d]", i), &r.Quotes[i], r)
	}
	for i, p := range r.People {
		for j, m := range p.Mentions {
			c.covers(fmt.Sprintf("people[%d].mentions[%d]", i, j), m.Text, m.Start, m.End)
		}
	}
	for i, d := range r.Dates {
		c.covers(fmt.Sprintf("dates[%d]", i), d.Text, d.Start, d.End)
	}
	if c.first == "" {
		return nil
	}
	return &Error{Op: "check", Kind: KindInvalid, Thing: r.URL, Err: fmt.Errorf("%s", c.first)}
}

// checker remembers the first fault; one is enough to refuse a release.
type checker struct {
	text  []rune
	first string
}

func (c *checker) fault(where, format string, v ...any) {
	if c.first == "" {
		c.first = where + ": " + fmt.Sprintf(format, v...)
	}
}

func (c *checker) span(where string, start, end int) bool {
	if start < 0 || start >= end || end > len(c.text) {
		c.fault(where, "%d to %d is no span of a text of %d code points", start, end, len(c.text))
		return false
	}
	return true
}

func (c *checker) covers(where, text string, start, end int) {
	if c.span(where, start, end) {
		if got := string(c.text[start:end]); got != text {
			c.fault(where, "%d to %d is %q, not %q", start, end, got, text)
		}
	}
}

func (c *checker) quote(where string, q *Quote, r *Release) {
	parts, last := make([]string, 0, len(q.Spans)), 0
	for i, s := range q.Spans {
		at := fmt.Sprintf("%s.spans[%d]", where, i)
		if !c.span(at, s.Start, s.End) {
			return
		}
		if s.Start < last {
			c.fault(at, "starts before the end of the span before it")
		}
		last = s.End
		parts = append(parts, string(c.text[s.Start:s.End]))
	}
	if got := strings.Join(parts, " "); len(parts) > 0 && got != q.Text {
		c.fault(where, "its spans are %q, not %q", got, q.Text)
	}
	if q.Cue != nil {
		c.covers(where+".cue", q.Cue.Text, q.Cue.Start, q.Cue.End)
	}
	if s := q.Speaker; s != nil {
		if s.Mention != nil {
			c.covers(where+".speaker.mention", s.Mention.Text, s.Mention.Start, s.Mention.End)
		}
		if s.Person != nil && (*s.Person < 0 || *s.Person >= len(r.People)) {
			c.fault(where+".speaker.person", "%d is no index of %d people", *s.Person, len(r.People))
		}
	}
	if q.Of != nil && (*q.Of < 0 || *q.Of >= len(r.Quotes) || &r.Quotes[*q.Of] == q) {
		c.fault(where+".of", "%d is no index of another of %d quotes", *q.Of, len(r.Quotes))
	}
}

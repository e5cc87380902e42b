package timex

import (
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// timed ties a time to its day: one that follows directly ("um 18 Uhr am 12. März"), else the day last named; several days or none
// leave the time alone, after prefix.
func (c *discourse) timed(cl *claim, value, prefix string) reading {
	day := c.dayAhead(cl)
	if b := cl.b; day.IsZero() && !b.is(cl.from-1, "jeweils") && !b.is(cl.from-2, "jeweils") {
		day = c.refDay(cl)
	}
	if day.IsZero() {
		return untold(schemas.DateTime, prefix+value)
	}
	return reading{typ: schemas.DateTime, value: iso(day) + value, from: day, to: day, anchor: anchoredInText}
}

// dayAhead is the day that the next claim names if it follows within two tokens of the same sentence and no day was named in the
// sentence before.
func (c *discourse) dayAhead(cl *claim) time.Time {
	if len(c.rest) == 0 {
		return time.Time{}
	}
	n := &c.rest[0]
	sent := cl.b.at(cl.from).Sent
	switch {
	case n.from-cl.to > dayAheadTokens, n.b.at(n.from).Sent != sent, c.daySent == sent:
		return time.Time{}
	case !n.kind.day() && n.kind != weekdayKind, cl.b.sign(cl.to, ";", "."):
		return time.Time{}
	}
	saved := c.rest
	c.rest = saved[1:]
	r := n.eval(c, n)
	c.rest = saved
	if (r.typ == schemas.DateDate || r.typ == schemas.DateTime) && r.from.Equal(r.to) {
		return r.from
	}
	return time.Time{}
}

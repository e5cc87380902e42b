package quote

import (
	"github.com/kreispresse/kreispresse/parser/internal/cue"
)

// weigh sums the evidence that marked words are speech; above zero they are.
func weigh(in inner, c context, q quoted) float64 {
	s := -2.0
	add := func(ok bool, w float64) {
		if ok {
			s += w
		}
	}
	add(in.words >= 4, 0.7)
	add(in.words >= 7, 1)
	add(in.finite, 1.5)
	add(in.first, 1.5)
	add(in.terminal, 1)
	add(in.sentence, 0.7)
	add(in.lower, 1)
	add(in.title, -1.2)
	add(in.clause, 0.7)
	add(c.colon, 1.5)
	add(c.start && in.words >= 4, 1)
	add(c.trigger, -2)
	add(c.noun, -1.2)
	add(c.socalled, -2)
	add(c.compound, -3)
	add(c.as, 1.5)
	add(c.that, 1)
	add(c.reported, 1)
	l := c.link
	strong := c.class == cue.Say || c.class == cue.Call
	add(l.rel == relAfter && l.hit >= 0 && strong, 3)
	add(l.rel == relAfter && l.hit >= 0 && !strong, 1.5)
	add(l.rel == relColon && l.hit >= 0, 1.5)
	add(l.rel == relInside && strong, 1)
	add(q.open, -1)
	return s
}

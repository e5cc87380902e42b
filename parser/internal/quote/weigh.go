package quote

import (
	"github.com/kreispresse/kreispresse/parser/internal/cue"
)

// evidence is all that is known of one passage before the decision.
type evidence struct {
	inner
	context
	open bool // no closing mark
}

// feature is one piece of evidence with its weight in log-odds. A passage is speech when the sum is above the threshold.
type feature struct {
	name   string
	weight float64
	holds  func(e *evidence) bool
}

// weigh sums the evidence that marked words are speech; above zero they are.
func weigh(e *evidence) float64 {
	s := bias
	for i := range features {
		if features[i].holds(e) {
			s += features[i].weight
		}
	}
	return s
}

func (e *evidence) strong() bool {
	return e.link.hit >= 0 && (e.class == cue.Say || e.class == cue.Call)
}

func (e *evidence) weak() bool {
	return e.link.hit >= 0 && !e.strong()
}

const bias = -2.7

// features and their weights were fitted to the development sets by logistic regression; the signs and most of the reasons are those
// measured on German news (GERMAN.md §2 of the evaluation kit).
var features = []feature{
	{"1 word", -0.6, func(e *evidence) bool { return e.words == 1 }},
	{"2 words", -0.7, func(e *evidence) bool { return e.words == 2 }},
	{"4 words or more", 0.6, func(e *evidence) bool { return e.words >= 4 }},
	{"7 words or more", 1.4, func(e *evidence) bool { return e.words >= 7 }},
	{"finite verb", 0.5, func(e *evidence) bool { return e.finite }},
	{"ich, wir", 0.9, func(e *evidence) bool { return e.first }},
	{"full stop inside", 1.8, func(e *evidence) bool { return e.terminal }},
	{"several sentences", -0.1, func(e *evidence) bool { return e.sentence }},
	{"begins small", 2.1, func(e *evidence) bool { return e.lower }},
	{"title case", -1.2, func(e *evidence) bool { return e.title && !e.lower }},
	{"begins with a subordinator", -0.1, func(e *evidence) bool { return e.clause }},
	{"not German", -1.7, func(e *evidence) bool { return e.foreign }},
	{"colon before", 1.2, func(e *evidence) bool { return e.colon }},
	{"begins the sentence", 0.4, func(e *evidence) bool { return e.start && e.words >= 4 }},
	{"a paragraph of its own", 0.9, func(e *evidence) bool { return e.alone }},
	{"naming noun before", -1.8, func(e *evidence) bool { return e.trigger }},
	{"noun before", -0.1, func(e *evidence) bool { return e.noun }},
	{"title, motto, so-called before", -1.2, func(e *evidence) bool { return e.socalled }},
	{"compound", -0.7, func(e *evidence) bool { return e.compound }},
	{"definite article before, begins capital", -0.4, func(e *evidence) bool { return e.definite && !e.lower }},
	{"definite article before, begins small", -0.1, func(e *evidence) bool { return e.definite && e.lower }},
	{"indefinite article before", 1.1, func(e *evidence) bool { return e.indefinite }},
	{"preposition before, begins capital", 0.2, func(e *evidence) bool { return e.preposition && !e.lower }},
	{"noun after", -1.3, func(e *evidence) bool { return e.nounAfter }},
	{"als, von before", 0.9, func(e *evidence) bool { return e.as }},
	{"dass, weil before", 0.1, func(e *evidence) bool { return e.that }},
	{"reported mood", 1.0, func(e *evidence) bool { return e.reported }},
	{"X says so, after", 2.8, func(e *evidence) bool { return e.link.rel == relAfter && e.strong() }},
	{"X says so, after, weak verb", 1.3, func(e *evidence) bool { return e.link.rel == relAfter && e.weak() }},
	{"X says, colon", 1.7, func(e *evidence) bool { return e.link.rel == relColon && e.strong() }},
	{"X says, colon, weak verb", 0.1, func(e *evidence) bool { return e.link.rel == relColon && e.weak() }},
	{"X says, in the sentence", 1.5, func(e *evidence) bool { return e.link.rel == relInside && e.class == cue.Say }},
	{"X calls it, in the sentence", 1.2, func(e *evidence) bool { return e.link.rel == relInside && e.class == cue.Call }},
	{"X calls it, directly", 1.7, func(e *evidence) bool { return e.called }},
	{"X feels, in the sentence", 0.8, func(e *evidence) bool { return e.link.rel == relInside && e.class == cue.Feel }},
	{"source is human", 1.3, func(e *evidence) bool { return e.human }},
	{"laut, nach Angaben in the sentence", 0.4, func(e *evidence) bool { return e.source == byLaut }},
	{"speech goes on", 0.3, func(e *evidence) bool { return e.link.rel == relNone && e.goesOn }},
	{"speech goes on, reported mood", 2.4, func(e *evidence) bool { return e.link.rel == relNone && e.goesOn && e.reported }},
	{"X says, later in the sentence", -0.8, func(e *evidence) bool { return e.link.rel == relInside && e.strong() && e.distance < 0 }},
	{"X says, reported mood, begins small", 0.3, func(e *evidence) bool { return e.link.rel == relInside && e.strong() && e.reported && e.lower }},
	{"source in brackets", 2.0, func(e *evidence) bool { return e.bracketed }},
	{"kam von X", 1.5, func(e *evidence) bool { return e.source == byFrom }},
	{"für X ist", 1.1, func(e *evidence) bool { return e.forWhom }},
	{"slogan", 2.8, func(e *evidence) bool { return e.slogan }},
	{"no closing mark", -1.8, func(e *evidence) bool { return e.open }},
	{"heading", -0.5, func(e *evidence) bool { return e.heading }},
}

package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// Most words of a text have nothing to do with time. A trigger sorts them out with one look-up, so that the rules run only where they
// may find something. Triggers come from the lexicon: every class of words that an expression begins with, or has in it, wakes the rules.
type trigger uint8

const (
	idle   trigger = iota
	weak           // begins an expression only with a strong word or a number after it: articles, prepositions
	strong         // a word of time or of number
)

// compounds are the ends of words that are composed of number and unit, with the endings of adjectives taken off: dreitägig, jahrelang,
// zweimonatlich, zweihundert.
var compounds = endsOf("ig", "lang", "lich", "jah", "hundert")

// decadeEnds are the ends of words with their endings: dreimal, Neunziger, in den Siebzigern.
var decadeEnds = endsOf("mal", "ziger", "igern")

// ends are ends of words by their last letter, so that most words are asked one question.
type ends ['z' + 1][]string

func endsOf(list ...string) *ends {
	e := &ends{}
	for _, s := range list {
		last := s[len(s)-1]
		e[last] = append(e[last], s)
	}
	return e
}

// end reports whether s ends in one of them.
func (e *ends) end(s string) bool {
	if s == "" || s[len(s)-1] > 'z' {
		return false
	}
	for _, suffix := range e[s[len(s)-1]] {
		if strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}

// withoutEnding takes letters of the endings of adjectives off a word.
func withoutEnding(low string) string {
	for low != "" && strings.IndexByte("enrsm", low[len(low)-1]) >= 0 {
		low = low[:len(low)-1]
	}
	return low
}

// triggerOf classes a token by its entry, words the lexicon lacks by their form.
func triggerOf(t *tok) trigger {
	switch {
	case t.Kind != text.Word:
		return idle
	case t.word.trigger != idle:
		return t.word.trigger
	case len(t.low) < 3:
		return idle
	case t.low[0] >= '0' && t.low[0] <= '9', strings.IndexByte(t.low, '-') > 0, t.day > 0:
		return strong
	case compounds.end(withoutEnding(t.low)), decadeEnds.end(t.low):
		return strong
	}
	return idle
}

// awake reports whether the rules should look at token i.
func (b *block) awake(i int) bool {
	switch b.toks[i].trigger {
	case strong:
		return true
	case weak:
		for j := i + 1; j <= i+reachOfWeak && j < len(b.toks); j++ {
			if b.toks[j].trigger == strong {
				return true
			}
		}
	}
	return false
}

package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german/calendar"
)

// pattern is a phrase of fixed words, as data/phrases.txt explains.
type pattern struct {
	places []place
	not    []string // words that must not follow
}

// place is a position in a pattern and the words that fit it.
type place struct {
	words                     []string
	capital, optional, before bool
}

// parsePattern reads the words of a row.
func parsePattern(words []string) pattern {
	var p pattern
	for _, w := range words {
		if not, ok := strings.CutPrefix(w, "!"); ok {
			p.not = strings.Split(not, "|")
			continue
		}
		var pl place
		w, pl.before = strings.CutPrefix(w, "<")
		w, pl.capital = strings.CutPrefix(w, "^")
		w, pl.optional = strings.CutSuffix(w, "?")
		pl.words = strings.Split(w, "|")
		p.places = append(p.places, pl)
	}
	return p
}

// match is the token after the phrase if it begins at token i.
func (p pattern) match(b *block, i int) (to int, ok bool) {
	to = i
	for _, pl := range p.places {
		at := to
		if pl.before {
			at = i - 1
		}
		fits := b.is(at, pl.words...) && (!pl.capital || b.at(at).upper)
		if !fits && !pl.optional {
			return 0, false
		}
		if fits && !pl.before {
			to++
		}
	}
	return to, !p.forbidden(b.at(to))
}

// forbidden reports whether t is a word that must not follow.
func (p pattern) forbidden(t *tok) bool {
	for _, w := range p.not {
		if end, ok := strings.CutPrefix(w, "-"); ok && t.upper && strings.HasSuffix(t.low, end) || t.low == w {
			return true
		}
	}
	return false
}

// wake calls add for the words that wake the rules: those the phrase may begin with weakly, since they have other uses, the last strongly.
func (p pattern) wake(add func(low string, t trigger, first bool)) {
	places := p.places
	if places[0].before {
		places = places[1:]
	}
	first := true
	for i, pl := range places {
		for _, w := range pl.words {
			switch {
			case i == len(places)-1:
				add(w, strong, first)
			case first:
				add(w, weak, true)
			}
		}
		first = first && pl.optional
	}
}

// fixedPhrase is a row of phrases.txt: a pattern, what it is, and its value.
type fixedPhrase struct {
	pattern
	what, value string
	number      int      // the value of those that count days or years
	holiday     *holiday // and of feasts
}

// enterPhrases gives each word the phrases that begin with it.
func enterPhrases(lex *wordList, rows []calendar.Row) {
	for _, r := range rows {
		what, value, _ := strings.Cut(r.Key, " ")
		ph := &fixedPhrase{pattern: parsePattern(r.Words), what: what, value: value}
		switch what {
		case "feast":
			ph.holiday = mustHoliday(value)
		case "neighbour", "year":
			ph.number = mustAtoi(value)
		}
		ph.wake(func(low string, t trigger, first bool) {
			w := entry(lex, low)
			w.trigger = max(w.trigger, t)
			if first {
				w.phrases = append(w.phrases, ph)
			}
		})
	}
}

// fixed is the phrase of the kind that begins at token i, and the token after it; nil for none.
func (b *block) fixed(i int, what string) (ph *fixedPhrase, to int) {
	for _, ph := range b.at(i).phrases {
		if ph.what != what {
			continue
		}
		if to, ok := ph.match(b, i); ok {
			return ph, to
		}
	}
	return nil, 0
}

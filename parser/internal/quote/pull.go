package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// Pulls compare words, not marks or stops; these bound the comparison.
const (
	pullWords  = 60  // words of a pull that are compared
	quoteWords = 600 // words of a quote that are compared
	maxPulls   = 40
	maxQuotes  = 2000
)

// settlePulls ties each marked heading to the quote it repeats, whose speaker it then has. A heading that repeats nothing stays a pull
// without a quote if its own words are speech, and is dropped if they may as well be a title. So is a call-out, a block that is nothing
// but a quote, when it repeats another word by word.
func settlePulls(d *text.Doc, qs []Quote) []Quote {
	pulls := 0
	for i := range qs {
		if qs[i].Kind != schemas.QuotePull && !qs[i].callout {
			continue
		}
		if pulls++; pulls > maxPulls {
			break
		}
		pull := words(d, qs[i].Spans, pullWords)
		best, share := -1, 0.7 // a heading may shorten: most of its words must stand in the quote, in order
		for j := range qs[:min(len(qs), maxQuotes)] {
			if qs[j].Kind == schemas.QuotePull || qs[j].callout {
				continue
			}
			if qs[i].callout {
				if len(pull) > 2 && len(pull) < pullWords && strings.Contains(strings.Join(words(d, qs[j].Spans, quoteWords), " "), strings.Join(pull, " ")) {
					best = j
				}
				continue
			}
			if s := common(pull, words(d, qs[j].Spans, quoteWords)); s > share {
				best, share = j, s
			}
		}
		if best >= 0 {
			qs[i].Kind = schemas.QuotePull
			qs[i].Of, qs[i].Speaker, qs[i].Cue, qs[i].tentative = best, qs[best].Speaker, nil, false
		}
	}
	return drop(qs)
}

// drop takes the tentative pulls out and keeps the references right.
func drop(qs []Quote) []Quote {
	place := make([]int, len(qs))
	var out []Quote
	for i := range qs {
		place[i] = len(out)
		if !qs[i].tentative {
			out = append(out, qs[i])
		}
	}
	for i := range out {
		if out[i].Of >= 0 {
			out[i].Of = place[out[i].Of]
		}
	}
	return out
}

// words are the lower-case words of the spans, at most limit.
func words(d *text.Doc, spans []text.Span, limit int) []string {
	var out []string
	for _, s := range spans {
		for i := d.TokenAt(s.Start); i < len(d.Tokens) && d.Tokens[i].Start < s.End && len(out) < limit; i++ {
			if t := d.Tokens[i]; t.Kind == text.Word || t.Kind == text.Number {
				out = append(out, t.Low)
			}
		}
	}
	return out
}

// common is the share of the words of a that stand in b in the same order.
func common(a, b []string) float64 {
	if len(a) == 0 {
		return 0
	}
	n, from := 0, 0
	for _, w := range a {
		for k := from; k < len(b); k++ {
			if b[k] == w {
				n, from = n+1, k+1
				break
			}
		}
	}
	return float64(n) / float64(len(a))
}

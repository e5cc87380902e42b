package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// preterite reports whether a lower-case word is, or looks like a regular, preterite: "fand", "eröffnete", "sagten".
func (t *tok) preterite() bool {
	switch w := t.low; {
	case t.is(preterites):
		return true
	case t.is(notPreterites), len(w) < shortestPreterite:
		return false
	case strings.HasSuffix(w, "ste"), strings.HasSuffix(w, "sten"): // mostly superlatives
		return false
	default:
		return strings.HasSuffix(w, "te") || strings.HasSuffix(w, "ten")
	}
}

// participle reports whether a lower-case word looks like a past participle: "eröffnet", "vorgestellt", "beschlossen".
func (t *tok) participle() bool {
	w := t.low
	weak := strings.HasSuffix(w, "t")
	switch {
	case len(w) < shortestParticiple, !weak && !strings.HasSuffix(w, "en"):
		return false
	case strings.HasPrefix(w, "ge"):
		return !t.is(notParticiples)
	case separated(w):
		return true
	case weak:
		return !t.is(notParticiples) && (hasStart(w, inseparables) || strings.HasSuffix(w, "iert"))
	}
	return t.is(strongParticiples)
}

// separated reports whether a word is a prefix and a participle: vor-gestellt, ein-verleibt, an-beraumt.
func separated(w string) bool {
	for _, p := range members(separables) {
		rest, ok := strings.CutPrefix(w, p.low)
		if !ok || len(rest) <= shortestStem {
			continue
		}
		if strings.HasPrefix(rest, "ge") || strings.HasPrefix(rest, "ver") || strings.HasPrefix(rest, "be") && strings.HasSuffix(rest, "t") {
			return true
		}
	}
	return false
}

// presentForm reports whether a word looks like a verb in the present where a finite verb is due: after the first phrase of a sentence.
func presentForm(t *tok) bool {
	if t.Kind != text.Word || t.upper || len(t.low) <= 3 || t.trigger != idle || t.is(preterites) {
		return false
	}
	return strings.HasSuffix(t.low, "en") || strings.HasSuffix(t.low, "t") && !t.participle()
}

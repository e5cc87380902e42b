package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/cue"
)

// looksFinite reports whether a lower-case word is, or by its form may be, a finite verb.
func looksFinite(w string) bool {
	if finiteWords[w] || auxSingular[w] || auxPlural[w] || modalSingular[w] || modalPlural[w] || reported[w] {
		return true
	}
	for _, r := range cue.Lookup(w) {
		if r.Form.Finite() {
			return true
		}
	}
	return false
}

// verbal reports whether a lower-case word inside marks may be a finite verb by its ending: -te, -ten, -t after a consonant. Words
// of other classes with these endings are listed.
func verbal(w string) bool {
	if looksFinite(w) {
		return true
	}
	if len(w) < 4 || notVerbs[w] || adverbs[w] || prepositions[w] || subordinators[w] {
		return false
	}
	switch {
	case strings.HasPrefix(w, "ge") && strings.HasSuffix(w, "t"): // participles
		return false
	case strings.HasSuffix(w, "iert"), strings.HasSuffix(w, "haft"), strings.HasSuffix(w, "cht"), strings.HasSuffix(w, "bart"), strings.HasSuffix(w, "nt"):
		return false
	}
	return strings.HasSuffix(w, "t")
}

var notVerbs = cue.Words("not_verb")

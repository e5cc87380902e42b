package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
)

// looksFinite reports whether a lower-case word is, or by its form may be, a finite verb.
func looksFinite(w string) bool {
	if german.Is(w, german.Finite) || german.Is(w, german.AuxSingular) || german.Is(w, german.AuxPlural) || german.Is(w, german.ModalSingular) || german.Is(w, german.ModalPlural) || german.Is(w, german.Reported) {
		return true
	}
	for _, r := range german.Reporting(w) {
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
	if len(w) < 4 || german.Is(w, german.NotVerb) || german.Is(w, german.Adverb) || german.Is(w, german.Preposition) || german.Is(w, german.Subordinator) {
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

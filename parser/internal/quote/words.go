package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
)

// looksFinite reports whether a lower-case word is, or by its form may be, a finite verb.
func looksFinite(w string) bool {
	if german.Of(w).Any(finiteForms) {
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
	if len(w) < shortestVerb || german.Of(w).Any(noVerbs) {
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

// finiteForms are the classes of words that are finite verbs.
var finiteForms = german.SetOf(german.Finite, german.AuxSingular, german.AuxPlural, german.ModalSingular, german.ModalPlural, german.Reported)

// noVerbs are the classes of words that only end like finite verbs.
var noVerbs = german.SetOf(german.NotVerb, german.Adverb, german.Preposition, german.Subordinator)

package quote

import (
	"strings"
	"unicode"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/schemas"
)

// organisational reports whether a lower-case noun, or the end of the compound, is a body that can speak.
func organisational(w string) bool { return german.Ends(w, german.Body) || inAmt(w) }

// inAmt reports whether a lower-case noun is an office by its short end, in the genitive too: Bauamt, des Bauamtes.
func inAmt(w string) bool {
	w = strings.TrimSuffix(strings.TrimSuffix(w, "s"), "e")
	return strings.HasSuffix(w, "amt") && len(w) > len("beamt") && !strings.HasSuffix(w, "ehrenamt") && !strings.HasSuffix(w, "gesamt")
}

// organisation reports whether a nominal that is no person can be a speaker: a body, an acronym or a proper name; a document only
// where words of writing announce it.
func (f *frame) organisation(n nominal, h *hit) bool {
	if n.pronoun {
		return false
	}
	for i := f.firstUpper(n); i <= n.head; i++ {
		it := f.items[i]
		if organisational(it.low) || acronym(it.word) {
			return true
		}
	}
	head := f.items[n.head].low
	if german.Ends(head, german.Document) {
		return true
	}
	if german.Is(head, german.Utterance) || head == "jemand" || head == "niemand" {
		return false
	}
	if h == nil || h.verb != nil && h.verb.Report > german.Call {
		return false
	}
	return !abstract(head) // who says something is somebody: an unknown surname, "Meteorologen", "ein Kommentator"
}

// abstract reports whether the ending of a lower-case noun names no body: -ung, -heit, -tion.
func abstract(w string) bool { return german.HasEnd(w, german.Abstract) }

// body reports whether the nominal names an organisation or document rather than people.
func (f *frame) body(n nominal) bool {
	if n.title >= 0 {
		return true
	}
	for i := f.firstUpper(n); i <= n.head; i++ {
		if it := f.items[i]; organisational(it.low) || acronym(it.word) || german.Ends(it.low, german.Document) {
			return true
		}
	}
	return false
}

// bodysPaper reports whether a lower-case noun is a document by its end and names before it the body whose words stand in it:
// Verwaltungsvorlage. It is the body that speaks, and not by its name.
func bodysPaper(w string) bool {
	body, ok := strings.CutSuffix(w, german.Head(w, german.Document))
	return ok && body != w && german.HasEnd(strings.TrimSuffix(body, "s"), german.Body)
}

// acronym reports whether the word is written in capitals, at least in its first part: SPD, ADFC-Kreisverband.
func acronym(w string) bool {
	n := 0
	for _, r := range w {
		switch {
		case unicode.IsUpper(r):
			n++
		case r == '-' || r == '/' || unicode.IsDigit(r):
			return n >= 2
		default:
			return n >= 3
		}
	}
	return n >= 2
}

// bodyWithin is how far back the proper name of a body is looked for, in frames.
const bodyWithin = 8

// properBody is the proper name of the body that nominal n of frame fi calls by its general noun: the nearest compound with a hyphen
// that ends in it, "Friedrich-Haller-Institut". "" for none.
func (s *speakers) properBody(fi int, n nominal) string {
	noun := nominativeOf(s.frames[fi].items[n.head].low)
	if !organisational(noun) {
		return ""
	}
	for b := fi; b >= 0 && b > fi-bodyWithin; b-- {
		g := &s.frames[b]
		for j := min(len(g.nouns), 2*window) - 1; j >= 0; j-- {
			c := g.nouns[j]
			if b == fi && c.from >= n.from || c.person >= 0 || c.pronoun {
				continue
			}
			if w := nominativeOf(g.items[c.head].low); strings.HasSuffix(w, "-"+noun) {
				word := g.items[c.head].word
				return word[:min(len(w), len(word))]
			}
		}
	}
	return ""
}

// nominativeOf takes the -s or -es of the genitive from a lower-case noun for a body.
func nominativeOf(w string) string {
	if len(w) > longestBody || german.HasEnd(w, german.Body) {
		return w
	}
	for _, e := range []string{"es", "s"} {
		if v, ok := strings.CutSuffix(w, e); ok && german.HasEnd(v, german.Body) {
			return v
		}
	}
	return w
}

// longestBody is the length in bytes of the longest word whose genitive is looked at.
const longestBody = 60

// reporting is the body that reports something in the sentence before frame fi or the one before that, of the same block: "Wie der
// Verband mitteilt, …" tells whose the Bilanz is in which it says the words of frame fi. Nil for none.
func (s *speakers) reporting(fi int) *Speaker {
	for b := fi - 1; b >= 0 && b >= fi-2 && s.frames[b].block == s.frames[fi].block; b-- {
		g := &s.frames[b]
		for k := range g.hits[:min(len(g.hits), window)] {
			h := &g.hits[k]
			if h.source != byVerb || !h.clear() || !g.body(g.nouns[h.subject]) {
				continue
			}
			if sp := s.resolve(b, h.subject, h); sp != nil && sp.Kind == schemas.SpeakerOrganisation {
				return sp
			}
		}
	}
	return nil
}

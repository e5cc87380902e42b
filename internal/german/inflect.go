package german

import (
	"iter"
	"strings"
)

// genitives are the genitive forms of a masculine or neuter noun; feminine ones have none of their own.
func genitives(noun, gender string) []string {
	if gender != "m" && gender != "n" {
		return nil
	}
	if strings.HasSuffix(noun, "s") {
		return []string{noun + "es"}
	}
	return []string{noun + "s", noun + "es"}
}

// AdjectiveStem cuts the ending of an adjective before a noun, and reports whether w has one: neu-e, neu-en, neu-er, neu-es, neu-em.
func AdjectiveStem(w string) (string, bool) {
	for _, e := range [...]string{"en", "er", "es", "em", "e"} {
		if stem, ok := strings.CutSuffix(w, e); ok {
			return stem, true
		}
	}
	return w, false
}

// Adjectival reports whether a word before a noun may be an adjective: it has the ending, at least three bytes before it, and is none
// of the words that only look so.
func Adjectival(w string) bool {
	stem, ok := AdjectiveStem(w)
	return ok && len(stem) > 2 && !Is(w, NotAdjective)
}

// bare gives the forms that a noun may have without its case ending: Kreises, Kreis, Kreise; itself first.
func bare(low string, yield func(string) bool) bool {
	if !yield(low) {
		return false
	}
	for _, e := range [...]string{"s", "es", "n", "en", "nen"} {
		if w, ok := strings.CutSuffix(low, e); ok && !yield(w) {
			return false
		}
	}
	return true
}

// shortestEnd is the number of bytes an end of a compound must have: shorter ones end other words by chance. Nouns for people may have
// three (-rat, -arzt).
const shortestEnd = 4

// Ends reports whether a lower-case word or the end of the compound is of the class, case endings aside: Kreisverwaltung, des
// Sportverbands. The class must be one of endClasses.
func Ends(low string, c Class) bool {
	shortest := shortestEnd
	if c == Human {
		shortest = 3
	}
	return !bare(low, func(w string) bool { return !endsIn(w, c, shortest) })
}

func endsIn(w string, c Class, shortest int) bool {
	m, l := words(), wordTails().of(w)
	for n := l.pop(); n > 0; n = l.pop() {
		if n < shortest && n < len(w) {
			return false
		}
		if m[w[len(w)-n:]].Has(c) {
			return true
		}
	}
	return false
}

// HasEnd reports whether a lower-case word ends in one of the class, of whatever length.
func HasEnd(low string, c Class) bool { return Head(low, c) != "" }

// Head is the longest end of a lower-case word that is of the class: "verband" of "sportverband". "" for none. The class must be one of
// endClasses.
func Head(low string, c Class) string {
	m, l := words(), wordTails().of(low)
	for n := l.pop(); n > 0; n = l.pop() {
		if end := low[len(low)-n:]; m[end].Has(c) {
			return end
		}
	}
	return ""
}

// FeminineNoun reports whether the end of a lower-case noun shows that it is feminine: Verwaltung, Leiterin; not Verein, Stadion.
func FeminineNoun(low string) bool {
	end := Head(low, Feminine)
	return end != "" && len(Head(low, Unfeminine)) <= len(end)
}

// possessives are the endings a name has in the genitive, the longest first.
var possessives = [...]string{"'s", "’s", "s", "'", "’"}

// Genitive gives the genitive of a name: Annas, Hans’.
func Genitive(name string) string {
	switch {
	case name == "":
		return ""
	case strings.HasSuffix(name, "s"), strings.HasSuffix(name, "ß"), strings.HasSuffix(name, "z"), strings.HasSuffix(name, "x"):
		return name + "’"
	}
	return name + "s"
}

// DropGenitive cuts the genitive ending of a name: Annas, Hans’, Max'; a name that has none stays.
func DropGenitive(name string) string {
	for _, e := range possessives {
		if s, ok := strings.CutSuffix(name, e); ok {
			return s
		}
	}
	return name
}

// Nominatives gives what a name may be without the ending of a genitive, the longest ending first; a name without one gives nothing.
func Nominatives(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, e := range possessives {
			if s, ok := strings.CutSuffix(name, e); ok && !yield(s) {
				return
			}
		}
	}
}

// PossibleGenitive reports whether a name has the form of a genitive: Lohmanns, Franz’, Marx.
func PossibleGenitive(name string) bool {
	for _, e := range [...]string{"s", "’", "'", "z", "x"} {
		if strings.HasSuffix(name, e) {
			return true
		}
	}
	return false
}

// SurelyGenitive reports whether a name ends like a genitive and not like a surname: Müllers does not, Lohmanns does.
func SurelyGenitive(name string) bool {
	return strings.HasSuffix(name, "s") && !HasEnd(name, NoGenitive) && (!strings.HasSuffix(name, "ns") || strings.HasSuffix(name, "nns"))
}

// CommonNoun reports whether a lower-case word is a common noun or ends like one. Short ends count only when no surname has them.
func CommonNoun(low string) bool {
	m, l := words(), wordTails().of(low)
	for n := l.pop(); n > 0; n = l.pop() {
		s := m[low[len(low)-n:]]
		if s.Has(Noun) && (n == len(low) || n > shortestEnd || n > 2 && s.Has(Short)) {
			return true
		}
	}
	return false
}

// CommonNounForm reports whether a lower-case word is a common noun by its end, in the genitive too: Zugangs, Schiffes.
func CommonNounForm(low string) bool {
	if CommonNoun(low) {
		return true
	}
	if s, ok := strings.CutSuffix(low, "es"); ok && CommonNoun(s) {
		return true
	}
	s, ok := strings.CutSuffix(low, "s")
	return ok && len(s) > shortestEnd && CommonNoun(s)
}

// ParticiplePrefix reports whether a capitalised word with the ending of a participle has a prefix of one, and something between the two.
func ParticiplePrefix(w string) bool {
	low := strings.ToLower(w)
	for n := 2; n <= 5 && n+3 < len(w); n++ {
		if Is(low[:n], Participle) {
			return true
		}
	}
	return false
}

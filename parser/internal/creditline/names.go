package creditline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/german"
)

// ends reports whether s ends a sentence.
func ends(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.ContainsAny(s[len(s)-1:], ".!?") && !abbreviated(s)
}

// nameLike reports whether s can name a person or organisation: capitalised words, with the small words names have. After a strong
// marker other small words may stand, too, as long as nothing says where somebody stands in a picture. Without a marker, in a place made
// for credits, everything that looks like a caption is none.
func nameLike(s string, how strength) bool {
	words := strings.Fields(withoutAgencies(s))
	switch {
	case len(words) == 0:
		return strings.TrimSpace(s) != ""
	case len(words) > maxWords:
		return false
	case how != strong && opensCaption(words):
		return false
	}
	c, ok := countWords(words)
	switch {
	case !ok:
		return false
	case len(words) == 1:
		return true
	case dangling(strings.ToLower(words[len(words)-1])):
		return false // "Geschrieben von"
	case how == strong:
		return c.small <= maxSmall && c.small <= c.upper
	case c.small > 0:
		return c.upper == 0 && c.small <= maxSmall // "picture people", user names in small letters
	}
	return !c.article || organisation(words)
}

// opensCaption reports whether words begin as a description of a picture does, and no name: "Landrätin Erika Muster", "Der neue Weg",
// "Blick auf Musterau", "Baustelle Kreisstraße"; a place alone; who writes below the picture of an author.
func opensCaption(words []string) bool {
	w := strings.Trim(words[0], ",.:")
	low := strings.ToLower(w)
	if len(words) == 1 {
		return german.Is(w, german.Place) || authors[low] || viewed(low)
	}
	if given(w) {
		return false
	}
	return grammatical(low) || german.TitleOf(w).Address == german.Salutation || viewed(low) || describing(low) && !organisation(words) || office(w)
}

// opening are the classes of words that begin a phrase.
var opening = german.SetOf(german.Nominative, german.Oblique, german.Preposition, german.Adverb, german.Subordinator)

// grammatical reports whether a word begins a phrase and no name; "von" begins both.
func grammatical(low string) bool { return low != "von" && german.Of(low).Any(opening) }

// office reports whether a word tells what somebody is: "Oberbürgermeister", but not "Fischer", which is a name as often, nor "Fotograf".
func office(w string) bool {
	if german.Is(w, german.Surname) || german.Is(w, german.Credit) {
		return false
	}
	_, _, ok := german.RoleEnd(strings.ToLower(w), func(before, _ string) bool { return len(before) > 2 })
	return ok
}

// describing reports whether a word is an adjective that captions begin with: "Neue Brücke".
func describing(low string) bool {
	stem, ok := german.AdjectiveStem(low)
	return ok && german.Is(stem, german.CaptionAdjective)
}

// viewed reports whether a word, or its end, says what is to be seen.
func viewed(low string) bool {
	for _, v := range lexicon["views"] {
		if strings.HasSuffix(low, v) {
			return true
		}
	}
	return false
}

// wordCounts are the words of what may be a name: with a capital, and in small letters without a meaning in names; article says that one
// is an article.
type wordCounts struct {
	upper, small int
	article      bool
}

// countWords sorts the words. ok is false if one says where somebody is to be seen.
func countWords(words []string) (c wordCounts, ok bool) {
	for i, w := range words {
		w = strings.Trim(w, ",;:()\"„“»«'")
		l := strings.ToLower(w)
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case w == "" || !unicode.IsLetter(r):
		case sides[l]:
			return c, false
		case unicode.IsUpper(r):
			c.upper++
		case particle(l):
			c.article = c.article || article(l) && !afterVon(words, i)
		case strings.ContainsAny(w, ".@_/0123456789") || listed(w) != unlisted:
		default:
			c.small++
		}
	}
	return c, true
}

// afterVon reports whether the word before word i makes it a part of a family name: "von der Heyde".
func afterVon(words []string, i int) bool {
	if i == 0 {
		return false
	}
	l := strings.ToLower(words[i-1])
	return l == "von" || l == "van"
}

// withoutAgencies is s without the parts that are agencies, whose names are not all in capitals.
func withoutAgencies(s string) string {
	var out []string
	for _, p := range joints.Split(s, maxSplit) {
		if !IsAgency(clean(p)) {
			out = append(out, p)
		}
	}
	return strings.Join(out, " / ")
}

// organisation reports whether one of the words ends as the names of bodies and houses do.
func organisation(words []string) bool {
	for _, w := range words {
		low := strings.ToLower(strings.Trim(w, ",;:()"))
		if german.HasEnd(low, german.Body) {
			return true
		}
		for _, end := range lexicon["houses"] {
			if low == end || len(end) > 2 && strings.HasSuffix(low, end) {
				return true
			}
		}
	}
	return false
}

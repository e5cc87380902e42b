package creditline

import (
	"regexp"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
)

// How sure a marker is that a credit follows.
type strength uint8

const (
	none   strength = iota // no marker; in a place made for credits a name is enough
	unsure                 // "Karte:", "Bild 3:": a description, but for what is surely a name
	weak                   // "Foto:", "Bild:", "Grafik:": a description of the picture follows as often
	source                 // "Quelle:": a credit only beside a picture; below a table or a text it names where the facts are from
	strong                 // "Bildnachweis:", "©", "Fotograf:": nothing but a credit follows
)

// A marker is the word that announces a credit; the words are data, see words.txt. The colon may be missing only after the copyright signs
// and where "von" or "by" takes its place.
var (
	pictureWords = `(?:(?:` + either("prefixes") + `)-?)?(?:` + either("pictures") + `)`
	drawingWords = either("drawings")
	makerWords   = either("makers") + `|Fotograf(?:/?-?in|[:*_]in)(?:nen)?`
	rightWords   = `(?:` + either("pictures") + `)[- ]?(?:` + either("rights") + `)|` + either("claims")

	// textAnd is the first half of "Text und Foto: Name".
	textAnd = `(?:(?:` + either("halves", "pictures", "sources", "claims") + `)\s*(?:/|&|\+|und|,)\s*)?`
	count   = `(?:\s*\([1-9]\d?\))?` // pictures: "Fotos (2)"
	number  = `\s*[1-9]\d?`          // the picture's: "Bild 3"
	sign    = `\s*(?::|©|\(c\))`

	unsureMarker = `(?:(?:` + either("doubtful") + `)(?:` + number + `)?\s*:|(?:` + pictureWords + `|` + drawingWords + `)` + number + `\s*:)`
	weakMarker   = `(?:` + textAnd + `(?:` + pictureWords + `|` + drawingWords + `)` + count + sign + `|(?:` + pictureWords + `)\s*(?:/|&|\+|und)\s*(?:` +
		either("halves") + `)\s*:)`
	sourceMarker = `(?:(?:` + either("sources") + `|Bild\s+und\s+Quelle)` + count + `\s*:)`
	strongMarker = `(?:` + textAnd + `(?:` + rightWords + `|` + makerWords + `)` + count + sign + `|(?:` + rightWords +
		`)\s+(?:©|\(c\)|by|von)\s|Copyright\b|©|\(c\)(?:\s|\b)|&copy;|(?:Foto|Bild|Photo|Image)\s+(?:by|©))`

	// leading matches a marker at the start; group 1 is weak, 2 source, 3 strong, 4 unsure.
	leading = lazy.MustCompile(`(?i)^[\s(\[|–—-]*(?:(` + weakMarker + `)|(` + sourceMarker + `)|(` + strongMarker + `)|(` + unsureMarker + `))[\s:]*`)
	// anywhere matches a marker inside a line, at a word's start.
	anywhere = lazy.MustCompile(`(?i)(?:^|[\s(\[|/–—,.;:»“"-])((?:` + weakMarker + `)|(?:` + sourceMarker + `)|(?:` + strongMarker + `)|` + unsureMarker + `)`)
)

// private is the one credit that needs no colon: "Foto privat".
var private = lazy.MustCompile(`(?i)^[\s(\[]*(?:` + either("pictures") + `)\s+(privat)[\s.)\]]*$`)

// either is an expression for the words of some sections, longer ones first.
func either(names ...string) string {
	var words []string
	for _, n := range names {
		for _, w := range lexicon[n] {
			words = append(words, regexp.QuoteMeta(w))
		}
	}
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return strings.Join(words, "|")
}

// cut takes the marker off the start of s: the rest, and how sure it was; none when there was none.
func cut(s string) (rest string, how strength) {
	m := leading.FindStringSubmatchIndex(s)
	if m == nil {
		if p := private.FindStringSubmatch(s); p != nil {
			return p[1], weak
		}
		return s, none
	}
	for i, x := range []strength{weak, source, strong, unsure} {
		if m[2+2*i] >= 0 {
			how = x
		}
	}
	return s[m[1]:], how
}

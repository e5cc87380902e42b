package creditline

import "github.com/kreispresse/kreispresse/parser/internal/lazy"

// How sure a marker is that a credit follows.
type strength uint8

const (
	weak   strength = iota // "Foto:", "Bild:", "Grafik:": a description of the picture follows as often
	source                 // "Quelle:": a credit only beside a picture; below a table or a text it names where the facts are from
	strong                 // "Bildnachweis:", "©", "Fotograf:": nothing but a credit follows
)

// A marker is the word that announces a credit (GERMAN.md §9). The colon may be missing only after the copyright signs and where
// "von" or "by" takes its place.
const (
	pictures = `(?:(?:Archiv|Symbol|Titel|Presse|Agentur|Vorschau|Gruppen|Beispiel|Luft|Portr[aä]t|Pressekonferenz|Header|Hintergrund|Teaser|Detail|` +
		`Szenen)-?)?(?:fotos?|bild(?:er)?|photos?|images?|pictures?|fotografien?|aufnahmen?)`
	drawings = `(?:Info)?grafik(?:en)?|Graphik|Illustration(?:en)?|Visualisierung(?:en)?|Rendering|Zeichnung|(?:Foto)?montage|Collage|Screenshot|` +
		`Karte|Abb(?:\.|ildung)`
	persons = `Fotograf(?:/?-?in|[:*_]in)?(?:nen)?|Photographer|Bildautor(?:in)?|Urheber(?:in)?|Bildurheber(?:in)?`
	rights  = `(?:Bild|Foto|Photo|Bilder|Fotos|Image)[- ]?(?:nachweise?|quellen?|rechte|copyrights?|credits?|hinweise?|autor|angaben?|lizenz)|` +
		`Copyright(?:hinweis)?|Credits?|Copyrights?`
)

var (
	// textAnd is the first half of "Text und Foto: Name".
	textAnd = `(?:(?:Text|Texte|Bild|Foto|Fotos|Idee|Quelle|Copyright)\s*(?:/|&|\+|und|,)\s*)?`
	count   = `(?:\s*\(?[1-9]\d?\)?)?`

	weakMarker   = `(?:` + textAnd + `(?:` + pictures + `|` + drawings + `)` + count + `\s*(?::|©|\(c\)))`
	sourceMarker = `(?:(?:Quellen?|Source|Bild\s+und\s+Quelle)` + count + `\s*:)`
	strongMarker = `(?:` + textAnd + `(?:` + rights + `|` + persons + `)` + count + `\s*(?::|©|\(c\))|(?:` + rights +
		`)\s+(?:©|\(c\)|by|von)\s|Copyright\b|©|\(c\)(?:\s|\b)|&copy;|(?:Foto|Bild|Photo|Image)\s+(?:by|©))`

	// opening matches a marker at the start; group 1 is weak, 2 source, 3 strong.
	opening = lazy.MustCompile(`(?i)^[\s(\[|–—-]*(?:(` + weakMarker + `)|(` + sourceMarker + `)|(` + strongMarker + `))[\s:]*`)
	// anywhere matches a marker inside a line, at a word's start.
	anywhere = lazy.MustCompile(`(?i)(?:^|[\s(\[|/–—,.;:»“"-])((?:` + weakMarker + `)|(?:` + sourceMarker + `)|(?:` + strongMarker + `))`)
	// by is the form of the free image libraries: "Foto von Name auf Unsplash", "Photo by Name on Pexels".
	by = lazy.MustCompile(`(?i)^[\s(]*(?:Foto|Bild|Photo|Image|Photograph)s?\s+(?:von|by)\s+(.{2,60}?)\s+(?:auf|on|bei|from|via|/)\s+(.{2,30}?)[\s).]*$`)
)

// cut takes the marker off the start of s: the rest, and whether there was one.
func cut(s string) (rest string, how strength, ok bool) {
	m := opening.FindStringSubmatchIndex(s)
	if m == nil {
		return s, 0, false
	}
	how = weak
	if m[4] >= 0 {
		how = source
	} else if m[6] >= 0 {
		how = strong
	}
	return s[m[1]:], how, true
}

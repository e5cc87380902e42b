package creditline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
)

// ends reports whether s ends a sentence.
func ends(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.ContainsAny(s[len(s)-1:], ".!?") && !abbreviated(s)
}

// nameLike reports whether s can name a person or organisation: capitalised words, with the small words names have. After a strong
// marker other small words may stand, too, as long as nothing says where somebody stands in a picture.
func nameLike(s string, lenient bool) bool {
	words := strings.Fields(withoutAgencies(s))
	switch {
	case len(words) == 0:
		return strings.TrimSpace(s) != ""
	case len(words) > maxWords:
		return false
	case !lenient && len(words) > 1 && offices[strings.ToLower(strings.Trim(words[0], ",.:"))]:
		return false
	}
	c, ok := countWords(words)
	switch {
	case !ok:
		return false
	case len(words) == 1:
		return true
	case dangling[strings.ToLower(words[len(words)-1])]:
		return false // "Geschrieben von"
	case lenient:
		return c.small <= maxSmall && c.small <= c.upper
	case c.small > 0:
		return c.upper == 0 && c.small <= maxSmall // "picture people", user names in small letters
	}
	return !c.article || organisation(words)
}

// counts are the words of what may be a name: with a capital, and in small letters without a meaning in names; article says that one
// is an article.
type counts struct {
	upper, small int
	article      bool
}

// countWords sorts the words. ok is false if one says where somebody is to be seen.
func countWords(words []string) (c counts, ok bool) {
	for i, w := range words {
		w = strings.Trim(w, ",;:()\"„“»«'")
		l := strings.ToLower(w)
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case w == "" || !unicode.IsLetter(r):
		case places[l]:
			return c, false
		case unicode.IsUpper(r):
			c.upper++
		case particles[l]:
			c.article = c.article || articles[l] && !afterVon(words, i)
		case strings.ContainsAny(w, ".@_/0123456789") || agencies()[key(w)]:
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
	for _, p := range joints.Split(s, 12) {
		if !IsAgency(clean(p)) {
			out = append(out, p)
		}
	}
	return strings.Join(out, " / ")
}

// particles are the small words of personal names and of organisations' names.
var particles = wordSet(`
	von vom van der den des dem de del della di da dos du la le ten ter zu zur zum und u. and & für e.v. mbh gmbh via by of the pour im in am i.`)

// dangling are the particles no name ends with.
var dangling = wordSet(`von vom van der den des dem de zu zur zum und u. and für by of the im in am`)

// articles make a noun phrase: "Übergabe der Urkunden" describes, "Verband der Feuerwehren" names; see organisation.
var articles = wordSet(`der den des dem zur zum im in am`)

// places say where somebody is to be seen.
var places = wordSet(`links rechts mitte v.l. v.r. v.l.n.r. v.l.n.r l. r. vorne hinten vordere hintere obere untere von-links`)

// offices open a caption ("Bild: Landrätin Erika Muster"), never a credit.
var offices = wordSet(`landrat landrätin oberbürgermeister oberbürgermeisterin bürgermeister bürgermeisterin dezernent dezernentin kreisdirektor
 kreisdirektorin minister ministerin ministerpräsident ministerpräsidentin bundesminister bundesministerin staatssekretär staatssekretärin präsident
 präsidentin leiter leiterin geschäftsführer geschäftsführerin vorsitzender vorsitzende herr frau der die das ein eine unser unsere so hier auf bei
 mit nach im am zum zur blick ansicht gruppenbild gruppenfoto beigeordneter beigeordnete amtsleiter amtsleiterin`)

var bodies = lazy.MustCompile(`(?i)(?:kreis|stadt|gemeinde|region|bezirk|amt|ämter|verband|verbund|verein|vereinigung|minister(?:ium)?|` +
	`ministeriums?|museum|gmbh|\bAG|e\.\s?v\.|zentrum|haus|institut|universität|hochschule|feuerwehr|polizei|präsidium|archiv|stiftung|bund|land|` +
	`agentur|verlag|presse|pressestelle|kammer|klinik|klinikum|krankenhaus|werke?|theater|bibliothek|schule|büro|studio|redaktion|team|initiative|` +
	`verwaltung|gesellschaft|genossenschaft|behörde|direktion|zweckverband|direktorat|kommission|parlament|tag|rat|fraktion|kirche|bistum|club|` +
	`hilfe|dienst|wehr|werk|partner|design|fotografie|photography|media|film|architekten|ingenieure|bank|sparkasse|akademie|anstalt|rundfunk|` +
	`zeitung|projekt|netzwerk|forum|orchester|chor|zoo|garten)$`)

func organisation(words []string) bool {
	for _, w := range words {
		if bodies.MatchString(strings.Trim(w, ",;:()")) {
			return true
		}
	}
	return false
}

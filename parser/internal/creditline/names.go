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
	if len(words) == 0 {
		return strings.TrimSpace(s) != ""
	}
	if len(words) > 14 {
		return false
	}
	if !lenient && offices[strings.ToLower(strings.Trim(words[0], ",.:"))] && len(words) > 1 {
		return false
	}
	small, article, upper := 0, false, 0
	for i, w := range words {
		w = strings.Trim(w, ",;:()\"„“»«'")
		l := strings.ToLower(w)
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case w == "" || !unicode.IsLetter(r):
		case places[l]:
			return false
		case unicode.IsUpper(r):
			upper++
		case particles[l]:
			article = article || articles[l] && (i == 0 || strings.ToLower(words[i-1]) != "von" && strings.ToLower(words[i-1]) != "van")
		case strings.ContainsAny(w, ".@_/0123456789") || agencies[key(w)]:
		default:
			small++
		}
	}
	if len(words) == 1 {
		return true
	}
	if dangling[strings.ToLower(words[len(words)-1])] {
		return false // "Geschrieben von"
	}
	if lenient {
		return small <= 2 && small <= upper
	}
	if small > 0 {
		return upper == 0 && small <= 2 // "picture people", user names in small letters
	}
	return !article || organisation(words)
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

package page

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"

	"github.com/kreispresse/kreispresse/parser/internal/creditline"
)

// creditLine reports whether a line says who made a picture and nothing else, but for what the picture shows.
func creditLine(t string) bool {
	if len(t) > maxCreditLine || !containsAny(t, markerSigns) && (len(t) > maxBareCredit || sentence(t) || !strings.ContainsAny(t, "/|,–-")) {
		return false // the grammar is not asked where it would say no
	}
	if creditline.IsLine(t) {
		return true
	}
	_, labelled := creditline.Labelled(t)
	return labelled
}

// markerSigns are what an announced credit cannot do without; looking for them is cheap.
var markerSigns = []string{
	"oto", "OTO", "ild", "BILD", "mage", "rafik", "llustr", "isual", "opyright", "©", "(c)", "(C)", "redit", "uelle", "echte",
	"rheber", "ufnahme", "ichnung", "ollage", "ontage", "creenshot",
}

// marked finds the words that announce a credit. Without one no line of the text is cut: names of agencies end reports, too.
var marked = lazy.MustCompile(`(?i)foto|bild|photo|grafik|illustration|visualisierung|copyright|©|\(c\)`)

// cutCredit takes an announced credit off the end of a line: "… im Kreishaus. (Foto: Kreis)". One in the middle stays: the text is
// never put together anew.
func cutCredit(t string) (rest, credit string) {
	if !strings.ContainsAny(t, ":©") && !strings.Contains(t, "(c)") || !containsAny(t, markerSigns) || !marked.MatchString(t) {
		return t, ""
	}
	rest, credit = creditline.Split(t)
	if rest == "" || credit == "" || !strings.HasPrefix(t, rest) || !marked.MatchString(credit) || len(credit) > maxCreditLine {
		return t, ""
	}
	return rest, credit
}

package page

import (
	"regexp"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/creditline"
)

// maxCreditLine is the longest line that is looked at as a credit, in bytes.
const maxCreditLine = 240

// creditLine reports whether a line says who made a picture and nothing else.
func creditLine(t string) bool {
	return len(t) <= maxCreditLine && creditline.IsLine(t)
}

// marked finds the words that announce a credit. Without one no line of the text is cut: names of agencies end reports, too.
var marked = regexp.MustCompile(`(?i)foto|bild|photo|grafik|illustration|visualisierung|copyright|©|\(c\)`)

// cutCredit takes an announced credit off a line: "… im Kreishaus. (Foto: Kreis)".
func cutCredit(t string) (rest, credit string) {
	if !strings.ContainsAny(t, ":©") && !strings.Contains(t, "(c)") || !marked.MatchString(t) {
		return t, ""
	}
	rest, credit = creditline.Split(t)
	if rest == "" || credit == "" || !marked.MatchString(credit) || len(credit) > maxCreditLine {
		return t, ""
	}
	return rest, credit
}

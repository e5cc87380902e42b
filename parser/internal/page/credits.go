package page

import (
	"regexp"
	"strings"
)

// maxCreditLine is the longest line that is taken for a credit, in bytes.
const maxCreditLine = 240

const creditWord = `(?:(?:archiv|symbol|titel|vorschau|teaser|presse|beispiel|fahndungs|luft|foto|bild)?(?:fotos?|bild(?:er)?|photos?)|bild(?:er)?(?:nachweise?|quellen?|rechte|material)|foto(?:nachweise?|quellen?|rechte|graf(?:in|ie|en)?|credits?)|grafiken?|illustrationen?|visualisierung(?:en)?|copyright|©|\(c\)|credits?|fotograf(?:in)?|image|picture|repro|quelle\s+(?:foto|bild)|quelle der (?:fotos|bilder))`

var (
	creditStart = regexp.MustCompile(`(?i)^[\[(]?\s*` + creditWord + `(?:\s*\(?\d{1,2}\)?)?(?:\s*(?:und|&|/)\s*` + creditWord + `)?(?:\s+(?:oben|unten|links|rechts|privat))?\s*[:|©]\s*\S`)
	creditBare  = regexp.MustCompile(`(?i)^[\[(]?\s*(?:©|\(c\)|copyright\s|(?:archiv|symbol)?(?:foto|bild)\s*©|(?:foto|fotos|bild):?\s+(?:privat|dpa|©))`)
	creditEnd   = regexp.MustCompile(`(?i)[\s(\[|/–-]\s*(?:` + creditWord + `(?:\s*\(\d\))?\s*[:©]\s*[^.!?„“"]{2,100}[^!?„“"]{0,12}|©\s*[^!?„“"]{2,100})$`)
)

// creditLine reports whether a line says who made a picture and nothing else.
func creditLine(t string) bool {
	t = strings.TrimSpace(t)
	if t == "" || len(t) > maxCreditLine {
		return false
	}
	return (creditStart.MatchString(t) || creditBare.MatchString(t)) && strings.Count(t, ". ") < 3
}

// cutCredit takes a credit off the end of a line: "… im Kreishaus. (Foto: Kreis)".
func cutCredit(t string) (rest, credit string) {
	if !strings.ContainsAny(t, ":©") {
		if !strings.Contains(t, "(c)") {
			return t, ""
		}
	}
	from := 0
	if len(t) > 300 { // the end is enough, and keeps the search short
		from = len(t) - 300
		for from < len(t) && t[from]&0xC0 == 0x80 {
			from++
		}
	}
	m := creditEnd.FindStringIndex(t[from:])
	if m == nil {
		return t, ""
	}
	rest = strings.TrimRight(t[:from+m[0]], " ([|/–-")
	credit = strings.TrimLeft(t[from+m[0]:], " [|/–-")
	if rest == "" {
		return t, ""
	}
	if strings.HasPrefix(credit, "(") && strings.HasSuffix(credit, ")") && strings.Count(credit, "(") == strings.Count(credit, ")") {
		credit = strings.TrimSpace(credit[1 : len(credit)-1])
	}
	return rest, strings.TrimSpace(credit)
}

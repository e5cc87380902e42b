package creditline

import (
	"strings"
	"unicode"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/internal/german/calendar"
	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/rule"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// A cutter takes a note off a credit; what it gives back is the credit itself when there is none.
type cutter func(s string) string

// offs are the notes that stand beside a name and name nobody, in the order in which they are taken off.
var offs = rule.Table[struct{}, cutter]{
	{
		ID: "control", Find: controls.cut,
		Says: `
			Erika Muster Bild herunterladen → Erika Muster
			Kreis Musterau (jpg, 2 MB) → Kreis Musterau`,
		Not: "Download-Verein Musterau",
	},
	{
		ID: "usage", Find: reserved.cut,
		Says: `
			Erika Muster, alle Rechte vorbehalten → Erika Muster
			Kreis Musterau - Abdruck honorarfrei → Kreis Musterau`,
		Not: "Freie Presse Musterau",
	},
	{
		ID: "licence", Find: withoutLicence,
		Says: `
			Erika Muster, CC BY-SA 4.0 → Erika Muster
			Tim71 (CC0) → Tim71
			Erika Muster / CC BY 2.0 DE / Flickr → Erika Muster / Flickr`,
		Not: "Verein Creative Musterau",
	},
	{
		ID: "side", Find: withoutSide,
		Says: `
			oben: Erika Muster → Erika Muster
			links unten: Kreis Musterau → Kreis Musterau`,
		Not: "Kreis Musterau: Erika Muster",
	},
	{
		ID: "order", Find: order.cut,
		Says: "Erika Muster im Auftrag des Kreises Musterau → Erika Muster",
		Not:  "Verein Auftrag Musterau",
	},
	{
		ID: "day", Find: withoutDay,
		Says: `
			2024 Erika Muster → Erika Muster
			Erika Muster 2019-2021 → Erika Muster
			Erika Muster (12.03.2024) → Erika Muster
			Erika Muster, aufgenommen im März 2019 → Erika Muster`,
		Not: "Verein März",
	},
	{
		ID: "note", Find: withoutNote,
		Says: `
			Erika Muster/Archiv → Erika Muster
			Erika Muster (bearbeitet durch Kreis Musterau) → Erika Muster
			Erika Muster; Bearbeitung: Kreis Musterau → Erika Muster
			Symbolbild / Erika Muster → Erika Muster
			Kreis Musterau – Archivfoto von 1998 → Kreis Musterau`,
		Not: `
			Kreisarchiv Musterau
			Archiv Musterau`,
	},
}

// clean takes off what surrounds a name: signs and notes.
func clean(s string) string { return cleaned(s, nil) }

// cleaned tells seen, unless it is nil, which rules took something off.
func cleaned(s string, seen func(id string)) string {
	s = trimSigns(s)
	for range maxNotes {
		before := s
		for i := range offs {
			rest := offs[i].Find(s)
			if rest == s {
				continue
			}
			if seen != nil {
				seen(offs[i].ID)
			}
			s = trimSigns(rest)
		}
		if s == before {
			break
		}
	}
	return s
}

// tail is an expression for a note and all that stands behind it.
type tail struct{ *lazy.Regexp }

func (t tail) cut(s string) string { return t.ReplaceAllString(s, "") }

var (
	controls = tail{lazy.MustCompile(`(?i)\s*(?:--\w+--|\b(?:Hochauflösend|Bild (?:vergrößern|herunterladen)|Großansicht|Herunterladen\b|Download\b(?:$|[^-])|` +
		`Zum Seitenanfang)|\(?\b(?:jpe?g|png|pdf|zip)\b|»|>>).*$`)}
	order    = tail{lazy.MustCompile(`(?i)[\s,(]+(?:im Auftrag|i\.\s?A\.)\s.*$`)}
	reserved = tail{lazy.MustCompile(`(?i)[\s.,/|(\[–-]*(?:all rights reserved|alle rechte vorbehalten|nutzungsrechte vorbehalten|honorarfrei|` +
		`zur freien verwendung|(?:abdruck|nutzung|verwendung|veröffentlichung)\b.{0,40}\b(?:honorarfrei|kostenfrei|frei|gestattet|erlaubt)|frei zur ` +
		`veröffentlichung)\b.*$`)}
	licence = lazy.MustCompile(`(?i)[\s,;/|(\[–-]*(?:\b(?:unter|Lizenz|licen[cs]ed?|under):?\s+)*\b(?:CC[ -]?(?:0|zero\b)(?:\s1\.0)?(?:\sPublic Domain)?|` +
		`CC[ -]BY(?:[ -](?:SA|ND|NC))*|Creative Commons(?:\s(?:Lizenz|Zero|Attribution)\b)?|Public Domain\b|gemeinfrei\b|GFDL\b)` +
		`(?:[ -]?\d\.\d)?(?:\s(?:DE|AT|CH|Deed|Unported|Generic|International)\b)?[)\]]?`)
	day = lazy.MustCompile(`(?i)[\s,;/|(\[–-]+(?:(?:vom|am|von|aus|im|dem|Jahre?|Stand:?|aufgenommen)\s+)*(?:\d{1,2}\.\s?(?:\d{1,2}\.)?\s?)?(?:(?:` + months() +
		`)\.?\s+)?(?:\d{1,2}\.\d{1,2}\.\d\d|(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?)[)\]]?$`)
	yearFirst = lazy.MustCompile(`(?i)^(?:(?:©|\(c\)|by|von)\s*)*(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?[\s,:]+(?:by\s+)?`)
)

// months is an expression for the German names of months.
func months() string {
	var forms []string
	for _, m := range calendar.Months() {
		if m.Class == calendar.Full || m.Class == calendar.Short {
			forms = append(forms, m.Form)
		}
	}
	return strings.Join(forms, "|")
}

func withoutLicence(s string) string { return licence.ReplaceAllString(s, "") }

func withoutDay(s string) string {
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	return day.ReplaceAllString(yearFirst.ReplaceAllString(s, ""), "")
}

// withoutNote takes off a note in brackets at the end, or in the last or first place.
func withoutNote(s string) string {
	if i := strings.LastIndexByte(s, '('); i > 0 && (strings.HasSuffix(s, ")") || !strings.Contains(s[i:], ")")) && isNote(s[i:]) {
		return s[:i]
	}
	if i := strings.LastIndexAny(s, "/|,;–"); i > 0 && isNote(s[i:]) {
		return s[:i]
	}
	if i := strings.LastIndex(s, " - "); i > 0 && isNote(s[i:]) {
		return s[:i]
	}
	if i := strings.IndexAny(s, "/|,;"); i > 0 && isNote(s[:i]) {
		return s[i:]
	}
	return s
}

var beside = lazy.MustCompile(`(?i)^(?:(?:` + either("sides") + `)\s*)+:\s*`)

// withoutSide takes off which of several pictures is meant.
func withoutSide(s string) string { return beside.ReplaceAllString(s, "") }

// isNote reports whether a part of a credit names nobody: "Archivbild", "Archiv 2019", "bearbeitet von der Redaktion".
func isNote(s string) bool {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("/|,;–-()[].", r) })
	first, rest, more := strings.Cut(s, " ")
	first, colon := strings.CutSuffix(strings.ToLower(first), ":")
	first = strings.TrimRight(first, ",")
	switch {
	case !notes[first]:
		return false
	case !more || colon && edits[first]:
		return true
	}
	second, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	second = strings.ToLower(strings.Trim(second, ".,()"))
	_, month := calendar.Month(second)
	return month || notes[second] || second == "" || second[0] >= '0' && second[0] <= '9' || german.Is(second, german.Preposition) ||
		german.Is(second, german.Coordinator)
}

func trimSigns(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("|/,;:–—-[]<>*•·", r)
	})
	if strings.HasPrefix(s, "(") && (strings.HasSuffix(s, ")") || !strings.Contains(s, ")")) {
		s = strings.TrimSuffix(strings.TrimPrefix(s, "("), ")")
	}
	for strings.HasSuffix(s, ")") && strings.Count(s, ")") > strings.Count(s, "(") {
		s = strings.TrimSuffix(s, ")")
	}
	s = strings.TrimSpace(s)
	if strings.HasSuffix(s, ".") && !abbreviated(s) {
		s = strings.TrimSuffix(s, ".")
	}
	return strings.TrimSpace(s)
}

// abbreviated reports whether the full stop at the end of s belongs to its last word ("e. V.", "Jr.").
func abbreviated(s string) bool {
	w := strings.TrimSuffix(s, ".")
	w = w[strings.LastIndexAny(w, " ./")+1:]
	return text.IsAbbreviation(w)
}

package creditline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// Party is somebody a credit names.
type Party struct {
	Holder string // person or organisation, as written
	Agency string // e.g. "stock.adobe.com", as written
}

// Text is the party as one string, "Holder, Agency".
func (p Party) Text() string {
	if p.Holder != "" && p.Agency != "" {
		return p.Holder + ", " + p.Agency
	}
	return p.Holder + p.Agency
}

// Parties reads everybody a credit names. A semicolon and a picture count, as in "A (2), B", separate credits. So does a bar,
// which stands between the two credit fields of a picture's metadata ("dpa | Max Muster": IPTC credit line and by-line), unless an
// agency follows it; comma and slash join a party ("Kreis Düren / Max Muster").
func Parties(s string) []Party {
	if len(s) > maxInput {
		return nil
	}
	s = text.Normalise(s)
	if m := by.FindStringSubmatch(s); m != nil {
		if IsAgency(m[2]) {
			return []Party{{clean(m[1]), clean(m[2])}}
		}
	}
	if wireNotice.MatchString(s) {
		return nil
	}
	s = bare(withoutLinks(s))
	if s == "" || utf8.RuneCountInString(s) > maxLength {
		return nil
	}
	var out []Party
	for _, part := range splitCounts(s) {
		for _, p := range bars(part) {
			if p = tidy(p); p != (Party{}) && !contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// wireNotice is the line by which dpa marks a text as its own ("© dpa-infocom, dpa:220124-99-835563/5"); no picture's.
var wireNotice = lazy.MustCompile(`\bdpa:\d{6}-`)

var (
	link  = lazy.MustCompile(`\s*[,(]?\s*https?://\S+`)
	words = lazy.MustCompile(`(?i)\(copyright\)|^(?:Fotos?|Bild|Photo)\s+(\pL)|^(?:Von|By)\s+(\pL)`)
)

// withoutLinks takes addresses off a credit that says more than one.
func withoutLinks(s string) string {
	if !link.MatchString(s) {
		return s
	}
	if rest := link.ReplaceAllString(s, ""); len(clean(bare(rest))) > 1 {
		return rest
	}
	return s
}

func contains(ps []Party, p Party) bool {
	k := key(p.Text())
	for _, q := range ps {
		if key(q.Text()) == k {
			return true
		}
	}
	return false
}

// bare is the credit without markers. Of "© NDR Foto: Name" the last marker's part is kept: it is the nearest to the maker.
func bare(s string) string {
	for i := range 4 {
		rest, _, ok := cut(s)
		if !ok && i == 0 {
			break
		}
		s = words.ReplaceAllString(rest, "$1$2")
	}
	for range 3 {
		m := anywhere.FindStringSubmatchIndex(s)
		if m == nil || m[3] >= len(s) {
			break
		}
		before, mark, after := clean(s[:m[2]]), s[m[2]:m[3]], clean(s[m[3]:])
		switch {
		case after == "":
			s = before
		case before == "":
			s = after
		case strings.ContainsAny(mark, "©") || isCopyright(mark):
			s = before + " / " + after // "Name © Agency", "Name/Copyright 2026 The AP"
		case strings.HasSuffix(strings.TrimSpace(s[:m[2]]), "|"):
			s = before + " | " + after
		case strings.HasSuffix(strings.TrimSpace(s[:m[2]]), ";") || strings.HasSuffix(strings.TrimSpace(s[:m[2]]), ","):
			s = before + "; " + after // "Foto: A; Grafik: B"
		default:
			s = after
		}
	}
	return clean(s)
}

func isCopyright(mark string) bool {
	m := strings.ToLower(mark)
	return strings.HasPrefix(m, "copyright") || strings.HasPrefix(m, "(c)")
}

var counted = lazy.MustCompile(`\s*\((?:\d{1,2}|[a-z]{1,4}\.?|links|rechts|oben|unten|Mitte)\)\s*(?:[,;/]|und|$)\s*|\s*;\s*`)

func splitCounts(s string) []string { return counted.Split(s, 8) }

func bars(s string) []Party {
	parts := strings.Split(s, "|")
	if len(parts) > maxBars {
		return nil
	}
	last := len(parts) - 1
	if last == 0 || IsAgency(clean(parts[last])) && !IsAgency(clean(parts[0])) {
		return []Party{party(s)}
	}
	var out []Party
	for _, p := range parts {
		out = append(out, party(p))
	}
	return out
}

// separator stands between the names of one credit.
var separator = lazy.MustCompile(`(?i)\s*[,/|]\s*|\s+[–—-]\s*|\s*[–—]\s+|\s+(?:via|auf|on|by|bei|in:)\s+|\s*\(`)

// party splits off the agency where the last part is one.
func party(s string) Party {
	s = clean(s)
	if IsAgency(s) {
		return Party{Agency: s}
	}
	cuts := separator.FindAllStringIndex(s, 12)
	for i := range cuts { // the first cut from the left after which everything is agency: "Name/AP/dpa"
		if tail := clean(s[cuts[i][1]:]); IsAgency(tail) {
			if head := clean(s[:cuts[i][0]]); head != "" {
				return Party{Holder: head, Agency: tail}
			}
		}
	}
	return Party{Holder: s}
}

var (
	years = lazy.MustCompile(`(?i)^(?:(?:©|\(c\)|by|von)\s*)*(?:(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?[\s,:]+(?:by\s+)?)|` +
		`[\s,]+(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?$`)
	reserved = lazy.MustCompile(`(?i)[\s.,/|–-]*(?:all rights reserved|alle rechte vorbehalten|nutzungsrechte vorbehalten|honorarfrei|` +
		`zur freien verwendung|abdruck honorarfrei|frei zur veröffentlichung)\b.*$`)
	controls = lazy.MustCompile(`(?i)\s*(?:--\w+--|\b(?:Hochauflösend|Bild (?:vergrößern|herunterladen)|Großansicht|Herunterladen|Download|` +
		`Zum Seitenanfang)|\(?\b(?:jpe?g|png|pdf|zip)\b|»|>>).*$`)
	archive = lazy.MustCompile(`(?i)\s*(?:/\s*Archiv(?:bild|foto)?|\(\s*(?:Archiv(?:bild|foto)?|Symbol(?:bild|foto)|Repro|Montage|Themenbild|` +
		`nachgestellt)\s*\))$`)
)

// clean takes off what surrounds a name: signs, years, notes on rights and archives, the labels of links behind it.
func clean(s string) string {
	s = trimSigns(controls.ReplaceAllString(s, ""))
	s = trimSigns(reserved.ReplaceAllString(s, ""))
	s = trimSigns(years.ReplaceAllString(s, ""))
	return trimSigns(archive.ReplaceAllString(s, ""))
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

// tidy drops what names nobody.
func tidy(p Party) Party {
	if !names(p.Holder) {
		p.Holder = ""
	}
	if a, ok := strings.CutPrefix(p.Agency, "The "); ok {
		p.Agency = a
	}
	if p.Holder == "" && p.Agency == "" {
		return Party{}
	}
	return p
}

// nobody are fillings of a credit field that name nobody.
var nobody = wordSet(`foto fotos bild bilder bildnachweis bildnachweise bildquelle quelle copyright credit credits fotograf fotografin null none undefined
 unknown kein keine keiner leer test nan false true siehebild sieheimpressum urheber name zoom vergrößern bildvergrößern download`)

func names(s string) bool {
	k := key(s)
	if utf8.RuneCountInString(k) < 2 || nobody[k] || strings.Trim(k, "0123456789") == "" {
		return false
	}
	return !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") || !strings.Contains(s, " ")
}

package creditline

import (
	"strings"
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

// Parties reads everybody a credit names.
func Parties(s string) []Party { return parties(s, nil) }

// parties tells seen, unless it is nil, which rules read the credit.
func parties(s string, seen func(id string)) []Party {
	if len(s) > maxInput {
		return nil
	}
	s = text.Normalise(s)
	if wireNotice.MatchString(s) {
		return nil
	}
	if machine.MatchString(s) {
		return []Party{{Holder: clean(bare(s))}}
	}
	if p, ok := fromLibrary(clean(s)); ok {
		if seen != nil {
			seen("library")
		}
		return []Party{p}
	}
	s = bare(withoutLinks(s))
	if s == "" || utf8.RuneCountInString(s) > maxLength {
		return nil
	}
	var out []Party
	for _, one := range part(s, seen) {
		p, id := party(one)
		if p = tidy(p); p == (Party{}) || contains(out, p) {
			continue
		}
		if out = append(out, p); seen != nil {
			seen(id)
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
	k := Key(p.Text())
	for _, q := range ps {
		if Key(q.Text()) == k {
			return true
		}
	}
	return false
}

// bare is the credit without markers. Of "© NDR Foto: Name" the last marker's part is kept: it is the nearest to the maker.
func bare(s string) string {
	for i := range 4 {
		rest, how := cut(s)
		if how == none && i == 0 {
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
		case strings.HasSuffix(strings.TrimSpace(s[:m[2]]), ";"), strings.HasSuffix(strings.TrimSpace(s[:m[2]]), ","), drawn.MatchString(mark):
			s = before + "; " + after // "Foto: A; Grafik: B", "Foto: A / Montage: B"
		default:
			s = after
		}
	}
	return clean(s)
}

// drawn matches the markers of what is drawn or put together.
var drawn = lazy.MustCompile(`(?i)^(?:` + drawingWords + `)`)

// machine matches what is said of pictures that nobody took; it is kept as written.
var machine = lazy.MustCompile(`(?i)^[\s(]*(?:(?:` + either("pictures") + `|` + drawingWords +
	`)\s*:?\s+)?(?:erstellt|generiert|erzeugt)\s+(?:mit|durch|von)\s+(?:Hilfe\s+)?` +
	`(?:(?:einer|von|der)\s+)?(?:KI|AI|künstlicher\s+Intelligenz)\b`)

func isCopyright(mark string) bool {
	m := strings.ToLower(mark)
	return strings.HasPrefix(m, "copyright") || strings.HasPrefix(m, "(c)")
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

// names reports whether s names somebody, or tells at least where the picture is from as "privat" and "Screenshot" do.
func names(s string) bool {
	k := Key(s)
	if utf8.RuneCountInString(k) < 2 || nobody[k] || isNote(s) && !origins[strings.ToLower(s)] || strings.Trim(k, "0123456789") == "" {
		return false
	}
	return !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") || !strings.Contains(s, " ")
}

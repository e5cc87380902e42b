package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalise gives s in NFC with runs of white space (NBSP, narrow NBSP and line breaks too) as single blanks, without soft hyphens,
// zero-width, bidirectional and control characters, and without white space at the ends.
func Normalise(s string) string {
	if normal(s) {
		return s
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			blank = b.Len() > 0
		case r == '\u00AD', r >= '\u200B' && r <= '\u200F', bidi(r), r == '\u2060', r == '\uFEFF', unicode.IsControl(r):
		default:
			if blank {
				b.WriteByte(' ')
				blank = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// normal reports whether s is certainly as Normalise would leave it: ASCII, letters of Latin-1, which are composed, and the dashes and marks
// of quotation, with single blanks. Most of a page is so.
func normal(s string) bool {
	blank := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			if blank {
				return false
			}
			blank = true
			continue
		case c > ' ' && c < 0x7F:
		case c == 0xC3 && i+1 < len(s) && s[i+1] >= 0x80 && s[i+1] <= 0xBF: // À to ÿ
			i++
		case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] >= 0x90 && s[i+2] <= 0xA6 && s[i+2] != 0xA4: // ‐ to …
			i += 2
		default:
			return false
		}
		blank = false
	}
	return !blank || s == ""
}

// bidi reports whether r turns the reading order of the text around it (UAX #9, section 2) and shows nothing itself. German needs none of
// them; they make a reader see other words than a machine.
func bidi(r rune) bool {
	return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' || r == '\u061C'
}

package terminal

import (
	"strings"
	"unicode/utf8"
)

// Safe is s with every character that commands a terminal or turns the reading order replaced by one that shows where it stood: control
// characters of ASCII by their pictures (␛), the others and bytes that are no UTF-8 by U+FFFD. Line feeds and tabs stay. The number
// of code points stays, too, so offsets keep their meaning.
func Safe(s string) string {
	if !hostile(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	for _, r := range s {
		b.WriteRune(shown(r))
	}
	return b.String()
}

func hostile(s string) bool {
	for _, r := range s {
		if shown(r) != r || r == utf8.RuneError {
			return true
		}
	}
	return false
}

// shown is what stands for r: itself unless Commands says otherwise.
func shown(r rune) rune {
	switch {
	case !Commands(r):
		return r
	case r < 0x20:
		return 0x2400 + r // control pictures: ␀ to ␟
	case r == 0x7f:
		return '␡'
	}
	return utf8.RuneError
}

// Commands reports whether r does something to a terminal or to the order of the text around it instead of being shown: C0 without line
// feed and tab, DEL, C1 (ECMA-48), and the bidirectional controls of Unicode (UAX #9, section 2: marks, embeddings, overrides, isolates).
func Commands(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x20 || r >= 0x7f && r <= 0x9f:
		return true
	case r == 0x061c || r == 0x200e || r == 0x200f:
		return true
	}
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

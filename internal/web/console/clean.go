package console

import "strings"

// Limits of crawled words on a page, in code points. What is longer is cut, with a sign that it is.
const (
	titleLimit = 300
	textLimit  = 200_000
)

// clean takes from crawled words what could disturb the page around them: control characters, and those that turn the direction of writing
// beyond their own element.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case disturbs(r):
			return -1
		}
		return r
	}, s)
}

func disturbs(r rune) bool {
	return r < 0x20 || r >= 0x7f && r <= 0x9f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0xfffd
}

// short is clean, on one line and cut.
func short(s string) string { return cut(strings.Join(strings.Fields(clean(s)), " "), titleLimit) }

func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	n := 0
	for i := range s {
		if n == limit {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

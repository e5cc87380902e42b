package console

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/terminal"
)

// Limits of crawled words on a page, in code points. What is longer is cut, with a sign that it is.
const (
	titleLimit = 300
	textLimit  = 200_000
)

// harmless takes from a page what could disturb it and cannot be seen: control characters, and those that turn the direction of writing
// beyond their own element. No words of ours have any.
func harmless(page []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && disturbs(r) {
			return -1
		}
		return r
	}, page)
}

func disturbs(r rune) bool {
	return terminal.Commands(r) || r == '\n' || r == '\t' || r == utf8.RuneError
}

// short is on one line, and cut.
func short(s string) string {
	return cut(strings.Join(strings.Fields(cut(s, 4*titleLimit)), " "), titleLimit)
}

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

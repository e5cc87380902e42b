package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
)

// leadingMark is the mark with which t begins, as it is written between two parts, and what follows; "" for none. Templates set it
// between kicker and headline, often for those only who hear the page.
func leadingMark(t string) (mark, rest string) {
	t = strings.TrimLeft(t, " \t\r\n\u00a0")
	c, size := utf8.DecodeRuneInString(t)
	switch c {
	case ':', '.':
		mark = string(c) + " "
	case '|', '/', '-', '–', '—', '·', '•':
		mark = " " + string(c) + " "
	default:
		return "", t
	}
	if rest = t[size:]; rest != "" && !unicode.IsSpace(rune(rest[0])) && !strings.HasPrefix(rest, "\u00a0") {
		return "", t // "-tägig"
	}
	return mark, rest
}

// templateSigns are what templates set before and behind a heading: arrows, bullets, anchors.
const (
	signsBefore = "[]<>›»→▶►•·■▪●|*#+=~-–—:/ \u00a0"
	signsBehind = "<>›»→▶►•·■▪●|#¶+=~-–—/ \u00a0"
)

// pairs are signs that belong to the title when their partner is in it.
var signPairs = map[rune]rune{'[': ']', '»': '«', '›': '‹', '*': '*', '#': 0}

// trimSigns cuts the signs of the template off both ends of a title.
func trimSigns(t string) string {
	cut := strings.TrimLeftFunc(t, func(c rune) bool { return strings.ContainsRune(signsBefore, c) && !paired(t, c) })
	cut = strings.TrimRightFunc(cut, func(c rune) bool { return strings.ContainsRune(signsBehind, c) && !paired(t, c) })
	if rest, ok := strings.CutSuffix(cut, "::"); ok {
		cut = strings.TrimRight(rest, " ")
	}
	if first, _ := utf8.DecodeRuneInString(cut); len(cut) < len(t) && unicode.IsDigit(first) && strings.HasSuffix(t[:strings.Index(t, cut)], "-") {
		return t // a number below zero
	}
	if markup.Letters(cut) == 0 {
		return t
	}
	return cut
}

// paired reports whether sign c belongs to the words: it has its partner in the title, or stands right before a word, as in "#Ehrenamt".
func paired(t string, c rune) bool {
	p, known := signPairs[c]
	if !known {
		return false
	}
	if c == '#' {
		k := strings.IndexByte(t, '#')
		next, _ := utf8.DecodeRuneInString(t[k+1:])
		return unicode.IsLetter(next)
	}
	if p == c {
		return strings.Count(t, string(c)) > 1
	}
	return strings.ContainsRune(t, p)
}

package index

import (
	"strings"
	"unicode/utf8"
)

// Lengths of a snippet, in code points.
const (
	snippetLength = 240
	snippetBefore = 60 // of it, before the first mark
)

// snippet is the part of a text in which most of what was asked for stands, and where that is in it, in code points. Without words, or
// when the text has none of them, it is the beginning.
func snippet(text string, asked []term) (string, []Span) {
	words := wordsOf(text)
	found := matches(words, asked)
	from, to := 0, 0
	if len(found) > 0 {
		from = backTo(text, words, found[best(text, found)].start)
	}
	to = forwardTo(text, words, from)
	for to < len(text) && len(found) > 0 && cuts(found, to) {
		to = nextEnd(words, to, len(text))
	}
	part := strings.TrimRight(text[from:to], " \n\t")
	var b strings.Builder
	if from > 0 {
		b.WriteString("… ")
	}
	lead := b.Len()
	b.WriteString(strings.Map(flat, part))
	if from+len(part) < len(strings.TrimRight(text, " \n\t")) {
		b.WriteString(" …")
	}
	var marks []Span
	offset := utf8.RuneCountInString(b.String()[:lead])
	for _, m := range found {
		if m.start >= from && m.end <= from+len(part) {
			start := offset + utf8.RuneCountInString(text[from:m.start])
			marks = append(marks, Span{start, start + utf8.RuneCountInString(text[m.start:m.end])})
		}
	}
	return b.String(), marks
}

// flat keeps a snippet on one line, one character for one.
func flat(r rune) rune {
	if r == '\n' || r == '\t' || r == '\r' {
		return ' '
	}
	return r
}

// place of a match in a text, in bytes.
type span struct{ start, end int }

// matches finds the terms in words; they do not overlap.
func matches(words []word, asked []term) (found []span) {
	for i := 0; i < len(words); i++ {
		n := 0
		for _, t := range asked {
			n = max(n, t.at(words[i:]))
		}
		if n > 0 {
			found = append(found, span{words[i].start, words[i+n-1].end})
			i += n - 1
		}
	}
	return found
}

// at is how many words the term covers where words begin, 0 when it does not stand there.
func (t term) at(words []word) int {
	if t.joined != "" && same(words[0].folded, t.joined, t.prefix) {
		return 1
	}
	if len(words) < len(t.words) {
		return 0
	}
	for i, w := range t.words {
		if !same(words[i].folded, w, t.prefix && i == len(t.words)-1) {
			return 0
		}
	}
	return len(t.words)
}

func same(word, asked string, prefix bool) bool {
	return word == asked || prefix && strings.HasPrefix(word, asked)
}

// best is the first of those matches that have the most company within a snippet.
func best(text string, found []span) int {
	at, most := 0, 0
	for i, m := range found {
		n := 0
		for _, o := range found[i:] {
			if o.end-m.start > snippetLength-snippetBefore {
				break
			}
			n++
		}
		if n > most {
			at, most = i, n
		}
	}
	return at
}

// backTo is where a snippet begins whose first mark begins at start: at a word, within a line when that is near.
func backTo(text string, words []word, start int) int {
	from := start
	for n := 0; from > 0 && n < snippetBefore; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		if text[from-size] == '\n' {
			return from
		}
		from -= size
	}
	if from == 0 {
		return 0
	}
	for _, w := range words {
		if w.start >= from {
			return w.start
		}
	}
	return start
}

// forwardTo is where a snippet ends that begins at from: behind a word.
func forwardTo(text string, words []word, from int) int {
	to := from
	for n := 0; to < len(text) && n < snippetLength; n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	if to == len(text) {
		return to
	}
	end := from
	for _, w := range words {
		if w.end > to {
			break
		}
		end = max(end, w.end)
	}
	if end == from {
		return to // one word that is longer than a snippet
	}
	return end
}

// cuts reports whether an end lies within a match.
func cuts(found []span, at int) bool {
	for _, m := range found {
		if m.start < at && at < m.end {
			return true
		}
	}
	return false
}

// nextEnd is the end of the next word.
func nextEnd(words []word, at, most int) int {
	for _, w := range words {
		if w.end > at {
			return w.end
		}
	}
	return most
}

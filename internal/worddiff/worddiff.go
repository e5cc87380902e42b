// Package worddiff shows how one text became another, word by word, as a reader would mark it with a pen.
package worddiff

import (
	"strings"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Op is what became of a piece of text.
type Op string

// The three of them.
const (
	Equal  Op = "equal"
	Delete Op = "delete" // only in the old text
	Insert Op = "insert" // only in the new one
)

// Piece is a run of words with one fate. Where words were replaced the old ones come first.
type Piece struct {
	Op   Op     `json:"op"`
	Text string `json:"text"`
}

// Words compares two texts. The pieces that are not inserted make a, those that are not deleted make b. The same texts give the same
// pieces, however busy the machine is: what is too long to be compared word by word is compared line by line.
func Words(a, b string) []Piece {
	switch {
	case a == b && a == "":
		return nil
	case a == b:
		return []Piece{{Equal, a}}
	}
	x, y := words(a), words(b)
	if small(x, y) {
		return tidy(compare(x, y))
	}
	x, y = strings.SplitAfter(a, "\n"), strings.SplitAfter(b, "\n")
	if !small(x, y) {
		return tidy(ends(a, b))
	}
	return tidy(within(compare(x, y)))
}

// most bounds the tokens of both texts together: the work grows with its square where nothing is the same.
const most = 8000

func small(a, b []string) bool { return len(a)+len(b) <= most }

// within compares the words of lines that were replaced by others.
func within(lines []Piece) (out []Piece) {
	for i := 0; i < len(lines); i++ {
		if i+1 < len(lines) && lines[i].Op == Delete && lines[i+1].Op == Insert {
			if x, y := words(lines[i].Text), words(lines[i+1].Text); small(x, y) {
				out = append(out, compare(x, y)...)
				i++
				continue
			}
		}
		out = append(out, lines[i])
	}
	return out
}

// ends keeps what both texts begin and end with, cut between lines, and calls all else replaced.
func ends(a, b string) []Piece {
	x, y := strings.SplitAfter(a, "\n"), strings.SplitAfter(b, "\n")
	head := 0
	for head < min(len(x), len(y)) && x[head] == y[head] {
		head++
	}
	tail := 0
	for tail < min(len(x), len(y))-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	return []Piece{
		{Equal, strings.Join(x[:head], "")},
		{Delete, strings.Join(x[head:len(x)-tail], "")},
		{Insert, strings.Join(y[head:len(y)-tail], "")},
		{Equal, strings.Join(x[len(x)-tail:], "")},
	}
}

// words cuts a text into words, runs of white space and single other signs.
func words(s string) (list []string) {
	start, kind := 0, 0
	for i, r := range s {
		k := 0
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.M, r):
			k = 1
		case unicode.IsSpace(r):
			k = 2
		}
		if i > start && (k != kind || k == 0) {
			list = append(list, s[start:i])
			start = i
		}
		kind = k
	}
	if start < len(s) {
		list = append(list, s[start:])
	}
	return list
}

// compare finds the shortest way from a to b. The library compares runes, so each token gets one of its own.
func compare(a, b []string) []Piece {
	number, tokens := map[string]rune{}, map[rune]string{}
	encode := func(list []string) []rune {
		out := make([]rune, len(list))
		for i, t := range list {
			r, known := number[t]
			if !known {
				r = rune(len(number) + 1) // at most most: far from the surrogates
				number[t], tokens[r] = r, t
			}
			out[i] = r
		}
		return out
	}
	d := diffmatchpatch.New()
	d.DiffTimeout = 0
	var out []Piece
	for _, x := range d.DiffMainRunes(encode(a), encode(b), false) {
		var s strings.Builder
		for _, r := range x.Text {
			s.WriteString(tokens[r])
		}
		out = append(out, Piece{map[diffmatchpatch.Operation]Op{
			diffmatchpatch.DiffEqual: Equal, diffmatchpatch.DiffDelete: Delete, diffmatchpatch.DiffInsert: Insert,
		}[x.Type], s.String()})
	}
	return out
}

// tidy joins neighbours, puts what is deleted before what takes its place, and takes white space and signs between two replaced words for
// replaced with them: nobody reads a sentence in which only the blanks are old.
func tidy(list []Piece) (out []Piece) {
	var gone, come strings.Builder
	flush := func() {
		for _, p := range []Piece{{Delete, gone.String()}, {Insert, come.String()}} {
			if p.Text != "" {
				out = append(out, p)
			}
		}
		gone.Reset()
		come.Reset()
	}
	for i, p := range list {
		switch {
		case p.Text == "":
		case p.Op == Delete:
			gone.WriteString(p.Text)
		case p.Op == Insert:
			come.WriteString(p.Text)
		case gone.Len() > 0 && come.Len() > 0 && i+2 < len(list) && list[i+1].Op != Equal && list[i+2].Op != Equal && wordless(p.Text):
			gone.WriteString(p.Text)
			come.WriteString(p.Text)
		default:
			flush()
			if n := len(out); n > 0 && out[n-1].Op == Equal {
				out[n-1].Text += p.Text
			} else {
				out = append(out, p)
			}
		}
	}
	flush()
	return out
}

func wordless(s string) bool {
	return !strings.ContainsRune(s, '\n') && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

package text

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a half-open byte range of Doc.Text.
type Span struct{ Start, End int }

// Len is the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Block is one paragraph-like part of the text.
type Block struct {
	Span
	Type string // one of schemas.Block…
}

// Doc is an analysed text. It is read-only after New and safe for concurrent use.
type Doc struct {
	Text      string
	Blocks    []Block
	Tokens    []Token
	Sentences []Sentence
	lower     string // Text in lower case, "" when its runes have other lengths then
	steps     []int  // code points before byte stepSize*i
}

// Piece is a block before it has an offset.
type Piece struct {
	Type string
	Text string
}

const stepSize = 256

// A guess of how many tokens a text has: German has one in six bytes, marks included. Of a text that is no prose the guess is bounded.
const (
	tokenBytes = 5
	maxGuess   = 1 << 14
)

// New joins the pieces by "\n" and analyses them. Pieces must be valid UTF-8; line breaks and runs of white space inside a piece
// are turned into single blanks, NBSP and its narrow sister included; soft hyphens and zero-width characters are dropped; a piece
// without any visible character is left out.
func New(pieces []Piece) *Doc {
	d := &Doc{}
	var b strings.Builder
	for _, p := range pieces {
		t := Normalise(p.Text)
		if t == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		start := b.Len()
		b.WriteString(t)
		d.Blocks = append(d.Blocks, Block{Span{start, b.Len()}, p.Type})
	}
	d.Text = b.String()
	d.index()
	d.lower = lowered(d.Text)
	d.Tokens = make([]Token, 0, min(len(d.Text)/tokenBytes+1, maxGuess))
	for i, blk := range d.Blocks {
		d.tokenise(i, blk.Span)
	}
	d.split()
	return d
}

// lowered is s in lower case if every rune keeps its length, else "".
func lowered(s string) string {
	for _, r := range s {
		if r >= utf8.RuneSelf && utf8.RuneLen(unicode.ToLower(r)) != utf8.RuneLen(r) {
			return ""
		}
	}
	return strings.ToLower(s)
}

// low is the text from start to end in lower case.
func (d *Doc) low(start, end int) string {
	if d.lower == "" {
		return strings.ToLower(d.Text[start:end])
	}
	return d.lower[start:end]
}

func (d *Doc) index() {
	n := 0
	for i := range len(d.Text) {
		if i%stepSize == 0 {
			d.steps = append(d.steps, n)
		}
		if utf8.RuneStart(d.Text[i]) {
			n++
		}
	}
}

// Rune is the number of code points before byte offset off, which must lie on a rune boundary.
func (d *Doc) Rune(off int) int {
	i := off / stepSize
	if i >= len(d.steps) {
		i = len(d.steps) - 1
	}
	if i < 0 {
		return 0
	}
	n := d.steps[i]
	for j := i * stepSize; j < off; j++ {
		if utf8.RuneStart(d.Text[j]) {
			n++
		}
	}
	return n
}

// Slice is the text of a span.
func (d *Doc) Slice(s Span) string { return d.Text[s.Start:s.End] }

// TokenAt is the index of the first token that ends after byte off (len(Tokens) at the end of the text).
func (d *Doc) TokenAt(off int) int {
	return sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > off })
}

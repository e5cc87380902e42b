package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/german"
)

// Sentence is a span with its tokens, [First, Last) of Doc.Tokens. A closing mark after the final stop belongs to the sentence.
type Sentence struct {
	Span
	First, Last int
	Block       int
}

// IsAbbreviation reports whether w followed by a full stop is an abbreviation or an initial.
func IsAbbreviation(w string) bool {
	if german.Abbreviated(w) {
		return true
	}
	if i := strings.LastIndexAny(w, "-‐"); i >= 0 { // Dipl.-Ing, Hans-J
		w = w[i+1:]
		if german.Abbreviated(w) {
			return true
		}
	}
	return utf8.RuneCountInString(w) == 1
}

// split cuts the blocks into sentences.
func (d *Doc) split() {
	first := 0
	flush := func(last int) {
		if last > first {
			n := len(d.Sentences)
			d.Sentences = append(d.Sentences, Sentence{Span{d.Tokens[first].Start, d.Tokens[last-1].End}, first, last, d.Tokens[first].Block})
			for i := first; i < last; i++ {
				d.Tokens[i].Sent = n
			}
		}
		first = last
	}
	for i := 0; i < len(d.Tokens); i++ {
		if i > first && d.Tokens[i].Block != d.Tokens[i-1].Block {
			flush(i)
		}
		if j := d.boundary(i); j > 0 {
			flush(j)
			i = j - 1
		}
	}
	flush(len(d.Tokens))
}

// boundary is the index after the last token of the sentence if token i ends one, else 0. The stop of an abbreviation is part of its
// token and never ends a sentence here: joining two is the smaller harm.
func (d *Doc) boundary(i int) int {
	t := d.Tokens[i]
	if t.Kind != Punct || !d.ends(i) {
		return 0
	}
	j := i + 1
	for d.within(j, t.Block) && d.Tokens[j].Start == d.Tokens[j-1].End && d.trails(j) {
		j++
	}
	if d.within(j, t.Block) && d.continues(j, j-i > 1) {
		return 0
	}
	return j
}

// within reports whether token i is one of the block.
func (d *Doc) within(i, block int) bool { return i < len(d.Tokens) && d.Tokens[i].Block == block }

// ends reports whether the sign at token i may end a sentence: not the stop of an ordinal.
func (d *Doc) ends(i int) bool {
	switch d.Tokens[i].Text {
	case "!", "?", "…":
		return true
	case ".":
		number := i > 0 && d.Tokens[i-1].Kind == Number && d.Tokens[i-1].End == d.Tokens[i].Start
		return !number || !d.ordinal(i)
	}
	return false
}

// trails reports whether token i belongs to the end of the sentence right before it: further stops, closing marks and brackets.
func (d *Doc) trails(i int) bool {
	return d.Tokens[i].Kind == Mark || strings.Contains(".!?…)]", d.Tokens[i].Text)
}

// continues reports whether token i goes on with the sentence that a stop seemed to end; trailed says that marks or brackets followed the
// stop.
func (d *Doc) continues(i int, trailed bool) bool {
	n := d.Tokens[i]
	if n.Start == d.Tokens[i-1].End && n.Kind != Word { // 3.000, …: nothing follows a blank
		return true
	}
	r, _ := utf8.DecodeRuneInString(n.Text)
	return unicode.IsLower(r) || n.Text == "," || n.Text == ")" || n.Text == "–" && trailed
}

// ordinal reports whether the stop at token i follows an ordinal number: something other than a sentence follows ("12. März",
// "1. Platz"), which is so for one- and two-digit numbers unless the next word is a usual sentence opener.
func (d *Doc) ordinal(i int) bool {
	n := d.Tokens[i-1].Text
	if strings.ContainsAny(n, ".,:") || len(n) > 2 {
		return strings.Count(n, ".") == 1 && len(n) <= 5 && i+1 < len(d.Tokens) && d.Tokens[i+1].Kind != Word // 12.3. bis
	}
	if i+1 >= len(d.Tokens) || d.Tokens[i+1].Block != d.Tokens[i].Block {
		return false
	}
	return !german.OpensSentence(d.Tokens[i+1].Text)
}

package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// frame is one sentence of the reporter: marked passages stand in it as single items, however many sentences they hold themselves.
type frame struct {
	block int
	items []item
	nouns []nominal // noun phrases and pronouns, in order
	hits  []hit     // announcements of speech, in order
}

// item is a token or a marked passage.
type item struct {
	text.Span
	word  string // as written, "" for a passage
	low   string // lower case
	kind  text.Kind
	quote int        // index of the passage, -1 for a token
	small bool       // a passage of one word in small letters
	part  int        // which part of the passage
	class german.Set // of low
}

// is reports whether the lower-case word has the class.
func (it item) is(c german.Class) bool { return it.class.Has(c) }

func (it item) isQuote() bool { return it.quote >= 0 }
func (it item) isWord() bool  { return it.quote < 0 && it.kind == text.Word }
func (it item) upper() bool {
	r, _ := utf8.DecodeRuneInString(it.word)
	return unicode.IsUpper(r)
}

// at is the item i, or an empty one outside the frame.
func (f *frame) at(i int) item {
	if i < 0 || i >= len(f.items) {
		return item{quote: -1, kind: text.Punct}
	}
	return f.items[i]
}

// span is the text from item i to before item j.
func (f *frame) span(i, j int) text.Span {
	return text.Span{Start: f.items[i].Start, End: f.items[j-1].End}
}

// place says where a part of a passage stands.
type place struct{ frame, item int }

// frames cuts the text into the reporter's sentences. places[q][k] tells where part k of passage q
// stands. Passages and their parts must be in text order, as scan gives them.
func frames(d *text.Doc, qs []quoted) (fs []frame, places [][]place) {
	type piece struct {
		part
		q, k int
	}
	var pieces []piece
	places = make([][]place, len(qs))
	for q := range qs {
		places[q] = make([]place, len(qs[q].parts))
		for k, p := range qs[q].parts {
			pieces = append(pieces, piece{p, q, k})
		}
	}
	slab := make([]item, 0, len(d.Tokens)+len(pieces)) // every item of the text, cut into frames
	begin := 0
	cur := frame{block: -1}
	flush := func() {
		if len(slab) > begin {
			cur.items = slab[begin:len(slab):len(slab)]
			fs = append(fs, cur)
		}
		cur, begin = frame{block: -1}, len(slab)
	}
	last := -1 // the last token consumed
	next := 0
	for i := 0; i < len(d.Tokens); {
		t := d.Tokens[i]
		if last >= 0 && (t.Block != d.Tokens[last].Block || breaks(d, last, i)) {
			flush()
		}
		cur.block = t.Block
		if next < len(pieces) && pieces[next].outer.Start <= t.Start {
			p := pieces[next]
			next++
			places[p.q][p.k] = place{len(fs), len(slab) - begin}
			slab = append(slab, item{Span: p.outer, kind: text.Mark, quote: p.q, part: p.k, small: smallWord(d.Slice(p.inner))})
			for i < len(d.Tokens) && d.Tokens[i].Start < p.outer.End {
				last = i
				i++
			}
			continue
		}
		slab = append(slab, item{Span: t.Span, word: t.Text, low: t.Low, kind: t.Kind, quote: -1, class: t.Class})
		last = i
		i++
	}
	flush()
	return fs, places
}

// breaks reports whether a sentence ends between the neighbouring tokens a and b outside all marks.
func breaks(d *text.Doc, a, b int) bool {
	if d.Tokens[a].Sent == d.Tokens[b].Sent {
		return false
	}
	if d.Tokens[a].Kind == text.Mark { // „Wirklich?“ Fragte … is rare; „Ja.“ – so X is not
		switch d.Tokens[b].Text {
		case ",", "–", "—", "-", ")", ";", ":":
			return false
		}
	}
	return true
}

// smallWord reports whether a passage is one word that begins with a small letter.
func smallWord(s string) bool { return !upperFirst(s) && !strings.Contains(s, " ") }

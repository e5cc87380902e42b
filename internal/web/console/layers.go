package console

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/schemas"
)

// paragraph is one block of a release's text, cut into pieces.
type paragraph struct {
	Type   string // of the block
	Pieces []piece
}

// piece is a run of text with one set of annotations on it.
type piece struct {
	Text   string
	Layers string // classes: quote, person, date, in this order; empty when nothing lies here
	Marks  string // names of the annotations, q1 p3 d2, by which cards find them
	Starts []string
}

// annotation is a range of code points with a name (q1: the quote with index 1) and the layer it belongs to.
type annotation struct {
	start, end int
	name       string
	layer      string
	first      bool // where a link to the annotation leads
}

// Layers of a text.
const (
	layerQuote  = "quote"
	layerPerson = "person"
	layerDate   = "date"
)

// annotations are what a release says lies in its text. What a damaged or foreign record places outside of it is left out.
func annotations(r *schemas.Release, length int) (list []annotation) {
	add := func(start, end int, layer, letter string, index int, first bool) {
		if start >= 0 && start < end && end <= length {
			list = append(list, annotation{start, end, fmt.Sprintf("%s%d", letter, index), layer, first})
		}
	}
	for i, q := range r.Quotes {
		for n, s := range q.Spans {
			add(s.Start, s.End, layerQuote, "q", i, n == 0)
		}
	}
	for i, p := range r.People {
		for n, m := range p.Mentions {
			add(m.Start, m.End, layerPerson, "p", i, n == 0)
		}
	}
	for i, d := range r.Dates {
		add(d.Start, d.End, layerDate, "d", i, true)
	}
	return list
}

// layered cuts a text at every boundary of blocks and annotations, so that no mark has to nest: each piece carries the set of what lies on it.
func layered(r *schemas.Release) []paragraph {
	text := []rune(r.Text)
	cutOff := len(text) > textLimit
	if cutOff {
		text = text[:textLimit]
	}
	list := annotations(r, len(text))
	blocks := r.Blocks
	if len(blocks) == 0 && len(text) > 0 {
		blocks = []schemas.Block{{Type: schemas.BlockParagraph, Start: 0, End: len(text)}}
	}
	var out []paragraph
	for _, b := range blocks {
		if b.Start < 0 || b.End > len(text) || b.Start >= b.End {
			continue
		}
		out = append(out, paragraph{b.Type, pieces(text, b.Start, b.End, list)})
	}
	if cutOff {
		out = append(out, paragraph{schemas.BlockParagraph, []piece{{Text: "…"}}})
	}
	return out
}

func pieces(text []rune, start, end int, all []annotation) (out []piece) {
	var here []annotation
	bounds := []int{start, end}
	for _, a := range all {
		if a.start < end && a.end > start {
			here = append(here, a)
			bounds = append(bounds, max(a.start, start), min(a.end, end))
		}
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	for i := 0; i+1 < len(bounds); i++ {
		out = append(out, onePiece(text, bounds[i], bounds[i+1], here))
	}
	return out
}

func onePiece(text []rune, from, to int, here []annotation) piece {
	p := piece{Text: string(text[from:to])}
	var layers, marks []string
	for _, a := range here {
		if a.start > from || a.end < to {
			continue
		}
		marks = append(marks, a.name)
		if !slices.Contains(layers, a.layer) {
			layers = append(layers, a.layer)
		}
		if a.first && a.start == from {
			p.Starts = append(p.Starts, a.name)
		}
	}
	p.Layers, p.Marks = strings.Join(layers, " "), strings.Join(marks, " ")
	return p
}

// highlighted cuts a snippet at what was asked for.
func highlighted(s string, marks []index.Span) (out []piece) {
	text, at := []rune(s), 0
	for _, m := range marks {
		if m.Start < at || m.End > len(text) || m.Start >= m.End {
			continue
		}
		if m.Start > at {
			out = append(out, piece{Text: string(text[at:m.Start])})
		}
		out = append(out, piece{Text: string(text[m.Start:m.End]), Layers: "hit"})
		at = m.End
	}
	if at < len(text) {
		out = append(out, piece{Text: string(text[at:])})
	}
	return out
}

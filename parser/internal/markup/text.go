package markup

import (
	"strings"

	"golang.org/x/net/html"
)

// Way says how the text of a subtree is read. Its zero value reads all text there is, scripts too.
type Way struct {
	Leave Kind               // elements left out with all below them
	Out   func(i int32) bool // further ones, never the top; nil for none
	Top   bool               // Leave holds for the top as well
	Edge  Kind               // elements at whose edges something is written
	Open  string             // … before their text
	Close string             // … and behind it; nothing if the element is the top and Top is not set
	Line  bool               // line feeds of the source become blanks
	Limit int                // bytes after which reading ends, 0 for none
}

// The ways that several readers need.
var (
	All     = &Way{}
	Visible = &Way{Leave: Unseen, Top: true, Edge: Break, Open: "\n"}                                           // one line but for <br>
	Lines   = &Way{Leave: Unseen | Button, Top: true, Edge: Block | Break, Open: "\n", Close: "\n", Line: true} // a line a block
)

// Read is the text of entry i and below.
func (t *Tree) Read(i int32, w *Way) string {
	e := &t.E[i]
	if e.Node.Type == html.TextNode {
		return w.data(e.Node.Data)
	}
	if e.End == i+2 && w.Edge&(e.Kind|t.E[i+1].Kind) == 0 && w.Leave&e.Kind == 0 && t.E[i+1].Node.Type == html.TextNode {
		return w.data(t.E[i+1].Node.Data) // most elements hold one text
	}
	var b strings.Builder
	t.read(&b, i, i, w)
	return b.String()
}

func (w *Way) data(s string) string {
	if w.Line {
		s = strings.ReplaceAll(s, "\n", " ")
	}
	if w.Limit > 0 {
		s = clip(s, w.Limit)
	}
	return s
}

func (t *Tree) read(b *strings.Builder, i, top int32, w *Way) {
	e := &t.E[i]
	if e.Node.Type == html.TextNode {
		b.WriteString(w.data(e.Node.Data))
		return
	}
	inner := i != top || w.Top
	if inner && e.Kind&w.Leave != 0 || i != top && w.Out != nil && e.Node.Type == html.ElementNode && w.Out(i) {
		return
	}
	edge := inner && e.Kind&w.Edge != 0
	if edge {
		if b.WriteString(w.Open); w.Limit > 0 && b.Len() > w.Limit {
			return
		}
	}
	for c := i + 1; c < e.End; c = t.E[c].End {
		if t.read(b, c, top, w); w.Limit > 0 && b.Len() > w.Limit {
			return
		}
	}
	if edge {
		b.WriteString(w.Close)
	}
}

// clip cuts s after n bytes, at the border of a code point.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

package page

import (
	"strings"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// block is a piece of the text before the lines that are none are sorted out.
type block struct {
	text.Piece
	raw   string       // with its line breaks
	at    int32        // entry of the element it came from
	level int          // of a heading, else 0
	link  int          // bytes of Text that stand in links
	bold  bool         // all of it is bold: perhaps a heading
	flag  markup.Flags // of the element and those around it, up to the root
}

// writer walks the root and cuts its text into blocks.
type writer struct {
	s       *scan
	root    int32
	out     []block
	buf     []byte // of the block that is being read
	link    int
	bold    int
	inLink  int
	inBold  int
	quote   int
	typ     string
	level   int
	at      int32
	flag    markup.Flags
	contact func(i int32) bool // takes the elements named for contacts it wants
}

func (w *writer) flush() {
	raw := string(w.buf)
	w.buf = w.buf[:0]
	link, bold := w.link, w.bold
	w.link, w.bold = 0, 0
	if strings.TrimSpace(raw) == "" {
		return
	}
	for _, part := range splitBreaks(raw) {
		t := text.Normalise(part)
		if strings.Contains(t, "ffnet ") {
			t = newWindow.ReplaceAllString(t, "")
		}
		if t == "" {
			continue
		}
		typ := w.typ
		if typ == "" {
			typ = schemas.BlockParagraph
		}
		w.out = append(w.out, block{
			Piece: text.Piece{Type: typ, Text: t}, raw: part, at: w.at, level: w.level, link: min(link, len(t)),
			bold: bold*10 >= len(t)*9, flag: w.flag,
		})
		link, bold = max(0, link-len(part)), max(0, bold-len(part))
	}
}

// lineBreak stands for a <br> in the buffer; HTML text cannot hold it.
const lineBreak = "\x00"

// splitBreaks cuts at two or more line breaks in a row, as <br><br> is a paragraph's end; one alone becomes a blank.
func splitBreaks(raw string) []string {
	if !strings.Contains(raw, lineBreak) {
		return []string{raw}
	}
	var parts []string
	var b strings.Builder
	breaks := 0
	for _, line := range strings.SplitAfter(raw, lineBreak) {
		t := strings.TrimSuffix(line, lineBreak)
		if strings.TrimSpace(strings.ReplaceAll(t, "\u00a0", " ")) == "" {
			breaks++
			continue
		}
		if breaks > 0 && b.Len() > 0 {
			parts = append(parts, b.String())
			b.Reset()
		}
		breaks = 0
		b.WriteString(t)
		b.WriteByte('\n')
	}
	return append(parts, b.String())
}

func (w *writer) walk(i int32) {
	e := &w.s.E[i]
	switch {
	case e.Node.Type == html.TextNode:
		w.text(e)
	case e.Node.Type != html.ElementNode || e.Skip && i != w.root:
	case w.special(i):
	case e.Kind&markup.Block == 0:
		w.inline(i)
	case (e.Node.DataAtom == atom.P || e.Node.DataAtom == atom.Div || e.Flag&markup.Caption != 0) && w.s.caption(i):
		w.s.note(i, captionOf)
	case e.Flag&markup.Contact != 0 && w.contact != nil && w.contact(i):
		w.s.note(i, contactBox)
	default:
		w.block(i)
	}
}

func (w *writer) text(e *markup.Entry) {
	if e.Skip {
		return
	}
	t := strings.ReplaceAll(e.Node.Data, lineBreak, "")
	w.buf = append(w.buf, t...)
	if w.inLink > 0 {
		w.link += len(t)
	}
	if w.inBold > 0 {
		w.bold += len(t)
	}
}

// special writes the elements that are read in ways of their own, and reports whether entry i is one.
func (w *writer) special(i int32) bool {
	e := &w.s.E[i]
	switch e.Node.DataAtom {
	case atom.Br:
		w.buf = append(w.buf, lineBreak...)
	case atom.Img, atom.Picture:
	case atom.A:
		if e.Kind&markup.Link != 0 {
			w.inLink++
			defer func() { w.inLink-- }()
		}
		w.children(i)
	case atom.B, atom.Strong:
		w.inBold++
		w.children(i)
		w.inBold--
	case atom.Q:
		w.q(i)
	case atom.Tr:
		return w.row(i)
	default:
		return false
	}
	return true
}

// inline writes an element that stands in a line, unless it is a line of its own, however the style sheet gets it there.
func (w *writer) inline(i int32) {
	e := &w.s.E[i]
	if e.Flag&markup.Caption != 0 && w.s.caption(i) {
		w.s.note(i, captionOf)
		return
	}
	flag := w.flag
	w.flag |= e.Flag
	apart := e.Flag&(markup.Date|markup.Kicker|markup.Author) != 0 && !w.s.Inline(i)
	if apart {
		w.flush()
	}
	w.children(i)
	w.flag = flag
	if apart {
		w.flush()
	}
}

// block writes an element that begins and ends a line.
func (w *writer) block(i int32) {
	e := &w.s.E[i]
	w.flush()
	typ, level, at, flag := w.typ, w.level, w.at, w.flag
	w.at, w.flag = i, flag|e.Flag
	switch a := e.Node.DataAtom; {
	case e.Kind&markup.Heading != 0:
		w.typ, w.level = schemas.BlockHeading, int(e.Node.Data[1]-'0')
	case a == atom.Li:
		w.typ, w.level = schemas.BlockListItem, 0
	case a == atom.Blockquote:
		w.typ, w.level = schemas.BlockBlockquote, 0
	}
	w.children(i)
	w.flush()
	w.typ, w.level, w.at, w.flag = typ, level, at, flag
}

func (w *writer) children(i int32) {
	for c := i + 1; c < w.s.E[i].End; c = w.s.E[c].End {
		w.walk(c)
	}
}

const marks = "„“”\"»«‚‘›‹"

// q writes the marks a browser shows around <q>, unless they are in the text already.
func (w *writer) q(i int32) {
	open, end := "„", "“"
	if w.quote%2 == 1 {
		open, end = "‚", "‘"
	}
	if lang := strings.ToLower(w.s.Lang); lang != "" && !strings.HasPrefix(lang, "de") {
		open, end = "“", "”"
	}
	t := strings.TrimSpace(w.s.Read(i, markup.Visible))
	before, _ := utf8.DecodeLastRune(w.buf)
	if t == "" || strings.ContainsRune(marks, []rune(t)[0]) || w.quote == 0 && strings.ContainsRune(marks, before) {
		w.children(i)
		return
	}
	w.quote++
	w.buf = append(w.buf, open...)
	w.children(i)
	w.buf = append(w.buf, end...)
	w.quote--
}

// row writes the cells of a row of data as one line. It leaves rows that lay out the page to the walk.
func (w *writer) row(i int32) bool {
	cells := 0
	for c := i + 1; c < w.s.E[i].End; c++ {
		switch a := w.s.Atom(c); {
		case a == atom.Td || a == atom.Th:
			cells++
		case a == atom.Table, w.s.is(c, markup.Heading), a == atom.Ul, a == atom.Div, a == atom.Img, a == atom.Br:
			return false
		}
	}
	if cells < 2 || w.s.E[i].Text > int32(cells)*maxCell {
		return false
	}
	w.flush()
	first := true
	for c := i + 1; c < w.s.E[i].End; c = w.s.E[c].End {
		if w.s.E[c].Node.Type != html.ElementNode {
			continue
		}
		if !first {
			w.buf = append(w.buf, " | "...)
		}
		first = false
		for k := c; k < w.s.E[c].End; k++ {
			if x := &w.s.E[k]; x.Node.Type == html.TextNode && !x.Skip {
				w.buf = append(w.buf, x.Node.Data...)
				if x.Link > 0 {
					w.link += len(x.Node.Data)
				}
			}
		}
	}
	at := w.at
	w.at = i
	w.flush()
	w.at = at
	return true
}

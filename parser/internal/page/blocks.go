package page

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// block is a piece of the text before the lines that are none are sorted out.
type block struct {
	text.Piece
	raw   string // with its line breaks
	at    int32  // entry of the element it came from
	level int    // of a heading, else 0
	link  int    // bytes of Text that stand in links
	bold  bool   // all of it is bold: perhaps a heading
	flag  flags  // of the element and those around it, up to the root
}

// writer walks the root and cuts its text into blocks.
type writer struct {
	s       *scan
	root    int32
	out     []block
	buf     strings.Builder
	link    int
	bold    int
	inLink  int
	inBold  int
	quote   int
	typ     string
	level   int
	at      int32
	flag    flags
	contact func(i int32) bool // takes the elements named for contacts it wants
}

func (w *writer) flush() {
	raw := w.buf.String()
	w.buf.Reset()
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
	e := &w.s.e[i]
	if e.n.Type == html.TextNode {
		if !e.skip {
			t := strings.ReplaceAll(e.n.Data, lineBreak, "")
			w.buf.WriteString(t)
			if w.inLink > 0 {
				w.link += len(t)
			}
			if w.inBold > 0 {
				w.bold += len(t)
			}
		}
		return
	}
	if e.n.Type != html.ElementNode || e.skip && i != w.root {
		return
	}
	a := e.n.DataAtom
	switch a {
	case atom.Br:
		w.buf.WriteString(lineBreak)
		return
	case atom.Img, atom.Picture:
		return
	case atom.A:
		if leadsAway(e.n) {
			w.inLink++
			defer func() { w.inLink-- }()
		}
		w.children(i)
		return
	case atom.B, atom.Strong:
		w.inBold++
		w.children(i)
		w.inBold--
		return
	case atom.Q:
		w.q(i)
		return
	case atom.Tr:
		if w.row(i) {
			return
		}
	}
	if !blockLevel[a] {
		if e.flag&fCaption != 0 && w.s.caption(i) {
			return
		}
		flag := w.flag
		w.flag |= e.flag
		if e.flag&(fDate|fKicker|fAuthor) != 0 && !w.s.inline(i) { // a line of its own, however the style sheet gets it there
			w.flush()
			defer w.flush()
		}
		w.children(i)
		w.flag = flag
		return
	}
	if a == atom.P || a == atom.Div || e.flag&fCaption != 0 {
		if w.s.caption(i) {
			return
		}
	}
	if e.flag&fContact != 0 && w.contact != nil && w.contact(i) {
		return
	}
	w.flush()
	typ, level, at, flag := w.typ, w.level, w.at, w.flag
	w.at, w.flag = i, flag|e.flag
	switch {
	case heading(a):
		w.typ, w.level = schemas.BlockHeading, int(e.n.Data[1]-'0')
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
	for c := i + 1; c < w.s.e[i].end; c = w.s.e[c].end {
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
	if lang := strings.ToLower(w.s.lang); lang != "" && !strings.HasPrefix(lang, "de") {
		open, end = "“", "”"
	}
	t := strings.TrimSpace(textOf(w.s.e[i].n))
	before, _ := utf8.DecodeLastRuneInString(w.buf.String())
	if t == "" || strings.ContainsRune(marks, []rune(t)[0]) || w.quote == 0 && strings.ContainsRune(marks, before) {
		w.children(i)
		return
	}
	w.quote++
	w.buf.WriteString(open)
	w.children(i)
	w.buf.WriteString(end)
	w.quote--
}

// row writes the cells of a row of data as one line. It leaves rows that lay out the page to the walk.
func (w *writer) row(i int32) bool {
	cells := 0
	for c := i + 1; c < w.s.e[i].end; c++ {
		switch a := w.s.atom(c); {
		case a == atom.Td || a == atom.Th:
			cells++
		case a == atom.Table, heading(a), a == atom.Ul, a == atom.Div, a == atom.Img, a == atom.Br:
			return false
		}
	}
	if cells < 2 || w.s.e[i].text > int32(cells)*120 {
		return false
	}
	w.flush()
	first := true
	for c := i + 1; c < w.s.e[i].end; c = w.s.e[c].end {
		if w.s.e[c].n.Type != html.ElementNode {
			continue
		}
		if !first {
			w.buf.WriteString(" | ")
		}
		first = false
		for k := c; k < w.s.e[c].end; k++ {
			if x := &w.s.e[k]; x.n.Type == html.TextNode && !x.skip {
				w.buf.WriteString(x.n.Data)
				if x.link > 0 {
					w.link += len(x.n.Data)
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

// blockText is the text of a subtree with line breaks between its blocks.
func blockText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(strings.ReplaceAll(n.Data, "\n", " "))
			return
		}
		if n.Type == html.ElementNode && (unseen[n.DataAtom] || n.DataAtom == atom.Button) {
			return
		}
		line := n.Type == html.ElementNode && (blockLevel[n.DataAtom] || n.DataAtom == atom.Br)
		if line {
			b.WriteByte('\n')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if line {
			b.WriteByte('\n')
		}
	}
	walk(n)
	return b.String()
}

// textOf is the text of a subtree without scripts and the like.
func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && unseen[n.DataAtom]:
		case n.Type == html.ElementNode && n.DataAtom == atom.Br:
			b.WriteByte('\n')
		default:
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
		}
	}
	walk(n)
	return b.String()
}

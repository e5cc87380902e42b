package pubdate

import (
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// Limits of the search for a printed date around the title.
const (
	linesBefore = 14
	linesAfter  = 24
	lineLength  = 400 // bytes kept of a line
	maxLines    = 20000
)

// line is a visible line of the page: the text of a block with its inline elements.
type line struct {
	text  string
	names string // classes and ids of the elements it stands in, lower case, nearest last
	time  string // datetime of a <time>, content of an itemprop=datePublished in it
	prop  bool   // it has an itemprop=datePublished
	aside bool   // in an <aside>, or in a page header away from the title
	long  bool   // more than lineLength
	at    *html.Node
}

// around are the lines near the title; the title's own are at [from, to).
type around struct {
	lines    []line
	from, to int
	rest     []line // lines farther below that say of themselves that they tell when the page was published
}

// read walks the page once and keeps the lines around its title.
func read(p *page.Page) around {
	title := heading(p)
	if title == nil {
		return around{}
	}
	w := walker{title: title, holds: map[*html.Node]bool{}}
	for n := title; n != nil; n = n.Parent {
		w.holds[n] = true
	}
	if p.Doc != nil && len(p.Doc.Nodes) > 0 {
		w.walk(p.Doc.Nodes[0])
	}
	w.flush()
	if w.from < 0 {
		return around{}
	}
	if w.to < w.from {
		w.to = len(w.lines)
	}
	lo, hi := max(0, w.from-linesBefore), min(len(w.lines), w.to+linesAfter)
	return around{lines: w.lines[lo:hi], from: w.from - lo, to: w.to - lo, rest: below(w.lines[hi:], rootNode(p))}
}

// below picks from the lines far below the title those of the release; else, where all on the page tell the same day, one of them.
func below(lines []line, root *html.Node) []line {
	var in []line
	day, agreed := "", true
	for _, l := range lines {
		if inside(l.at, root) && len(in) < 4 {
			in = append(in, l)
		}
		for _, f := range find(l.text, 1) {
			d := f.day().Format(time.DateOnly)
			agreed = agreed && (day == "" || day == d)
			day = d
		}
	}
	if len(in) == 0 && agreed && len(lines) > 0 {
		return lines[:1]
	}
	return in
}

// heading is the element of the page's title: the heading with that text, in the release rather than elsewhere, else the first heading
// of the release, else the release itself.
func heading(p *page.Page) *html.Node {
	if p.Doc == nil || len(p.Doc.Nodes) == 0 {
		return nil
	}
	want := fold(p.Title)
	var best *html.Node
	score := 0
	root := rootNode(p)
	p.Doc.Find("h1,h2,h3,h4,h5").EachWithBreak(func(i int, s *goquery.Selection) bool {
		n, v := s.Nodes[0], 0
		in := root != nil && inside(n, root)
		got := fold(clip(s.Text(), 2*len(want)+400))
		switch {
		case want != "" && got == want:
			v = 8
		case want != "" && len(want) > 12 && strings.Contains(got, want):
			v = 6
		case n.DataAtom == atom.H1 && in && got != "":
			v = 3
		case n.DataAtom == atom.H1 && got != "":
			v = 1
		}
		if v > 0 && in {
			v++
		}
		if v > 0 && n.DataAtom == atom.H1 {
			v++
		}
		if v > score {
			best, score = n, v
		}
		return i < 400
	})
	if best != nil {
		return best
	}
	return root
}

func rootNode(p *page.Page) *html.Node {
	if p.Root == nil || len(p.Root.Nodes) == 0 {
		return nil
	}
	return p.Root.Nodes[0]
}

func inside(n, root *html.Node) bool {
	for i := 0; n != nil && i < 2000; i, n = i+1, n.Parent {
		if n == root {
			return true
		}
	}
	return false
}

func fold(s string) string { return strings.ToLower(text.Normalise(s)) }

func clip(s string, n int) string { return strings.ToValidUTF8(s[:min(len(s), n)], "") }

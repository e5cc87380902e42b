package pubdate

import (
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// line is a visible line of the page: the text of a block with its inline elements.
type line struct {
	text    string
	time    string // datetime of a <time>, content of an itemprop=datePublished in it
	prop    bool   // it has an itemprop=datePublished
	changed bool   // it has an itemprop=dateModified and no other
	aside   bool   // in an <aside>, or in a header away from the title
	header  bool   // in the page's header
	long    bool   // more than lineLength
	title   int32
	t       *markup.Tree
	at      int32   // entry of its first text, if t is set
	more    []int32 // inline elements of its further texts
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
	w := walker{t: p.Tree, title: title, frame: frame(p.Tree, title)}
	w.walk()
	w.flush()
	if w.from < 0 {
		return around{}
	}
	if w.to < w.from {
		w.to = len(w.lines)
	}
	lo, hi := max(0, w.from-linesBefore), min(len(w.lines), w.to+linesAfter)
	return around{lines: w.lines[lo:hi], from: w.from - lo, to: w.to - lo, rest: below(w.lines[hi:], p.Root, w.frame)}
}

// below picks from the lines far below the title those of the release; else, where all on the page tell the same day, one of them.
func below(lines []line, root, frame int32) []line {
	var in []line
	day, agreed := "", true
	for _, l := range lines {
		if l.t != nil && (l.t.Inside(l.at, root) || frame >= 0 && l.t.Inside(l.at, frame)) && len(in) < maxBelow {
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
func heading(p *page.Page) int32 {
	want := fold(p.Title)
	best, most := p.Root, 0
	seen := 0
	for _, i := range p.Tree.Headings {
		if p.Tree.Atom(i) == atom.H6 {
			continue
		}
		if v := titlePoints(p, i, want); v > most {
			best, most = i, v
		}
		if seen++; seen > maxHeadings {
			break
		}
	}
	return best
}

// titlePoints says how likely heading i is that of the title, which reads want; 0 for not at all.
func titlePoints(p *page.Page, i int32, want string) int {
	got := fold(clip(p.Tree.Read(i, markup.All), 2*len(want)+400))
	in, h1 := p.Tree.Inside(i, p.Root), p.Tree.Atom(i) == atom.H1
	v := 0
	switch {
	case want != "" && got == want:
		v = 8
	case len(want) > minPartTitle && strings.Contains(got, want):
		v = 6
	case h1 && in && got != "":
		v = 3
	case h1 && got != "":
		v = 1
	default:
		return 0
	}
	if in {
		v++
	}
	if h1 {
		v++
	}
	return v
}

func fold(s string) string { return strings.ToLower(text.Normalise(s)) }

func clip(s string, n int) string { return strings.ToValidUTF8(s[:min(len(s), n)], "") }

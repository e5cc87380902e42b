package page

import (
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// headline finds the entry of the heading that titles the release, -1 for none, by asking what the page calls itself elsewhere.
func (r *reader) headline(core int32) int32 {
	best, points := int32(-1), 0.0
	for i := r.s.body; i < int32(len(r.s.e)); i++ {
		e := &r.s.e[i]
		if e.n.Type != html.ElementNode {
			continue
		}
		a := e.n.DataAtom
		h := heading(a) || a == atom.P && e.flag&fTitle != 0 || a == atom.Div && e.flag&fTitle != 0 || Attr(e.n, "itemprop") == "headline"
		if !h {
			continue
		}
		if p := r.headlinePoints(i, core); p > points {
			best, points = i, p
		}
	}
	return best
}

func (r *reader) headlinePoints(i, core int32) float64 {
	e := &r.s.e[i]
	t := r.headingText(e.n)
	n := utf8.RuneCountInString(t)
	if n < 3 || n > 400 {
		return 0
	}
	p := 0.0
	switch e.n.DataAtom {
	case atom.H1:
		p = 5
	case atom.H2:
		p = 2
	case atom.H3:
		p = 1
	default:
		p = 0.5
	}
	p += 8 * r.witnessed(t)
	if e.skip || e.flag&fHidden != 0 {
		p -= 3.5
	}
	if i < core || r.s.inside(i, core) {
		p += 1
	} else {
		p -= 3
	}
	if r.s.inside(i, core) && r.s.before[i]-r.s.before[core] > 400 {
		p -= 3 // a heading in the middle of the text
	}
	if e.link > 0 && e.link*2 > e.text && e.n.DataAtom != atom.H1 {
		p -= 3 // a teaser
	}
	if first := r.firstProse(core); i < first && e.n.DataAtom != atom.H1 { // of several before the text the last titles it
		p += 1 - min(1, float64(first-i)/300)
	} else {
		p -= float64(i) / float64(len(r.s.e)) * 0.5
	}
	if r.siteName(t) || listingTitle.MatchString(t) { // the department's heading above the release's
		p -= 4
	}
	return p
}

// firstProse is the first entry of the core that is or holds running text.
func (r *reader) firstProse(core int32) int32 {
	end := r.s.e[core].end
	return core + int32(sort.Search(int(end-core), func(k int) bool { return r.s.before[core+int32(k)+1] > r.s.before[core] }))
}

// headingText is the text of a heading without the date, kicker, counters and hidden words that stand inside it.
func (r *reader) headingText(h *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
			return
		case n.Type == html.ElementNode && n != h:
			if unseen[n.DataAtom] || n.DataAtom == atom.Time || n.DataAtom == atom.Button {
				return
			}
			if f := nameFlags(Attr(n, "class")); f&(fDate|fKicker|fHidden|fJunk|fCredit|fAuthor) != 0 && f&fTitle == 0 {
				return
			}
			if blockLevel[n.DataAtom] || n.DataAtom == atom.Br {
				b.WriteByte(' ')
				defer b.WriteByte(' ')
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(h)
	if t := text.Normalise(b.String()); t != "" {
		return t
	}
	return text.Normalise(textOf(h))
}

// textParts are the texts of the pieces of markup in a heading.
func textParts(n *html.Node) []string {
	var parts []string
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			if strings.TrimSpace(n.Data) != "" {
				parts = append(parts, n.Data)
			}
			return
		}
		if n.Type == html.ElementNode && unseen[n.DataAtom] {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return parts
}

package page

import (
	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// core is the smallest element that holds most of the page's sentences: from the body, or a <main> that holds a good part of them,
// down as long as one child holds most of what its parent does.
func (s *scan) core() int32 {
	at := s.Body
	for i := s.Body; i < int32(len(s.E)); i++ {
		if e := &s.E[i]; !e.Skip && e.Node.Type == html.ElementNode && (e.Node.DataAtom == atom.Main || markup.Attr(e.Node, "role") == "main") {
			if s.E[s.Body].Good <= 4*e.Good && e.Good > 0 {
				at = i
			}
			break
		}
	}
	for {
		best, second := int32(-1), int32(0)
		for c := at + 1; c < s.E[at].End; c = s.E[c].End {
			if s.E[c].Node.Type != html.ElementNode || s.E[c].Skip {
				continue
			}
			switch {
			case best < 0 || s.E[c].Good > s.E[best].Good:
				if best >= 0 {
					second = s.E[best].Good
				}
				best = c
			case s.E[c].Good > second:
				second = s.E[c].Good
			}
		}
		if best < 0 || s.E[best].Good == 0 {
			return at
		}
		g := float64(s.E[best].Good)
		if g < 0.6*float64(s.E[at].Good) && !(g > 2*float64(second) && g >= 0.4*float64(s.E[at].Good)) {
			return at
		}
		switch a := s.Atom(best); {
		case a == atom.P, s.is(best, markup.Heading), a == atom.Li, a == atom.Blockquote, a == atom.Ul, a == atom.Ol, !s.is(best, markup.Block) && !containerLike(s.E[best].Node):
			return at
		}
		at = best
	}
}

func containerLike(n *html.Node) bool { // custom elements and wrong nesting: <font><p>…
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (markup.KindOf(c.DataAtom)&markup.Block != 0 || c.DataAtom == 0) {
			return true
		}
	}
	return false
}

// root widens the core to the element that holds title and text together, as far as that brings in no foreign text.
func (s *scan) root(core, title int32) int32 {
	r := core
	for p := s.E[r].Parent; p > s.Body && s.E[p].Node.Type == html.ElementNode; p = s.E[p].Parent {
		limit := 1.5
		if title >= 0 && s.Inside(title, p) {
			limit = 2.5
			if s.Atom(p) == atom.Article {
				limit = 5
			}
		}
		if float64(s.E[p].Good) > limit*float64(s.E[core].Good) {
			if title >= 0 && s.Inside(title, p) || s.E[p].Good > 6*s.E[core].Good {
				break
			}
			continue // perhaps a part of an article that is set in sections: the title decides further up
		}
		r = p
		a := s.Atom(p)
		if a == atom.Article || a == atom.Main || markup.Attr(s.E[p].Node, "role") == "main" {
			if title < 0 || s.Inside(title, p) || a == atom.Main {
				break
			}
		}
		if title >= 0 && s.Inside(title, p) {
			break
		}
	}
	return r
}

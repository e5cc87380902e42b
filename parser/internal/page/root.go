package page

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// core is the smallest element that holds most of the page's sentences: from the body, or a <main> that holds a good part of them,
// down as long as one child holds most of what its parent does.
func (s *scan) core() int32 {
	at := s.body
	for i := s.body; i < int32(len(s.e)); i++ {
		if e := &s.e[i]; !e.skip && e.n.Type == html.ElementNode && (e.n.DataAtom == atom.Main || Attr(e.n, "role") == "main") {
			if s.e[s.body].good <= 4*e.good && e.good > 0 {
				at = i
			}
			break
		}
	}
	for {
		best, second := int32(-1), int32(0)
		for c := at + 1; c < s.e[at].end; c = s.e[c].end {
			if s.e[c].n.Type != html.ElementNode || s.e[c].skip {
				continue
			}
			switch {
			case best < 0 || s.e[c].good > s.e[best].good:
				if best >= 0 {
					second = s.e[best].good
				}
				best = c
			case s.e[c].good > second:
				second = s.e[c].good
			}
		}
		if best < 0 || s.e[best].good == 0 {
			return at
		}
		g := float64(s.e[best].good)
		if g < 0.6*float64(s.e[at].good) && !(g > 2*float64(second) && g >= 0.4*float64(s.e[at].good)) {
			return at
		}
		switch a := s.atom(best); {
		case a == atom.P, heading(a), a == atom.Li, a == atom.Blockquote, a == atom.Ul, a == atom.Ol, !blockLevel[a] && !containerLike(s.e[best].n):
			return at
		}
		at = best
	}
}

func containerLike(n *html.Node) bool { // custom elements and wrong nesting: <font><p>…
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (blockLevel[c.DataAtom] || c.DataAtom == 0) {
			return true
		}
	}
	return false
}

// root widens the core to the element that holds title and text together, as far as that brings in no foreign text.
func (s *scan) root(core, title int32) int32 {
	r := core
	for p := s.e[r].parent; p > s.body && s.e[p].n.Type == html.ElementNode; p = s.e[p].parent {
		limit := 1.5
		if title >= 0 && s.inside(title, p) {
			limit = 2.5
			if s.atom(p) == atom.Article {
				limit = 5
			}
		}
		if float64(s.e[p].good) > limit*float64(s.e[core].good) {
			if title >= 0 && s.inside(title, p) || s.e[p].good > 6*s.e[core].good {
				break
			}
			continue // perhaps a part of an article that is set in sections: the title decides further up
		}
		r = p
		a := s.atom(p)
		if a == atom.Article || a == atom.Main || Attr(s.e[p].n, "role") == "main" {
			if title < 0 || s.inside(title, p) || a == atom.Main {
				break
			}
		}
		if title >= 0 && s.inside(title, p) {
			break
		}
	}
	return r
}

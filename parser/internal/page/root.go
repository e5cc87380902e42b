package page

import (
	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// core is the smallest element that holds most of the page's sentences: from the body, or a <main> that holds a good part of them,
// down as long as one child holds most of what its parent does.
func (s *scan) core() int32 {
	at := s.mainPart()
	for {
		best, second := s.heaviest(at)
		if best < 0 || s.E[best].Good == 0 {
			return at
		}
		if a := s.ownArticle(at, best); a >= 0 {
			at = a
			continue
		}
		whole, g := float64(s.E[at].Good), float64(s.E[best].Good)
		if g < coreShare*whole && !(g > coreLead*float64(second) && g >= coreLeast*whole) {
			return at
		}
		switch a := s.Atom(best); {
		case a == atom.P, s.is(best, markup.Heading), a == atom.Li, a == atom.Blockquote, a == atom.Ul, a == atom.Ol:
			return at
		case !s.is(best, markup.Block) && !containerLike(s.E[best].Node):
			return at
		}
		at = best
	}
}

// ownArticle is the <article> below entry at that holds the page's title and text of its own, when most sentences stand in another part,
// best: readers' comments, or the beginnings of other releases. It is -1 for none.
func (s *scan) ownArticle(at, best int32) int32 {
	own := s.own
	if own < 0 || !s.Inside(own, at) || s.Inside(own, best) {
		return -1
	}
	for i := s.E[own].Parent; i > at; i = s.E[i].Parent {
		if s.Atom(i) == atom.Article && i < best && !s.E[i].Skip && s.E[i].Good >= ownText {
			return i
		}
	}
	return -1
}

// mainPart is the first <main> if a good part of the page's sentences stand in it, else the body.
func (s *scan) mainPart() int32 {
	for i := s.Body; i < int32(len(s.E)); i++ {
		if e := &s.E[i]; !e.Skip && e.Node.Type == html.ElementNode && (e.Node.DataAtom == atom.Main || s.Attr(i, "role") == "main") {
			if s.E[s.Body].Good <= mainPart*e.Good && e.Good > 0 {
				return i
			}
			break
		}
	}
	return s.Body
}

// heaviest is the child of entry i with the most sentences, -1 for none, and what the next best has.
func (s *scan) heaviest(i int32) (best, second int32) {
	best = -1
	for c := i + 1; c < s.E[i].End; c = s.E[c].End {
		if s.E[c].Node.Type != html.ElementNode || s.E[c].Skip {
			continue
		}
		switch {
		case best < 0:
			best = c
		case s.E[c].Good > s.E[best].Good:
			best, second = c, s.E[best].Good
		case s.E[c].Good > second:
			second = s.E[c].Good
		}
	}
	return best, second
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
		titled := title >= 0 && s.Inside(title, p)
		if float64(s.E[p].Good) > s.rootLimit(p, titled)*float64(s.E[core].Good) {
			if titled || s.E[p].Good > rootArticle*s.E[core].Good {
				break
			}
			continue // perhaps a part of an article that is set in sections: the title decides further up
		}
		r = p
		a := s.Atom(p)
		if titled || a == atom.Main || title < 0 && (a == atom.Article || s.Attr(p, "role") == "main") {
			break
		}
	}
	return r
}

// rootLimit is how many times the core's sentences element p may hold.
func (s *scan) rootLimit(p int32, titled bool) float64 {
	switch {
	case titled && s.Atom(p) == atom.Article:
		return rootArticle
	case titled:
		return rootTitled
	}
	return rootBare
}

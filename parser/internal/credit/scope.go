package credit

import (
	"github.com/kreispresse/kreispresse/parser/internal/page"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// apart reads figures, captions and credit elements of the release whose image is not among p.Images.
func (c *collector) apart() {
	looked := 0
	for e := range c.scope {
		if len(c.list) >= maxCredits || looked > maxApart {
			return
		}
		if e.Type != html.ElementNode || c.done[e] {
			continue
		}
		names := classes(e)
		figure := e.DataAtom == atom.Figure || e.DataAtom == atom.Figcaption || captionName.MatchString(names)
		if !figure && e.DataAtom != atom.Img && e.DataAtom != atom.Template && page.Attr(e, "itemprop") == "" {
			if credit, _ := c.speaks(names); !credit {
				continue
			}
		}
		looked++
		if c.inDone(e) || c.elsewhere(e) {
			continue
		}
		url, i := c.nearest(e)
		switch {
		case e.DataAtom == atom.Img:
			if c.imageWithin(e) < 0 {
				c.described(e, c.resolve(page.Attr(e, "src")), -1)
			}
		case e.DataAtom == atom.Template:
			c.elements(e, true, url, i)
		case c.named(names, e, false):
			if t := words(e, maxOwn); !siteCopyright(t) && c.own(e, url, i) {
				mark(c.done, e)
			}
		case figure:
			c.elements(e, true, url, i)
			mark(c.done, e)
		}
	}
}

// scope gives the elements that may belong to the release: its root, and what stands before it in the page's main part, where many pages
// keep the picture below the title.
func (c *collector) scope(yield func(*html.Node) bool) {
	root := c.root()
	if root == nil {
		return
	}
	top := root
	for n, up := root.Parent, 0; n != nil && up < 200; n, up = n.Parent, up+1 {
		if n.Type != html.ElementNode || n.DataAtom == atom.Html {
			break
		}
		top = n
		if n.DataAtom == atom.Main || page.Attr(n, "role") == "main" {
			break
		}
	}
	n := 0
	for e := range tree(top) {
		if e == root || n > maxBefore {
			break
		}
		if n++; !yield(e) {
			return
		}
	}
	n = 0
	for e := range tree(root) {
		if n++; n > 200*maxElements || !yield(e) {
			return
		}
	}
}

func (c *collector) root() *html.Node {
	if c.p.Root == nil || len(c.p.Root.Nodes) == 0 {
		return nil
	}
	return c.p.Root.Nodes[0]
}

// tree gives n and all below it.
func tree(n *html.Node) func(func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		if !yield(n) {
			return
		}
		for d := range n.Descendants() {
			if !yield(d) {
				return
			}
		}
	}
}

// nearest is the one image of the element's figure, or of its parents up to three levels.
func (c *collector) nearest(e *html.Node) (url string, i int) {
	for n, up := e, 0; n != nil && up < 4 && n != c.root(); n, up = n.Parent, up+1 {
		if k, ok := c.holds[n]; ok {
			if k < 0 {
				return "", -1
			}
			return c.p.Images[k].URL, k
		}
		if n.DataAtom == atom.Figure {
			break
		}
	}
	return "", -1
}

func (c *collector) inDone(e *html.Node) bool {
	for n, up := e.Parent, 0; n != nil && up < 12; n, up = n.Parent, up+1 {
		if c.done[n] {
			return true
		}
	}
	return false
}

func mark(done map[*html.Node]bool, e *html.Node) {
	done[e] = true
	n := 0
	for d := range e.Descendants() {
		if n++; n > maxElements {
			return
		}
		done[d] = true
	}
}

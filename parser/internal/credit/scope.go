package credit

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
)

// apart reads figures, captions and credit elements of the release whose image is not among p.Images.
func (c *collector) apart() {
	looked := 0
	for e := range c.scope {
		if len(c.list) >= maxCredits || looked > maxItems {
			return
		}
		if c.t.E[e].Node.Type != html.ElementNode || c.done[e] || !c.promising(e) {
			continue
		}
		looked++
		if !c.inDone(e) && !c.elsewhere(e) {
			c.readApart(e)
		}
	}
}

// promising reports whether e may hold the credit of an image that is not known.
func (c *collector) promising(e int32) bool {
	switch c.t.Atom(e) {
	case atom.Figure, atom.Figcaption, atom.Img, atom.Template:
		return true
	}
	flag := c.t.E[e].Flag
	return flag&(markup.Legend|markup.Credited) != 0 || flag&markup.Microdata != 0 && c.t.Attr(e, "itemprop") != ""
}

func (c *collector) readApart(e int32) {
	url, i := c.nearest(e)
	a := c.t.Atom(e)
	switch {
	case a == atom.Img:
		if c.imageWithin(e) < 0 {
			c.described(e, c.resolve(c.t.Attr(e, "src")), -1)
		}
	case a == atom.Template:
		c.elements(e, true, url, i)
	case c.named(e, false):
		if t := c.words(e, maxOwn); !siteCopyright(t) && c.own(e, url, i) {
			c.mark(e)
		}
	case a == atom.Figure || a == atom.Figcaption || c.t.E[e].Flag&markup.Legend != 0:
		c.elements(e, true, url, i)
		c.mark(e)
	}
}

// scope gives the elements that may belong to the release: its root, and what stands before it in the page's main part, where many pages
// keep the picture below the title.
func (c *collector) scope(yield func(int32) bool) {
	root := c.p.Root
	top := root
	for n, up := c.t.E[root].Parent, 0; n >= 0 && up < maxDepth; n, up = c.t.E[n].Parent, up+1 {
		if c.t.E[n].Node.Type != html.ElementNode || c.t.Atom(n) == atom.Html {
			break
		}
		top = n
		if c.t.Atom(n) == atom.Main || c.t.Attr(n, "role") == "main" {
			break
		}
	}
	for e := top; e < root; e++ {
		if !yield(e) {
			return
		}
	}
	for e := root; e < c.t.E[root].End; e++ {
		if !yield(e) {
			return
		}
	}
}

// nearest is the one image of the element's figure, or of its parents up to three levels.
func (c *collector) nearest(e int32) (url string, i int) {
	for n, up := e, 0; n >= 0 && up < nearUp && n != c.p.Root; n, up = c.t.E[n].Parent, up+1 {
		if k, ok := c.only[n]; ok {
			if k == several {
				return "", -1
			}
			return c.p.Images[k].URL, k
		}
		if c.t.Atom(n) == atom.Figure {
			break
		}
	}
	return "", -1
}

func (c *collector) inDone(e int32) bool {
	for n, up := c.t.E[e].Parent, 0; n >= 0 && up < maxDepth; n, up = c.t.E[n].Parent, up+1 {
		if c.done[n] {
			return true
		}
	}
	return false
}

// mark notes that e and what stands below it were read.
func (c *collector) mark(e int32) {
	for d := e; d < min(c.t.E[e].End, e+maxElements+1); d++ {
		c.done[d] = true
	}
}

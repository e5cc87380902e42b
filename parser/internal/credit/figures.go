package credit

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/creditline"
	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// images reads the credit of every image of the release, from the nearest place that tells it.
func (c *collector) images() {
	for i, im := range c.p.Images {
		if c.elsewhere(im.At) {
			continue
		}
		for k := range places {
			if places[k].Kind == beside && places[k].Find != nil && places[k].Find(c, i) {
				break
			}
		}
	}
}

// creditAttrs hold nothing but a credit.
var creditAttrs = []string{
	"data-copyright", "data-credit", "data-credits", "data-image-credit", "data-image-copyright", "data-photographer",
	"data-fotograf", "data-bildnachweis",
	"data-source", "data-quelle", "data-author",
}

func (c *collector) attributes(i int) bool {
	im := c.p.Images[i]
	for _, k := range []int32{im.At, im.Holder} {
		if k < 0 {
			continue
		}
		for _, a := range creditAttrs {
			v := text.Normalise(clip(c.t.Attr(k, a)))
			if v != "" && !strings.Contains(v, "://") && !strings.HasPrefix(v, "/") && creditline.Credible(v) && c.add(v, im.URL, i, "attribute:"+a) {
				return true
			}
		}
	}
	return false
}

// holder reads the elements around an image: those made for credits first, then the caption.
func (c *collector) holder(i int) bool {
	im := c.p.Images[i]
	ok := false
	if h := c.around(i); h >= 0 {
		ok = c.elements(h, true, im.URL, i)
		c.done[h] = true
	}
	if !ok && im.CaptionAt >= 0 {
		ok = c.caption(im.CaptionAt, im.URL, i)
	}
	return ok
}

// around is the element that belongs to an image alone: its figure where it stands in one, else its holder; -1 for none.
func (c *collector) around(i int) int32 {
	im := c.p.Images[i]
	for n, up := c.t.E[im.At].Parent, 0; n >= 0 && up < maxDepth; n, up = c.t.E[n].Parent, up+1 {
		if c.t.Atom(n) != atom.Figure {
			continue
		}
		if c.only[n] != i {
			return im.Holder
		}
		return n
	}
	return im.Holder
}

// elements adds the credits of elements made for them at and below top, and of captions where there are none. beside says that top belongs to an
// image.
func (c *collector) elements(top int32, beside bool, url string, i int) (ok bool) {
	var captions []int32
	for e := top; e < min(c.t.E[top].End, top+maxElements); e++ {
		if c.t.E[e].Node.Type != html.ElementNode || c.done[e] {
			continue
		}
		switch {
		case c.named(e, beside):
			if c.own(e, url, i) {
				ok = true
				c.mark(e)
			}
		case c.t.Atom(e) == atom.Figcaption || c.t.E[e].Flag&markup.Legend != 0:
			captions = append(captions, e)
		case beside && c.unnamed(e, url, i):
			ok = true
			c.done[e] = true
		}
	}
	if ok {
		return true
	}
	for _, e := range captions {
		if !c.done[e] && c.caption(e, url, i) {
			ok = true
		}
	}
	return ok
}

// unnamed reads an element of no name that holds nothing but a credit.
func (c *collector) unnamed(e int32, url string, i int) bool {
	if !c.plain(e) {
		return false
	}
	t := c.small(e)
	return t != "" && c.add(t, url, i, "element:"+c.t.E[e].Node.Data)
}

// small is the credit that an element without a name is, or that ends it where it is small print: so pages without classes set captions.
func (c *collector) small(e int32) string {
	t := c.words(e, maxOwn)
	if creditline.IsLine(t) {
		return t
	}
	switch c.t.Atom(e) {
	case atom.Small, atom.Em, atom.I:
		_, t = creditline.Split(t)
		return t
	}
	return ""
}

// plain reports whether e is an element of no name that may hold a line of text.
func (c *collector) plain(e int32) bool {
	switch c.t.Atom(e) {
	case atom.Small, atom.Span, atom.Em, atom.I, atom.P, atom.Div:
		below := c.t.E[e].End - e - 1
		return below > 0 && below <= maxLeaf
	}
	return false
}

// own reads an element made for credits.
func (c *collector) own(e int32, url string, i int) bool {
	t := c.words(e, maxCaption)
	if t == "" {
		t = text.Normalise(clip(c.t.Attr(e, "content")))
	}
	rule := "element:" + c.rulename(e)
	if utf8.RuneCountInString(t) <= maxOwn && creditline.Credible(t) {
		return c.add(t, url, i, rule)
	}
	if _, credit := creditline.Split(t); credit != "" {
		return c.add(credit, url, i, rule)
	}
	return false
}

// caption reads the credit at the end of a caption.
func (c *collector) caption(e int32, url string, i int) bool {
	t := c.words(e, maxCaption)
	c.done[e] = true
	_, credit := creditline.Split(t)
	return credit != "" && c.add(credit, url, i, "caption")
}

// below reads a line that is nothing but a credit right after the image and its holder.
func (c *collector) below(i int) bool {
	im := c.p.Images[i]
	s := im.Holder
	if s < 0 {
		s = im.At
	}
	next, end := c.t.E[s].End, c.t.E[c.t.E[s].Parent].End
	for next < end && blank(c.t.E[next].Node) {
		next = c.t.E[next].End
	}
	if next >= end {
		return false
	}
	if _, other := c.only[next]; other || c.t.Atom(next) == atom.Figure {
		return false // the line is of another picture
	}
	t := c.small(next)
	return t != "" && c.add(t, im.URL, i, "line below")
}

func blank(n *html.Node) bool {
	return n.Type == html.CommentNode || n.DataAtom == atom.Br || n.Type == html.TextNode && strings.TrimSpace(n.Data) == ""
}

func (c *collector) describedIn(i int) bool {
	im := c.p.Images[i]
	return c.described(im.At, im.URL, i)
}

// described reads "(Foto: Name)" in the words that stand for the image.
func (c *collector) described(img int32, url string, i int) bool {
	for _, a := range []string{"alt", "title", "data-caption", "data-title"} {
		v := c.t.Attr(img, a)
		if v == "" {
			continue
		}
		v = text.Normalise(clip(v))
		if _, credit := creditline.Split(v); credit != "" && (creditline.Marked(credit) || barred(v, credit)) && c.add(credit, url, i, "described:"+a) {
			return true
		}
	}
	return false
}

// barred reports whether a bar stands before the credit that v ends with: "Die Brücke | AP/Max Muster".
func barred(v, credit string) bool {
	return strings.HasSuffix(strings.TrimSuffix(v, credit), "| ") && strings.HasSuffix(v, credit)
}

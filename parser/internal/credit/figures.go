package credit

import (
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/creditline"
	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// Limits in code points and elements.
const (
	maxOwn      = 200  // a credit element's text
	maxCaption  = 1500 // a caption's
	maxElements = 3000
	maxBefore   = 20000 // before the release
	maxApart    = 1000  // figures and the like without an image of the release
)

// images reads the credit of every image of the release, from the nearest place that tells it.
func (c *collector) images() {
	for i := range c.p.Images {
		im := c.p.Images[i]
		if im.Node == nil || len(im.Node.Nodes) == 0 || c.elsewhere(im.Node.Nodes[0]) || c.attributes(i) || c.holder(i) || c.below(i) {
			continue
		}
		c.described(im.Node.Nodes[0], im.URL, i)
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
	for _, s := range []*goquery.Selection{im.Node, im.Holder} {
		if s == nil || len(s.Nodes) == 0 {
			continue
		}
		for _, a := range creditAttrs {
			v := text.Normalise(clip(s.AttrOr(a, "")))
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
	if h := c.around(i); h != nil {
		ok = c.elements(h, true, im.URL, i)
		c.done[h] = true
	}
	if !ok && im.Caption != nil && len(im.Caption.Nodes) > 0 {
		ok = c.caption(im.Caption.Nodes[0], im.URL, i)
	}
	return ok
}

// around is the element that belongs to an image alone: its figure where it stands in one, else its holder.
func (c *collector) around(i int) *html.Node {
	im := c.p.Images[i]
	if im.Node != nil && len(im.Node.Nodes) > 0 {
		for n, up := im.Node.Nodes[0].Parent, 0; n != nil && up < 10; n, up = n.Parent, up+1 {
			if n.DataAtom != atom.Figure {
				continue
			}
			if c.holds[n] != i {
				return holderNode(im)
			}
			return n
		}
	}
	return holderNode(im)
}

func holderNode(im page.Image) *html.Node {
	if im.Holder == nil || len(im.Holder.Nodes) == 0 {
		return nil
	}
	return im.Holder.Nodes[0]
}

// elements adds the credits of elements made for them at and below top, and of captions where there are none. beside says that top belongs to an
// image.
func (c *collector) elements(top *html.Node, beside bool, url string, i int) (ok bool) {
	var captions []*html.Node
	n := 0
	for e := range tree(top) {
		if n++; n > maxElements {
			break
		}
		if e.Type != html.ElementNode || c.done[e] {
			continue
		}
		names := classes(e)
		switch {
		case c.named(names, e, beside):
			if c.own(e, url, i) {
				ok = true
				mark(c.done, e)
			}
		case e.DataAtom == atom.Figcaption || captionName.MatchString(names):
			captions = append(captions, e)
		case beside && (e.DataAtom == atom.Small || e.DataAtom == atom.Span || e.DataAtom == atom.Em || e.DataAtom == atom.I ||
			e.DataAtom == atom.P || e.DataAtom == atom.Div) && leaf(e):
			if t := words(e, maxOwn); creditline.IsLine(t) && c.add(t, url, i, "element:"+e.Data) {
				ok = true
				c.done[e] = true
			}
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

// own reads an element made for credits.
func (c *collector) own(e *html.Node, url string, i int) bool {
	t := words(e, maxCaption)
	if t == "" {
		t = text.Normalise(clip(page.Attr(e, "content")))
	}
	rule := "element:" + rulename(e)
	if utf8.RuneCountInString(t) <= maxOwn && creditline.Credible(t) {
		return c.add(t, url, i, rule)
	}
	if _, credit := creditline.Split(t); credit != "" {
		return c.add(credit, url, i, rule)
	}
	return false
}

// caption reads the credit at the end of a caption.
func (c *collector) caption(e *html.Node, url string, i int) bool {
	t := words(e, maxCaption)
	c.done[e] = true
	_, credit := creditline.Split(t)
	return credit != "" && c.add(credit, url, i, "caption")
}

// below reads a line that is nothing but a credit right after the image and its holder.
func (c *collector) below(i int) bool {
	im := c.p.Images[i]
	s := im.Holder
	if s == nil {
		s = im.Node
	}
	if s == nil || len(s.Nodes) == 0 {
		return false
	}
	next := s.Nodes[0].NextSibling
	for next != nil && (next.Type == html.CommentNode || next.Type == html.TextNode && strings.TrimSpace(next.Data) == "") {
		next = next.NextSibling
	}
	if next == nil {
		return false
	}
	t := words(next, maxOwn)
	return creditline.IsLine(t) && c.add(t, im.URL, i, "line below")
}

// described reads "(Foto: Name)" in the words that stand for the image.
func (c *collector) described(img *html.Node, url string, i int) {
	for _, a := range []string{"alt", "title", "data-caption", "data-title"} {
		v := text.Normalise(clip(page.Attr(img, a)))
		if _, credit := creditline.Split(v); credit != "" && creditline.Marked(credit) && c.add(credit, url, i, "attribute:"+a) {
			return
		}
	}
}

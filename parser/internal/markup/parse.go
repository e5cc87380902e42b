package markup

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxDepth is the nesting that is kept of a page that nests deeper than the HTML parser bears (512 open elements).
const maxDepth = 200

// Parse builds the tree. A page nested too deep is flattened first, so that its text is still read.
func Parse(src []byte) (*html.Node, error) {
	root, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		root, err = html.Parse(bytes.NewReader(flatten(src)))
	}
	return root, err
}

// formatting elements are reopened by the HTML parser in each following block while they stay open, so flatten drops them.
var formatting = map[atom.Atom]bool{
	atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true, atom.S: true,
	atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

// flatten drops the tags that open an element below maxDepth, and their end tags.
func flatten(src []byte) []byte {
	z := html.NewTokenizer(bytes.NewReader(src))
	var out bytes.Buffer
	out.Grow(len(src))
	depth, dropped := 0, 0
	for {
		tt := z.Next()
		if tt == html.ErrorToken {
			return out.Bytes()
		}
		raw := z.Raw()
		if tt != html.StartTagToken && tt != html.EndTagToken {
			out.Write(raw)
			continue
		}
		// TagName reuses the buffer of Raw's bytes, so what is kept is written first and cut off again.
		mark := out.Len()
		out.Write(raw)
		name, _ := z.TagName()
		a := atom.Lookup(name)
		switch {
		case formatting[a]:
			out.Truncate(mark)
		case void[a]:
		case tt == html.StartTagToken && depth >= maxDepth:
			out.Truncate(mark)
			dropped++
		case tt == html.StartTagToken:
			depth++
		case dropped > 0:
			out.Truncate(mark)
			dropped--
		case depth > 0:
			depth--
		}
	}
}

var void = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true, atom.Input: true,
	atom.Link: true, atom.Meta: true, atom.Param: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

// reveal puts the content of <noscript> elements that hold images into the tree, where lazy loading hides the real ones.
func reveal(n *html.Node) {
	c := n.FirstChild
	if c == nil || c.Type != html.TextNode || c.NextSibling != nil || !strings.Contains(c.Data, "<img") || len(c.Data) > 1<<16 {
		return
	}
	ctx := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(c.Data), ctx)
	if err != nil {
		return
	}
	n.RemoveChild(c)
	for _, x := range nodes {
		n.AppendChild(x)
	}
}

// Attr is the value of an attribute, "" when absent.
func Attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// HasAttr reports whether n has an attribute, be it empty.
func HasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

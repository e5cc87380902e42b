package markup

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Kind is what HTML itself says about an element, whatever it is named.
type Kind uint16

const (
	Block     Kind = 1 << iota // begins and ends a line
	Unseen                     // holds nothing a reader of the page sees
	Furniture                  // is never part of the text of a release
	Heading                    // h1 to h6
	Phrase                     // stands in a line of text, for the reader of dates; unlike !Block it knows no unknown element
	Dead                       // holds no text of a credit: scripts, buttons
	Spaced                     // sets words apart in a credit
	Break                      // <br>
	Button                     // <button>
	Time                       // <time>
	Link                       // <a> that leads to another page
	Image                      // <img> or <video>
)

// KindOf is the kind of an element.
func KindOf(a atom.Atom) Kind { return kinds[a] }

var kinds = func() map[atom.Atom]Kind {
	m := map[atom.Atom]Kind{}
	for k, atoms := range map[Kind][]atom.Atom{
		Block: {
			atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Dd, atom.Details, atom.Dialog, atom.Div, atom.Dl,
			atom.Dt, atom.Fieldset, atom.Figure, atom.Figcaption, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
			atom.Header, atom.Hgroup, atom.Hr, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary,
			atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul,
		},
		Unseen: {
			atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Svg, atom.Canvas, atom.Audio, atom.Video, atom.Object,
			atom.Select, atom.Textarea, atom.Input, atom.Math, atom.Datalist, atom.Map,
		},
		Furniture: {atom.Nav, atom.Button, atom.Dialog, atom.Menu, atom.Figcaption},
		Heading:   {atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6},
		Phrase: {
			atom.A, atom.Abbr, atom.B, atom.Cite, atom.Em, atom.Font, atom.I, atom.Label, atom.Mark, atom.Meta, atom.S, atom.Small, atom.Span,
			atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.U, atom.Data, atom.Wbr, atom.Svg, atom.Img,
		},
		Dead:   {atom.Script, atom.Style, atom.Button, atom.Noscript, atom.Svg},
		Spaced: {atom.Br, atom.P, atom.Div, atom.Li, atom.Span},
		Break:  {atom.Br}, Button: {atom.Button}, Time: {atom.Time}, Image: {atom.Img, atom.Video},
	} {
		for _, a := range atoms {
			m[a] |= k
		}
	}
	return m
}()

// LeadsAway reports whether link n leads to another page; anchors and jumps within the page do not.
func LeadsAway(n *html.Node) bool {
	h := Attr(n, "href")
	return h != "" && h[0] != '#'
}

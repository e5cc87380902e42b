package page

import (
	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// Dropped is something the page shows that is no text of the release.
type Dropped struct {
	Rule string // the ID of the rule that says so
	At   int32  // the element
	Text string
}

// The names of what is dropped otherwise than by a row of a table; nothing asks for them.
const (
	aboveText      = "above-text"      // what stands before the text: the title, its date and author
	closingSection = "closing-section" // a section whose heading says that it is no text
	creditOnly     = "credit"
	creditEnd      = "credit-at-end"
	bareHeading    = "bare-heading" // a heading without text below it
	captionOf      = "caption"
	contactBox     = "contact-box"
	byProfile      = "profile" // what the CMS profile drops
	byElement      = "element" // what HTML says is no text: nav, button, figcaption, dialog, menu
)

// drop notes that a block is left out of the text, and why.
func (r *reader) drop(id string, b block) { r.dropText(id, b.at, b.Text) }

func (r *reader) dropText(id string, at int32, t string) {
	r.p.dropped = append(r.p.dropped, Dropped{Rule: id, At: at, Text: t})
}

// hide keeps entry i and what is below it from being read as text of the release.
func (s *scan) hide(i int32, id string) {
	s.E[i].Skip = true
	s.note(i, id)
}

// note says why entry i is no text.
func (s *scan) note(i int32, id string) { s.gone = append(s.gone, Dropped{Rule: id, At: i}) }

// Dropped is what the page shows and the release does not say: first the elements, then the lines of the text, each in reading order.
// Elements without a letter and what stands in a dropped one are left out.
func (p *Page) Dropped() []Dropped {
	why := map[int32]string{}
	for _, d := range p.gone {
		why[d.At] = d.Rule
	}
	var out []Dropped
	for i := p.Tree.Body; i < int32(len(p.Tree.E)); i++ {
		e := &p.Tree.E[i]
		id, known := why[i]
		if e.Node.Type != html.ElementNode || !known && (!e.Skip || e.Kind&markup.Unseen != 0) {
			if e.Kind&markup.Unseen != 0 {
				i = e.End - 1
			}
			continue
		}
		if !known {
			id = byElement
		}
		if t := text.Normalise(p.Tree.Read(i, markup.Lines)); markup.Letters(t) > 0 {
			out = append(out, Dropped{Rule: id, At: i, Text: t})
		}
		i = e.End - 1
	}
	return append(out, p.dropped...)
}

// Describe names an element as a selector does.
func (p *Page) Describe(i int32) string { return (&scan{Tree: p.Tree}).describe(i) }

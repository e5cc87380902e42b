package page

import (
	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// leadAbove puts the paragraph between the title and the element that holds the text before it: templates set the lead into a stage
// above the text. Two paragraphs may stand there; more are something else.
func (r *reader) leadAbove() {
	if r.vhead < 0 || r.vhead >= r.root || len(r.p.Pieces) == 0 || r.p.Pieces[0].Type == schemas.BlockLead {
		return
	}
	var lead []text.Piece
	at := int32(-1)
	for _, b := range r.blocksAbove() {
		if !r.isLead(b) {
			continue
		}
		lead, at = append(lead, text.Piece{Type: schemas.BlockLead, Text: b.Text}), b.at
	}
	if len(lead) == 0 || len(lead) > maxLeadAbove {
		return
	}
	r.p.Pieces, r.p.Why["lead"] = append(lead, r.p.Pieces...), "between title and text: "+r.s.describe(at)
}

// blocksAbove are the paragraphs between the title and the element that holds the text.
func (r *reader) blocksAbove() []block {
	w := &writer{s: r.s, root: r.root, at: r.s.Body}
	for i := r.s.E[r.vhead].End; i < r.root; i++ {
		e := &r.s.E[i]
		switch {
		case e.Skip:
			i = e.End - 1
		case e.Node.Type == html.ElementNode && e.Kind&markup.Block != 0 && !r.s.Inside(r.root, i) && r.s.Paragraph(i) > 0:
			w.flag = r.flagsAround(i)
			w.walk(i)
			w.flush()
			i = e.End - 1
		}
	}
	return w.out
}

// isLead reports whether a block above the text is its lead: sentences without a link, long enough or named so, and not the text itself.
func (r *reader) isLead(b block) bool {
	if b.link > 0 || !sentence(b.Text) || b.Text == r.p.Pieces[0].Text {
		return false
	}
	return (isProse(b) || b.flag&markup.Lead != 0) && !r.lineOut(b, topBlocks, len(r.p.Pieces))
}

// flagsAround are the flags of the elements around entry i, up to where the title stands.
func (r *reader) flagsAround(i int32) (f markup.Flags) {
	for p := r.s.E[i].Parent; p > r.s.Body && !r.s.Inside(r.vhead, p); p = r.s.E[p].Parent {
		f |= r.s.E[p].Flag
	}
	return f
}

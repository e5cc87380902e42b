package page

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// mend gives the text from elsewhere if reading it from the page gave too little: from the structured data, which hold the whole text
// on some pages that show only its beginning, or from any sentence of the page. (Not from go-trafilatura: see docs/adr/0010.)
func (r *reader) mend() {
	n := int32(0)
	for _, p := range r.p.Pieces {
		n += markup.Letters(p.Text)
	}
	if r.articleBody(n) {
		return
	}
	if n == 0 {
		r.unfiltered()
	}
}

// unfiltered gives the sentences of the whole page if nothing else gave any: a page of one line, or one whose text is named like a
// comment.
func (r *reader) unfiltered() {
	if len(r.p.Pieces) > 0 {
		return
	}
	w := &writer{s: r.s, root: r.s.Body, at: r.s.Body}
	w.children(r.s.Body)
	w.flush()
	for _, b := range w.out {
		if b.link == 0 && sentence(b.Text) && markup.Letters(b.Text) >= minSentence && !creditLine(b.Text) && fold(b.Text) != fold(r.p.Title) &&
			!containsAny(b.Text, consentSigns) {
			r.p.Pieces = append(r.p.Pieces, b.Piece)
		}
	}
	if len(r.p.Pieces) > 0 {
		r.p.Why["text"] = "sentences of the whole page"
	}
}

// described takes what the page says about itself as the lead if it shows no text below its title.
func (r *reader) described() {
	if len(r.p.Pieces) > 0 || r.head < 0 || !r.witnessed(r.p.Title) {
		return
	}
	for _, k := range []string{"og:description", "description"} {
		if t := unescape(r.s.MetaFirst(k)); markup.Letters(t) >= minDescription && sentence(t) {
			r.p.Pieces, r.p.Why["text"] = []text.Piece{{Type: schemas.BlockLead, Text: t}}, "meta: "+k
			return
		}
	}
}

// piecesOf cuts a subtree of clean content into pieces.
func piecesOf(n *html.Node, title string) []text.Piece {
	s := newScan(n, "", "")
	for i := range s.E { // it is content by now, whatever it is named
		s.E[i].Skip = s.E[i].Kind&markup.Unseen != 0
	}
	w := &writer{s: s, root: 0, at: 0}
	w.children(0)
	w.flush()
	var out []text.Piece
	for _, b := range w.out {
		if len(out) == 0 && fold(b.Text) == fold(title) {
			continue
		}
		out = append(out, b.Piece)
	}
	return out
}

// joined is where two paragraphs were joined without a blank: "… im Brief.Anfang März …".
var joined = lazy.MustCompile(`(\p{Ll}[.!?…][“”"»]?)([„»"]?\p{Lu}\p{Ll}+[ ,])`)

// articleBody takes the articleBody of the structured data if it holds much more than the n letters found and goes on from them.
func (r *reader) articleBody(n int32) bool {
	o := r.p.article()
	if o == nil {
		return false
	}
	body := str(o["articleBody"])
	m := markup.Letters(body)
	if m < minBody || m < n+n/4 {
		return false
	}
	if strings.Contains(body, "</p>") || strings.Contains(body, "<br") {
		nodes, err := html.ParseFragment(strings.NewReader(body), nil)
		if err != nil {
			return false
		}
		root := &html.Node{Type: html.DocumentNode}
		for _, x := range nodes {
			if x.Parent == nil {
				root.AppendChild(x)
			}
		}
		return r.take(piecesOf(root, r.p.Title), n)
	}
	var pieces []text.Piece
	for line := range strings.SplitSeq(html.UnescapeString(body), "\n") {
		for part := range strings.SplitSeq(joined.ReplaceAllString(line, "$1\n$2"), "\n") {
			if t := text.Normalise(part); t != "" {
				pieces = append(pieces, text.Piece{Type: schemas.BlockParagraph, Text: t})
			}
		}
	}
	return r.take(pieces, n)
}

// take replaces the pieces if most of the n letters found so far are among the new ones; a lead that is not is kept.
func (r *reader) take(pieces []text.Piece, n int32) bool {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(fold(p.Text))
	}
	all := b.String()
	var keep []text.Piece
	agree := int32(0)
	for i, p := range r.p.Pieces {
		f := fold(p.Text)
		if strings.Contains(all, f[:min(len(f), sameStart)]) {
			agree += markup.Letters(p.Text)
		} else if i < 2 && p.Type != schemas.BlockHeading && sentence(p.Text) {
			p.Type = schemas.BlockLead
			keep = append(keep, p)
		}
	}
	if n >= tooLittle && agree*2 < n {
		return false
	}
	r.p.Pieces, r.p.Why["text"] = append(keep, pieces...), "jsonld: articleBody"
	return true
}

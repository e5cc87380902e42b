package page

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// listing reports whether the page calls itself a listing and is one: several items of the same make, each with a link, and little else to
// read.
func (r *reader) listing() bool {
	if !r.calledListing() || strings.Contains(r.s.MetaFirst("og:type"), "article") || r.p.article() != nil && !r.manyArticles() {
		return false
	}
	items, within := r.longestList()
	return items >= minItems && r.besides(within) < fewForItems
}

// longestList is the element of the page's middle with the most items of a list, and their number.
func (r *reader) longestList() (items int, within int32) {
	for i := r.s.Body; i < int32(len(r.s.E)); i++ {
		if a := r.s.Atom(i); a == atom.Nav || a == atom.Footer || a == atom.Header {
			i = r.s.E[i].End - 1
			continue
		}
		if n := r.items(i); n > items {
			items, within = n, i
		}
	}
	return items, within
}

// manyArticles reports whether the JSON-LD of the page describes several articles, as teasers of a list do.
func (r *reader) manyArticles() bool {
	titles := map[string]bool{}
	for _, o := range r.p.LD {
		if isArticle(o) {
			titles[str(o["headline"])] = true
		}
	}
	return len(titles) >= severalArticles
}

func (r *reader) calledListing() bool {
	if listingTitle.MatchString(r.p.Title) || r.manyArticles() {
		return true
	}
	for i := r.s.Body; i < int32(len(r.s.E)); i++ {
		if e := &r.s.E[i]; e.Kind&markup.Block != 0 && e.End-i < hitsReach && saysHits(r.s.Read(i, markup.Visible)) {
			return true
		}
	}
	for _, i := range r.s.H1 {
		if !r.s.E[i].Skip && listingTitle.MatchString(r.headingText(i)) {
			return true
		}
	}
	return false
}

// saysHits reports whether a line says how many entries there are: "1 bis 10 von 42 Meldungen".
func saysHits(s string) bool {
	// What it may begin with; most lines begin otherwise.
	return s != "" && strings.IndexByte("0123456789tTeEmMiI", s[0]) >= 0 && strings.ContainsAny(s, "0123456789") && hitsLine.MatchString(s)
}

// besides are the letters in sentences outside of entry list.
func (r *reader) besides(list int32) (n int32) {
	for i := r.s.Body; i < int32(len(r.s.E)); i++ {
		if i == list {
			i = r.s.E[i].End - 1
			continue
		}
		if e := &r.s.E[i]; !e.Skip && e.Kind&markup.Block != 0 {
			n += r.s.Paragraph(i)
		}
	}
	return n
}

// items counts the children of entry i that are items of a list of pages: of one make, with a link and a text of their own.
func (r *reader) items(i int32) int {
	makes := map[string]int{}
	best := 0
	for c := i + 1; c < r.s.E[i].End; c = r.s.E[c].End {
		e := &r.s.E[c]
		if e.Node.Type != html.ElementNode || e.Node.DataAtom == atom.P || e.Kind&markup.Heading != 0 {
			continue
		}
		if l := r.itemText(c); l < minItem || l > maxItem || !r.holdsLink(c) {
			continue
		}
		k := e.Node.Data + " " + markup.Attr(e.Node, "class")
		makes[k]++
		best = max(best, makes[k])
	}
	return best
}

func (r *reader) itemText(i int32) int32 {
	if r.s.E[i].End == i+1 {
		return 0
	}
	if n := r.s.E[i].Text; n > maxItem { // without what is hidden: too much already
		return n
	}
	return markup.Letters(r.s.Read(i, markup.Visible))
}

func (r *reader) holdsLink(i int32) bool {
	for k := i; k < r.s.E[i].End; k++ {
		if r.s.is(k, markup.Link) {
			return true
		}
	}
	return false
}

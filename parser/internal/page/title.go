package page

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html/atom"
)

// title decides the title among all candidates by what is known of each, and with it where the release begins.
func (r *reader) title() {
	r.head, r.vhead = -1, -1
	cs := r.candidates()
	best := r.choose(cs)
	if best < 0 {
		return
	}
	c := r.firstOf(cs, &cs[best])
	r.p.Title, r.p.Why["title"] = c.text, r.whence(c)
	r.head = c.at
	switch {
	case c.at < 0:
		r.vhead = r.bestHead(cs)
	case r.s.E[c.at].Skip:
		r.vhead = r.visibleHead()
	case c.line && !r.wholeBlock(c.at): // the first words of a block that goes on: the text begins in it
	default:
		r.vhead = c.at
	}
}

// firstOf is the first h1 above the text that says what the best candidate says, where pages repeat their title: what stands between it
// and the text, a lead for instance, is part of the release.
func (r *reader) firstOf(cs []candidate, best *candidate) *candidate {
	prose := r.firstProse(r.core)
	for i := range cs {
		c := &cs[i]
		if c.fold == best.fold && c.at >= 0 && c.at < prose && r.s.Atom(c.at) == atom.H1 && !r.s.E[c.at].Skip {
			return c
		}
	}
	return best
}

// wholeBlock reports whether entry i is all of the block it stands in.
func (r *reader) wholeBlock(i int32) bool {
	for ; i > r.s.Body && !r.s.is(i, markup.Block); i = r.s.E[i].Parent {
		if r.s.E[r.s.E[i].Parent].Text > r.s.E[i].Text {
			return false
		}
	}
	return true
}

// choose is the index of the best candidate, -1 when there is none. Of equals the first is taken.
func (r *reader) choose(cs []candidate) int {
	best := -1
	g := r.ground(cs)
	for i := range cs {
		cs[i].score = weighTitle(r.look(&cs[i], g))
		if best < 0 || cs[i].score > cs[best].score {
			best = i
		}
	}
	return best
}

// bestHead is the likeliest of the headings that are shown above the text, -1 for none: where another title is taken all the same, the
// release begins there.
func (r *reader) bestHead(cs []candidate) int32 {
	prose := r.firstProse(r.core)
	best := -1
	for i := range cs {
		if c := &cs[i]; c.at >= 0 && c.at < prose && !c.line && !r.s.E[c.at].Skip && (best < 0 || c.score > cs[best].score) {
			best = i
		}
	}
	if best < 0 {
		return -1
	}
	return cs[best].at
}

// whence says where a title was found.
func (r *reader) whence(c *candidate) string {
	switch {
	case c.at >= 0 && c.line:
		return "line: " + r.s.describe(c.at)
	case c.at >= 0:
		return "heading: " + r.s.describe(c.at)
	case c.from&fromLD != 0:
		return "jsonld: headline"
	case c.from&fromMeta != 0:
		return "meta: " + r.metaSaying(c.fold)
	}
	return "title element"
}

// metaSaying is the meta whose title folds to f.
func (r *reader) metaSaying(f string) string {
	for _, k := range titleMetas {
		if fold(r.withoutSite(unescape(r.s.MetaFirst(k)))) == f {
			return k
		}
	}
	return titleMetas[0]
}

// describe names an element the way a selector would.
func (s *scan) describe(i int32) string {
	if i < 0 {
		return ""
	}
	d := s.E[i].Node.Data
	if id := s.Attr(i, "id"); id != "" {
		d += "#" + id
	}
	for k, c := range strings.Fields(s.Attr(i, "class")) {
		if k == 3 {
			break
		}
		d += "." + c
	}
	return d
}

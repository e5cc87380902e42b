package page

import (
	"slices"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// candidate is what may be the title: a heading, another line that the page shows, or one of its other titles.
type candidate struct {
	at    int32 // the entry that shows it, -1 when the page does not
	text  string
	fold  string
	from  source // the fields that say it, when the page does not show it
	line  bool   // no heading by its names or its element: a line that says what a title of the page says, or is all in bold
	bold  bool
	score float64
}

// candidates are all of them, in document order, those that are not shown last.
func (r *reader) candidates() []candidate {
	var out []candidate
	seen := map[string]bool{}
	for i := r.s.Body; i < int32(len(r.s.E)) && len(out) < maxCandidates; i++ {
		if !r.titled(i) {
			continue
		}
		t := r.headingText(i)
		if n := utf8.RuneCountInString(t); n >= minHeadline && n <= maxHeadline {
			c := candidate{at: i, text: t, fold: fold(t)}
			out = append(out, c)
			seen[c.fold] = seen[c.fold] || !r.s.E[i].Skip
		}
	}
	out = append(out, r.lines(seen)...)
	for _, w := range r.saidTitles() {
		out = append(out, candidate{at: -1, text: trimSigns(w.title), fold: w.fold, from: w.from})
	}
	return out
}

// titled reports whether entry i is a heading by its element, its names or its microdata.
func (r *reader) titled(i int32) bool {
	e := &r.s.E[i]
	if e.Node.Type != html.ElementNode {
		return false
	}
	if e.Kind&markup.Heading != 0 || e.Flag&markup.Microdata != 0 && markup.Attr(e.Node, "itemprop") == "headline" {
		return true
	}
	switch e.Node.DataAtom {
	case atom.P, atom.Div:
		return (e.Flag&markup.Title != 0 || markup.Attr(e.Node, "role") == "heading") && !r.boxesHeading(i)
	case atom.Span, atom.Td, atom.Th, atom.Strong, atom.Font:
		return e.Flag&markup.Title != 0 && e.End-i < mastNodes && !r.inHeading(i) && !r.boxesHeading(i)
	}
	return false
}

// boxesHeading reports whether a heading stands in element i: a box named for the title that is in it.
func (r *reader) boxesHeading(i int32) bool {
	k, _ := slices.BinarySearch(r.s.Headings, i)
	return k < len(r.s.Headings) && r.s.Headings[k] < r.s.E[i].End
}

func (r *reader) inHeading(i int32) bool {
	for p := r.s.E[i].Parent; p > r.s.Body; p = r.s.E[p].Parent {
		if r.s.is(p, markup.Heading) {
			return true
		}
		if r.s.is(p, markup.Block) && r.s.Atom(p) != atom.Div {
			return false
		}
	}
	return false
}

// lines are the lines above the text that are no heading and say what one of the page's titles, or a part of it, says; and the first
// that are all in bold. Links are left out: paths and lists of other releases say titles, too.
func (r *reader) lines(seen map[string]bool) (out []candidate) {
	runs := r.runs()
	last := r.s.before[r.firstProse(r.core)] + mastProse
	bolds := 0
	for i := r.s.Body; i < r.s.E[r.core].End && r.s.before[i] <= last; i++ {
		if !r.short(i) {
			continue
		}
		e := &r.s.E[i]
		if r.titled(i) {
			i = e.End - 1
			continue
		}
		c, said := r.line(i, runs)
		if c == nil || seen[c.fold] || !said && bolds >= maxBolds {
			continue
		}
		if !said {
			bolds++
		}
		seen[c.fold] = true
		out = append(out, *c)
		i = e.End - 1
	}
	return out
}

// short reports whether entry i is an element that sets a line of words apart, in which is no link.
func (r *reader) short(i int32) bool {
	e := &r.s.E[i]
	if e.Node.Type != html.ElementNode || e.Skip || e.Text == 0 || e.Link > 0 || e.Text > maxHeadline || e.End-i > mastNodes {
		return false
	}
	return e.Kind&markup.Block != 0 || bold(e.Node) || r.titled(i)
}

// line makes a candidate of entry i if one of the page's titles says it, or if it is all in bold and reads like a title; else nil.
func (r *reader) line(i int32, runs map[int32]map[string]bool) (c *candidate, said bool) {
	set := bold(r.s.E[i].Node) || r.allBold(i)
	said = runs[r.s.E[i].Text] != nil
	if !said && !set {
		return nil, false
	}
	c = &candidate{at: i, line: true, bold: set, text: r.headingText(i)}
	c.fold = fold(c.text)
	if said = runs[r.s.E[i].Text][c.fold]; said {
		return c, true
	}
	if !set || len(c.text) > maxBoldTitle || endsInWord(c.text) || utf8.RuneCountInString(c.text) < minHeadline {
		return nil, false
	}
	return c, false
}

// runs are what the page's titles say from one mark to another, folded, by the number of letters.
func (r *reader) runs() map[int32]map[string]bool {
	out := map[int32]map[string]bool{}
	for _, w := range r.saidTitles() {
		ps := cuts(w.text)
		for a := range ps {
			for b := a; b < len(ps); b++ {
				t := w.text[ps[a].from:ps[b].to]
				f := fold(t)
				if len(f) < minShown || a == b && len(ps) > 1 && r.foreign(t) {
					continue
				}
				n := markup.Letters(t)
				if out[n] == nil {
					out[n] = map[string]bool{}
				}
				out[n][f] = true
			}
		}
	}
	return out
}

// allBold reports whether all that block i says stands in one bold element.
func (r *reader) allBold(i int32) bool {
	only := r.onlyChild(i)
	for only >= 0 && !bold(r.s.E[only].Node) {
		if r.s.is(only, markup.Block) {
			return false
		}
		only = r.onlyChild(only)
	}
	return only >= 0
}

// bold reports whether an element sets its text apart from what surrounds it, as headings do.
func bold(n *html.Node) bool {
	switch n.Data {
	case "b", "strong", "big", "font":
		return true
	}
	return false
}

package page

import (
	"strings"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// kicker is the line above the title: the profile's, one inside the heading, or one before it that is named so or that the page's other
// titles put before the title.
func (r *reader) kicker() {
	if f := r.s.family; f != nil {
		if found, _ := r.s.find(f.kicker, r.s.Body, int32(len(r.s.E)), true); len(found) > 0 && r.setKicker(found[0], "profile "+f.ID) {
			return
		}
	}
	if r.head >= 0 {
		if h := r.heading(r.head); h.kicker != "" && h.text == r.p.Title {
			r.p.Kicker, r.p.Why["kicker"] = h.kicker, "in the heading: "+r.s.describe(h.kickerAt)
			return
		}
	}
	if r.head >= 0 && r.vhead >= 0 {
		r.kickerBefore()
	}
}

// setKicker takes entry i for the kicker unless it is a date, the title, or no line of words.
func (r *reader) setKicker(i int32, why string) bool {
	t := trimKicker(r.lineText(i))
	if t == "" || utf8.RuneCountInString(t) > maxKicker || dateLine.MatchString(t) || fold(t) == fold(r.p.Title) || markup.Letters(t) < minSaidKicker {
		return false
	}
	r.p.Kicker, r.p.Why["kicker"] = t, why+": "+r.s.describe(i)
	return true
}

// kickerBefore takes the line above the heading: one that the page's other titles put before the title, one that is named so, or one
// that stands in a group with the heading.
func (r *reader) kickerBefore() {
	if r.kickerSaid() {
		return
	}
	for k := r.kickerAt; r.kickerAt >= 0 && k > r.s.Body && k >= r.kickerAt-kickerNodes && !r.s.Inside(r.vhead, k); k = r.s.E[k].Parent {
		if r.namedKicker(k) && r.setKicker(k, "before the heading") {
			return
		}
	}
	if p := r.s.E[r.vhead].Parent; r.kickerAt >= 0 && r.s.Atom(p) == atom.Hgroup && r.s.Inside(r.kickerAt, p) {
		r.setKicker(r.kickerAt, "before the heading, in one group")
	}
}

func (r *reader) namedKicker(i int32) bool {
	return (r.elementNames(i)|r.s.E[i].Flag)&markup.Kicker != 0 && markup.Letters(r.lineText(i)) >= minKicker
}

// kickerSaid looks near the heading for the words that one of the page's other titles puts before the title.
func (r *reader) kickerSaid() bool {
	title := fold(r.p.Title)
	for _, w := range r.saidTitles() {
		head, ends := strings.CutSuffix(w.fold, title)
		if !ends || len(head) < minSaidKicker || !parted(w.title, head) {
			continue
		}
		for i := r.vhead - 1; i > r.s.Body && i >= r.vhead-kickerNodes; i-- {
			e := &r.s.E[i]
			if e.Node.Type != html.TextNode || len(e.Node.Data) > 2*len(w.title) || fold(e.Node.Data) != head || r.hiddenAround(e.Parent) {
				continue
			}
			if r.setKicker(e.Parent, "before the heading, said by the page's other titles") {
				return true
			}
		}
	}
	return false
}

// findKicker looks for the short line right before the heading, -1 for none.
func (r *reader) findKicker() int32 {
	if r.vhead < 0 {
		return -1
	}
	for i, seen := r.vhead-1, 0; i > r.s.Body && seen < kickerBack; i, seen = i-1, seen+1 {
		e := &r.s.E[i]
		if e.Node.Type == html.TextNode && e.Text > 0 {
			p := e.Parent
			if r.s.E[p].Text > maxKickerLine || r.s.E[p].Skip {
				return -1
			}
			return p
		}
	}
	return -1
}

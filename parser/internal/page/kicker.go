package page

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// kicker is the line above the title: the profile's, one inside the heading, or one before it that is named so.
func (r *reader) kicker() {
	set := func(n *html.Node, why string) bool {
		t := text.Normalise(textOf(n))
		if t == "" || utf8.RuneCountInString(t) > 100 || dateLine.MatchString(t) || r.inTitle(t) || letters(t) < 3 {
			return false
		}
		r.p.Kicker, r.p.Why["kicker"] = strings.TrimRight(t, " :|"), why+": "+describe(n)
		return true
	}
	if f := r.s.family; f != nil {
		if found, _ := r.s.find(f.kicker, r.s.body, int32(len(r.s.e)), true); len(found) > 0 && set(r.s.e[found[0]].n, "profile "+f.ID) {
			return
		}
	}
	if r.vhead < 0 {
		return
	}
	for i := r.vhead + 1; i < r.s.e[r.vhead].end; i++ {
		if e := &r.s.e[i]; e.n.Type == html.ElementNode && e.flag&fKicker != 0 && e.flag&fTitle == 0 && set(e.n, "in the heading") {
			return
		}
	}
	for k := r.kickerAt; k > r.s.body && k >= r.kickerAt-200; k = r.s.e[k].parent {
		e := &r.s.e[k]
		if r.s.inside(r.vhead, k) {
			return
		}
		if e.flag&fKicker != 0 && set(e.n, "before the heading") {
			return
		}
	}
}

// inTitle reports whether the title is t, or t and the heading: then the line before the heading belongs to the title and is no kicker.
// A heading that merely begins with the same word leaves the kicker alone.
func (r *reader) inTitle(t string) bool {
	title, line := fold(r.p.Title), fold(t)
	if !strings.HasPrefix(title, line) || title == line {
		return title == line
	}
	return r.vhead < 0 || !strings.HasPrefix(fold(r.headingText(r.s.e[r.vhead].n)), line)
}

// findKicker looks for the short line right before the heading, -1 for none.
func (r *reader) findKicker() int32 {
	if r.vhead < 0 {
		return -1
	}
	for i, seen := r.vhead-1, 0; i > r.s.body && seen < 40; i, seen = i-1, seen+1 {
		e := &r.s.e[i]
		if e.n.Type == html.TextNode && e.text > 0 {
			p := e.parent
			if r.s.e[p].text > 60 || r.s.e[p].skip {
				return -1
			}
			return p
		}
	}
	return -1
}

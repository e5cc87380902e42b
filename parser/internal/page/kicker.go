package page

import (
	"strings"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// kicker is the line above the title: the profile's, one inside the heading, or one before it that is named so.
func (r *reader) kicker() {
	set := func(i int32, why string) bool {
		t := text.Normalise(r.s.Read(i, markup.Visible))
		if t == "" || utf8.RuneCountInString(t) > 100 || dateLine.MatchString(t) || r.inTitle(t) || markup.Letters(t) < 3 {
			return false
		}
		r.p.Kicker, r.p.Why["kicker"] = strings.TrimRight(t, " :|"), why+": "+r.s.describe(i)
		return true
	}
	if f := r.s.family; f != nil {
		if found, _ := r.s.find(f.kicker, r.s.Body, int32(len(r.s.E)), true); len(found) > 0 && set(found[0], "profile "+f.ID) {
			return
		}
	}
	if r.vhead < 0 {
		return
	}
	for i := r.vhead + 1; i < r.s.E[r.vhead].End; i++ {
		if e := &r.s.E[i]; e.Node.Type == html.ElementNode && e.Flag&markup.Kicker != 0 && e.Flag&markup.Title == 0 && set(i, "in the heading") {
			return
		}
	}
	for k := r.kickerAt; k > r.s.Body && k >= r.kickerAt-200; k = r.s.E[k].Parent {
		e := &r.s.E[k]
		if r.s.Inside(r.vhead, k) {
			return
		}
		if e.Flag&markup.Kicker != 0 && set(k, "before the heading") {
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
	return r.vhead < 0 || !strings.HasPrefix(fold(r.headingText(r.vhead)), line)
}

// findKicker looks for the short line right before the heading, -1 for none.
func (r *reader) findKicker() int32 {
	if r.vhead < 0 {
		return -1
	}
	for i, seen := r.vhead-1, 0; i > r.s.Body && seen < 40; i, seen = i-1, seen+1 {
		e := &r.s.E[i]
		if e.Node.Type == html.TextNode && e.Text > 0 {
			p := e.Parent
			if r.s.E[p].Text > 60 || r.s.E[p].Skip {
				return -1
			}
			return p
		}
	}
	return -1
}

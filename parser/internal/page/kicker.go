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
	if f := r.s.family; f != nil {
		if found, _ := r.s.find(f.kicker, r.s.Body, int32(len(r.s.E)), true); len(found) > 0 && r.setKicker(found[0], "profile "+f.ID) {
			return
		}
	}
	if r.vhead >= 0 && !r.kickerInside() {
		r.kickerBefore()
	}
}

// setKicker takes entry i for the kicker unless it is a date, a part of the title, or no line of words.
func (r *reader) setKicker(i int32, why string) bool {
	t := text.Normalise(r.s.Read(i, markup.Visible))
	if t == "" || utf8.RuneCountInString(t) > maxKicker || dateLine.MatchString(t) || r.inTitle(t) || markup.Letters(t) < minKicker {
		return false
	}
	r.p.Kicker, r.p.Why["kicker"] = strings.TrimRight(t, " :|"), why+": "+r.s.describe(i)
	return true
}

func (r *reader) kickerInside() bool {
	for i := r.vhead + 1; i < r.s.E[r.vhead].End; i++ {
		if e := &r.s.E[i]; e.Node.Type == html.ElementNode && e.Flag&markup.Kicker != 0 && e.Flag&markup.Title == 0 && r.setKicker(i, "in the heading") {
			return true
		}
	}
	return false
}

func (r *reader) kickerBefore() {
	for k := r.kickerAt; k > r.s.Body && k >= r.kickerAt-kickerNodes && !r.s.Inside(r.vhead, k); k = r.s.E[k].Parent {
		if r.s.E[k].Flag&markup.Kicker != 0 && r.setKicker(k, "before the heading") {
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

package page

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Above these shares of a page's sentences an element that is named like navigation is none: wrappers are called "has-sidebar" and
// "page-with-navigation". Layers over the page and comments may well be longer than the release, as long as one is left.
const (
	maxJunk = 0.35
	minLeft = 250 // letters in sentences
)

// settle decides which junk names are to be believed, and sums up good over the rest.
func (s *scan) settle() {
	raw := make([]int32, len(s.E))
	for i := len(s.E) - 1; i > 0; i-- {
		raw[i] += s.E[i].Good
		raw[s.E[i].Parent] += raw[i]
	}
	raw[0] += s.E[0].Good
	s.pics = make([]int32, len(s.E)+1)
	for i := range s.E {
		s.pics[i+1] = s.pics[i]
		if a := s.E[i].Node.DataAtom; a == atom.Img || a == atom.Video {
			s.pics[i+1]++
		}
	}
	total := raw[s.Body]
	own := s.ownTitle()
	for i := 0; i < len(s.E); i++ {
		e := &s.E[i]
		if e.Parent >= 0 && s.E[e.Parent].Skip {
			e.Skip = true
		}
		if e.Skip || e.Node.Type != html.ElementNode || int32(i) <= s.Body {
			continue
		}
		holdsTitle := own >= 0 && s.Inside(own, int32(i))
		a := e.Node.DataAtom
		share := float64(raw[i]) / float64(max(total, 1))
		left := total - raw[i]
		switch {
		case e.Flag&(markup.Consent|markup.Comment|markup.Hidden) != 0 && !holdsTitle && (left >= minLeft || share <= maxJunk):
			e.Skip = true
		case e.Kind&markup.Block == 0 && e.Flag&(markup.Junk|markup.Consent|markup.Comment|markup.Hidden) == markup.Junk && s.Inline(int32(i)):
		case (e.Flag&markup.Junk != 0 || a == atom.Footer || a == atom.Aside) && !(holdsTitle && (raw[i] > 0 || a == atom.Article)):
			e.Skip = share <= maxJunk || share <= 0.8 && left >= minLeft && own >= 0 && own < int32(i) && e.Flag&markup.Content == 0
		case a == atom.Form && share <= maxJunk && !holdsTitle && s.asks(int32(i)):
			e.Skip = true
		case a == atom.A && share <= maxJunk && !holdsTitle && s.card(int32(i)):
			e.Skip = true
		case a == atom.Article && share <= maxJunk && !holdsTitle && s.teaser(int32(i)):
			e.Skip = true
		}
	}
	s.before = make([]int32, len(s.E)+1)
	for i := range s.E {
		s.before[i+1] = s.before[i]
		if !s.E[i].Skip {
			s.before[i+1] += s.E[i].Good
		}
	}
	for i := len(s.E) - 1; i > 0; i-- {
		e := &s.E[i]
		if e.Skip {
			e.Good, e.Text, e.Link = 0, 0, 0
			continue
		}
		s.E[e.Parent].Good += e.Good
	}
	for i := range s.E { // visible text again, now without what is skipped
		if s.E[i].Node.Type == html.ElementNode || s.E[i].Node.Type == html.DocumentNode {
			s.E[i].Text, s.E[i].Link = 0, 0
		}
	}
	for i := len(s.E) - 1; i > 0; i-- {
		p := &s.E[s.E[i].Parent]
		p.Text += s.E[i].Text
		p.Link += s.E[i].Link
	}
}

// ownTitle is the heading that says what one of the page's other titles says, -1 when there is none.
func (s *scan) ownTitle() int32 {
	var w []string
	for _, t := range []string{s.MetaFirst("og:title"), s.Title} {
		if t != "" {
			w = append(w, fold(t))
		}
	}
	found, length := int32(-1), 0
	for _, i := range s.H1 { // the name of the site is a part of its titles, too: the longest agreement counts
		f := fold(s.Read(i, markup.Visible))
		if len(f) < 8 {
			continue
		}
		for _, t := range w {
			if strings.Contains(t, f) || strings.Contains(f, t) && len(t) > 12 {
				if len(f) > length {
					found, length = i, len(f)
				}
				break
			}
		}
	}
	if found < 0 && len(s.H1) == 1 {
		return s.H1[0]
	}
	return found
}

// asks reports whether form i has fields for the reader to fill in. Some servers wrap the whole page in a form that has none.
func (s *scan) asks(i int32) bool {
	for k := i + 1; k < s.E[i].End; k++ {
		switch n := s.E[k].Node; n.DataAtom {
		case atom.Textarea, atom.Select:
			return true
		case atom.Input:
			if t := markup.Attr(n, "type"); t != "hidden" && t != "submit" && t != "image" && t != "button" {
				return true
			}
		}
	}
	return false
}

// caption reports whether the text of element i belongs to a picture: it is named so, or stands in a wrapper named for pictures with
// hardly any other text in it.
func (s *scan) caption(i int32) bool {
	e := &s.E[i]
	if e.Text == 0 || e.Text > 400 {
		return false
	}
	named := e.Flag&markup.Caption != 0
	for p, up := e.Parent, 0; p > s.Body && up < 4; p, up = s.E[p].Parent, up+1 {
		x := &s.E[p]
		if x.Text > 420 || x.Text > 3*e.Text+60 || x.Good*4 > s.E[s.Body].Good && s.E[s.Body].Good > 400 {
			return false
		}
		if s.pics[x.End] == s.pics[p] {
			continue
		}
		return named || x.Flag&markup.Media != 0 || x.Node.DataAtom == atom.Figure
	}
	return false
}

// card reports whether link i holds blocks of its own: a teaser that is a link as a whole.
func (s *scan) card(i int32) bool {
	for k := i + 1; k < s.E[i].End; k++ {
		if a := s.Atom(k); s.is(k, markup.Block) && a != atom.Figure && a != atom.Div {
			return true
		}
	}
	return false
}

// teaser reports whether element i has a heading that is a link, or stands in one.
func (s *scan) teaser(i int32) bool {
	for k := i + 1; k < s.E[i].End; k++ {
		if !s.is(k, markup.Heading) {
			continue
		}
		for j := k + 1; j < s.E[k].End; j++ {
			if s.is(j, markup.Link) {
				return true
			}
		}
	}
	return false
}

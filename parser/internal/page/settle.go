package page

import (
	"strings"

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
	raw := make([]int32, len(s.e))
	for i := len(s.e) - 1; i > 0; i-- {
		raw[i] += s.e[i].good
		raw[s.e[i].parent] += raw[i]
	}
	raw[0] += s.e[0].good
	s.pics = make([]int32, len(s.e)+1)
	for i := range s.e {
		s.pics[i+1] = s.pics[i]
		if a := s.e[i].n.DataAtom; a == atom.Img || a == atom.Video {
			s.pics[i+1]++
		}
	}
	total := raw[s.body]
	own := s.ownTitle()
	for i := 0; i < len(s.e); i++ {
		e := &s.e[i]
		if e.parent >= 0 && s.e[e.parent].skip {
			e.skip = true
		}
		if e.skip || e.n.Type != html.ElementNode || int32(i) <= s.body {
			continue
		}
		holdsTitle := own >= 0 && s.inside(own, int32(i))
		a := e.n.DataAtom
		share := float64(raw[i]) / float64(max(total, 1))
		left := total - raw[i]
		switch {
		case e.flag&(fConsent|fComment|fHidden) != 0 && !holdsTitle && (left >= minLeft || share <= maxJunk):
			e.skip = true
		case !blockLevel[a] && e.flag&(fJunk|fConsent|fComment|fHidden) == fJunk && s.inline(int32(i)):
		case (e.flag&fJunk != 0 || a == atom.Footer || a == atom.Aside) && !(holdsTitle && (raw[i] > 0 || a == atom.Article)):
			e.skip = share <= maxJunk || share <= 0.8 && left >= minLeft && own >= 0 && own < int32(i) && e.flag&fContent == 0
		case a == atom.Form && share <= maxJunk && !holdsTitle && s.asks(int32(i)):
			e.skip = true
		case a == atom.A && share <= maxJunk && !holdsTitle && s.card(int32(i)):
			e.skip = true
		case a == atom.Article && share <= maxJunk && !holdsTitle && s.teaser(int32(i)):
			e.skip = true
		}
	}
	s.before = make([]int32, len(s.e)+1)
	for i := range s.e {
		s.before[i+1] = s.before[i]
		if !s.e[i].skip {
			s.before[i+1] += s.e[i].good
		}
	}
	for i := len(s.e) - 1; i > 0; i-- {
		e := &s.e[i]
		if e.skip {
			e.good, e.text, e.link = 0, 0, 0
			continue
		}
		s.e[e.parent].good += e.good
	}
	for i := range s.e { // visible text again, now without what is skipped
		if s.e[i].n.Type == html.ElementNode || s.e[i].n.Type == html.DocumentNode {
			s.e[i].text, s.e[i].link = 0, 0
		}
	}
	for i := len(s.e) - 1; i > 0; i-- {
		p := &s.e[s.e[i].parent]
		p.text += s.e[i].text
		p.link += s.e[i].link
	}
}

// ownTitle is the heading that says what one of the page's other titles says, -1 when there is none.
func (s *scan) ownTitle() int32 {
	var w []string
	for _, t := range []string{s.metaFirst("og:title"), s.title} {
		if t != "" {
			w = append(w, fold(t))
		}
	}
	found, length := int32(-1), 0
	for _, i := range s.h1 { // the name of the site is a part of its titles, too: the longest agreement counts
		f := fold(textOf(s.e[i].n))
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
	if found < 0 && len(s.h1) == 1 {
		return s.h1[0]
	}
	return found
}

// inline reports whether element i stands in the middle of a paragraph's text: a word with a glossary entry behind it, for instance.
func (s *scan) inline(i int32) bool {
	n := s.e[i].n
	p := n.Parent
	for p != nil && p.Type == html.ElementNode && !blockLevel[p.DataAtom] {
		n, p = p, p.Parent
	}
	if p == nil || p.DataAtom != atom.P && p.DataAtom != atom.Li && !heading(p.DataAtom) {
		return false
	}
	for _, x := range []*html.Node{n.PrevSibling, n.NextSibling} {
		if x != nil && x.Type == html.TextNode && letters(x.Data) > 3 {
			return true
		}
	}
	return false
}

// asks reports whether form i has fields for the reader to fill in. Some servers wrap the whole page in a form that has none.
func (s *scan) asks(i int32) bool {
	for k := i + 1; k < s.e[i].end; k++ {
		switch n := s.e[k].n; n.DataAtom {
		case atom.Textarea, atom.Select:
			return true
		case atom.Input:
			if t := Attr(n, "type"); t != "hidden" && t != "submit" && t != "image" && t != "button" {
				return true
			}
		}
	}
	return false
}

// caption reports whether the text of element i belongs to a picture: it is named so, or stands in a wrapper named for pictures with
// hardly any other text in it.
func (s *scan) caption(i int32) bool {
	e := &s.e[i]
	if e.text == 0 || e.text > 400 {
		return false
	}
	named := e.flag&fCaption != 0
	for p, up := e.parent, 0; p > s.body && up < 4; p, up = s.e[p].parent, up+1 {
		x := &s.e[p]
		if x.text > 420 || x.text > 3*e.text+60 || x.good*4 > s.e[s.body].good && s.e[s.body].good > 400 {
			return false
		}
		if s.pics[x.end] == s.pics[p] {
			continue
		}
		return named || x.flag&fMedia != 0 || x.n.DataAtom == atom.Figure
	}
	return false
}

// card reports whether link i holds blocks of its own: a teaser that is a link as a whole.
func (s *scan) card(i int32) bool {
	for k := i + 1; k < s.e[i].end; k++ {
		if n := s.e[k].n; n.Type == html.ElementNode && blockLevel[n.DataAtom] && n.DataAtom != atom.Figure && n.DataAtom != atom.Div {
			return true
		}
	}
	return false
}

// teaser reports whether element i has a heading that is a link, or stands in one.
func (s *scan) teaser(i int32) bool {
	for k := i + 1; k < s.e[i].end; k++ {
		if !heading(s.atom(k)) {
			continue
		}
		for j := k + 1; j < s.e[k].end; j++ {
			if s.atom(j) == atom.A && leadsAway(s.e[j].n) {
				return true
			}
		}
	}
	return false
}

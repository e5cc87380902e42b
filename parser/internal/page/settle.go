package page

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// settle decides which names are to be believed, hides what is furniture, and sums up the letters over the rest.
func (s *scan) settle() {
	s.dropFurniture(s.sentences())
	s.countPictures()
	s.sumUp()
}

// sentences are the letters in sentences at and below each entry, whatever its names say.
func (s *scan) sentences() []int32 {
	raw := make([]int32, len(s.E))
	for i := len(s.E) - 1; i > 0; i-- {
		raw[i] += s.E[i].Good
		raw[s.E[i].Parent] += raw[i]
	}
	raw[0] += s.E[0].Good
	return raw
}

// countPictures fills pics.
func (s *scan) countPictures() {
	s.pics = make([]int32, len(s.E)+1)
	for i := range s.E {
		s.pics[i+1] = s.pics[i]
		if s.E[i].Kind&markup.Image != 0 {
			s.pics[i+1]++
		}
	}
}

// dropFurniture hides the elements that are no part of a release. raw are the letters in sentences at and below each entry.
func (s *scan) dropFurniture(raw []int32) {
	total, own := raw[s.Body], s.ownTitle()
	for i := range int32(len(s.E)) {
		e := &s.E[i]
		if e.Parent >= 0 && s.E[e.Parent].Skip {
			e.Skip = true
		}
		if e.Skip || e.Node.Type != html.ElementNode || i <= s.Body {
			continue
		}
		w := weight{
			letters: raw[i], left: total - raw[i], share: float64(raw[i]) / float64(max(total, 1)),
			titled: own >= 0 && s.Inside(own, i), behind: own >= 0 && own < i,
		}
		if s.furniture(i, w) {
			e.Skip = true
		}
	}
}

// weight is what an element means to its page.
type weight struct {
	letters int32   // in sentences in it
	left    int32   // … in the page without it
	share   float64 // of the page's
	titled  bool    // it holds the title
	behind  bool    // it stands behind the title
}

// furniture reports whether element i is no part of a release: by its name, or by what it is made of.
func (s *scan) furniture(i int32, w weight) bool {
	e := &s.E[i]
	named := e.Flag & (markup.Junk | markup.Consent | markup.Comment | markup.Hidden)
	switch {
	case named&^markup.Junk != 0 && !w.titled && (w.left >= minLeft || w.share <= maxJunk):
		return true // layers and comments may well be longer than the release, as long as one is left
	case named == markup.Junk && e.Kind&markup.Block == 0 && s.Inline(i):
		return false
	case calledFurniture(e, w):
		return w.share <= maxJunk || w.share <= maxBehind && w.left >= minLeft && w.behind && e.Flag&markup.Content == 0
	}
	return w.share <= maxJunk && !w.titled && s.madeFurniture(i)
}

// calledFurniture reports whether an element is named like furniture and does not hold the title for all that.
func calledFurniture(e *markup.Entry, w weight) bool {
	a := e.Node.DataAtom
	if e.Flag&markup.Junk == 0 && a != atom.Footer && a != atom.Aside {
		return false
	}
	return !w.titled || w.letters == 0 && a != atom.Article
}

// madeFurniture reports whether an element is made like furniture: a form, a teaser that is a link, a teaser with one.
func (s *scan) madeFurniture(i int32) bool {
	switch s.Atom(i) {
	case atom.Form:
		return s.asks(i)
	case atom.A:
		return s.card(i)
	case atom.Article:
		return s.teaser(i)
	}
	return false
}

// sumUp gives every entry the letters of what is shown below it, and fills before.
func (s *scan) sumUp() {
	s.before = make([]int32, len(s.E)+1)
	for i := range s.E {
		s.before[i+1] = s.before[i]
		if !s.E[i].Skip {
			s.before[i+1] += s.E[i].Good
		}
	}
	for i := range s.E {
		e := &s.E[i]
		switch {
		case e.Skip:
			e.Good, e.Text, e.Link = 0, 0, 0
		case e.Node.Type == html.ElementNode || e.Node.Type == html.DocumentNode:
			e.Text, e.Link = 0, 0
		}
	}
	for i := len(s.E) - 1; i > 0; i-- {
		p := &s.E[s.E[i].Parent]
		p.Good += s.E[i].Good
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
		if len(f) < minOwnTitle {
			continue
		}
		for _, t := range w {
			if strings.Contains(t, f) || strings.Contains(f, t) && len(t) > minAgreement {
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
	if e.Text == 0 || e.Text > maxCaption {
		return false
	}
	named := e.Flag&markup.Caption != 0
	for p, up := e.Parent, 0; p > s.Body && up < captionUp; p, up = s.E[p].Parent, up+1 {
		x := &s.E[p]
		if x.Text > maxCaption+captionRest || x.Text > 3*e.Text+captionBox || x.Good*4 > s.E[s.Body].Good && s.E[s.Body].Good > longBody {
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

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
	s.doubtCaptions()
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
	s.own = s.ownTitle()
	total, own := raw[s.Body], s.own
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
		if id := s.furniture(i, w); id != "" {
			s.hide(i, id)
		}
	}
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
	if len(s.H1) == 0 {
		return s.sameHeading(w)
	}
	return found
}

// sameHeading is the first heading below h1 that says one of the titles, or begins one, -1 for none: pages without an h1 have such.
func (s *scan) sameHeading(titles []string) int32 {
	for _, i := range s.Headings[:min(len(s.Headings), titleHeadings)] {
		f := fold(s.Read(i, markup.Visible))
		for _, t := range titles {
			if len(f) > minAgreement && strings.HasPrefix(t, f) {
				return i
			}
		}
	}
	return -1
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
		return named || x.Node.DataAtom == atom.Figure || x.Flag&markup.Media != 0 && (!s.tells(i) || s.oneLine(i, p))
	}
	return false
}

// tells reports whether element i is or holds a paragraph that ends as a sentence does: in a box named for pictures that is text beside
// the picture, not its caption. What is named for a caption, or stands in a <figure>, may say so in sentences.
func (s *scan) tells(i int32) bool {
	for k := i; k < s.E[i].End; k++ {
		if s.Atom(k) == atom.P && s.E[k].Flag&markup.Caption == 0 && !s.E[k].Skip && endsInWord(s.Read(k, markup.Visible)) {
			return true
		}
	}
	return false
}

// oneLine reports whether paragraph i is all that box says beside its picture, as a caption is: a short sentence, nobody quoted.
func (s *scan) oneLine(i, box int32) bool {
	if s.Atom(i) != atom.P || s.E[i].Parent != box || s.E[i].Text > lineCaption || s.E[box].Text > s.E[i].Text {
		return false
	}
	t := strings.TrimSpace(s.Read(i, markup.Visible))
	return !strings.Contains(t, ". ") && !strings.ContainsAny(t, marks)
}

// doubtCaptions takes the name of a caption from elements that hold a picture and a paragraph of text: "bild-text" and "image-text"
// name both.
func (s *scan) doubtCaptions() {
	for i := range int32(len(s.E)) {
		e := &s.E[i]
		if e.Flag&markup.Caption != 0 && !e.Skip && e.Node.DataAtom != atom.Figcaption && s.pics[e.End] > s.pics[i] && s.tells(i) {
			e.Flag &^= markup.Caption
			s.doubtParts(i)
		}
	}
}

// doubtParts does the same for the parts of element i that are named after it: "bild-text__body".
func (s *scan) doubtParts(i int32) {
	block, _, _ := strings.Cut(strings.TrimSpace(s.Attr(i, "class")), " ")
	for k := i + 1; k < s.E[i].End && block != ""; k++ {
		if e := &s.E[k]; e.Flag&markup.Caption != 0 && strings.Contains(s.Attr(k, "class"), block+"__") && s.tells(k) {
			e.Flag &^= markup.Caption
		}
	}
}

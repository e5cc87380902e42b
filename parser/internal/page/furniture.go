package page

import (
	"net/url"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/rule"

	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/schemas"
)

// weight is what an element means to its page.
type weight struct {
	letters int32   // in sentences in it
	left    int32   // … in the page without it
	share   float64 // of the page's
	titled  bool    // it holds the title
	behind  bool    // it stands behind the title
}

// outward tells apart by what furniture is known.
type outward uint8

const (
	byName outward = iota
	byMake
)

// furnitureRule reports whether element i is no part of a release.
type furnitureRule func(s *scan, i int32, w weight) bool

// names by which an element says that it is no part of a release.
const furnitureNames = markup.Junk | markup.Tool | markup.Consent | markup.Comment | markup.Hidden

// furniture are the ways in which an element is no part of a release, whatever it says. The examples are elements behind two paragraphs
// of a release; the result is the text that is hidden.
var furniture = rule.Table[outward, furnitureRule]{
	{
		ID: "layer", Kind: byName, // layers and comments may well be longer than the release, as long as one is left
		Find: func(s *scan, i int32, w weight) bool {
			return s.E[i].Flag&(markup.Consent|markup.Comment|markup.Hidden) != 0 && !w.titled && (w.left >= minLeft || w.share <= maxJunk)
		},
		Says: "<div class=comments><p>So wird das nie etwas mit dem Weg, liebe Leute.</p></div> → So wird das nie etwas mit dem Weg, liebe Leute.",
		Not:  "<div class=komma><p>So wird das nie etwas mit dem Weg, liebe Leute.</p></div>",
	},
	{
		ID: "named", Kind: byName,
		Find: func(s *scan, i int32, w weight) bool {
			return !s.inlineJunk(i) && calledFurniture(&s.E[i], w) &&
				(w.share <= maxJunk || w.share <= maxBehind && w.left >= minLeft && w.behind && s.E[i].Flag&markup.Content == 0)
		},
		Says: "<div class=sidebar><p>Die Busse fahren am Montag wieder.</p></div> → Die Busse fahren am Montag wieder.",
		Not:  "<p>Wer am <span class=toc>Montag</span> fährt, nimmt den Bus.</p>",
	},
	{
		ID: "form", Kind: byMake,
		Find: func(s *scan, i int32, w weight) bool { return s.Atom(i) == atom.Form && s.made(i, w) && s.asks(i) },
		Says: "<form><p>Ihre Frage an uns, bitte kurz.</p><input name=q></form> → Ihre Frage an uns, bitte kurz.",
		Not:  "<form><p>Der Bus fährt am Montag, sagt der Kreis.</p><input type=hidden></form>",
	},
	{
		ID: "card", Kind: byMake,
		Find: func(s *scan, i int32, w weight) bool { return s.Atom(i) == atom.A && s.made(i, w) && s.card(i) },
		Says: "<a href=/x><h3>Neue Busse</h3><p>Der Kreis kauft Busse, sie fahren ab Mai.</p></a> → Neue Busse Der Kreis kauft Busse, sie fahren ab Mai.",
		Not:  "<p>Der Kreis kauft <a href=/x>Busse</a>, sie fahren ab Mai.</p>",
	},
	{
		ID: "teaser", Kind: byMake,
		Find: func(s *scan, i int32, w weight) bool { return s.Atom(i) == atom.Article && s.made(i, w) && s.teaser(i) },
		Says: "<article><h3><a href=/x>Neue Busse</a></h3><p>Der Kreis kauft Busse.</p></article> → Neue Busse Der Kreis kauft Busse.",
		Not:  "<article><h3>Neue Busse</h3><p>Der Kreis kauft Busse.</p></article>",
	},
}

// furniture is the rule by which element i is no part of a release, "" for none.
func (s *scan) furniture(i int32, w weight) string {
	switch s.Atom(i) { // most elements are neither named nor made so
	case atom.Footer, atom.Aside, atom.Form, atom.A, atom.Article:
	default:
		if s.E[i].Flag&furnitureNames == 0 {
			return ""
		}
	}
	for k := range furniture {
		if furniture[k].Find(s, i, w) {
			return furniture[k].ID
		}
	}
	return ""
}

// made reports whether the make of an element may decide: it is small, holds no title, and no name has been weighed.
func (s *scan) made(i int32, w weight) bool {
	return w.share <= maxJunk && !w.titled && !s.inlineJunk(i) && !calledFurniture(&s.E[i], w)
}

// inlineJunk reports whether element i, named like furniture, is a word in a sentence.
func (s *scan) inlineJunk(i int32) bool {
	e := &s.E[i]
	return e.Flag&furnitureNames&^markup.Tool == markup.Junk && e.Kind&markup.Block == 0 && s.Inline(i)
}

// calledFurniture reports whether an element is named like furniture and does not hold the title for all that.
func calledFurniture(e *markup.Entry, w weight) bool {
	a := e.Node.DataAtom
	tool := e.Flag&markup.Tool != 0 && w.letters < toolProse
	if e.Flag&markup.Junk == 0 && !tool && a != atom.Footer && a != atom.Aside {
		return false
	}
	return !w.titled || w.letters == 0 && a != atom.Article
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

// card reports whether link i holds blocks of its own: a teaser that is a link as a whole.
func (s *scan) card(i int32) bool {
	for k := i + 1; k < s.E[i].End; k++ {
		if a := s.Atom(k); s.is(k, markup.Block) && a != atom.Figure && a != atom.Div {
			return true
		}
	}
	return false
}

// teaser reports whether element i has a heading that leads to another page.
func (s *scan) teaser(i int32) bool {
	for k := i + 1; k < s.E[i].End; k++ {
		if s.is(k, markup.Heading) && s.leadsElsewhere(k) {
			return true
		}
	}
	return false
}

// leadsElsewhere reports whether a link at or below entry i leads to another page than this one.
func (s *scan) leadsElsewhere(i int32) bool {
	for j := i; j < s.E[i].End; j++ {
		if s.is(j, markup.Link) && !s.toItself(j) {
			return true
		}
	}
	return false
}

// toItself reports whether link i leads to the page it stands on.
func (s *scan) toItself(i int32) bool {
	page, err := url.Parse(s.url)
	if err != nil || s.url == "" {
		return false
	}
	from := page
	if b, err := page.Parse(s.Base); err == nil && s.Base != "" {
		from = b
	}
	to, err := from.Parse(s.Attr(i, "href"))
	return err == nil && schemas.SameDocument(s.url, to.String())
}

package credit

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

var (
	creditTitle = lazy.MustCompile(`(?i)^\s*(?:bild|foto|bilder|photo|image|abbildungs|bild- und foto)[- ]?(?:nachweise?|quellen?|rechte|credits?|` +
		`verzeichnis)\s*:?\s*$|^\s*(?:copyrights?|credits)\s*:?\s*$`)
	yearly = lazy.MustCompile(`(?i)(?:©|\(c\)|copyright)\s*(?:by\s)?(?:19|20)\d\d|(?:©|\(c\)|copyright)[^/|]{0,60},?\s(?:19|20)\d\d$|` +
		`all rights reserved|alle rechte vorbehalten|impressum|datenschutz|seitenanfang|»`)
)

// creditHeading reports whether a heading announces a list of credits.
func creditHeading(s string) bool {
	return len(s) <= maxHead && creditTitle.MatchString(text.Normalise(s))
}

// siteCopyright reports whether a line claims the site rather than a picture.
func siteCopyright(s string) bool { return yearly.MatchString(s) }

// mute are elements that hold no text, and those whose text is read in a way of its own.
func mute(a atom.Atom) bool {
	switch a {
	case atom.Img, atom.Picture, atom.Source, atom.Button, atom.Svg, atom.Script, atom.Style, atom.Figure, atom.Figcaption, atom.Input, atom.Noscript,
		atom.Video:
		return true
	}
	return false
}

// named reports whether the element's names say that it holds a credit and nothing else.
func (c *collector) named(i int32, beside bool) bool {
	e := &c.t.E[i]
	if mute(e.Node.DataAtom) || e.Node.DataAtom == atom.Meta && !beside {
		return false
	}
	if e.Flag&markup.Microdata != 0 {
		switch c.t.Attr(i, "itemprop") {
		case "copyrightHolder", "creditText", "copyrightNotice":
			return true
		case "creator":
			if beside {
				return true
			}
		}
	}
	if e.Flag&markup.Credited != 0 {
		return true
	}
	return beside && (e.Flag&markup.Beside != 0 || c.t.Attr(i, "rel") == "license" || strings.Contains(c.t.Attr(i, "data-fp-flag"), "image-source"))
}

// elsewhere reports whether the element belongs to another release than the page's: in navigation, a footer, a table or quotation, a list of
// teasers, or with its picture inside a link to another page. Parents are asked once each.
func (c *collector) elsewhere(e int32) bool {
	var path []int32
	away := false
	for n := e; n >= 0 && len(path) < maxDepth; n = c.t.E[n].Parent {
		if c.away[n] != open {
			away = c.away[n] == yes
			break
		}
		if c.t.Inside(c.p.Root, n) { // the release's root and what it stands in
			break
		}
		path = append(path, n)
	}
	for i := len(path) - 1; i >= 0; i-- {
		n := path[i]
		away = away || c.foreign(n) || i < cardUp && i > 0 && c.card(n)
		c.away[n] = no
		if away {
			c.away[n] = yes
		}
	}
	return away
}

// foreign reports whether an element holds something else than the release.
func (c *collector) foreign(i int32) bool {
	switch c.t.Atom(i) {
	case atom.Nav, atom.Footer, atom.Table, atom.Blockquote:
		return true
	case atom.A:
		return !opensPicture(c.t.Attr(i, "href"))
	}
	return c.t.E[i].Flag&markup.Others != 0
}

// card reports whether n is a teaser: a little box with a heading that is a link.
func (c *collector) card(n int32) bool {
	if c.t.E[n].End-n-1 > maxCard {
		return false
	}
	heading, link := 0, 0
	for d := n + 1; d < c.t.E[n].End; d++ {
		if c.t.E[d].Kind&markup.Heading == 0 {
			continue
		}
		heading++
		for x := d + 1; x < c.t.E[d].End; x++ {
			link += c.leadsAway(x)
		}
		link += c.leadsAway(c.t.E[d].Parent)
	}
	return heading == 1 && link > 0
}

// leadsAway is 1 for a link to another page and not to a picture, else 0.
func (c *collector) leadsAway(i int32) int {
	if c.t.Atom(i) == atom.A && !opensPicture(c.t.Attr(i, "href")) {
		return 1
	}
	return 0
}

var pictureFile = lazy.MustCompile(`(?i)\.(?:jpe?g|png|gif|webp|avif|svg|tiff?)(?:$|[?#])|lightbox|image_?zoom|download`)

// opensPicture reports whether a link shows the picture itself.
func opensPicture(href string) bool {
	return href == "" || href[0] == '#' || strings.HasPrefix(href, "javascript:") || pictureFile.MatchString(href)
}

func (c *collector) rulename(i int32) string {
	if p := c.t.Attr(i, "itemprop"); p != "" {
		return "itemprop=" + clipTo(p, 30)
	}
	n := c.t.E[i].Node
	for f := range strings.FieldsSeq(markup.Attr(n, "class")) {
		return n.Data + "." + clipTo(f, 60)
	}
	return n.Data
}

func clip(s string) string { return clipTo(s, maxAttr) }

func clipTo(s string, n int) string { return strings.ToValidUTF8(s[:min(len(s), n)], "") }

// The ways to read the words of an element up to some length.
var (
	ownWords     = &markup.Way{Leave: markup.Dead, Edge: markup.Spaced, Open: " ", Limit: 4 * maxOwn}
	captionWords = &markup.Way{Leave: markup.Dead, Edge: markup.Spaced, Open: " ", Limit: 4 * maxCaption}
)

// words is the visible text of entry i, up to limit code points and a little more; limit is maxOwn or maxCaption.
func (c *collector) words(i int32, limit int) string {
	if c.t.E[i].Node.Type == html.TextNode {
		return text.Normalise(clip(c.t.E[i].Node.Data))
	}
	if limit == maxCaption {
		return text.Normalise(c.t.Read(i, captionWords))
	}
	return text.Normalise(c.t.Read(i, ownWords))
}

package credit

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

var (
	// captionName is in the names of captions.
	captionName = regexp.MustCompile(`(?i)caption|bildunterschrift|bildtext|image-?text|img-?info|image-?info|image-?description|bild-?beschreibung|legend`)

	// otherPart are parts of a page that show other releases.
	otherPart = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:related|recommend\w*|sidebar|most-?read|newsletter|comments?|kommentare|weitere-?\w*|` +
		`mehr-zum-thema|prevnext|footer)(?:$|[\s_-])`)

	creditTitle = regexp.MustCompile(`(?i)^\s*(?:bild|foto|bilder|photo|image|abbildungs|bild- und foto)[- ]?(?:nachweise?|quellen?|rechte|credits?|` +
		`verzeichnis)\s*:?\s*$|^\s*(?:copyrights?|credits)\s*:?\s*$`)
	yearly = regexp.MustCompile(`(?i)(?:©|\(c\)|copyright)\s*(?:by\s)?(?:19|20)\d\d|(?:©|\(c\)|copyright)[^/|]{0,60},?\s(?:19|20)\d\d$|` +
		`all rights reserved|alle rechte vorbehalten|impressum|datenschutz|seitenanfang|»`)
)

// The words of the names of elements: creditWord of those made for credits wherever they stand, besideWord only beside an image. A word
// ends so ("imagecredit") or begins so ("copyrightnotice"), and is no more: "creditcard" is neither.
var (
	creditWord = regexp.MustCompile(`^(?:copyright\w*|bildnachweis\w*|fotonachweis\w*|fotograf\w*|photographer\w*|` +
		`\w*(?:copyright|credits?|creditline|bildnachweise?|bildquellen?|bildrechte|bildautor|fotoquelle|photosource|imagesource|attribution))$`)
	besideWord = regexp.MustCompile(`^\w*(?:source|sources|quelle|quellen|rights|rechte|urheber|license|lizenz|owner|creator)$`)
	imageWord  = regexp.MustCompile(`^(?:image|img|bild|photo|foto|media|caption|description|figure|picture)\w*$`)
	noCredit   = regexp.MustCompile(`(?i)button|toggle|icon|btn|accredit|post-\d`)
)

// speaks is promise, which asks much for something as frequent as names of elements, remembered.
func (c *collector) speaks(names string) (credit, beside bool) {
	p, ok := c.said[names]
	if !ok {
		p[0], p[1] = promise(names)
		c.said[names] = p
	}
	return p[0], p[1]
}

// promise says what the names of an element promise: a credit anywhere, a credit if an image is beside it.
func promise(names string) (credit, beside bool) {
	if len(names) < 4 || noCredit.MatchString(names) {
		return false, false
	}
	image, author := false, false
	for w := range nameWords(names) {
		switch {
		case creditWord.MatchString(w), w == "isc": // Image Source Control, a plug-in of WordPress
			return true, true
		case besideWord.MatchString(w):
			beside = true
		case imageWord.MatchString(w):
			image = true
		case w == "author" || w == "autor":
			author = true
		}
	}
	return false, beside || image && author
}

// nameWords cuts names at blanks, hyphens, underscores and before capitals, and gives the words in lower case.
func nameWords(names string) func(func(string) bool) {
	return func(yield func(string) bool) {
		start := 0
		for i := 0; i <= len(names); i++ {
			cut := i == len(names) || strings.IndexByte(" \t\n\r-_:/", names[i]) >= 0
			camel := !cut && i > start && names[i] >= 'A' && names[i] <= 'Z' && names[i-1] >= 'a' && names[i-1] <= 'z'
			if !cut && !camel {
				continue
			}
			if i > start && !yield(strings.ToLower(names[start:i])) {
				return
			}
			start = i
			if cut {
				start++
			}
		}
	}
}

// creditHeading reports whether a heading announces a list of credits.
func creditHeading(s string) bool { return len(s) < 200 && creditTitle.MatchString(text.Normalise(s)) }

// siteCopyright reports whether a line claims the site rather than a picture.
func siteCopyright(s string) bool { return yearly.MatchString(s) }

// named reports whether the element's names say that it holds a credit and nothing else.
func (c *collector) named(names string, e *html.Node, beside bool) bool {
	switch e.DataAtom {
	case atom.Img, atom.Picture, atom.Source, atom.Button, atom.Svg, atom.Script, atom.Style, atom.Figure, atom.Figcaption, atom.Input, atom.Noscript,
		atom.Video, atom.Meta:
		if e.DataAtom != atom.Meta || !beside {
			return false
		}
	}
	switch p := page.Attr(e, "itemprop"); p {
	case "copyrightHolder", "creditText", "copyrightNotice":
		return true
	case "creator":
		if beside {
			return true
		}
	}
	if beside && (page.Attr(e, "rel") == "license" || strings.Contains(page.Attr(e, "data-fp-flag"), "image-source")) {
		return true
	}
	credit, near := c.speaks(names)
	return credit || beside && near
}

// elsewhere reports whether the element belongs to another release than the page's: in navigation, a footer, a table or quotation, a list of
// teasers, or with its picture inside a link to another page. Parents are asked once each.
func (c *collector) elsewhere(e *html.Node) bool {
	var path []*html.Node
	away := false
	for n := e; n != nil && len(path) < maxDepth; n = n.Parent {
		if known, ok := c.away[n]; ok {
			away = known
			break
		}
		if _, ok := c.frame[n]; ok {
			break
		}
		path = append(path, n)
	}
	for i := len(path) - 1; i >= 0; i-- {
		n := path[i]
		away = away || foreign(n) || i < 6 && i > 0 && card(n)
		c.away[n] = away
	}
	return away
}

// foreign reports whether an element holds something else than the release.
func foreign(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Footer, atom.Table, atom.Blockquote:
		return true
	case atom.A:
		return !opensPicture(page.Attr(n, "href"))
	}
	return otherPart.MatchString(classes(n))
}

// card reports whether n is a teaser: a little box with a heading that is a link.
func card(n *html.Node) bool {
	k := 0
	heading, link := 0, 0
	for d := range n.Descendants() {
		if k++; k > 120 {
			return false
		}
		switch d.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			heading++
			for x := range d.Descendants() {
				if x.DataAtom == atom.A && !opensPicture(page.Attr(x, "href")) {
					link++
				}
			}
			if d.Parent != nil && d.Parent.DataAtom == atom.A && !opensPicture(page.Attr(d.Parent, "href")) {
				link++
			}
		}
	}
	return heading == 1 && link > 0
}

var pictureFile = regexp.MustCompile(`(?i)\.(?:jpe?g|png|gif|webp|avif|svg|tiff?)(?:$|[?#])|lightbox|image_?zoom|download`)

// opensPicture reports whether a link shows the picture itself.
func opensPicture(href string) bool {
	return href == "" || href[0] == '#' || strings.HasPrefix(href, "javascript:") || pictureFile.MatchString(href)
}

// classes are the names an element is styled by.
func classes(e *html.Node) string { return page.Attr(e, "class") + " " + page.Attr(e, "id") }

func rulename(e *html.Node) string {
	if p := page.Attr(e, "itemprop"); p != "" {
		return "itemprop=" + clipTo(p, 30)
	}
	if f := strings.Fields(page.Attr(e, "class")); len(f) > 0 {
		return e.Data + "." + clipTo(f[0], 60)
	}
	return e.Data
}

func clip(s string) string { return clipTo(s, 8000) }

func clipTo(s string, n int) string { return strings.ToValidUTF8(s[:min(len(s), n)], "") }

// words is the visible text below n, up to limit code points and a little more.
func words(n *html.Node, limit int) string {
	if n.Type == html.TextNode {
		return text.Normalise(clip(n.Data))
	}
	var b strings.Builder
	skip := (*html.Node)(nil)
	for d := range n.Descendants() {
		if skip != nil && within(d, skip) {
			continue
		}
		skip = nil
		switch {
		case d.Type == html.TextNode:
			b.WriteString(clipTo(d.Data, 4*limit))
		case d.DataAtom == atom.Script || d.DataAtom == atom.Style || d.DataAtom == atom.Button || d.DataAtom == atom.Noscript || d.DataAtom == atom.Svg:
			skip = d
		case d.DataAtom == atom.Br || d.DataAtom == atom.P || d.DataAtom == atom.Div || d.DataAtom == atom.Li || d.DataAtom == atom.Span:
			b.WriteByte(' ')
		}
		if b.Len() > 4*limit {
			break
		}
	}
	return text.Normalise(b.String())
}

// leaf reports whether n holds text and at most a few inline elements.
func leaf(n *html.Node) bool {
	k := 0
	for range n.Descendants() {
		if k++; k > 8 {
			return false
		}
	}
	return k > 0
}

package credit

import (
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/creditline"
	"github.com/kreispresse/kreispresse/parser/internal/jsonld"
	"github.com/kreispresse/kreispresse/parser/internal/page"
)

var (
	titles   = cascadia.MustCompile(`h1, h2, h3, h4, h5, h6, summary, dt, strong, b, p`)
	lightbox = cascadia.MustCompile(`[class*="bildnachweis"], [id*="bildnachweis"], [class*="Bildnachweis"]`)
)

// collected reads lists below a heading "Bildnachweise", and the boxes some systems keep them in.
func (c *collector) collected() {
	c.p.Doc.FindMatcher(titles).EachWithBreak(func(i int, s *goquery.Selection) bool {
		n := s.Nodes[0]
		if !short(n) || !creditHeading(s.Text()) || within(n, annotationParent(n)) || c.outside(n) {
			return i < 20000
		}
		if n.DataAtom == atom.Strong || n.DataAtom == atom.B {
			if n = n.Parent; n == nil {
				return true
			}
		}
		c.following(n)
		return i < 20000
	})
	c.p.Doc.FindMatcher(lightbox).EachWithBreak(func(i int, s *goquery.Selection) bool {
		n := s.Nodes[0]
		if n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.Button || n.DataAtom == atom.A {
			return i < 200
		}
		took := false
		s.FindMatcher(items).EachWithBreak(func(k int, li *goquery.Selection) bool {
			took = c.line(words(li.Nodes[0], maxOwn), "bildnachweis") || took
			return k < 400
		})
		if !took {
			c.line(words(n, maxOwn), "bildnachweis")
		}
		return i < 200
	})
}

// outside reports whether n is part of the site's frame.
func (c *collector) outside(n *html.Node) bool {
	for up := 0; n != nil && up < 200; n, up = n.Parent, up+1 {
		switch n.DataAtom {
		case atom.Nav, atom.Footer, atom.Aside, atom.Header, atom.Form:
			return true
		}
		if n.DataAtom != atom.Body && otherPart.MatchString(classes(n)) {
			return true
		}
	}
	return false
}

// short spares reading the text of long elements.
func short(n *html.Node) bool {
	k, size := 0, 0
	for d := range n.Descendants() {
		if k++; k > 12 {
			return false
		}
		if d.Type == html.TextNode {
			if size += len(d.Data); size > 200 {
				return false
			}
		}
	}
	return true
}

func annotationParent(n *html.Node) *html.Node {
	for p, up := n.Parent, 0; p != nil && up < 5; p, up = p.Parent, up+1 {
		if strings.Contains(page.Attr(p, "class"), "SP-Annotations") {
			return p
		}
	}
	return &html.Node{}
}

// following reads the lines after a heading, until one that is no credit.
func (c *collector) following(h *html.Node) {
	for n, k := h.NextSibling, 0; n != nil && k < 60; n, k = n.NextSibling, k+1 {
		if n.Type == html.CommentNode || strings.TrimSpace(words(n, 20)) == "" {
			continue
		}
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Footer, atom.Nav, atom.Section, atom.Article, atom.Form, atom.Table:
			return
		}
		took, lists := false, 0
		for d := range n.Descendants() {
			if d.DataAtom == atom.Li || d.DataAtom == atom.Dd || d.DataAtom == atom.P {
				if lists++; lists > 400 {
					return
				}
				took = c.line(words(d, maxOwn), "bildnachweise") || took
			}
		}
		if lists == 0 {
			took = c.line(words(n, maxOwn), "bildnachweise")
		}
		if !took {
			return
		}
	}
}

// line adds a line of a list of credits. What comes before a colon or dash there may be the picture: "Titelbild: Name".
func (c *collector) line(t, rule string) bool {
	if t == "" || utf8.RuneCountInString(t) > maxOwn || siteCopyright(t) {
		return false
	}
	return creditline.Credible(t) && c.add(t, "", -1, rule)
}

// lines adds the lines of the text that are nothing but a credit. One line and one image without a credit belong together.
func (c *collector) lines() {
	for i, l := range c.p.CreditLines {
		if i >= maxCredits {
			return
		}
		if siteCopyright(l.Text) || !creditline.IsLine(l.Text) {
			continue
		}
		url, at := "", -1
		if len(c.p.CreditLines) == 1 && len(c.p.Images) == 1 && c.p.Images[0].Credit == "" {
			url, at = c.p.Images[0].URL, 0
		}
		c.add(l.Text, url, at, "text")
	}
}

// linked reads the ImageObjects of JSON-LD that belong to the article, and those of their own whose file is an image of the release.
// creditText is what the publisher wants shown; the others follow in the order of their exactness.
func (c *collector) linked() {
	byID := map[string]jsonld.Node{}
	for _, raw := range c.p.LD {
		if n := jsonld.Node(raw); n.Is("ImageObject") && n.Text("@id") != "" {
			byID[n.Text("@id")] = n
		}
	}
	for i, raw := range c.p.LD {
		n := jsonld.Node(raw)
		if i > 300 {
			return
		}
		if n.Is("ImageObject") {
			c.imageObject(n, true)
			continue
		}
		for _, p := range []string{"image", "primaryImageOfPage", "associatedMedia", "thumbnail"} {
			for _, im := range n.Nodes(p) {
				if full, ok := byID[im.Text("@id")]; ok { // {"@id": "#primaryimage"} stands for the object elsewhere in the graph
					im = full
				}
				if im.Is("ImageObject") || p == "image" {
					c.imageObject(im, !article(n))
				}
			}
		}
	}
}

func article(n jsonld.Node) bool {
	return n.Is("NewsArticle", "Article", "PressRelease", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting", "LiveBlogPosting")
}

// imageObject adds the credit of an ImageObject. A tied one counts only when its file is an image of the release: logos, teasers and
// galleries of other pages are described in the same way.
func (c *collector) imageObject(n jsonld.Node, tied bool) {
	url := ""
	at := -1
	for _, p := range []string{"contentUrl", "url", "@id", "thumbnailUrl"} {
		if u := c.resolve(n.Text(p)); u != "" {
			if at = c.sameFile(u); at >= 0 {
				url = c.p.Images[at].URL
				break
			}
			if url == "" {
				url = u
			}
		}
	}
	if tied && at < 0 {
		return
	}
	for _, p := range []string{"creditText", "creator", "copyrightHolder", "copyrightNotice", "author"} {
		for _, v := range jsonld.Strings(n[p]) {
			if strings.Contains(v, "://") || siteCopyright(v) || !creditline.Credible(v) || c.publisher(v) {
				continue
			}
			c.add(v, url, at, "jsonld:"+p)
			return
		}
	}
	if _, credit := creditline.Split(clip(n.Text("caption"))); credit != "" && creditline.Marked(credit) {
		c.add(credit, url, at, "jsonld:caption")
	}
}

// publisher reports whether v is the site itself: many systems fill it in for every image.
func (c *collector) publisher(v string) bool {
	k := key(v)
	for _, raw := range c.p.LD {
		n := jsonld.Node(raw)
		for _, p := range []string{"publisher", "sourceOrganization"} {
			for _, s := range jsonld.Strings(n[p]) {
				if key(s) == k {
					return true
				}
			}
		}
		if n.Is("Organization", "NewsMediaOrganization", "GovernmentOrganization", "WebSite") && key(n.Text("name")) == k {
			return true
		}
	}
	for _, m := range []string{"og:site_name", "application-name", "author"} {
		for _, s := range c.p.Meta[m] {
			if key(s) == k {
				return true
			}
		}
	}
	return false
}

// sameFile is the index of the image that shows the file of u in some size, -1 for none.
func (c *collector) sameFile(u string) int {
	want := stem(u)
	if want == "" {
		return -1
	}
	for i, im := range c.p.Images {
		if im.URL == u || stem(im.URL) == want {
			return i
		}
	}
	return -1
}

// stem is the name of an image file without directory, ending, and the digits of its size.
func stem(u string) string {
	if i := strings.IndexAny(u, "?#"); i >= 0 {
		u = u[:i]
	}
	u = u[strings.LastIndexByte(u, '/')+1:]
	if i := strings.IndexByte(u, '.'); i > 0 {
		u = u[:i]
	}
	u = strings.TrimPrefix(u, "csm_")
	if s := strings.TrimRight(u, "0123456789x-_@"); len(s) >= 4 {
		return s
	}
	return u
}

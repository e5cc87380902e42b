package credit

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/creditline"
	"github.com/kreispresse/kreispresse/parser/internal/jsonld"
	"github.com/kreispresse/kreispresse/parser/internal/markup"
)

// mayTitle reports whether an element may be the heading of a list.
func (c *collector) mayTitle(i int32) bool {
	if c.t.E[i].Kind&markup.Heading != 0 {
		return true
	}
	switch c.t.Atom(i) {
	case atom.Summary, atom.Dt, atom.Strong, atom.B, atom.P:
		return true
	}
	return false
}

// headed reads lists below a heading "Bildnachweise".
func (c *collector) headed(int) bool {
	seen := 0
	for n := range int32(len(c.t.E)) {
		if !c.mayTitle(n) {
			continue
		}
		seen++
		if !c.short(n) || !creditHeading(c.t.Read(n, markup.All)) || c.annotation(n) || c.outside(n) {
			continue
		}
		h := n
		if a := c.t.Atom(n); a == atom.Strong || a == atom.B {
			if c.broken(n) {
				continue
			}
			h = c.t.E[n].Parent
		}
		c.following(h)
	}
	return seen > 0
}

// boxes reads the boxes some systems keep such lists in.
func (c *collector) boxes(int) bool {
	seen := 0
	for n := int32(0); n < int32(len(c.t.E)) && seen <= maxItems; n++ {
		if c.isBox(n) {
			seen++
			c.box(n)
		}
	}
	return seen > 0
}

// isBox reports whether an element is named for a list of credits.
func (c *collector) isBox(n int32) bool {
	if c.t.E[n].Flag&markup.CreditBox == 0 {
		return false
	}
	class := c.t.Attr(n, "class")
	return strings.Contains(class, "bildnachweis") || strings.Contains(class, "Bildnachweis") || strings.Contains(c.t.Attr(n, "id"), "bildnachweis")
}

// box reads the items of a box, or all of it where it has none.
func (c *collector) box(n int32) {
	switch c.t.Atom(n) {
	case atom.Body, atom.Html, atom.Button, atom.A:
		return
	}
	took, k := false, 0
	for d := n + 1; d < c.t.E[n].End && k <= maxItems; d++ {
		if c.t.Atom(d) == atom.Li {
			took = c.line(c.words(d, maxOwn), "bildnachweis") || took
			k++
		}
	}
	if !took {
		c.line(c.words(n, maxOwn), "bildnachweis")
	}
}

// outside reports whether n is part of the site's frame.
func (c *collector) outside(n int32) bool {
	for up := 0; n >= 0 && up < maxDepth; n, up = c.t.E[n].Parent, up+1 {
		switch c.t.Atom(n) {
		case atom.Nav, atom.Footer, atom.Aside, atom.Header, atom.Form:
			return true
		case atom.Body:
			continue
		}
		if c.t.E[n].Flag&markup.Others != 0 {
			return true
		}
	}
	return false
}

// short spares reading the text of long elements.
func (c *collector) short(n int32) bool {
	end := c.t.E[n].End
	if end-n-1 > maxHeadNode {
		return false
	}
	size := 0
	for d := n + 1; d < end; d++ {
		if x := c.t.E[d].Node; x.Type == html.TextNode {
			size += len(x.Data)
		}
	}
	return size <= maxHead
}

// annotation reports whether n stands in Sitepark's list, which is read on its own.
func (c *collector) annotation(n int32) bool {
	for p, up := c.t.E[n].Parent, 0; p >= 0 && up < maxDepth; p, up = c.t.E[p].Parent, up+1 {
		if strings.Contains(c.t.Attr(p, "class"), "SP-Annotations") {
			return true
		}
	}
	return false
}

// following reads the lines after a heading, until one that is no credit.
func (c *collector) following(h int32) {
	end := c.t.E[c.t.E[h].Parent].End
	for n, k := c.t.E[h].End, 0; n < end && k < maxItems; n, k = c.t.E[n].End, k+1 {
		if c.t.E[n].Node.Type == html.CommentNode || strings.TrimSpace(c.words(n, 20)) == "" {
			continue
		}
		switch c.t.Atom(n) {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Footer, atom.Nav, atom.Section, atom.Article, atom.Form, atom.Table:
			return
		}
		if !c.listed(n) {
			return
		}
	}
}

// broken reads the lines after a heading that only breaks part from them, and reports whether there are any.
func (c *collector) broken(h int32) (took bool) {
	end, breaks := c.t.E[c.t.E[h].Parent].End, 0
	for n, k := c.t.E[h].End, 0; n < end && k < maxItems; n, k = c.t.E[n].End, k+1 {
		x := c.t.E[n].Node
		switch {
		case x.DataAtom == atom.Br:
			if breaks++; breaks > 1 && took {
				return true
			}
		case x.Type == html.TextNode && strings.TrimSpace(x.Data) != "":
			if breaks == 0 || !c.line(c.words(n, maxOwn), "bildnachweise") {
				return took
			}
			took, breaks = true, 0
		case x.Type == html.ElementNode:
			return took
		}
	}
	return took
}

// listed reads the lines of an element, and reports whether one was a credit.
func (c *collector) listed(n int32) (took bool) {
	lines := 0
	for d := n + 1; d < c.t.E[n].End; d++ {
		if a := c.t.Atom(d); a == atom.Li || a == atom.Dd || a == atom.P {
			if lines++; lines > maxItems {
				return false
			}
			took = c.line(c.words(d, maxOwn), "bildnachweise") || took
		}
	}
	if lines == 0 {
		took = c.line(c.words(n, maxOwn), "bildnachweise")
	}
	return took
}

// line adds a line of a list of credits. What comes before a colon or dash there may be the picture: "Titelbild: Name".
func (c *collector) line(t, rule string) bool {
	if t == "" || utf8.RuneCountInString(t) > maxOwn || siteCopyright(t) {
		return false
	}
	return creditline.Credible(t) && c.add(t, "", -1, rule)
}

// lines adds the lines of the text that are nothing but a credit, and the credits of lines that tell what a picture shows. One line and
// one image without a credit belong together. A line that claims with the copyright sign alone does so for a picture only if there is one
// whose credit nobody tells: the text and the site are claimed in the same way.
func (c *collector) lines(int) bool {
	for i, l := range c.p.CreditLines {
		if i >= maxCredits {
			break
		}
		raw, labelled := creditline.Labelled(l.Text)
		if !labelled {
			raw = l.Text
		}
		if siteCopyright(raw) || !labelled && !creditline.IsLine(raw) || creditline.Claimed(raw) && (!c.uncredited() || c.publisher(raw)) {
			continue
		}
		url, at := "", -1
		if len(c.p.CreditLines) == 1 && len(c.p.Images) == 1 && c.p.Images[0].Credit == "" {
			url, at = c.p.Images[0].URL, 0
		}
		c.add(raw, url, at, "text")
	}
	return len(c.p.CreditLines) > 0
}

// uncredited reports whether the release has an image whose credit is not known.
func (c *collector) uncredited() bool {
	for _, im := range c.p.Images {
		if im.Credit == "" {
			return true
		}
	}
	return false
}

// linked reads the ImageObjects of JSON-LD that belong to the article, and those of their own whose file is an image of the release.
// creditText is what the publisher wants shown; the others follow in the order of their exactness.
func (c *collector) linked(int) bool {
	byID := map[string]jsonld.Node{}
	for _, raw := range c.p.LD {
		if n := jsonld.Node(raw); n.Is("ImageObject") && n.Text("@id") != "" {
			byID[n.Text("@id")] = n
		}
	}
	for i, raw := range c.p.LD {
		n := jsonld.Node(raw)
		if i > maxItems {
			break
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
	return len(c.p.LD) > 0
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

package credit

import (
	"encoding/json"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

var (
	zoomed      = cascadia.MustCompile(`[data-sp-figure-zoom]`)
	annotations = cascadia.MustCompile(`.SP-Annotations__section, section.SP-Annotations > section, [data-sp-annotationviewer] > section`)
	items       = cascadia.MustCompile(`li`)
	headings    = cascadia.MustCompile(`h1, h2, h3, h4, h5, h6, legend, summary, dt, strong, b`)
)

// sitepark reads both forms of Sitepark's CMS: the JSON of each image, which a page may have without the list, and the list behind
// the page's footer, which also holds images that have no such attribute.
func (c *collector) sitepark() {
	c.p.Doc.FindMatcher(zoomed).EachWithBreak(func(i int, s *goquery.Selection) bool {
		var v struct {
			Copyright string `json:"copyright"`
			Src       string `json:"src"`
		}
		raw := s.AttrOr("data-sp-figure-zoom", "")
		if len(raw) > 1<<18 || json.Unmarshal([]byte(raw), &v) != nil || strings.TrimSpace(v.Copyright) == "" {
			return i < 1000
		}
		at := c.imageWithin(s.Nodes[0])
		url := c.resolve(v.Src)
		if at >= 0 {
			url = c.p.Images[at].URL
		}
		c.add(v.Copyright, url, at, "sitepark:figure-zoom")
		return i < 1000
	})
	c.p.Doc.FindMatcher(annotations).Each(func(_ int, s *goquery.Selection) {
		if !creditHeading(s.FindMatcher(headings).First().Text()) {
			return // abbreviations, glossary, translations
		}
		s.FindMatcher(items).EachWithBreak(func(i int, li *goquery.Selection) bool {
			c.add(clip(li.Text()), "", -1, "sitepark:annotations")
			return i < 2000
		})
	})
}

// imageWithin is the index of the one image of p.Images that stands in n, or whose holder n is part of; -1 for none.
func (c *collector) imageWithin(n *html.Node) int {
	if i, ok := c.holds[n]; ok {
		return i
	}
	for up := 0; n != nil && up < 12; n, up = n.Parent, up+1 {
		if i, ok := c.held[n]; ok {
			return i
		}
	}
	return -1
}

func (c *collector) resolve(ref string) string {
	if ref = strings.TrimSpace(ref); ref == "" || strings.HasPrefix(ref, "data:") || c.p.URL == nil {
		return ""
	}
	u, err := c.p.URL.Parse(ref)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// within reports whether n is top or stands in it.
func within(n, top *html.Node) bool {
	for i := 0; n != nil && i < 500; i, n = i+1, n.Parent {
		if n == top {
			return true
		}
	}
	return false
}

package credit

import (
	"encoding/json"
	"strings"
	"sync"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
)

// annotations are the sections of Sitepark's list behind the text.
var annotations = sync.OnceValue(func() cascadia.Matcher {
	return cascadia.MustCompile(`.SP-Annotations__section, section.SP-Annotations > section, [data-sp-annotationviewer] > section`)
})

// zooms reads the JSON that Sitepark's CMS gives each image; a page may have it without the list.
func (c *collector) zooms(int) bool {
	seen := 0
	for n := range c.t.E {
		if c.t.E[n].Flag&markup.Zoom != 0 && seen <= maxItems {
			seen++
			c.zoom(int32(n))
		}
	}
	return seen > 0
}

// annotated reads Sitepark's list behind the page's footer, which also holds images that have no such attribute.
func (c *collector) annotated(int) bool {
	if !c.t.Annotated && !c.t.Has(".SP-Annotations__section") && !c.t.Has(".SP-Annotations") {
		return false
	}
	for n := range c.t.E {
		if c.t.E[n].Node.Type == html.ElementNode && annotations().Match(c.t.E[n].Node) {
			c.annotations(int32(n))
		}
	}
	return true
}

// zoom reads the JSON of an image.
func (c *collector) zoom(n int32) {
	var v struct {
		Copyright string `json:"copyright"`
		Src       string `json:"src"`
	}
	raw := c.t.Attr(n, "data-sp-figure-zoom")
	if len(raw) > maxZoom || json.Unmarshal([]byte(raw), &v) != nil || strings.TrimSpace(v.Copyright) == "" {
		return
	}
	at := c.imageWithin(n)
	url := c.resolve(v.Src)
	if at >= 0 {
		url = c.p.Images[at].URL
	}
	c.add(v.Copyright, url, at, "sitepark:figure-zoom")
}

// annotations reads a section of the list if its heading says that it is one of credits; others are abbreviations, glossary, translations.
func (c *collector) annotations(n int32) {
	title := ""
	for d := n + 1; d < c.t.E[n].End; d++ {
		if a := c.t.Atom(d); c.t.E[d].Kind&markup.Heading != 0 || a == atom.Legend || a == atom.Summary || a == atom.Dt || a == atom.Strong || a == atom.B {
			title = c.t.Read(d, markup.All)
			break
		}
	}
	if !creditHeading(title) {
		return
	}
	items := 0
	for d := n + 1; d < c.t.E[n].End && items <= maxItems; d++ {
		if c.t.Atom(d) == atom.Li {
			items++
			c.add(clip(c.t.Read(d, markup.All)), "", -1, "sitepark:annotations")
		}
	}
}

// imageWithin is the index of the one image of p.Images that stands in n, or whose holder n is part of; -1 for none.
func (c *collector) imageWithin(n int32) int {
	if i, ok := c.only[n]; ok {
		return i
	}
	for up := 0; n >= 0 && up < maxDepth; n, up = c.t.E[n].Parent, up+1 {
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

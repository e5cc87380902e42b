package page

import (
	"path"
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// lazyAttrs are where lazy loading keeps the address of the image to be shown.
var lazyAttrs = []string{
	"data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-image", "data-full", "data-large",
	"data-img-url", "data-original-src", "data-hi-res-src",
}

// imageURL is the address of the picture an <img> will show: src, unless that is a place holder.
func imageURL(img *html.Node) string {
	src := strings.TrimSpace(markup.Attr(img, "src"))
	if lazy := lazyURL(img); src == "" || placeholder(src) || lazy != "" && drawn(src) {
		return lazy
	}
	return src
}

// drawn reports whether a picture is of a kind photographs are not, but place holders are.
func drawn(src string) bool {
	switch strings.ToLower(path.Ext(fileName(src))) {
	case ".svg", ".gif":
		return true
	}
	return false
}

// lazyURL is the address of a picture that is loaded when it comes into sight: from the attributes scripts read, the sizes given, the
// other sources of its <picture>, or the <noscript> beside it. "" when there is none.
func lazyURL(img *html.Node) string {
	for _, k := range lazyAttrs {
		if v := strings.TrimSpace(markup.Attr(img, k)); v != "" && !placeholder(v) {
			return v
		}
	}
	for _, k := range []string{"srcset", "data-srcset", "data-lazy-srcset"} {
		if v := largest(markup.Attr(img, k)); v != "" {
			return v
		}
	}
	if p := img.Parent; p != nil && p.DataAtom == atom.Picture {
		best := ""
		for c := p.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom != atom.Source || best != "" {
				continue
			}
			for _, k := range []string{"srcset", "data-srcset"} {
				if v := largest(markup.Attr(c, k)); v != "" {
					best = v
					break
				}
			}
		}
		return best
	}
	return withoutScript(img)
}

// withoutScript is the address of the picture in a <noscript> right after the image.
func withoutScript(img *html.Node) string {
	next := img.NextSibling
	for next != nil && next.Type == html.TextNode && strings.TrimSpace(next.Data) == "" {
		next = next.NextSibling
	}
	if next == nil || next.DataAtom != atom.Noscript {
		return ""
	}
	for c := next.FirstChild; c != nil; c = c.NextSibling {
		if src := strings.TrimSpace(markup.Attr(c, "src")); c.DataAtom == atom.Img && src != "" && !placeholder(src) {
			return src
		}
	}
	return ""
}

func placeholder(src string) bool {
	if strings.HasPrefix(src, "data:") || strings.HasPrefix(src, "about:") {
		return true
	}
	low := strings.ToLower(path.Base(src))
	for _, w := range []string{"placeholder", "platzhalter", "blank.", "spacer", "1x1", "transparent", "lazyload", "loading.", "pixel.", "dummy"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// largest is the candidate of a srcset with the largest width or density.
func largest(set string) string {
	best, width := "", -1.0
	for _, part := range strings.Split(set, ", ") {
		f := strings.Fields(strings.Trim(part, ", \n\t\r"))
		if len(f) == 0 || placeholder(f[0]) {
			continue
		}
		w := 0.0
		if len(f) > 1 {
			w, _ = strconv.ParseFloat(strings.TrimRight(f[1], "wxh"), 64)
		}
		if w > width {
			best, width = f[0], w
		}
	}
	return best
}

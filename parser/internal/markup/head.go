package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Head is what the elements of the head say, wherever in the page they stand.
type Head struct {
	Title     string              // of the first <title> that is the page's
	Lang      string              // lang of <html>
	Canon     string              // href of rel=canonical
	Base      string              // href of <base>
	Meta      map[string][]string // content of <meta> by lower-case name, property, http-equiv or itemprop, in document order
	Metas     []int32             // the <meta> elements
	LD        []string            // JSON-LD scripts
	HeadAt    int32               // the <head>
	Annotated bool                // an element has Sitepark's data-sp-annotationviewer
}

func (t *Tree) head(i int32, n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		if t.Lang = Attr(n, "lang"); t.Lang == "" {
			t.Lang = Attr(n, "xml:lang")
		}
	case atom.Head:
		t.HeadAt = i
		t.E[i].Skip = true
	case atom.Title:
		t.title(n)
	case atom.Base:
		if t.Base == "" {
			t.Base = Attr(n, "href")
		}
	case atom.Meta:
		t.Metas = append(t.Metas, i)
		t.meta(n)
	case atom.Link:
		if t.Canon == "" && hasToken(strings.ToLower(Attr(n, "rel")), "canonical") {
			t.Canon = Attr(n, "href")
		}
	case atom.Script:
		if n.FirstChild != nil && linkedData(Attr(n, "type"), n.FirstChild.Data) {
			t.LD = append(t.LD, n.FirstChild.Data)
		}
	case atom.Noscript:
		reveal(n)
	}
}

// title keeps the first <title> that is the page's: drawings have some, too.
func (t *Tree) title(n *html.Node) {
	if t.Title == "" && n.FirstChild != nil && n.Namespace == "" {
		t.Title = n.FirstChild.Data
	}
}

// contextSigns is how much of a script without a type is looked at, in bytes.
const contextSigns = 200

// linkedData reports whether a script is JSON-LD: by its type, or, where it has none, by how it begins.
func linkedData(kind, script string) bool {
	if kind != "" {
		return strings.Contains(strings.ToLower(kind), "ld+json")
	}
	s := strings.TrimSpace(script[:min(len(script), contextSigns)])
	return s != "" && (s[0] == '{' || s[0] == '[') && strings.Contains(s, `"@context"`)
}

// meta keeps the content of a <meta> under the first of its names.
func (t *Tree) meta(n *html.Node) {
	for _, k := range []string{"name", "property", "http-equiv", "itemprop"} {
		if key := Attr(n, k); key != "" {
			key = strings.ToLower(key)
			t.Meta[key] = append(t.Meta[key], Attr(n, "content"))
			return
		}
	}
}

// MetaFirst is the first non-empty value of the named metas.
func (h *Head) MetaFirst(names ...string) string {
	for _, k := range names {
		for _, v := range h.Meta[k] {
			if v = strings.TrimSpace(v); v != "" {
				return v
			}
		}
	}
	return ""
}

// hasToken reports whether the white-space separated list s holds token.
func hasToken(s, token string) bool {
	for f := range strings.FieldsSeq(s) {
		if f == token {
			return true
		}
	}
	return false
}

package pubdate

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"
)

// headerName are the names of the head of a page, which shows today's date or nothing of the release.
var headerName = []string{
	"header", "pageheader", "siteheader", "site-header", "topbar", "top-bar", "masthead", "kopf", "kopfbereich", "kopfzeile", "head-bar", "metabar", "metaleiste",
}

// stands says where a line with a date stands, if that speaks against it.
func (l line) stands() where {
	switch {
	case l.t == nil:
		return anywhere
	case l.header:
		return margin
	case l.linked():
		return others
	case l.aside:
		return beside
	}
	return anywhere
}

// pageHeader reports whether element i is the head of the page: a <header>, or what is named so, outside of main and article.
func pageHeader(t *markup.Tree, i int32) bool {
	if a := t.Atom(i); a != atom.Header && (a != atom.Div && a != atom.Section || !headed(t.Attr(i, "class")) && !headed(t.Attr(i, "id"))) {
		return false
	}
	for k := t.E[i].Parent; k >= 0; k = t.E[k].Parent {
		if a := t.Atom(k); a == atom.Main || a == atom.Article {
			return false
		}
	}
	return true
}

func headed(names string) bool {
	if len(names) == 0 || len(names) > maxNames {
		return false
	}
	for n := range strings.FieldsSeq(names) {
		if slices.Contains(headerName, strings.ToLower(n)) {
			return true
		}
	}
	return false
}

// linked reports whether the line is an item of a list, or one of several blocks of a kind, that links another page by its title: its
// date is that page's.
func (l line) linked() bool {
	t := l.t
	for k, i := 0, t.E[l.at].Parent; i >= 0 && k < levels; k, i = k+1, t.E[i].Parent {
		if t.Inside(l.title, i) {
			return false
		}
		switch t.Atom(i) {
		case atom.Li:
			if leads(t, i) {
				return true
			}
		case atom.Div, atom.Section, atom.Article, atom.Tr:
			if leads(t, i) && repeated(t, i) {
				return true
			}
		}
	}
	return false
}

// leads reports whether element i holds a link to another page with words of a title.
func leads(t *markup.Tree, i int32) bool {
	end := min(t.E[i].End, i+boxSize)
	for k := i + 1; k < end; k++ {
		if t.Atom(k) != atom.A {
			continue
		}
		if href := t.Attr(k, "href"); href == "" || href[0] == '#' || strings.HasPrefix(href, "mailto:") || strings.HasPrefix(href, "tel:") {
			continue
		}
		if text := t.Read(k, markup.All); titleWords.MatchString(text) {
			return true
		}
	}
	return false
}

// titleWords are two words at least, none of them only a number.
var titleWords = lazy.MustCompile(`\pL{3,}\P{L}+(?:[\pL\d]+)`)

// repeated reports whether a neighbour of element i is of the same make and links another page, too.
func repeated(t *markup.Tree, i int32) bool {
	parent, class := t.E[i].Parent, t.Attr(i, "class")
	if parent < 0 || class == "" && t.Atom(i) != atom.Tr && t.Atom(i) != atom.Article {
		return false
	}
	n := 0
	for k := parent + 1; k < t.E[parent].End && n < neighbours; k = t.E[k].End {
		if t.E[k].Node.Type != html.ElementNode {
			continue
		}
		n++
		if k != i && t.Atom(k) == t.Atom(i) && t.Attr(k, "class") == class && leads(t, k) {
			return true
		}
	}
	return false
}

// factBox reports whether element i, though named as what stands beside a text, holds a date for machines and leads nowhere: a box with
// the facts of the release.
func factBox(t *markup.Tree, i int32) bool {
	if t.E[i].End-i > boxSize {
		return false
	}
	dated := false
	for k := i + 1; k < t.E[i].End; k++ {
		switch t.Atom(k) {
		case atom.A:
			if href := t.Attr(k, "href"); href != "" && !strings.HasPrefix(href, "mailto:") && !strings.HasPrefix(href, "tel:") {
				return false
			}
		case atom.Time:
			if dated {
				return false
			}
			dated = true
		case atom.Ul, atom.Ol, atom.Nav, atom.Form, atom.H1, atom.H2, atom.H3:
			return false
		}
	}
	return dated
}

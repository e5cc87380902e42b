package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// entry is a node of the tree with what its subtree amounts to. Entries are in document order, so a subtree is a range of them and
// no reader needs a second look-up by node.
type entry struct {
	n      *html.Node
	parent int32
	end    int32 // index after the last entry of the subtree
	flag   flags
	skip   bool  // not shown, or certainly no part of a release: nothing below is counted
	text   int32 // letters and digits of the visible text
	link   int32 // … of which in links
	good   int32 // letters in paragraphs that read like sentences and are not links
}

// scan is one pass over the page.
type scan struct {
	doc      *html.Node
	e        []entry
	pics     []int32          // images before entry i
	before   []int32          // good of the entries before i
	names    map[string]flags // class and id -> flags: pages repeat few
	seen     map[string]bool  // class tokens and ids as ".class" and "#id", for the recognisers of profiles
	meta     map[string][]string
	ld       []string // JSON-LD scripts
	title    string
	lang     string
	canon    string
	base     string
	jsonMeta string // Sitepark's data-content
	h1       []int32
	body     int32
	family   *compiled // nil for none
}

// newScan reads the tree once. profile is the family that the source names; a name nobody knows counts as none.
func newScan(doc *html.Node, profile string) *scan {
	s := &scan{doc: doc, names: map[string]flags{}, meta: map[string][]string{}, seen: map[string]bool{}, body: -1}
	s.visit(doc, -1, false, false)
	if s.body < 0 {
		s.body = 0
	}
	if s.family = s.recognise(profile); s.family != nil {
		s.dropAll(s.family.drop)
	}
	s.settle()
	return s
}

// unseen elements hold nothing a reader of the page sees.
var unseen = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Iframe: true, atom.Svg: true, atom.Canvas: true, atom.Audio: true,
	atom.Video: true, atom.Object: true, atom.Select: true, atom.Textarea: true, atom.Input: true, atom.Math: true, atom.Datalist: true, atom.Map: true,
}

// furniture elements are never part of the text of a release.
var furniture = map[atom.Atom]bool{atom.Nav: true, atom.Button: true, atom.Dialog: true, atom.Menu: true, atom.Figcaption: true}

func (s *scan) visit(n *html.Node, parent int32, skip, inLink bool) {
	i := int32(len(s.e))
	s.e = append(s.e, entry{n: n, parent: parent, skip: skip})
	switch n.Type {
	case html.TextNode:
		if !skip {
			l := letters(n.Data)
			s.e[i].text = l
			if inLink {
				s.e[i].link = l
			}
		}
	case html.ElementNode:
		s.element(i)
	}
	skip = s.e[i].skip
	inLink = inLink || n.DataAtom == atom.A && leadsAway(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.visit(c, i, skip, inLink)
	}
	s.e[i].end = int32(len(s.e))
	if n.Type == html.ElementNode && !s.e[i].skip && blockLevel[n.DataAtom] {
		s.e[i].good = s.paragraph(i)
	}
}

// leadsAway reports whether link n leads to another page; anchors and jumps within the page do not.
func leadsAway(n *html.Node) bool {
	h := Attr(n, "href")
	return h != "" && h[0] != '#'
}

// paragraph is the number of letters element i holds outside of links and of block elements within it, if that reads like a sentence.
func (s *scan) paragraph(i int32) int32 {
	own, link, stops := int32(0), int32(0), 0
	for k := i + 1; k < s.e[i].end; {
		x := &s.e[k]
		if x.skip || x.n.Type == html.ElementNode && blockLevel[x.n.DataAtom] {
			k = x.end
			continue
		}
		if x.n.Type == html.TextNode {
			own += x.text
			link += x.link
			stops += strings.Count(x.n.Data, ". ") + strings.Count(x.n.Data, ", ")
			if t := strings.TrimRight(x.n.Data, " \t\r\n\u00a0\"“”«»)"); t != "" && strings.IndexByte(".!?:", t[len(t)-1]) >= 0 {
				stops++
			}
		}
		k++
	}
	switch {
	case own < 25 || link*2 > own:
		return 0
	case stops == 0 && own < 120:
		return 0
	case heading(s.e[i].n.DataAtom):
		return 0
	}
	return own - link
}

func (s *scan) element(i int32) {
	n := s.e[i].n
	e := &s.e[i]
	var class, id, role, style string
	for _, a := range n.Attr {
		switch a.Key {
		case "class":
			class = a.Val
		case "id":
			id = a.Val
		case "role":
			role = a.Val
		case "style":
			style = a.Val
		case "hidden":
			e.flag |= fHidden
		case "aria-hidden":
			if a.Val == "true" {
				e.flag |= fHidden
			}
		case "aria-modal":
			e.flag |= fJunk
		case "itemprop":
			switch a.Val {
			case "articleBody", "text":
				e.flag |= fContent
			case "description":
				e.flag |= fLead
			case "caption":
				e.flag |= fCaption
			case "author":
				e.flag |= fAuthor
			case "datePublished", "dateModified":
				e.flag |= fDate
			}
		}
	}
	if heading(n.DataAtom) || n.DataAtom == atom.P { // their ids are made from their text or a table of contents
		id = ""
	}
	if class != "" || id != "" {
		key := class + " " + id
		f, ok := s.names[key]
		if !ok {
			f = nameFlags(key)
			s.names[key] = f
			for t := range strings.FieldsSeq(class) {
				s.seen["."+t] = true
			}
			if id != "" {
				s.seen["#"+id] = true
			}
		}
		e.flag |= f
	}
	switch role {
	case "navigation", "search", "dialog", "alertdialog", "contentinfo", "menu", "menubar", "toolbar", "tablist", "doc-glossary", "complementary":
		e.flag |= fJunk
	case "main", "article":
		e.flag |= fContent
	}
	if strings.Contains(style, "none") && strings.Contains(strings.ReplaceAll(style, " ", ""), "display:none") {
		e.flag |= fHidden
	}
	s.head(i, n)
	if unseen[n.DataAtom] || furniture[n.DataAtom] && !(n.DataAtom == atom.Button && s.inline(i)) {
		e.skip = true
	}
	if n.DataAtom == atom.Body && s.body < 0 {
		s.body = i
		e.skip = false
		e.flag = 0
	}
	if n.DataAtom == atom.Html || n.DataAtom == atom.Main {
		e.flag &^= fJunk | fHidden
	}
	if n.DataAtom == atom.H1 {
		s.h1 = append(s.h1, i)
	}
}

// head takes what the elements of the head say.
func (s *scan) head(i int32, n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		if s.lang = Attr(n, "lang"); s.lang == "" {
			s.lang = Attr(n, "xml:lang")
		}
	case atom.Head:
		s.e[i].skip = true
	case atom.Title:
		if s.title == "" && n.FirstChild != nil && n.Namespace == "" {
			s.title = n.FirstChild.Data
		}
	case atom.Base:
		if s.base == "" {
			s.base = Attr(n, "href")
		}
	case atom.Meta:
		key := Attr(n, "name")
		if key == "" {
			key = Attr(n, "property")
		}
		if key == "" {
			key = Attr(n, "http-equiv")
		}
		if key == "" {
			key = Attr(n, "itemprop")
		}
		if key != "" {
			key = strings.ToLower(key)
			s.meta[key] = append(s.meta[key], Attr(n, "content"))
		}
		if d := Attr(n, "data-content"); d != "" && Attr(n, "data-namespace") == "sp_" {
			s.jsonMeta = d
		}
	case atom.Link:
		if s.canon == "" && hasToken(strings.ToLower(Attr(n, "rel")), "canonical") {
			s.canon = Attr(n, "href")
		}
	case atom.Script:
		if n.FirstChild != nil && strings.Contains(strings.ToLower(Attr(n, "type")), "ld+json") {
			s.ld = append(s.ld, n.FirstChild.Data)
		}
	case atom.Noscript:
		reveal(n)
	}
}

// metaFirst is the first non-empty value of the named metas.
func (s *scan) metaFirst(names ...string) string {
	for _, k := range names {
		for _, v := range s.meta[k] {
			if v = strings.TrimSpace(v); v != "" {
				return v
			}
		}
	}
	return ""
}

// inside reports whether entry i lies in the subtree of entry a.
func (s *scan) inside(i, a int32) bool { return a <= i && i < s.e[a].end }

// common is the lowest common ancestor of two entries.
func (s *scan) common(a, b int32) int32 {
	for a >= 0 && !s.inside(b, a) {
		a = s.e[a].parent
	}
	return a
}

func (s *scan) atom(i int32) atom.Atom { return s.e[i].n.DataAtom }

package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Entry is a node of the tree with what its subtree amounts to.
type Entry struct {
	Node   *html.Node
	Parent int32 // index of the parent, -1 for the top
	End    int32 // index after the last entry of the subtree
	Flag   Flags // what class, id, role and the like say
	Text   int32 // letters of the visible text
	Link   int32 // … of which in links
	Good   int32 // letters in paragraphs that read like sentences and are not links
	Kind   Kind  // what the element is by HTML
	Skip   bool  // not shown, or certainly no part of a release: nothing below is counted
}

// Tree is a page read once. Entries are in document order, so a subtree is a range of them: i and below are E[i] to E[E[i].End-1], and no
// reader needs a look-up by node. Readers may change Skip and the counts of an entry, never the nodes.
type Tree struct {
	E        []Entry
	Body     int32   // the <body>; 0 when there is none
	Headings []int32 // h1 to h6 in document order
	H1       []int32
	Head

	classes, ids map[string]struct{} // those of the page
	opened       map[string]struct{} // ids of the parts that buttons in headings show
	named        map[string]Flags    // by class and id: pages repeat few
	key          []byte              // the key of named that is being looked up
}

// New reads the nodes below doc, once. It puts the images of <noscript> into the tree.
func New(doc *html.Node) *Tree {
	t := &Tree{
		classes: map[string]struct{}{}, ids: map[string]struct{}{}, opened: map[string]struct{}{}, named: map[string]Flags{}, Body: -1,
		Head: Head{Meta: map[string][]string{}},
	}
	t.E = make([]Entry, 0, count(doc))
	t.visit(doc, -1, false, false)
	t.Body = max(t.Body, 0)
	return t
}

// count is the number of nodes of a tree, so that the entries are allocated once.
func count(top *html.Node) int {
	k := 0
	for n := top; n != nil; {
		k++
		if n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != top && n.NextSibling == nil {
			n = n.Parent
		}
		if n == top {
			break
		}
		n = n.NextSibling
	}
	return k
}

// visit goes as deep as the HTML parser lets a page nest (512).
func (t *Tree) visit(n *html.Node, parent int32, skip, inLink bool) {
	i := int32(len(t.E))
	t.E = append(t.E, Entry{Node: n, Parent: parent, Skip: skip})
	switch n.Type {
	case html.TextNode:
		if !skip {
			l := Letters(n.Data)
			t.E[i].Text = l
			if inLink {
				t.E[i].Link = l
			}
		}
	case html.ElementNode:
		t.element(i)
	}
	skip = t.E[i].Skip
	inLink = inLink || t.E[i].Kind&Link != 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.visit(c, i, skip, inLink)
	}
	e := &t.E[i]
	e.End = int32(len(t.E))
	if e.Kind&Block != 0 && !e.Skip {
		e.Good = t.Paragraph(i)
	}
}

// Limits of a paragraph that reads like sentences, in letters.
const (
	shortest = 25  // less is a label
	unmarked = 120 // so long it may be without a full stop or comma
)

// Paragraph is the number of letters element i holds outside of links and of block elements within it, if that reads like a sentence.
func (t *Tree) Paragraph(i int32) int32 {
	own, link, stops := int32(0), int32(0), 0
	for k := i + 1; k < t.E[i].End; {
		x := &t.E[k]
		if x.Skip || x.Kind&Block != 0 {
			k = x.End
			continue
		}
		if x.Node.Type == html.TextNode {
			own += x.Text
			link += x.Link
			stops += stopsIn(x.Node.Data)
		}
		k++
	}
	switch {
	case own < shortest || link*2 > own:
		return 0
	case stops == 0 && own < unmarked:
		return 0
	case t.E[i].Kind&Heading != 0:
		return 0
	}
	return own - link
}

// stopsIn counts the marks of sentences: full stops and commas before a blank, and a mark at the end.
func stopsIn(s string) int {
	n := strings.Count(s, ". ") + strings.Count(s, ", ")
	if s = strings.TrimRight(s, " \t\r\n\u00a0\"“”«»)"); s != "" && strings.IndexByte(".!?:", s[len(s)-1]) >= 0 {
		n++
	}
	return n
}

// element reads what the element says of itself. Its kind and flags stand when its children are visited.
func (t *Tree) element(i int32) {
	n := t.E[i].Node
	e := &t.E[i]
	e.Kind = kinds[n.DataAtom]
	if n.DataAtom == atom.A && LeadsAway(n) {
		e.Kind |= Link
	}
	said := t.attributes(e)
	e.Flag |= t.names(said.class, said.id, e.Kind&Heading != 0 || n.DataAtom == atom.P)
	e.Flag |= roles[said.role]
	t.displayed(e, said)
	t.head(i, n)
	if e.Kind&Unseen != 0 || e.Kind&Furniture != 0 && !(e.Kind&Button != 0 && (t.Inline(i) || t.opens(i))) {
		e.Skip = true
	}
	switch n.DataAtom {
	case atom.Body:
		if t.Body < 0 {
			t.Body, e.Skip = i, false
			e.Flag &= others
		}
	case atom.Html, atom.Main:
		e.Flag &^= Junk | Hidden
	case atom.H1:
		t.H1 = append(t.H1, i)
	}
	if e.Kind&Heading != 0 {
		t.Headings = append(t.Headings, i)
	}
}

// displayed says whether the element is shown: by its style, and by a button in a heading that shows it.
func (t *Tree) displayed(e *Entry, x said) {
	if _, opened := t.opened[x.id]; opened && x.id != "" {
		e.Flag &^= Hidden
		return
	}
	if strings.Contains(x.style, "none") && strings.Contains(strings.ReplaceAll(x.style, " ", ""), "display:none") {
		e.Flag |= Hidden
	}
}

// opens reports whether button i is the heading of a part of the text that it shows and hides, as in an accordion. That part is no
// hidden one.
func (t *Tree) opens(i int32) bool {
	p := t.E[i].Node.Parent
	for p != nil && kinds[p.DataAtom]&Phrase != 0 {
		p = p.Parent
	}
	if p == nil || kinds[p.DataAtom]&Heading == 0 && p.DataAtom != atom.Dt {
		return false
	}
	if id := t.Attr(i, "aria-controls"); id != "" {
		t.opened[id] = struct{}{}
	}
	return true
}

// said are the attributes by which templates say what an element is.
type said struct{ class, id, role, style string }

func (t *Tree) attributes(e *Entry) (x said) {
	for _, a := range e.Node.Attr {
		switch a.Key {
		case "class":
			x.class = a.Val
		case "id":
			x.id = a.Val
		case "role":
			x.role = a.Val
		case "style":
			x.style = a.Val
		case "hidden":
			e.Flag |= Hidden
		case "aria-hidden":
			if a.Val == "true" {
				e.Flag |= Hidden
			}
		case "aria-modal":
			e.Flag |= Junk
		case "itemprop":
			e.Flag |= properties[a.Val] | Microdata
		case "data-sp-figure-zoom":
			e.Flag |= Zoom
		case "data-sp-annotationviewer":
			t.Annotated = true
		}
	}
	return x
}

// properties are the words of microdata (schema.org) that say what an element holds.
var properties = map[string]Flags{
	"articleBody": Content, "text": Content, "description": Lead, "caption": Caption, "author": Author, "datePublished": Date, "dateModified": Date,
}

// roles are those of WAI-ARIA and DPUB-ARIA.
var roles = map[string]Flags{
	"navigation": Junk, "search": Junk, "dialog": Junk, "alertdialog": Junk, "contentinfo": Junk, "menu": Junk, "menubar": Junk, "toolbar": Junk,
	"tablist": Junk, "doc-glossary": Junk, "complementary": Junk, "main": Content, "article": Content,
}

// Inside reports whether entry i lies in the subtree of entry a.
func (t *Tree) Inside(i, a int32) bool { return a <= i && i < t.E[a].End }

// Common is the lowest common ancestor of two entries.
func (t *Tree) Common(a, b int32) int32 {
	for a >= 0 && !t.Inside(b, a) {
		a = t.E[a].Parent
	}
	return a
}

// Atom is the name of entry i as an atom, 0 for a node that is no element of HTML.
func (t *Tree) Atom(i int32) atom.Atom { return t.E[i].Node.DataAtom }

// Attr is the value of an attribute of entry i, "" when absent.
func (t *Tree) Attr(i int32, key string) string { return Attr(t.E[i].Node, key) }

// Has reports whether the page has elements of all these class tokens and ids, given as ".class" and "#id".
func (t *Tree) Has(tokens ...string) bool {
	for _, x := range tokens {
		all := t.classes
		if x[0] == '#' {
			all = t.ids
		}
		if _, ok := all[x[1:]]; !ok {
			return false
		}
	}
	return true
}

// Inline reports whether element i stands in the middle of a paragraph's text: a word with a glossary entry behind it, for instance.
func (t *Tree) Inline(i int32) bool {
	n := t.E[i].Node
	p := n.Parent
	for p != nil && p.Type == html.ElementNode && kinds[p.DataAtom]&Block == 0 {
		n, p = p, p.Parent
	}
	if p == nil || p.DataAtom != atom.P && p.DataAtom != atom.Li && kinds[p.DataAtom]&Heading == 0 {
		return false
	}
	for _, x := range []*html.Node{n.PrevSibling, n.NextSibling} {
		if x != nil && x.Type == html.TextNode && Letters(x.Data) > 3 {
			return true
		}
	}
	return false
}

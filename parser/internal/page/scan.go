package page

import (
	"strings"
	"unicode"

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

func newScan(doc *html.Node) *scan {
	s := &scan{doc: doc, names: map[string]flags{}, meta: map[string][]string{}, seen: map[string]bool{}, body: -1}
	s.visit(doc, -1, false, false)
	if s.body < 0 {
		s.body = 0
	}
	if s.family = s.recognise(); s.family != nil {
		s.dropAll(s.family.drop)
	}
	s.settle()
	return s
}

// Above these shares of a page's sentences an element that is named like navigation is none: wrappers are called "has-sidebar" and
// "page-with-navigation". Layers over the page and comments may well be longer than the release, as long as one is left.
const (
	maxJunk = 0.35
	minLeft = 250 // letters in sentences
)

// settle decides which junk names are to be believed, and sums up good over the rest.
func (s *scan) settle() {
	raw := make([]int32, len(s.e))
	for i := len(s.e) - 1; i > 0; i-- {
		raw[i] += s.e[i].good
		raw[s.e[i].parent] += raw[i]
	}
	raw[0] += s.e[0].good
	s.pics = make([]int32, len(s.e)+1)
	for i := range s.e {
		s.pics[i+1] = s.pics[i]
		if a := s.e[i].n.DataAtom; a == atom.Img || a == atom.Video {
			s.pics[i+1]++
		}
	}
	total := raw[s.body]
	own := s.ownTitle()
	for i := 0; i < len(s.e); i++ {
		e := &s.e[i]
		if e.parent >= 0 && s.e[e.parent].skip {
			e.skip = true
		}
		if e.skip || e.n.Type != html.ElementNode || int32(i) <= s.body {
			continue
		}
		holdsTitle := own >= 0 && s.inside(own, int32(i))
		a := e.n.DataAtom
		share := float64(raw[i]) / float64(max(total, 1))
		left := total - raw[i]
		switch {
		case e.flag&(fConsent|fComment|fHidden) != 0 && !holdsTitle && (left >= minLeft || share <= maxJunk):
			e.skip = true
		case !blockLevel[a] && e.flag&(fJunk|fConsent|fComment|fHidden) == fJunk && s.inline(int32(i)):
		case (e.flag&fJunk != 0 || a == atom.Footer || a == atom.Aside) && !(holdsTitle && (raw[i] > 0 || a == atom.Article)):
			e.skip = share <= maxJunk || share <= 0.8 && left >= minLeft && own >= 0 && own < int32(i) && e.flag&fContent == 0
		case a == atom.Form && share <= maxJunk && !holdsTitle && s.asks(int32(i)):
			e.skip = true
		case a == atom.A && share <= maxJunk && !holdsTitle && s.card(int32(i)):
			e.skip = true
		case a == atom.Article && share <= maxJunk && !holdsTitle && s.teaser(int32(i)):
			e.skip = true
		}
	}
	s.before = make([]int32, len(s.e)+1)
	for i := range s.e {
		s.before[i+1] = s.before[i]
		if !s.e[i].skip {
			s.before[i+1] += s.e[i].good
		}
	}
	for i := len(s.e) - 1; i > 0; i-- {
		e := &s.e[i]
		if e.skip {
			e.good, e.text, e.link = 0, 0, 0
			continue
		}
		s.e[e.parent].good += e.good
	}
	for i := range s.e { // visible text again, now without what is skipped
		if s.e[i].n.Type == html.ElementNode || s.e[i].n.Type == html.DocumentNode {
			s.e[i].text, s.e[i].link = 0, 0
		}
	}
	for i := len(s.e) - 1; i > 0; i-- {
		p := &s.e[s.e[i].parent]
		p.text += s.e[i].text
		p.link += s.e[i].link
	}
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

// ownTitle is the heading that says what one of the page's other titles says, -1 when there is none.
func (s *scan) ownTitle() int32 {
	var w []string
	for _, t := range []string{s.metaFirst("og:title"), s.title} {
		if t != "" {
			w = append(w, fold(t))
		}
	}
	found, length := int32(-1), 0
	for _, i := range s.h1 { // the name of the site is a part of its titles, too: the longest agreement counts
		f := fold(textOf(s.e[i].n))
		if len(f) < 8 {
			continue
		}
		for _, t := range w {
			if strings.Contains(t, f) || strings.Contains(f, t) && len(t) > 12 {
				if len(f) > length {
					found, length = i, len(f)
				}
				break
			}
		}
	}
	if found < 0 && len(s.h1) == 1 {
		return s.h1[0]
	}
	return found
}

// inline reports whether element i stands in the middle of a paragraph's text: a word with a glossary entry behind it, for instance.
func (s *scan) inline(i int32) bool {
	n := s.e[i].n
	p := n.Parent
	for p != nil && p.Type == html.ElementNode && !blockLevel[p.DataAtom] {
		n, p = p, p.Parent
	}
	if p == nil || p.DataAtom != atom.P && p.DataAtom != atom.Li && !heading(p.DataAtom) {
		return false
	}
	for _, x := range []*html.Node{n.PrevSibling, n.NextSibling} {
		if x != nil && x.Type == html.TextNode && letters(x.Data) > 3 {
			return true
		}
	}
	return false
}

// asks reports whether form i has fields for the reader to fill in. Some servers wrap the whole page in a form that has none.
func (s *scan) asks(i int32) bool {
	for k := i + 1; k < s.e[i].end; k++ {
		switch n := s.e[k].n; n.DataAtom {
		case atom.Textarea, atom.Select:
			return true
		case atom.Input:
			if t := attr(n, "type"); t != "hidden" && t != "submit" && t != "image" && t != "button" {
				return true
			}
		}
	}
	return false
}

// caption reports whether the text of element i belongs to a picture: it is named so, or stands in a wrapper named for pictures with
// hardly any other text in it.
func (s *scan) caption(i int32) bool {
	e := &s.e[i]
	if e.text == 0 || e.text > 400 {
		return false
	}
	named := e.flag&fCaption != 0
	for p, up := e.parent, 0; p > s.body && up < 4; p, up = s.e[p].parent, up+1 {
		x := &s.e[p]
		if x.text > 420 || x.text > 3*e.text+60 || x.good*4 > s.e[s.body].good && s.e[s.body].good > 400 {
			return false
		}
		if s.pics[x.end] == s.pics[p] {
			continue
		}
		return named || x.flag&fMedia != 0 || x.n.DataAtom == atom.Figure
	}
	return false
}

// card reports whether link i holds blocks of its own: a teaser that is a link as a whole.
func (s *scan) card(i int32) bool {
	for k := i + 1; k < s.e[i].end; k++ {
		if n := s.e[k].n; n.Type == html.ElementNode && blockLevel[n.DataAtom] && n.DataAtom != atom.Figure && n.DataAtom != atom.Div {
			return true
		}
	}
	return false
}

// teaser reports whether element i has a heading that is a link, or stands in one.
func (s *scan) teaser(i int32) bool {
	for k := i + 1; k < s.e[i].end; k++ {
		if !heading(s.atom(k)) {
			continue
		}
		for j := k + 1; j < s.e[k].end; j++ {
			if s.atom(j) == atom.A && leadsAway(s.e[j].n) {
				return true
			}
		}
	}
	return false
}

// leadsAway reports whether link n leads to another page; anchors and jumps within the page do not.
func leadsAway(n *html.Node) bool {
	h := attr(n, "href")
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
		e.flag &^= fJunk | fHidden | fWeak
	}
	if n.DataAtom == atom.H1 {
		s.h1 = append(s.h1, i)
	}
}

// head takes what the elements of the head say.
func (s *scan) head(i int32, n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		if s.lang = attr(n, "lang"); s.lang == "" {
			s.lang = attr(n, "xml:lang")
		}
	case atom.Head:
		s.e[i].skip = true
	case atom.Title:
		if s.title == "" && n.FirstChild != nil && n.Namespace == "" {
			s.title = n.FirstChild.Data
		}
	case atom.Base:
		if s.base == "" {
			s.base = attr(n, "href")
		}
	case atom.Meta:
		key := attr(n, "name")
		if key == "" {
			key = attr(n, "property")
		}
		if key == "" {
			key = attr(n, "http-equiv")
		}
		if key == "" {
			key = attr(n, "itemprop")
		}
		if key != "" {
			key = strings.ToLower(key)
			s.meta[key] = append(s.meta[key], attr(n, "content"))
		}
		if d := attr(n, "data-content"); d != "" && attr(n, "data-namespace") == "sp_" {
			s.jsonMeta = d
		}
	case atom.Link:
		if s.canon == "" && hasToken(strings.ToLower(attr(n, "rel")), "canonical") {
			s.canon = attr(n, "href")
		}
	case atom.Script:
		if n.FirstChild != nil && strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") {
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

// index is the entry of node n, -1 when there is none.
func (s *scan) index(n *html.Node) int32 {
	for i := range s.e {
		if s.e[i].n == n {
			return int32(i)
		}
	}
	return -1
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

func letters(t string) int32 {
	n := int32(0)
	for i := 0; i < len(t); {
		c := t[i]
		if c < 0x80 {
			if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
				n++
			}
			i++
			continue
		}
		for _, r := range t[i:] {
			if r < 0x80 {
				break
			}
			if unicode.IsLetter(r) {
				n++
			}
			i += runeLen(r)
		}
	}
	return n
}

func runeLen(r rune) int {
	switch {
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case r < 0x10000:
		return 3
	}
	return 4
}

func heading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// blockLevel elements begin and end a line.
var blockLevel = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Center: true, atom.Dd: true, atom.Details: true,
	atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figure: true, atom.Figcaption: true, atom.Footer: true, atom.Form: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true, atom.Hgroup: true, atom.Hr: true,
	atom.Li: true, atom.Main: true, atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Table: true,
	atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true, atom.Dialog: true, atom.Menu: true,
}

package probe

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/internal/german/calendar"
)

// entry is one of several things on a page that are built alike.
type entry struct {
	node  *html.Node
	link  *html.Node
	to    *url.URL
	key   string // canonical address
	title string
	said  *html.Node // where the title stands, when neither a heading nor the link says it
	date  time.Time  // zero: none is printed
	by    *html.Node
}

// group is the entries that a page repeats: siblings of one build, wherever on the page they stand.
type group struct {
	entries []entry
	item    string // the selector that finds them
	family  bool   // a selector of the page's family
	parts   parts
	score   float64
}

// parts are the selectors within an entry; empty: what is found without one.
type parts struct{ link, title, date string }

// What a list is.
const (
	fewest       = 3    // entries
	fewestPlain  = 5    // entries, where no dates are printed
	datedShare   = 0.6  // of the entries of a list, with a date
	titleLetters = 12   // of a headline
	mostEntries  = 2000 // more are not looked at
	futureShare  = 0.3  // of the dates of a calendar of events, to come
	pdfShare     = 0.6  // of the entries of a list of files, files
)

// groups finds what a page repeats: first what the page's family calls an entry, then every set of elements with the same names below
// parents with the same names.
func (p *page) groups(zone *time.Location) []*group {
	var out []*group
	for _, s := range p.family.Item {
		if g := p.readGroup(p.doc.FindMatcher(s.Matcher()).Nodes, zone, 1); g != nil {
			g.item, g.family = s.CSS, true
			g.weigh(p.url)
			out = append(out, g)
			break
		}
	}
	byKey, order := map[string][]*html.Node{}, []string{}
	for _, body := range p.doc.Find("body").Nodes {
		for n := range body.Descendants() {
			if n.Type != html.ElementNode || !linked(n) || p.outer[n] {
				continue
			}
			key := signature(n) + "<" + signature(n.Parent) + "<" + signature(n.Parent.Parent)
			if n.Data == "a" && len(classes(n)) == 0 { // bare links are of one list only below one parent
				key += fmt.Sprintf("<%p", n.Parent)
			}
			if byKey[key] == nil {
				order = append(order, key)
			}
			byKey[key] = append(byKey[key], n)
		}
	}
	for _, key := range order {
		if len(byKey[key]) < fewest {
			continue
		}
		if g := p.readGroup(byKey[key], zone, fewest); g != nil {
			g.item = selectorFor(p.doc, g.nodes())
			out = append(out, g)
		}
	}
	return out
}

// linked reports whether an element is a link or holds one.
func linked(n *html.Node) bool {
	if n.Data == "a" {
		return attr(n, "href") != ""
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "a" && attr(d, "href") != "" {
			return true
		}
	}
	return false
}

// readGroup reads elements as entries; nil when they are none of a list.
func (p *page) readGroup(nodes []*html.Node, zone *time.Location, least int) *group {
	g := &group{}
	seen := map[string]bool{}
	for _, n := range nodes[:min(len(nodes), mostEntries)] {
		e, ok := p.readEntry(n, zone)
		if !ok || seen[e.key] {
			continue
		}
		seen[e.key] = true
		g.entries = append(g.entries, e)
	}
	if len(g.entries) < least || 3*len(g.entries) < len(nodes) {
		return nil
	}
	g.weigh(p.url)
	return g
}

var more = late(`(?i)^(?:\W*(?:mehr|weiter(?:lesen)?|lesen|details?|zum artikel|zur (?:presse)?m(?:eld|itteil)ung|` +
	`artikel lesen|more|ansehen|anzeigen|download|pdf)\b.{0,24}|\W*)$`)

// readEntry reads what an element leads to: the link of its heading, else the one with most words.
func (p *page) readEntry(n *html.Node, zone *time.Location) (entry, bool) {
	e := entry{node: n}
	s := goquery.NewDocumentFromNode(n).Selection
	best := -1
	links := s.Find("a[href]")
	if n.Data == "a" {
		links = s.AddSelection(links)
	}
	links.Each(func(_ int, a *goquery.Selection) {
		to := p.absolute(a.AttrOr("href", ""))
		if to == nil {
			return
		}
		text := oneLine(a.Text())
		w := len([]rune(text))
		if more().MatchString(text) {
			w = 0
		}
		if a.Closest("h1,h2,h3,h4,h5,h6").Length() > 0 || a.Find("h1,h2,h3,h4,h5,h6").Length() > 0 {
			w += 500
		}
		if w > best {
			best, e.link, e.to = w, a.Nodes[0], to
		}
	})
	if e.link == nil {
		return e, false
	}
	e.key = canonical(e.to)
	e.title = oneLine(s.Find("h1,h2,h3,h4,h5,h6").First().Text())
	link := goquery.NewDocumentFromNode(e.link).Selection
	if text := oneLine(link.Text()); e.title == "" && !more().MatchString(text) {
		e.title = text
	}
	if e.title == "" {
		e.title = oneLine(link.AttrOr("title", ""))
	}
	if e.title == "" {
		e.said, e.title = headline(n, e.link)
	}
	e.date, e.by = printedDate(n, e.link, zone)
	if prev := previous(n); e.date.IsZero() && n.Data == "dd" && prev != nil && prev.Data == "dt" {
		if t, ok := calendar.Find(textOf(prev), zone); ok {
			e.date = t.Time
		}
	}
	if e.date.IsZero() && n.Data == "a" {
		if t, ok := calendar.Find(beside(n), zone); ok {
			e.date = t.Time
		}
	}
	return e, e.key != "" && !pagerWords().MatchString(e.title)
}

// printedDate is the date that stands in an entry: in a time element, else in the smallest element that holds nothing else, else in the
// words around the link, last in the link.
func printedDate(n, link *html.Node, zone *time.Location) (time.Time, *html.Node) {
	var around, within strings.Builder
	var exact *html.Node
	var at time.Time
	for d := range n.Descendants() {
		switch {
		case d.Type == html.ElementNode && d.Data == "time" && attr(d, "datetime") != "":
			if t, ok := calendar.Parse(attr(d, "datetime"), zone); ok {
				return t.Time, d
			}
		case d.Type != html.TextNode || strings.TrimSpace(d.Data) == "":
		default:
			if t, ok := calendar.Parse(strings.TrimSpace(d.Data), zone); ok && exact == nil {
				exact, at = d.Parent, t.Time
			}
			if below(d, link) && link != n {
				within.WriteString(d.Data + " ")
			} else {
				around.WriteString(d.Data + " ")
			}
		}
	}
	if exact != nil {
		return at, exact
	}
	for _, text := range []string{around.String(), within.String()} {
		if t, ok := calendar.Find(text, zone); ok {
			return t.Time, nil
		}
	}
	return time.Time{}, nil
}

// headline is the longest text of an entry beside its link, if that is long enough for a headline, and where it stands.
func headline(n, link *html.Node) (at *html.Node, title string) {
	for d := range n.Descendants() {
		if d.Type != html.TextNode || below(d, link) {
			continue
		}
		if text := oneLine(d.Data); countLetters(text) >= titleLetters && len(text) > len(title) && len(text) < 250 {
			at, title = d.Parent, text
		}
	}
	return at, title
}

// beside is the text that stands before a link, behind the element before it.
func beside(link *html.Node) string {
	text := ""
	for s := link.PrevSibling; s != nil && s.Type == html.TextNode; s = s.PrevSibling {
		text = s.Data + " " + text
	}
	return text
}

func below(n, top *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == top {
			return true
		}
	}
	return false
}

func (g *group) nodes() []*html.Node {
	out := make([]*html.Node, len(g.entries))
	for i, e := range g.entries {
		out[i] = e.node
	}
	return out
}

// share is how many of the entries are so.
func (g *group) share(is func(*entry) bool) float64 {
	n := 0
	for i := range g.entries {
		if is(&g.entries[i]) {
			n++
		}
	}
	return float64(n) / float64(len(g.entries))
}

func dated(e *entry) bool    { return !e.date.IsZero() }
func entitled(e *entry) bool { return countLetters(e.title) >= titleLetters }

// isFile reports whether an entry leads to a file.
func isFile(e *entry) bool {
	switch strings.ToLower(path.Ext(e.to.Path)) {
	case ".pdf", ".doc", ".docx", ".odt", ".rtf":
		return true
	}
	return strings.Contains(strings.ToLower(e.title), "(pdf")
}

// weigh says how much a group is like a list of releases: many entries with headlines, dates, addresses of the same site and names of
// their own in the markup.
func (g *group) weigh(at *url.URL) {
	own := g.share(func(e *entry) bool { return sameSite(e.to, at) })
	named := 0.0
	if attr(g.entries[0].node, "class") != "" {
		named = 0.2
	}
	if g.family {
		named = 0.5
	}
	if g.entries[0].node.Data == "a" {
		named -= 0.3 // a link alone, where what is around it may hold the date
	}
	depth := 0.0
	for n := g.entries[0].node; n != nil; n = n.Parent {
		depth += 0.001 // of two that say the same the inner one is meant
	}
	n := float64(min(len(g.entries), 40))
	g.score = n*(0.15+g.share(dated))*(0.1+g.share(entitled))*(0.3+own) + named + depth
}

// heading is the nearest heading that stands before the entries: what the list is called on a page about more than that.
func (g *group) heading() string {
	for n, depth := g.entries[0].node, 0; n != nil && depth < 5; n, depth = n.Parent, depth+1 {
		for s := n.PrevSibling; s != nil; s = s.PrevSibling {
			if s.Type != html.ElementNode {
				continue
			}
			if h := goquery.NewDocumentFromNode(s).Selection.Filter("h1,h2,h3,h4"); h.Length() > 0 {
				return oneLine(h.Text())
			}
			if h := goquery.NewDocumentFromNode(s).Find("h1,h2,h3,h4"); h.Length() > 0 && depth > 0 {
				return oneLine(h.Last().Text())
			}
		}
	}
	return ""
}

// future is the share of dates that are still to come.
func (g *group) future(now time.Time) float64 {
	return g.share(func(e *entry) bool { return e.date.After(now.Add(36 * time.Hour)) })
}

// newest is the latest date that an entry states.
func (g *group) newest() (t time.Time) {
	for _, e := range g.entries {
		if e.date.After(t) {
			t = e.date
		}
	}
	return t
}

func countLetters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// signature names an element as a stylesheet would: tag and classes, without those that only count or tell where it stands.
func signature(n *html.Node) string {
	if n == nil || n.Type != html.ElementNode {
		return ""
	}
	return n.Data + "." + strings.Join(classes(n), ".")
}

var passing = late(`(?i)^(?:first|last|odd|even|active|current|clearfix|cf|alt|selected|is-.*|has-.*|js-.*|col-.*|` +
	`.*\d{2,}.*|.*[_-]\d+|(?:row|item|post|node|var|nr|no|pos)\d*|.*_var\d+)$`)

// classes are the lasting ones of an element, sorted.
func classes(n *html.Node) []string {
	var out []string
	for _, c := range strings.Fields(attr(n, "class")) {
		if !passing().MatchString(c) && plainName().MatchString(c) && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

var plainName = late(`^[A-Za-z_][A-Za-z0-9_-]*$`)

package pubdate

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// walker collects lines in document order.
type walker struct {
	title    *html.Node
	holds    map[*html.Node]bool // the title and what it stands in
	lines    []line
	from, to int

	buf   strings.Builder
	cur   line
	aside int
}

// walk goes through the tree without recursion: pages nest as deeply as they like.
func (w *walker) walk(top *html.Node) {
	w.from, w.to = -1, -1
	for n := top; n != nil; {
		descend := w.enter(n)
		if descend && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != nil {
			if n != top || descend {
				w.leave(n, descend)
			}
			descend = true
			if n == top {
				return
			}
			if n.NextSibling != nil {
				n = n.NextSibling
				break
			}
			n = n.Parent
		}
		if len(w.lines) > maxLines {
			return
		}
	}
}

// enter reports whether to go into n.
func (w *walker) enter(n *html.Node) bool {
	switch n.Type {
	case html.TextNode:
		w.write(n)
		return false
	case html.DocumentNode:
		return true
	case html.ElementNode:
	default:
		return false
	}
	if n == w.title {
		w.flush()
		w.from = len(w.lines)
	}
	if inTitle := w.from >= 0 && w.to < 0; !w.holds[n] && !inTitle && hidden(n) {
		return false
	}
	if !inline[n.DataAtom] {
		w.flush()
	}
	if aside(n) && !w.holds[n] {
		w.aside++
	}
	if n.DataAtom == atom.Time || n.DataAtom == atom.Meta || page.Attr(n, "itemprop") != "" {
		w.stamp(n)
	}
	return true
}

func (w *walker) leave(n *html.Node, entered bool) {
	if n.Type != html.ElementNode || !entered {
		return
	}
	if !inline[n.DataAtom] {
		w.flush()
	}
	if aside(n) && !w.holds[n] {
		w.aside--
	}
	if n == w.title {
		w.flush()
		w.to = max(len(w.lines), w.from+1)
		if w.to > len(w.lines) { // an empty title still has a place
			w.lines = append(w.lines, line{})
		}
	}
}

// stamp keeps what the element says for machines.
func (w *walker) stamp(n *html.Node) {
	prop := strings.Contains(page.Attr(n, "itemprop"), "datePublished")
	v := page.Attr(n, "datetime")
	if v == "" && prop {
		v = page.Attr(n, "content")
	}
	if n.DataAtom != atom.Time && !prop || v == "" && !prop {
		return
	}
	if w.cur.time == "" || prop && !w.cur.prop {
		w.cur.time = clip(v, 80)
	}
	w.cur.prop = w.cur.prop || prop
}

func (w *walker) write(n *html.Node) {
	if w.buf.Len() > lineLength {
		w.cur.long = true
		return
	}
	if w.buf.Len() == 0 && strings.TrimSpace(n.Data[:min(len(n.Data), 2000)]) != "" {
		w.cur.names = names(n.Parent)
		w.cur.aside, w.cur.at = w.aside > 0, n
	} else if w.cur.names != "" && len(w.cur.names) < 600 && n.Parent != nil && inline[n.Parent.DataAtom] {
		w.cur.names += " " + strings.ToLower(page.Attr(n.Parent, "class"))
	}
	w.buf.WriteString(clip(n.Data, 2*lineLength))
}

func (w *walker) flush() {
	if w.to >= 0 && len(w.lines) >= w.to+linesAfter && !w.cur.prop && !publishedSays(w.buf.String()) {
		w.buf.Reset()
		w.cur = line{}
		return
	}
	if w.from < 0 && len(w.lines) > 20*linesBefore { // only the last ones matter
		w.lines = append(w.lines[:0], w.lines[len(w.lines)-linesBefore:]...)
	}
	if t := text.Normalise(w.buf.String()); t != "" || w.cur.time != "" {
		w.cur.text = clip(t, lineLength)
		w.lines = append(w.lines, w.cur)
	}
	w.buf.Reset()
	w.cur = line{}
}

// names are the classes and ids of n and of what it stands in, three levels up.
func names(n *html.Node) string {
	var parts []string
	for i := 0; n != nil && i < 4; i, n = i+1, n.Parent {
		parts = append(parts, page.Attr(n, "class"), page.Attr(n, "id"))
	}
	return strings.ToLower(clip(strings.Join(parts, " "), 400))
}

var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Cite: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Label: true,
	atom.Mark: true, atom.Meta: true, atom.S: true, atom.Small: true, atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true,
	atom.Time: true, atom.U: true, atom.Data: true, atom.Wbr: true, atom.Svg: true, atom.Img: true,
}

// hidden reports whether the dates inside n are not the release's: navigation, footers, comments, other releases.
func hidden(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Select, atom.Textarea, atom.Nav, atom.Iframe, atom.Head,
		atom.Figcaption, atom.Blockquote, atom.Button, atom.Dialog, atom.Video, atom.Audio:
		return true
	case atom.Footer:
		return !byline.MatchString(page.Attr(n, "class")) && !stampedFooter(n)
	}
	if n.DataAtom == atom.Article && n.Parent != nil && n.Parent.DataAtom == atom.Li { // one of a list of other releases
		return true
	}
	names := page.Attr(n, "class") + " " + page.Attr(n, "id")
	return elsewhere.MatchString(names) && !(footer.MatchString(names) && stampedFooter(n))
}

// footer is the name of a page's end, but also of a release's line of date and category: TYPO3's news calls it so.
var footer = regexp.MustCompile(`(?i)(?:^|[\s_-])footer(?:$|[\s_-])`)

// stampedFooter reports whether a footer, small as such a line is, holds a date for machines.
func stampedFooter(n *html.Node) bool {
	i := 0
	for c := range n.Descendants() {
		if i++; i > 60 {
			return false
		}
		if c.Type == html.ElementNode && (c.DataAtom == atom.Time || strings.Contains(page.Attr(c, "itemprop"), "datePublished")) {
			return true
		}
	}
	return false
}

// publishedSaid is how a line below a release says when it was published.
var publishedSaid = regexp.MustCompile(`(?i)^.{0,12}(?:veröffentlicht|erschienen|erscheinungsdatum|erstellt|publiziert|eingestellt|datum:|` +
	`pressemitteilung vom|meldung vom)`)

func publishedSays(s string) bool {
	return strings.ContainsAny(s, "0123456789") && publishedSaid.MatchString(strings.TrimSpace(clip(s, 100)))
}

// byline are names of a <footer> that is the line of date and author below a title, as in Drupal's nodes.
var byline = regexp.MustCompile(`(?i)meta|submitted|byline|entry-|info`)

// elsewhere are names of parts that hold dates of something else.
var elsewhere = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:comments?|kommentare?|related|recommend\w*|sidebar|footer|breadcrumbs?|cookie\w*|wetter|` +
	`weather|navi?|navigation|menu|kalender|calendar|mehr-zum-thema|most-read|newsticker|ticker|prevnext|pagination|copyright|bildnachweis\w*|` +
	`teaser-?lists?|teasers)(?:$|[\s_-])`)

func aside(n *html.Node) bool { return n.DataAtom == atom.Aside || n.DataAtom == atom.Header }

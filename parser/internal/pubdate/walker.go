package pubdate

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// walker collects lines in document order.
type walker struct {
	t        *markup.Tree
	title    int32
	frame    int32 // see frame
	lines    []line
	from, to int

	buf    []byte // of the line that is being read
	cur    line
	aside  int
	header int32 // where the page's header ends
}

// walk goes through the page. It keeps the elements it is in on a stack, not in calls.
func (w *walker) walk() {
	w.from, w.to = -1, -1
	var in []int32
	for i := int32(0); i < int32(len(w.t.E)) && len(w.lines) <= maxLines; {
		in = w.leaveUntil(in, i)
		if w.enter(i) {
			in = append(in, i)
			i++
		} else {
			i = w.t.E[i].End
		}
	}
	w.leaveUntil(in, int32(len(w.t.E)))
}

// leaveUntil leaves the elements that end before entry i.
func (w *walker) leaveUntil(in []int32, i int32) []int32 {
	for len(in) > 0 && i >= w.t.E[in[len(in)-1]].End {
		w.leave(in[len(in)-1])
		in = in[:len(in)-1]
	}
	return in
}

// enter reports whether to go into entry i.
func (w *walker) enter(i int32) bool {
	e := &w.t.E[i]
	switch e.Node.Type {
	case html.TextNode:
		w.write(i)
		return false
	case html.DocumentNode:
		return true
	case html.ElementNode:
	default:
		return false
	}
	return w.open(i, e)
}

// open begins an element, unless what it holds is not the release's.
func (w *walker) open(i int32, e *markup.Entry) bool {
	if i == w.title {
		w.flush()
		w.from = len(w.lines)
	}
	holds := w.t.Inside(w.title, i)
	if inTitle := w.from >= 0 && w.to < 0; !holds && !inTitle && hidden(w.t, i) {
		return false
	}
	if e.Kind&markup.Phrase == 0 {
		w.flush()
	}
	if !holds {
		w.beside(i, 1)
		if w.from < 0 && i >= w.header && pageHeader(w.t, i) {
			w.header = e.End
		}
	}
	if e.Flag&markup.Microdata != 0 || e.Node.DataAtom == atom.Time || e.Node.DataAtom == atom.Meta || e.Node.DataAtom == 0 {
		w.stamp(e.Node)
	}
	return true
}

func (w *walker) leave(i int32) {
	e := &w.t.E[i]
	if e.Node.Type != html.ElementNode {
		return
	}
	if e.Kind&markup.Phrase == 0 {
		w.flush()
	}
	if !w.t.Inside(w.title, i) {
		w.beside(i, -1)
	}
	if i == w.title {
		w.flush()
		w.to = max(len(w.lines), w.from+1)
		if w.to > len(w.lines) { // an empty title still has a place
			w.lines = append(w.lines, line{})
		}
	}
}

// beside counts the elements around that are not the release's own column.
func (w *walker) beside(i int32, n int) {
	if e := &w.t.E[i]; e.Node.DataAtom == atom.Aside || e.Node.DataAtom == atom.Header || e.Flag&markup.Elsewhere != 0 {
		w.aside += n
	}
}

// stamp keeps what the element says for machines.
func (w *walker) stamp(n *html.Node) {
	says := markup.Attr(n, "itemprop")
	prop := strings.Contains(says, "datePublished")
	v := markup.Attr(n, "datetime") // elements of sites' own have it, too: <relative-time>
	if v == "" && prop {
		v = markup.Attr(n, "content")
	}
	if n.DataAtom != atom.Time && n.DataAtom != 0 && !prop || v == "" && !prop {
		return
	}
	if w.cur.time == "" || prop && !w.cur.prop {
		w.cur.time = clip(v, 80)
	}
	w.cur.prop = w.cur.prop || prop
	w.cur.changed = w.cur.changed || !prop && strings.Contains(says, "dateModified")
}

func (w *walker) write(i int32) {
	if len(w.buf) > lineLength {
		w.cur.long = true
		return
	}
	e := &w.t.E[i]
	s := e.Node.Data
	if len(w.buf) == 0 && strings.TrimSpace(s[:min(len(s), 2000)]) != "" {
		w.cur.t, w.cur.at, w.cur.title = w.t, i, w.title
		w.cur.aside, w.cur.header = w.aside > 0, i < w.header
	} else if w.cur.t != nil && len(w.cur.more) < 100 && w.t.E[e.Parent].Kind&markup.Phrase != 0 {
		w.cur.more = append(w.cur.more, e.Parent)
	}
	w.buf = append(w.buf, clip(s, 2*lineLength)...)
}

func (w *walker) flush() {
	if w.to >= 0 && len(w.lines) >= w.to+linesAfter && !w.cur.prop && !publishedSays(w.buf) && !w.namedDay() {
		w.buf = w.buf[:0]
		w.cur = line{}
		return
	}
	if w.from < 0 && len(w.lines) > 20*linesBefore { // only the last ones matter
		w.lines = append(w.lines[:0], w.lines[len(w.lines)-linesBefore:]...)
	}
	if t := text.Normalise(string(w.buf)); t != "" || w.cur.time != "" {
		w.cur.text = clip(t, lineLength)
		w.lines = append(w.lines, w.cur)
	}
	w.buf = w.buf[:0]
	w.cur = line{}
}

// namedDay reports whether the line that is read is little more than a date in an element of the release that is named for its day:
// <span class="post-date">12.03.24</span> below a text.
func (w *walker) namedDay() bool {
	if w.cur.t == nil || w.frame < 0 || len(w.buf) > maxNamed || !bytes.ContainsAny(w.buf, "0123456789") || !w.t.Inside(w.cur.at, w.frame) {
		return false
	}
	return publishedName.MatchString(w.cur.names()) && len(find(text.Normalise(string(w.buf)), 1)) == 1
}

// frame is the element that holds the release with all that belongs to it: the <article> or <main> around its title, else -1.
func frame(t *markup.Tree, title int32) int32 {
	for i := title; i >= 0; i = t.E[i].Parent {
		if a := t.Atom(i); a == atom.Article || a == atom.Main {
			return i
		}
	}
	return -1
}

// names are the classes and ids, in lower case, of what the line stands in, three levels up, and the classes of the inline elements in it.
func (l line) names() string {
	if l.t == nil {
		return ""
	}
	var parts []string
	for k, i := 0, l.t.E[l.at].Parent; i >= 0 && k < 4; k, i = k+1, l.t.E[i].Parent {
		parts = append(parts, l.t.Attr(i, "class"), l.t.Attr(i, "id"))
	}
	s := clip(strings.Join(parts, " "), 400)
	for _, i := range l.more {
		if len(s) >= 600 {
			break
		}
		s += " " + l.t.Attr(i, "class")
	}
	return strings.ToLower(s)
}

// hidden reports whether the dates inside element i are not the release's: navigation, footers, comments, other releases.
func hidden(t *markup.Tree, i int32) bool {
	e := &t.E[i]
	switch e.Node.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Select, atom.Textarea, atom.Nav, atom.Iframe, atom.Head,
		atom.Blockquote, atom.Button, atom.Dialog, atom.Video, atom.Audio:
		return true
	case atom.Figcaption: // of an author's picture beside the date of the release
		return !stampedFooter(t, i)
	case atom.Footer:
		return t.Meaning(t.Attr(i, "class"), "")&markup.Byline == 0 && !stampedFooter(t, i)
	case atom.Article:
		if e.Parent >= 0 && t.Atom(e.Parent) == atom.Li { // one of a list of other releases
			return true
		}
	}
	return e.Flag&markup.Elsewhere != 0 && !(e.Flag&markup.Footer != 0 && stampedFooter(t, i)) && !factBox(t, i)
}

// stampedFooter reports whether a footer, small as such a line is, holds a date for machines.
func stampedFooter(t *markup.Tree, i int32) bool {
	for k := i + 1; k < t.E[i].End; k++ {
		if k-i > 60 {
			return false
		}
		if n := t.E[k].Node; n.Type == html.TextNode && publishedSays([]byte(n.Data)) {
			return true
		}
		if t.Atom(k) == atom.Time || t.E[k].Flag&markup.Microdata != 0 && strings.Contains(t.Attr(k, "itemprop"), "datePublished") {
			return true
		}
	}
	return false
}

// publishedSaid is how a line below a release says when it was published; publishedSigns are what it cannot do without.
var (
	publishedSaid = lazy.MustCompile(`(?i)^.{0,12}(?:veröffentlicht|erschienen|erscheinungsdatum|erstellt|publiziert|eingestellt|datum:|` +
		`pressemitteilung vom|meldung vom)`)
	subjectSaid    = lazy.MustCompile(`(?i)(?:artikel|beitrag|meldung|mitteilung|text|eintrag|seite|nachricht)\s+(?:wurde|ist|erschien)\s`)
	publishedSigns = []string{"ffentlicht", "schienen", "scheinungsdatum", "stellt", "ubliziert", "atum:", "ilung vom", "ldung vom"}
)

// lineStart is how much of a line is looked at, in bytes.
const lineStart = 100

func publishedSays(b []byte) bool {
	if !bytes.ContainsAny(b, "0123456789") {
		return false
	}
	s := strings.TrimSpace(clip(string(b[:min(len(b), lineStart)]), lineStart))
	low := strings.ToLower(s)
	for _, x := range publishedSigns {
		if strings.Contains(low, x) {
			return publishedSaid.MatchString(s) || subjectSaid.MatchString(s)
		}
	}
	return false
}

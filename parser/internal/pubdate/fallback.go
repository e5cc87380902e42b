package pubdate

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	dps "github.com/markusmobius/go-dateparser"
	"github.com/markusmobius/go-htmldate"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/schemas"
)

// searched asks go-htmldate, which looks at every number of a page. It runs only when nothing else is known: it costs as much as all
// the rest of a parse.
//
// It must not see a clock: bounds and the reference day are set here (its own default is today), the search that understands "gestern"
// is off, and a result whose year is not written out in the page is dropped, since it would complete a date from the current year.
func searched(p *page.Page, latest time.Time) []stated {
	if len(p.Doc.Nodes) == 0 {
		return nil
	}
	u := ""
	if p.URL != nil { // without the query, whose numbers are ids
		u = (&url.URL{Scheme: p.URL.Scheme, Host: p.URL.Host, Path: p.URL.Path}).String()
	}
	r, err := htmldate.FromDocument(pruned(p), htmldate.Options{
		UseOriginalDate: true, URL: u, MinDate: earliest, MaxDate: latest, SkipExtensiveSearch: true,
		DateParserConfig: &dps.Configuration{CurrentTime: latest},
	})
	if err != nil || r.DateTime.IsZero() || !strings.Contains(r.SrcString, strconv.Itoa(r.DateTime.Year())) {
		return nil
	}
	y, mo, d := r.DateTime.Date()
	m, ok := build(y, int(mo), d, clock{})
	if !ok {
		return nil
	}
	return []stated{{moment{m.Time, schemas.GranularityDay}, "htmldate"}}
}

// pruned is a copy of the page without what is not the release's: navigation, footers, comments, other releases.
func pruned(p *page.Page) *html.Node {
	doc := goquery.CloneDocument(p.Doc)
	var out []*html.Node
	for n := range doc.Nodes[0].Descendants() {
		if n.Type == html.ElementNode && foreign(n) {
			out = append(out, n)
		}
	}
	for _, n := range out {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
	return doc.Nodes[0]
}

// foreign is hidden without the elements that go-htmldate reads by itself or that may hold the whole page.
func foreign(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Footer, atom.Aside, atom.Blockquote, atom.Figcaption:
		return hidden(n)
	case atom.Div, atom.Section, atom.Ul, atom.Ol:
		return n.DataAtom != atom.Div && hidden(n) || away.MatchString(attr(n, "class")+" "+attr(n, "id"))
	}
	return false
}

var away = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:comments|kommentare|related|cookie\w*)(?:$|[\s_-])`)

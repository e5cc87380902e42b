package discover

import (
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/german/calendar"
)

func listingTitle(l source.List, item, link *goquery.Selection) string {
	text := ""
	if l.Title != nil {
		text = item.FindMatcher(l.Title).First().Text()
	}
	if strings.TrimSpace(text) == "" {
		text = item.FindMatcher(heading).First().Text() // the link may just say "mehr"
	}
	if strings.TrimSpace(text) == "" {
		text = link.Text()
	}
	return title(text)
}

// listingDate is the date that a list prints beside an entry. Without a selector the words around the title come first: a date in the
// title is more often that of an event.
func (d *discovery) listingDate(l source.List, item, link *goquery.Selection) string {
	at := item.FindMatcher(or(l.Date, timeElem)).First()
	if v, ok := at.Attr("datetime"); ok {
		if day := d.date(v); day != "" {
			return day
		}
	}
	if l.Date != nil {
		return d.dateIn(spaced(at, nil))
	}
	if l.Item == nil {
		return "" // an item is a bare link here; a date in its text may be anything
	}
	named := map[*html.Node]bool{}
	for _, s := range []*goquery.Selection{link, item.FindMatcher(heading), item.FindMatcher(or(l.Title, heading))} {
		for _, n := range s.Nodes {
			named[n] = true
		}
	}
	if day := d.dateIn(spaced(item, named)); day != "" {
		return day
	}
	switch day := d.dateIn(spaced(item, nil)); {
	case day != "":
		return day
	case item.Is("a"):
		return d.dateIn(before(item.Nodes[0]))
	case item.Is("dd"): // what it is about stands in the term before it
		return d.dateIn(item.Prev().Filter("dt").Text())
	}
	return ""
}

// before is the text that stands before a link that is an entry by itself, behind the element before it.
func before(link *html.Node) (text string) {
	for s := link.PrevSibling; s != nil && s.Type == html.TextNode; s = s.PrevSibling {
		text = s.Data + " " + text
	}
	return text
}

func (d *discovery) dateIn(text string) string {
	if t, ok := calendar.Find(text, d.src.Plan().Zone); ok {
		return t.String()
	}
	return ""
}

// spaced is the text of a selection with a blank between elements, without those in skip. The selection itself is never skipped.
func spaced(s *goquery.Selection, skip map[*html.Node]bool) string {
	var b strings.Builder
	for _, root := range s.Nodes {
		for n := range root.Descendants() {
			if n.Type != html.TextNode || b.Len() > 1<<14 || inside(n, root, skip) {
				continue
			}
			b.WriteString(n.Data)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// inside reports whether n lies in one of nodes below root, or in an element whose text nobody sees.
func inside(n, root *html.Node, nodes map[*html.Node]bool) bool {
	for p := n.Parent; p != nil && p != root; p = p.Parent {
		if nodes[p] || p.Data == "script" || p.Data == "style" {
			return true
		}
	}
	return false
}

// title makes a hint of a title that a site prints: one line, no controls, no marks that turn the direction of writing (they would
// reach a terminal), of bounded length.
func title(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == '\u061c', r == '\u200e', r == '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
			return -1
		}
		return r
	}, text)
	return clip(strings.Join(strings.Fields(text), " "))
}

// clip bounds what a site can make us remember per page.
func clip(s string) string {
	const limit = 300
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "")
}

package probe

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/crawler/discover/family"
)

// pager is how a list goes on.
type pager struct {
	css string // of the link to the next page; empty: rel=next, which is found without
	to  *url.URL
	by  string
}

const relNext = "link[rel~=next][href], a[rel~=next][href]"

// findPager finds the link to the next page: by the family, by rel=next, by its words, by the number after the present page's.
func (p *page) findPager(g *group) (pager, bool) {
	own := map[string]bool{canonical(p.url): true}
	for _, e := range g.entries {
		own[e.key] = true
	}
	good := func(n *html.Node) *url.URL {
		if n.Data != "a" && n.Data != "link" {
			n = firstLink(n)
		}
		if n == nil {
			return nil
		}
		to := p.absolute(attr(n, "href"))
		if to == nil || to.Host != p.url.Host || own[canonical(to)] {
			return nil
		}
		return to
	}
	if nodes := p.doc.Find(relNext).Nodes; len(nodes) > 0 {
		if to := good(nodes[0]); to != nil {
			return pager{"", to, "rel=next"}, true
		}
	}
	if s, ok := family.Pick(p.doc, p.family.Next); ok {
		if to := good(p.doc.FindMatcher(s.Matcher()).Nodes[0]); to != nil {
			return pager{s.CSS, to, "the next link of " + p.family.ID}, true
		}
	}
	if x, ok := p.pagerByWords(good); ok {
		return x, true
	}
	return p.pagerByNumber(good)
}

const nextPattern = `(?i)^\W*(?:(?:zur )?nächsten? ?(?:seite)?|next|weiter|vorwärts|vor|eine seite vor|ältere(?: \pL+)?|frühere \pL+|` +
	`(?:mehr|weitere) ?(?:\pL+ )?(?:laden|anzeigen)|(?:mehr|weitere) (?:presse)?(?:meldungen|mitteilungen)(?: laden| anzeigen)?)\W*$`

var (
	nextWords  = late(nextPattern)
	pagerWords = late(nextPattern + `|(?i)^\W*(?:zurück|` +
		`(?:zur )?(?:vorherigen?|ersten?|letzten?)(?: seite)?|neuere(?: \pL+)?|previous|seite)?[\d\W]*$`)
	nextSigns = late(`^\s*(?:»|›|>|>>|→|▶|»»)\s*$`)
	nextNames = late(`(?i)(?:^|[-_])(?:next|weiter|forward|vor|naechste|loadmore|load-more|mehr|more)(?:$|[-_])|Next|Forward`)
	pagerName = late(`(?i)pag(?:er|ing|in|e)|bl[aä]e?tter|seiten`)
)

func (p *page) pagerByWords(good func(*html.Node) *url.URL) (x pager, ok bool) {
	p.doc.Find("a[href]").EachWithBreak(func(_ int, a *goquery.Selection) bool {
		n := a.Nodes[0]
		text := oneLine(a.Text())
		label := ""
		for _, l := range []string{attr(n, "aria-label"), attr(n, "title")} {
			if nextWords().MatchString(oneLine(l)) {
				label = l
			}
		}
		if label == "" && !nextWords().MatchString(text) && !nextSigns().MatchString(text) {
			return true
		}
		to := good(n)
		if to == nil {
			return true
		}
		css := p.nameNext(n, text, label)
		if found := find(p.doc, css); len(found) == 0 || good(found[0]) == nil || good(found[0]).String() != to.String() {
			return true
		}
		x, ok = pager{css, to, "the link “" + text + "”"}, true
		return false
	})
	return x, ok
}

// nameNext names a link to the next page by what will be the same on that page: its class, that of what is around it, or its words.
func (p *page) nameNext(n *html.Node, text, label string) string {
	for up, depth := n, 0; up != nil && up.Type == html.ElementNode && depth < 3; up, depth = up.Parent, depth+1 {
		if c := classLike(up, nextNames()); c != "" && up == n {
			return "a." + c
		} else if c != "" {
			return up.Data + "." + c + " a"
		}
	}
	around := ""
	for up := n.Parent; up != nil && up.Type == html.ElementNode && around == ""; up = up.Parent {
		if c := classLike(up, pagerName()); c != "" {
			around = "." + c + " "
		}
	}
	switch {
	case label != "" && label == attr(n, "aria-label"):
		return around + `a[aria-label="` + strings.ReplaceAll(label, `"`, "") + `"]`
	case label != "":
		return around + `a[title="` + strings.ReplaceAll(label, `"`, "") + `"]`
	}
	return around + `a:matches(^\s*` + strings.ReplaceAll(regexp.QuoteMeta(text), " ", `\s+`) + `\s*$)`
}

// classLike is the first class of an element that is named so, "" when none is.
func classLike(n *html.Node, names *regexp.Regexp) string {
	for _, c := range strings.Fields(attr(n, "class")) {
		if names.MatchString(c) && plainName().MatchString(c) {
			return c
		}
	}
	return ""
}

var currentNames = late(`(?i)current|active|aktiv|aktuell|selected`)

// pagerByNumber finds the 2 that follows the 1 which is no link, or is marked as the present one.
func (p *page) pagerByNumber(good func(*html.Node) *url.URL) (x pager, ok bool) {
	p.doc.Find("a[href]").EachWithBreak(func(_ int, a *goquery.Selection) bool {
		n := a.Nodes[0]
		if oneLine(a.Text()) != "2" || good(n) == nil {
			return true
		}
		next := n
		before := previous(next)
		for before == nil && next.Parent != nil && next.Parent.Type == html.ElementNode { // a number in a li of its own
			next = next.Parent
			before = previous(next)
		}
		if before == nil || oneLine(goquery.NewDocumentFromNode(before).Text()) != "1" {
			return true
		}
		tail := " + " + next.Data
		if next != n {
			tail += " a"
		}
		for _, mark := range marksOfCurrent(before) {
			css := mark + tail
			if found := find(p.doc, css); len(found) > 0 && found[0] == n {
				x, ok = pager{css, good(n), "the number after the present page's"}, true
				return false
			}
		}
		return true
	})
	return x, ok
}

// marksOfCurrent are ways to name the present page's number that name no other number.
func marksOfCurrent(n *html.Node) []string {
	var out []string
	for _, c := range strings.Fields(attr(n, "class")) {
		if currentNames().MatchString(c) && plainName().MatchString(c) {
			out = append(out, n.Data+"."+c)
		}
	}
	if attr(n, "aria-current") != "" {
		out = append(out, n.Data+"[aria-current]")
	}
	inner := goquery.NewDocumentFromNode(n)
	if inner.Find("[aria-current]").Length() > 0 {
		out = append(out, n.Data+":has([aria-current])")
	}
	if n.Data != "a" && inner.Find("a[href]").Length() == 0 {
		if slices.Contains([]string{"strong", "b", "em", "span"}, n.Data) {
			out = append(out, n.Data)
		}
		for _, tag := range []string{"strong", "b", "em", "span"} {
			if inner.Find(tag).Length() > 0 {
				out = append(out, n.Data+":has("+tag+")")
			}
		}
		out = append(out, n.Data+":not(:has(a[href]))")
	}
	return out
}

func previous(n *html.Node) *html.Node {
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		if s.Type == html.ElementNode {
			return s
		}
	}
	return nil
}

// later reports where the selector leads from another page of the list, nil when that is its last.
func (x pager) later(p *page) *url.URL {
	css := x.css
	if css == "" {
		css = relNext
	}
	nodes := find(p.doc, css)
	if len(nodes) == 0 {
		return nil
	}
	n := nodes[0]
	if attr(n, "href") == "" {
		n = firstLink(n)
	}
	if n == nil {
		return nil
	}
	return p.absolute(attr(n, "href"))
}

var yearName = late(
	`(?i)^(?:(?:presse)?(?:mitteilungen|meldungen|archiv|jahr|informationen|pressearchiv)(?: aus| von| des jahres)? )?((?:19|20)\d\d)$`)

// years are links to lists of other years, latest first, each once.
func (p *page) years(g *group) (urls []*url.URL) {
	type year struct {
		name string
		to   *url.URL
	}
	var all []year
	seen := map[string]bool{canonical(p.url): true}
	for _, e := range g.entries {
		seen[e.key] = true
	}
	p.doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		m := yearName().FindStringSubmatch(oneLine(a.Text()))
		to := p.absolute(a.AttrOr("href", ""))
		if m == nil || to == nil || to.Host != p.url.Host || seen[canonical(to)] || isFile(&entry{to: to}) {
			return
		}
		seen[canonical(to)] = true
		all = append(all, year{m[1], to})
	})
	slices.SortStableFunc(all, func(a, b year) int { return strings.Compare(b.name, a.name) })
	for _, y := range all {
		urls = append(urls, y.to)
	}
	return urls
}

package probe

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/net/publicsuffix"

	"github.com/kreispresse/kreispresse/crawler/discover/family"
	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/schemas"
)

// page is one page that was looked at.
type page struct {
	url    *url.URL // where it really is
	base   *url.URL
	answer *polite.Answer
	doc    *goquery.Selection
	family *family.Family
	by     string // what the family was recognised by
	weight int    // how much its name promises, see words.txt
	title  string
	text   int                 // visible letters outside of navigation
	outer  map[*html.Node]bool // what stands around the content
}

// readPage makes a tree of an answer. It fails when the bytes are no page.
func readPage(a *polite.Answer) (*page, error) {
	r, err := charset.NewReader(bytes.NewReader(a.Body), a.Header.Get("Content-Type"))
	if err != nil {
		return nil, polite.Refuse(schemas.KindNotHTML, a.URL, "", "%w", err)
	}
	root, err := html.Parse(r)
	if err != nil {
		return nil, polite.Refuse(schemas.KindNotHTML, a.URL, "", "%w", err)
	}
	u, err := url.Parse(a.URL)
	if err != nil {
		return nil, polite.Refuse(schemas.KindInvalid, a.URL, "", "%w", err)
	}
	p := &page{url: u, base: u, answer: a, doc: goquery.NewDocumentFromNode(root).Selection}
	if href, ok := p.doc.Find("base[href]").First().Attr("href"); ok {
		if b, err := u.Parse(strings.TrimSpace(href)); err == nil {
			p.base = b
		}
	}
	p.family, p.by = family.Recognise(p.doc, a.Body)
	p.title = oneLine(p.doc.Find("title").First().Text())
	p.frame()
	p.text = p.letters()
	return p, nil
}

// absolute is where a link of the page leads; nil when that is no page of the web.
func (p *page) absolute(href string) *url.URL {
	href = strings.TrimSpace(href)
	if href == "" || href[0] == '#' {
		return nil
	}
	u, err := p.base.Parse(href)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil
	}
	u.Fragment = ""
	return u
}

// siteName is what the site calls itself: in its metadata, else the part of the title that is none of a page.
func (p *page) siteName() string {
	for _, css := range []string{"meta[property='og:site_name']", "meta[name=application-name]"} {
		if name := oneLine(p.doc.Find(css).First().AttrOr("content", "")); name != "" {
			return shorten(name, longestName)
		}
	}
	best := ""
	for _, part := range titleParts().Split(p.title, -1) {
		if part = oneLine(part); authority().MatchString(part) && (best == "" || len(part) < len(best)) {
			best = part
		}
	}
	return shorten(best, longestName)
}

var (
	titleParts = late(`\s[-–—|/·»]\s|:\s`)
	authority  = late(`(?i)kreis|stadt|region|amt\b|gemeinde|ministerium|polizei|behörde|präsidium|verband`)
)

// letters counts what a reader sees of a page beside its navigation.
func (p *page) letters() int {
	n := 0
	for _, root := range p.doc.Find("body").Nodes {
		for d := range root.Descendants() {
			if d.Type == html.TextNode && !p.outer[d] {
				n += len([]rune(oneLine(d.Data)))
			}
		}
	}
	return n
}

// frame marks everything that is not the page's own content, or is not shown at all.
func (p *page) frame() {
	p.outer = map[*html.Node]bool{}
	var mark func(n *html.Node, outer bool)
	mark = func(n *html.Node, outer bool) {
		if outer = outer || isFrame(n); outer {
			p.outer[n] = true
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			mark(c, outer)
		}
	}
	for _, body := range p.doc.Find("body").Nodes {
		for c := body.FirstChild; c != nil; c = c.NextSibling {
			mark(c, false)
		}
	}
}

// frames are names of what stands around a page's content.
var frames = late(
	`(?i)(?:^|[\s_-])(?:nav|navi|navigation|navbar|menu|menue|menü|mainmenu|footer|fuss|breadcrumbs?|skiplinks?|cookie\w*)(?:$|[\s_-])`)

func isFrame(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.Data {
	case "nav", "footer", "script", "style", "template", "noscript", "select", "svg", "head":
		return true
	}
	if role := attr(n, "role"); role == "navigation" || role == "contentinfo" {
		return true
	}
	names := attr(n, "class") + " " + attr(n, "id")
	return names != " " && frames().MatchString(names) && goquery.NewDocumentFromNode(n).Find("main, h1").Length() == 0 // a name of the whole page
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// sameSite reports whether two hosts are one's: www.a.de, presse.a.de and a.de are.
func sameSite(a, b *url.URL) bool { return siteOf(a) == siteOf(b) }

func siteOf(u *url.URL) string {
	name := strings.ToLower(u.Hostname())
	if d, err := publicsuffix.EffectiveTLDPlusOne(name); err == nil && strings.Trim(name, "0123456789.") != "" {
		return d
	}
	return strings.ToLower(u.Host)
}

// canonical is the address under which a page is known, "" when it has none.
func canonical(u *url.URL) string {
	if u == nil {
		return ""
	}
	c, err := schemas.CanonicalURL(u.String())
	if err != nil {
		return ""
	}
	return c
}

package pubdate

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"

	"github.com/kreispresse/kreispresse/parser/internal/jsonld"
	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// stated is a moment a page states, with the place.
type stated struct {
	moment
	evidence string
}

func stamped(value, evidence string) []stated {
	if m, ok := machine(value); ok {
		return []stated{{m, evidence}}
	}
	return nil
}

var siteparkMeta = cascadia.MustCompile(`meta[name="application-name"][data-content]`)

// sitepark reads the JSON in which Sitepark's CMS describes its page: "date" is the day the editor gave the release, "changed" the last
// edit. Both are in UTC; the site shows them in Berlin's time, and so does this.
func sitepark(p *page.Page) (published, modified []stated) {
	p.Doc.FindMatcher(siteparkMeta).EachWithBreak(func(_ int, s *goquery.Selection) bool {
		var v struct {
			Date    string `json:"date"`
			Changed string `json:"changed"`
		}
		if raw := s.AttrOr("data-content", ""); len(raw) > 1<<20 || json.Unmarshal([]byte(raw), &v) != nil {
			return true
		}
		published, modified = stamped(v.Date, "sitepark:date"), stamped(v.Changed, "sitepark:changed")
		for _, l := range [][]stated{published, modified} {
			for i := range l {
				if l[i].granularity != schemas.GranularityDay {
					l[i].Time = l[i].In(berlin)
				}
			}
		}
		return false
	})
	return published, modified
}

var articleTypes = []string{
	"NewsArticle", "Article", "PressRelease", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
	"LiveBlogPosting", "BlogPosting", "SocialMediaPosting", "TechArticle", "Report", "ReviewNewsArticle", "AdvertiserContentArticle", "SpecialAnnouncement",
}

// linkedDates are what JSON-LD says.
type linkedDates struct{ published, created, modified []stated }

// linked reads the dates of the JSON-LD node that describes the release: an article, rather that with the page's title or address when
// there are several, else the page itself. Nodes of lists and of other articles are not looked at.
func linked(p *page.Page) linkedDates {
	var best jsonld.Node
	score := 0
	for i, raw := range p.LD {
		n := jsonld.Node(raw)
		v := nodeScore(n, p)
		for _, inner := range []string{"mainEntity", "mainEntityOfPage"} {
			for _, m := range n.Nodes(inner) {
				if w := nodeScore(m, p); w > v {
					n, v = m, w
				}
			}
		}
		if v > score {
			best, score = n, v
		}
		if i > 200 {
			break
		}
	}
	if best == nil {
		if len(p.LD) == 0 {
			return linkedDates{published: unread(p)}
		}
		return linkedDates{}
	}
	return linkedDates{
		published: stamped(best.Text("datePublished"), "jsonld"),
		created:   stamped(best.Text("dateCreated"), "jsonld:dateCreated"),
		modified:  stamped(best.Text("dateModified"), "jsonld"),
	}
}

var (
	ldScripts     = cascadia.MustCompile(`script[type*="ld+json"]`)
	datePublished = regexp.MustCompile(`"datePublished"\s*:\s*"([^"]{8,60})"`)
)

// unread looks for the one datePublished in JSON-LD that is too broken to be decoded.
func unread(p *page.Page) (out []stated) {
	p.Doc.FindMatcher(ldScripts).EachWithBreak(func(i int, s *goquery.Selection) bool {
		if m := datePublished.FindAllStringSubmatch(clip(s.Text(), 1<<20), 2); len(m) == 1 {
			out = stamped(m[0][1], "jsonld")
		}
		return out == nil && i < 20
	})
	return out
}

func nodeScore(n jsonld.Node, p *page.Page) int {
	if n.Text("datePublished") == "" && n.Text("dateModified") == "" && n.Text("dateCreated") == "" {
		return 0
	}
	v := 0
	switch {
	case n.Is(articleTypes...):
		v = 4
	case n.Is("WebPage", "ItemPage", "CreativeWork", "Event"):
		v = 1
	default:
		return 0
	}
	if n.Is("Event") {
		return 0 // its dates are of the event
	}
	if h := fold(n.Text("headline")); h != "" && p.Title != "" && (h == fold(p.Title) || strings.HasPrefix(h, fold(p.Title))) {
		v += 4
	}
	for _, k := range []string{"url", "@id", "mainEntityOfPage"} {
		if sameAddress(n.Text(k), p.URL) {
			v += 2
			break
		}
	}
	return v
}

func sameAddress(s string, u *url.URL) bool {
	if u == nil || u.Path == "" || u.Path == "/" || s == "" {
		return false
	}
	v, err := url.Parse(s)
	return err == nil && strings.TrimRight(v.Path, "/") == strings.TrimRight(u.Path, "/")
}

// The names of <meta> that tell the day of publication. certain ones are set for it alone; the others are set by some systems to the last
// change or even to the moment of rendering, so that a date printed beside the title is better.
var (
	certainMeta = []string{"article:published_time", "article:published", "datepublished", "rnews:datepublished", "pubdate", "publishdate", "publish-date",
		"published_time", "published-date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued",
		"dcterms.created", "dc.date.created", "citation_publication_date", "bt:pubdate", "nrbi:publishedat"}
	otherMeta = []string{"og:article:published_time", "og:published_time", "date", "dc.date", "dcterms.date", "dc.date.published", "dc.created", "date.created", "datecreated",
		"created", "originalpublicationdate", "article_date_original", "publication_date", "release_date", "og:pubdate", "dc.date.available", "dcterms.available"}
	modifiedMeta = []string{"article:modified_time", "article:modified", "datemodified", "og:updated_time", "last-modified", "dcterms.modified",
		"dc.date.modified", "date.modified", "lastmod", "revised", "cxenseparse:recs:modifiedtime"}
)

func meta(p *page.Page, names []string) []stated {
	var out []stated
	for _, n := range names {
		for _, v := range p.Meta[n] {
			if s := stamped(v, "meta:"+n); s != nil {
				out = append(out, s...)
				break
			}
		}
	}
	return out
}

// titled is a date at the end of the page's <title> or at the head of its description, set off from the words: "Title | 12.03.2024",
// "Pressemitteilung vom 12.03.2024".
func titled(p *page.Page) []stated {
	t := text.Normalise(clip(p.Doc.Find("head title").First().Text(), 1000))
	if f := find(t, 3); len(f) > 0 {
		x := f[len(f)-1]
		if before := strings.TrimSpace(t[:x.start]); before != "" && strings.ContainsAny(before[len(before)-1:], "|-:–(/,") && len(t)-x.end < 30 {
			return []stated{{x.moment, "title"}}
		}
	}
	for _, v := range p.Meta["description"] {
		v = text.Normalise(clip(v, 300))
		for _, x := range find(v, 1) {
			if x.start == 0 && opens("", v[x.end:]) || release.MatchString(v[:x.start]) {
				return []stated{{x.moment, "meta:description"}}
			}
		}
	}
	return nil
}

// itemprops are the dates of microdata in and around the release.
func itemprops(a around) (published []stated) {
	for _, l := range a.lines {
		if !l.prop || l.aside && len(published) > 0 {
			continue
		}
		if s := stamped(l.time, "itemprop:datePublished"); s != nil {
			published = append(published, s...)
		} else if f := find(l.text, 1); len(f) == 1 {
			published = append(published, stated{f[0].moment, "itemprop:datePublished"})
		}
	}
	return published
}

var (
	pathDate  = regexp.MustCompile(`(?:^|[/_~.-])((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?:$|[/_.-])`)
	pathGerm  = regexp.MustCompile(`(?:^|[/_~-])(0?[1-9]|[12]\d|3[01])[-_.](0?[1-9]|1[0-2])[-_.]((?:19|20)\d\d)(?:$|[/_.-])`)
	pathDense = regexp.MustCompile(`(?:^|/)(?:[\pL_-]{0,12})((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:$|[/_.-]|[\pL])`)
	yearPath  = regexp.MustCompile(`/\pL*(20\d\d)/`)
	dayMonth  = regexp.MustCompile(`\pL_(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\.\pL+$`)
	shortDate = regexp.MustCompile(`/(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[_-]`)
)

// address reads a date in the path of the page's address: /2021/03/12/, 2021-03-12, 12-03-2021, 20210312 at the head of a segment, and, below
// a directory of the year, 210312_ or name_1203.php. The query is left out: its numbers are ids.
func address(p *page.Page) []stated {
	if p.URL == nil {
		return nil
	}
	path := p.URL.Path
	if len(path) > 1000 {
		return nil
	}
	if i := strings.Index(path, ";"); i >= 0 { // session ids
		path = path[:i]
	}
	pick := func(m []string, y, mo, d int) []stated {
		if m == nil {
			return nil
		}
		if x, ok := build(century(m[y]), number(m[mo]), number(m[d]), clock{}); ok {
			return []stated{{x, "url"}}
		}
		return nil
	}
	for _, s := range [][]stated{
		pick(pathDate.FindStringSubmatch(path), 1, 2, 3),
		pick(pathGerm.FindStringSubmatch(path), 3, 2, 1),
		pick(pathDense.FindStringSubmatch(path), 1, 2, 3),
	} {
		if s != nil {
			return s
		}
	}
	if y := yearPath.FindStringSubmatch(path); y != nil {
		if m := dayMonth.FindStringSubmatch(path); m != nil {
			return pick([]string{"", m[1], m[2], y[1]}, 3, 2, 1)
		}
		if m := shortDate.FindStringSubmatch(path); m != nil && y[1][2:] == m[1] {
			return pick(m, 1, 2, 3)
		}
	}
	return nil
}

// hinted is what the listing, feed or sitemap said that led to the page.
func hinted(h schemas.Hints) []stated {
	by := h.PublishedBy
	if by == "" {
		by = "listing"
	}
	return stamped(h.Published, by)
}

package pubdate

import (
	"net/url"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/jsonld"
	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/page"
)

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

var datePublished = lazy.MustCompile(`"datePublished"\s*:\s*"([^"]{8,60})"`)

// unread looks for the one datePublished in JSON-LD that is too broken to be decoded.
func unread(p *page.Page) []stated {
	for i, script := range p.Tree.LD {
		if i > 20 || !strings.Contains(script, "datePublished") {
			continue
		}
		if m := datePublished.FindAllStringSubmatch(clip(script, 1<<20), 2); len(m) == 1 {
			if s := stamped(m[0][1], "jsonld"); s != nil {
				return s
			}
		}
	}
	return nil
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

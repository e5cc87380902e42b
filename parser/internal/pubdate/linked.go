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

// otherTypes are of something on the page or about it; their dates are theirs.
var otherTypes = []string{
	"ImageObject", "VideoObject", "AudioObject", "MediaObject", "Comment", "Organization", "Person", "Product", "Offer", "JobPosting", "Dataset",
	"BreadcrumbList", "ItemList", "WebSite", "DiscussionForumPosting", "QAPage", "Question",
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
	titled := p.Title != "" && (called(n.Text("headline"), p.Title) || called(n.Text("name"), p.Title))
	v := 0
	switch {
	case n.Is("Event"): // its dates are of the event
		return 0
	case n.Is(articleTypes...):
		v = 4
	case n.Is("WebPage", "ItemPage", "CreativeWork"):
		v = 1
	case n.Is(otherTypes...) || !titled:
		return 0
	default: // a kind that nobody uses for releases, but of this page's name
	}
	if titled {
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

// called reports whether a node's name is the title, or goes on from it.
func called(name, title string) bool {
	n, t := fold(name), fold(title)
	return n != "" && strings.HasPrefix(n, t)
}

func sameAddress(s string, u *url.URL) bool {
	if u == nil || u.Path == "" || u.Path == "/" || s == "" {
		return false
	}
	v, err := url.Parse(s)
	return err == nil && strings.TrimRight(v.Path, "/") == strings.TrimRight(u.Path, "/")
}

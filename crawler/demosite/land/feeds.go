package land

import (
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"
)

// layFeeds lays robots.txt, the sitemap and the feed.
func (s *Site) layFeeds() {
	robots := "User-agent: *\nDisallow: /intern/\n"
	if s.quirk == "robots" {
		robots += "Disallow: /landratsamt/pressestelle/\n"
	}
	for _, host := range []string{s.Host, s.pressHost()} {
		s.lay("http://"+host+"/robots.txt", func(s *Site, _ *http.Request) answer {
			return answer{kind: "text/plain", body: []byte(robots + "Sitemap: http://" + s.Host + "/sitemap.xml\n")}
		})
	}
	s.lay("http://"+s.Host+"/sitemap.xml", func(s *Site, _ *http.Request) answer {
		urls := []string{s.Home, s.Home + "kontakt/", s.Home + "impressum/", s.Home + "termine/"}
		if s.nav == "sitemap" {
			urls = append(urls, s.absolute(s.list))
			urls = append(urls, s.Releases...)
		}
		return answer{kind: "application/xml", body: []byte(sitemap(urls))}
	})
	if s.feed != "" {
		s.lay(s.absolute(s.feed), func(s *Site, _ *http.Request) answer {
			return answer{kind: "application/rss+xml; charset=utf-8", body: []byte(s.rss())}
		})
	}
}

func sitemap(urls []string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for _, u := range urls {
		fmt.Fprintf(&b, "<url><loc>%s</loc></url>", html.EscapeString(u))
	}
	return b.String() + "</urlset>"
}

func (s *Site) rss() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>`)
	fmt.Fprintf(&b, `<title>%s: %s</title><link>%s</link><description/>`, html.EscapeString(s.Name), s.word, s.Home)
	for _, r := range s.releases[:min(10, len(s.releases))] {
		fmt.Fprintf(&b, "<item><title>%s</title><link>%s</link><description>%s</description><pubDate>%s</pubDate></item>", html.EscapeString(r.Title),
			html.EscapeString(s.absolute(r.Href)), html.EscapeString(r.Lead), r.date.Format(time.RFC1123Z))
	}
	return b.String() + "</channel></rss>"
}

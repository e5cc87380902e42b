package demosite

import (
	"encoding/xml"
	"time"
)

type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	Generator   string    `xml:"generator"`
	Items       []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	GUID        string `xml:"guid"`
	PubDate     string `xml:"pubDate"`
	Description string `xml:"description,omitempty"`
}

// rss is the feed of all releases that are not withdrawn.
func (s *Site) rss(base string) []byte {
	f := rssFeed{Version: "2.0", Channel: rssChannel{
		Title: Name + ": Pressemitteilungen", Link: base + "/presse/", Description: "Pressemitteilungen der Kreisverwaltung",
		Language: "de-DE", Generator: "Information Enterprise Server – Sitepark GmbH",
	}}
	for _, p := range s.pages {
		if p.withdrawn {
			continue
		}
		link := base + p.path()
		f.Channel.Items = append(f.Channel.Items, rssItem{
			Title: plainText(p.title), Link: link, GUID: link, PubDate: p.date.Format(time.RFC1123Z), Description: plainText(p.lead),
		})
	}
	return marshalXML(f)
}

type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemap names the listings and every release; withdrawn ones stay in it, as stale sitemaps are common.
func (s *Site) sitemap(base string) []byte {
	var set urlSet
	for _, l := range listings {
		set.URLs = append(set.URLs, sitemapURL{Loc: base + l.path})
	}
	for _, p := range s.pages {
		set.URLs = append(set.URLs, sitemapURL{Loc: base + p.path(), LastMod: p.modified().Format(time.RFC3339)})
	}
	return marshalXML(set)
}

func marshalXML(v any) []byte {
	b, err := xml.MarshalIndent(v, "", "  ")
	if err != nil { // strings and slices always marshal
		panic("demosite: " + err.Error())
	}
	return append([]byte(xml.Header), append(b, '\n')...)
}

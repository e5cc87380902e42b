package land

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// quirks changes the site as laid out into what it is. What each of them does to a visitor:
//
//	pdf         the list leads to files                 robots      robots.txt forbids the folder of the list
//	javascript  the list is filled by a script          challenge   a bot protection stands before every page
//	consent     a wall until somebody has agreed        entrance    the home page asks where one wants to go
//	session     every link carries another session      mixedhosts  releases are linked without www.
//	twohosts    the list is on a host of its own        relaunch    the old list is stale and leads to the new host
//	years       the list shows this year only           loadmore    the list goes on by a script
//	absent      no press releases at all
//	plain       tables, no markup that helps            nofeedlink  there is a feed, and no link to it
func (s *Site) quirks() {
	list := s.absolute(s.list)
	switch s.quirk {
	case "pdf":
		var files []*release
		for _, r := range s.releases {
			f := *r
			f.Href, f.file = "/sixcms/media.php/13/"+slug(r.Title, "_")+".pdf", true
			files = append(files, &f)
		}
		s.layList(files, list, s.word, nil)
	case "javascript":
		s.lay(list, func(s *Site, req *http.Request) answer {
			return s.renderAs(req, "app", &view{Kind: "list", Title: s.word, Feed: s.feed})
		})
	case "entrance":
		home := s.routes[key(s.Home)]
		s.lay(s.Home, func(s *Site, req *http.Request) answer {
			if req.URL.Query().Has("skipEntranceUrl") {
				return home(s, req)
			}
			return s.renderAs(req, "entrance", &view{Title: s.Name})
		})
	case "relaunch":
		s.relaunch()
	case "years":
		for y := Now.Year() - 1; len(s.ofYear(y)) > 0; y-- {
			s.layList(s.ofYear(y), s.yearURL(y), fmt.Sprintf("%s %d", s.word, y), nil)
		}
	case "loadmore":
		s.layList(s.releases[:s.per], list, s.word, func(v *view) { v.LoadMore = true })
	case "absent":
		for _, at := range append(s.Releases, list) {
			delete(s.routes, key(at))
		}
	case "challenge":
		s.everywhere(func(s *Site, req *http.Request) answer { return s.renderAs(req, "moment", &view{}) })
	case "consent":
		s.everywhere(func(s *Site, req *http.Request) answer { return s.renderAs(req, "wall", &view{}) })
	}
}

// everywhere puts one page before all others but robots.txt.
func (s *Site) everywhere(p page) {
	for at := range s.routes {
		if !strings.HasSuffix(at, "/robots.txt?") {
			s.routes[at] = p
		}
	}
}

// relaunch leaves the old list, of three years ago, where the navigation leads to. It says where the new one is.
func (s *Site) relaunch() {
	var old []*release
	for i, r := range s.releases[:6] {
		o := *r
		o.on(time.Date(2023, 6, 20-i, 9, 0, 0, 0, time.UTC))
		o.Href = "/aktuelles/pressemitteilungen/" + slug("Archiv "+r.Title, "-")
		old = append(old, &o)
		s.lay("http://"+s.Host+o.Href, func(s *Site, req *http.Request) answer {
			return s.render(req, &view{Kind: "release", Title: o.Title, Rel: &o})
		})
	}
	s.lay("http://"+s.Host+"/aktuelles/pressemitteilungen/", func(s *Site, req *http.Request) answer {
		return s.render(req, &view{Kind: "list", Title: "Pressemitteilungen", Items: old, notice: s.absolute(s.list)})
	})
	s.lay("http://"+s.pressHost()+"/", s.home)
}

// yearURL is the list of another year.
func (s *Site) yearURL(y int) string {
	return strings.Replace(s.absolute(s.list), ".html", fmt.Sprintf("-%d.html", y), 1)
}

// session gives links of the site a session of the visit.
func (s *Site) session(href string) string {
	if s.quirk == "mixedhosts" && strings.Contains(href, s.list[:strings.LastIndexByte(s.list, '/')+1]) && !strings.Contains(href, "uebersicht") {
		return "http://" + strings.TrimPrefix(s.Host, "www.") + href
	}
	if s.quirk != "session" || !strings.HasPrefix(href, "/") {
		return href
	}
	path, query, asked := strings.Cut(href, "?")
	s.visits.Add(1)
	path += fmt.Sprintf(";jsessionid=%032X", s.visits.Load()*7919)
	if asked {
		return path + "?" + query
	}
	return path
}

package land

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// page is what is at an address.
type page func(s *Site, r *http.Request) answer

type answer struct {
	status int
	kind   string
	body   []byte
}

// build lays out the site: home page, the way to the press list, the list with its pages, the releases, and what else a site has.
func (s *Site) build() {
	s.routes = map[string]page{}
	listed := s.releases
	if s.quirk == "years" {
		listed = s.ofYear(Now.Year())
	}
	s.lay(s.Home, s.home)
	s.lay(s.absolute(s.list), nil)
	s.layList(listed, s.absolute(s.list), s.word, nil)
	for _, r := range s.releases {
		url := s.absolute(r.Href)
		s.Releases = append(s.Releases, url)
		s.lay(url, func(s *Site, req *http.Request) answer {
			return s.render(req, &view{Kind: "release", Title: r.Title, Rel: r})
		})
	}
	for _, r := range listed[:min(len(listed), s.per)] {
		s.Latest = append(s.Latest, s.absolute(r.Href))
	}
	if s.nav == "hub" {
		s.lay("http://"+s.Host+s.hub(), func(s *Site, req *http.Request) answer {
			return s.render(req, &view{Kind: "hub", Title: "Aktuelles", Links: []link{{s.list, s.word}, {"/termine/", "Termine"}, {"/amtsblatt/", "Amtsblatt"}}})
		})
	}
	s.others()
	s.layFeeds()
	s.quirks()
}

func (s *Site) lay(url string, p page) { s.routes[key(url)] = p }

// hubs are the pages between home page and list, by family.
var hubs = map[string]string{
	"sitepark": "/aktuelles/index.php", "gsb": "/DE/Aktuelles/aktuelles_node.html", "pirobase": "/pb/Start/Aktuelles.html", "ikiss": "/Aktuelles/",
}

// hub is the page between the home page and the list.
func (s *Site) hub() string {
	if at := hubs[s.Family]; at != "" {
		return at
	}
	return "/aktuelles/"
}

// layList lays a list with the pages that continue it.
func (s *Site) layList(all []*release, first, title string, change func(*view)) {
	pages := (len(all) + s.per - 1) / s.per
	if s.more == "" {
		pages = 1
	}
	at := func(n int) string {
		if n == 1 {
			return first
		}
		return first + strings.NewReplacer("{n}", strconv.Itoa(n), "{k}", strconv.Itoa(n-1), "{skip}", strconv.Itoa((n-1)*s.per)).Replace(s.more)
	}
	for n := 1; n <= pages; n++ {
		part := all[(n-1)*s.per : min(n*s.per, len(all))]
		s.lay(at(n), func(s *Site, req *http.Request) answer {
			v := &view{Kind: "list", Title: title, Items: part, Page: n, ListURL: first}
			if s.quirk != "nofeedlink" {
				v.Feed = s.feed
			}
			for i := 1; i <= pages && pages > 1; i++ {
				v.Pages = append(v.Pages, number{i, at(i), i == n})
			}
			if n < pages {
				v.Next = at(n + 1)
			}
			if n > 1 {
				v.Prev = at(n - 1)
			}
			if change != nil {
				change(v)
			}
			return s.render(req, v)
		})
	}
}

var (
	occasions = []string{"Lesung im Kreishaus", "Konzert des Jugendorchesters", "Sitzung des Bauausschusses", "Führung durch das Archiv"}
	vacancies = []string{"Sachbearbeitung im Sozialamt (m/w/d)", "Straßenwärterin oder Straßenwärter (m/w/d)", "Ingenieurin für Tiefbau (m/w/d)"}
)

// others are the lists of a site that are none of press releases: events to come, public notices as files, vacancies.
func (s *Site) others() {
	var events, notices, jobs []*release
	for i := range 9 {
		e := &release{Title: occasions[i%len(occasions)] + fmt.Sprintf(", %d. Abend", i+1)}
		e.on(Now.AddDate(0, 0, 4+3*i))
		e.Href = fmt.Sprintf("/termine/termin-%d", 700+i)
		events = append(events, e)
		b := &release{Title: fmt.Sprintf("Bekanntmachung Nr. %d über die Auslegung eines Bebauungsplanes", 60-i)}
		b.on(Now.AddDate(0, 0, -1-6*i))
		b.Href = fmt.Sprintf("/downloads/bekanntmachung-%d.pdf", 60-i)
		notices = append(notices, b)
		j := &release{Title: vacancies[i%len(vacancies)], Href: fmt.Sprintf("/stellen/%d", 90+i)}
		jobs = append(jobs, j)
	}
	for at, l := range map[string][]*release{"/termine/": events, "/amtsblatt/": notices, "/stellen/": jobs} {
		title := map[string]string{"/termine/": "Termine", "/amtsblatt/": "Amtliche Bekanntmachungen", "/stellen/": "Stellenangebote"}[at]
		s.lay("http://"+s.Host+at, func(s *Site, req *http.Request) answer {
			return s.render(req, &view{Kind: "list", Title: title, Items: l})
		})
	}
	for _, at := range []string{"/impressum/", "/kontakt/", "/buergerservice/"} {
		title := map[string]string{"/impressum/": "Impressum", "/kontakt/": "Kontakt", "/buergerservice/": "Bürgerservice"}[at]
		s.lay("http://"+s.Host+at, func(s *Site, req *http.Request) answer { return s.render(req, &view{Kind: "page", Title: title}) })
	}
	for _, e := range events {
		s.lay("http://"+s.Host+e.Href, func(s *Site, req *http.Request) answer { return s.render(req, &view{Kind: "page", Title: e.Title}) })
	}
}

func (s *Site) home(_ *Site, req *http.Request) answer {
	return s.render(req, &view{Kind: "home", Title: "Startseite"})
}

// menu is the navigation of every page of the site.
func (s *Site) menu() (nav, foot []link) {
	nav = []link{{"/buergerservice/", "Bürgerservice"}, {"/termine/", "Termine"}, {"/stellen/", "Stellenangebote"}}
	switch s.nav {
	case "direct":
		href := s.list
		if s.pressHost() != s.Host {
			href = s.absolute(s.list)
		}
		if s.quirk == "relaunch" {
			href = "/aktuelles/pressemitteilungen/"
		}
		nav = append([]link{{href, s.word}}, nav...)
	case "hub":
		nav = append([]link{{s.hub(), "Aktuelles"}}, nav...)
	}
	return nav, []link{{"/amtsblatt/", "Amtliche Bekanntmachungen"}, {"/kontakt/", "Kontakt"}, {"/impressum/", "Impressum"}}
}

func (s *Site) ofYear(y int) (out []*release) {
	for _, r := range s.releases {
		if r.date.Year() == y {
			out = append(out, r)
		}
	}
	return out
}

// age moves releases into earlier years, so that a site has archives.
func (s *Site) age() {
	for i, r := range s.releases {
		if year := i / 8; year > 0 {
			r.on(time.Date(Now.Year()-year, 11, 20-i, 9, 0, 0, 0, time.UTC))
			r.Href = s.expand(s.release, r)
		}
	}
}

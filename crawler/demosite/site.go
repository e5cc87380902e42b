package demosite

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Name is the fictitious authority that publishes the site.
const Name = "Kreis Ahrenfels"

// Site is the press site with its present state. All methods may be called from several goroutines at once.
type Site struct {
	templates *templates

	mu    sync.Mutex
	pages []*page // newest first
	byID  map[string]*page
	paths map[string]*page
	stats Stats
}

// page is an article with what has been done to it.
type page struct {
	*article
	index       int // in Site.pages; never changes
	corrections int
	cosmetics   int
	withdrawn   bool
}

// Release is one release of the site.
type Release struct {
	ID        string
	Path      string // absolute path, as in the links of the listing
	Title     string
	Date      time.Time
	Family    Family
	Withdrawn bool
}

// Stats counts what clients did since New or Reset.
type Stats struct {
	Requests    int // all requests
	Releases    int // requests for releases, whatever the answer
	NotModified int // answers 304
	Gone        int // answers 410
	Disallowed  int // requests for what robots.txt forbids
}

// New makes a site in its first state. It panics when the embedded content is broken, which the package's tests exclude.
func New() *Site {
	articles, err := readArticles()
	if err != nil {
		panic("demosite: " + err.Error())
	}
	t, err := parseTemplates()
	if err != nil {
		panic("demosite: " + err.Error())
	}
	s := &Site{templates: t, byID: map[string]*page{}, paths: map[string]*page{}}
	for i, a := range articles {
		if _, err := readBody(a, a.lead, a.body); err != nil {
			panic("demosite: content/" + a.id + ".txt: " + err.Error())
		}
		p := &page{article: a, index: i}
		s.pages = append(s.pages, p)
		s.byID[a.id], s.paths[a.path()] = p, p
	}
	return s
}

// Handler serves the site. It needs no other address than the one it is asked under: absolute links follow the Host header.
func (s *Site) Handler() http.Handler { return http.HandlerFunc(s.serve) }

// Releases lists all releases, newest first, the withdrawn ones too.
func (s *Site) Releases() []Release {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Release, len(s.pages))
	for i, p := range s.pages {
		out[i] = Release{ID: p.id, Path: p.path(), Title: plainText(p.title), Date: p.date, Family: p.family, Withdrawn: p.withdrawn}
	}
	return out
}

// Correct changes what the release says and adds a note that it did; each further call changes the note once more.
func (s *Site) Correct(id string) error { return s.change(id, func(p *page) { p.corrections++ }) }

// Withdraw makes the release answer 410. It leaves the listings and the feed; the sitemap keeps naming it, as sitemaps do.
func (s *Site) Withdraw(id string) error { return s.change(id, func(p *page) { p.withdrawn = true }) }

// Cosmetic changes a page counter outside the article, and with it the page's validators, and nothing else.
func (s *Site) Cosmetic(id string) error { return s.change(id, func(p *page) { p.cosmetics++ }) }

// Reset undoes all changes and sets the counts to zero.
func (s *Site) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.pages {
		p.corrections, p.cosmetics, p.withdrawn = 0, 0, false
	}
	s.stats = Stats{}
}

// Stats tells what clients did so far.
func (s *Site) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats
}

func (s *Site) change(id string, f func(*page)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.byID[id]
	if p == nil {
		return fmt.Errorf("demosite: no release %q", id)
	}
	f(p)
	return nil
}

// document is the page's body in its present state.
func (p *page) document() *document {
	body := p.body
	if p.corrections > 0 {
		if p.correctOld != "" {
			body = strings.Replace(body, p.correctOld, p.correctNew, 1)
		}
		body += fmt.Sprintf("\n\nRedaktioneller Hinweis: Diese Pressemitteilung wurde nach der Veröffentlichung berichtigt (Fassung %d).", p.corrections+1)
	}
	d, err := readBody(p.article, p.lead, body)
	if err != nil { // New has read this body, and a replacement brings no annotation with it
		panic("demosite: " + p.id + ": " + err.Error())
	}
	return d
}

// modified is the time of the last change that the page's validators tell: an hour after the publication, a minute later with
// each change, so that it needs no clock.
func (p *page) modified() time.Time {
	return p.date.Add(time.Hour + time.Duration(p.corrections+p.cosmetics)*time.Minute).UTC()
}

// counter is the number of visits the page shows in its footer.
func (p *page) counter() int { return 1200 + 37*p.index + p.cosmetics }

package crawler

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
)

// site is a press site on loopback whose answers a test sets path by path. A path without an answer is 404.
type site struct {
	*httptest.Server
	dial     polite.Dial // nil: by the network
	mu       sync.Mutex
	answers  map[string]http.HandlerFunc // by path, or path?query
	requests []*http.Request
}

func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{answers: map[string]http.HandlerFunc{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, req)
	h := s.answers[req.URL.RequestURI()]
	if h == nil {
		h = s.answers[req.URL.Path]
	}
	s.mu.Unlock()
	if h == nil {
		http.NotFound(w, req)
		return
	}
	h(w, req)
}

func (s *site) on(path string, h http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[path] = h
}

func (s *site) html(path, body string) { s.on(path, content("text/html; charset=utf-8", body)) }

// list puts a listing of paths at path, with a pager link when next is not empty.
func (s *site) list(path, next string, items ...string) {
	var b strings.Builder
	b.WriteString("<!doctype html><title>Pressemitteilungen</title><ul>")
	for _, it := range items {
		fmt.Fprintf(&b, `<li class="m"><a href="%s">Titel von %s</a></li>`, it, it)
	}
	b.WriteString("</ul>")
	if next != "" {
		fmt.Fprintf(&b, `<a class="weiter" rel="next" href="%s">weiter</a>`, next)
	}
	s.html(path, b.String())
}

// releases puts n releases at /presse/m/<i>.php and a listing of them at /presse/.
func (s *site) releases(n int) []string {
	var paths []string
	for i := range n {
		p := fmt.Sprintf("/presse/m/%d.php", i+1)
		s.html(p, release(fmt.Sprintf("Meldung %d", i+1)))
		paths = append(paths, p)
	}
	s.list("/presse/", "", paths...)
	return paths
}

func release(title string) string {
	return "<!doctype html><html lang=de><title>" + title + "</title><h1>" + title + "</h1><p>Der Kreis Muster teilt mit, dass gebaut wird.</p></html>"
}

func content(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write([]byte(body))
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) { http.Redirect(w, req, to, http.StatusFound) }
}

// asked is how often a path (with its query) was asked for.
func (s *site) asked(uri string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, r := range s.requests {
		if r.URL.RequestURI() == uri {
			n++
		}
	}
	return n
}

// paths are the request URIs so far, in order.
func (s *site) paths() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, r := range s.requests {
		out = append(out, r.URL.RequestURI())
	}
	return out
}

func (s *site) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
}

// source is a source of the site: a listing at /presse/, releases under /presse/m/, no pause, unless change says otherwise.
func (s *site) source(t testing.TB, change func(*source.Source)) *source.Source {
	t.Helper()
	src := source.Defaults()
	src.ID, src.Name, src.State, src.Base = "kreis-muster", "Kreis Muster", "NW", s.URL+"/"
	src.Start.Listings = []source.Listing{{URL: "/presse/", Item: "li.m"}}
	src.Accept = []string{`^/presse/m/`}
	src.Pace, src.AllowPrivate = 0, true
	src.Limits.Timeout = time.Minute // patience with a loaded machine
	if change != nil {
		change(src)
	}
	if err := src.Check(); err != nil {
		t.Fatal(err)
	}
	return src
}

package app

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// pressLand is many press sites, each on an address of its own, with an oracle that knows who asked which of them when.
type pressLand struct {
	t     *testing.T
	pace  time.Duration
	sites []*pressSite
}

// pressSite is one of them.
type pressSite struct {
	id, base string

	mu       sync.Mutex
	releases []*pressRelease
	inFlight int
	by       string // who asked last
	at       time.Time
	asked    int
	lists    map[string]time.Time // when each replica last read the list
	changes  int                  // of who asks
	changed  time.Time            // when that was last
	wrong    []string
}

type pressRelease struct {
	path, title string
	day         time.Time
	version     int
}

func newPressLand(t *testing.T, sites, releases int, pace time.Duration) *pressLand {
	t.Helper()
	l := &pressLand{t: t, pace: pace}
	for i := range sites {
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.%d.%d:0", 1+i/200, 1+i%200))
		if err != nil {
			t.Skipf("this machine has no more than one loopback address: %v", err)
		}
		s := &pressSite{id: fmt.Sprintf("kreis-%03d", i), base: "http://" + listener.Addr().String(), lists: map[string]time.Time{}}
		for range releases {
			s.publish()
		}
		srv := &http.Server{Handler: l.handler(s), ReadHeaderTimeout: time.Minute}
		go func() { _ = srv.Serve(listener) }()
		t.Cleanup(func() { _ = srv.Close() })
		l.sites = append(l.sites, s)
	}
	return l
}

// publish adds a release. Every other one is of today, and so looked at in each crawl; the others are old.
func (s *pressSite) publish() {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.releases) + 1
	day := time.Now()
	if n%2 == 0 {
		day = day.AddDate(0, -2, -n)
	}
	title := fmt.Sprintf("Meldung %d aus %s: Radweg wird gebaut", n, s.id)
	s.releases = append(s.releases, &pressRelease{path: fmt.Sprintf("/presse/meldung-%d", n), day: day, title: title})
}

// correct changes a release of today.
func (s *pressSite) correct(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.releases[n/2*2]
	r.version++
}

func (r *pressRelease) text() string {
	return fmt.Sprintf("Der Kreistag hat beschlossen, %d Kilometer Radweg zu bauen.", 7+r.version)
}

// serviceTime is how long a site takes to answer.
const serviceTime = 10 * time.Millisecond

// agent is the word by which a replica introduces itself.
var agent = regexp.MustCompile(`replica-\d+`)

// handler is a site behind the oracle.
func (l *pressLand) handler(s *pressSite) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.enter(agent.FindString(r.UserAgent()), r.URL.Path, l.pace)
		time.Sleep(serviceTime)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.inFlight-- // an answer this small is sent after the handler has ended: two that overlap here are two requests in flight
		switch r.URL.Path {
		case "/robots.txt":
			w.WriteHeader(http.StatusNotFound)
		case "/rss":
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprint(w, `<rss version="2.0"><channel><title>Presse</title>`)
			for _, x := range slices.Backward(s.releases) {
				fmt.Fprintf(w, "<item><title>%s</title><link>%s%s</link><pubDate>%s</pubDate></item>", x.title, s.base, x.path, x.day.Format(time.RFC1123Z))
			}
			fmt.Fprint(w, "</channel></rss>")
		default:
			s.page(w, r)
		}
	})
}

func (s *pressSite) page(w http.ResponseWriter, r *http.Request) {
	for _, x := range s.releases {
		if x.path == r.URL.Path {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `<!DOCTYPE html><html lang="de"><title>%s</title><main><article><h1>%s</h1><p>%s</p><p>%s</p></article></main></html>`,
				x.title, x.title, x.day.Format("02.01.2006"), x.text())
			return
		}
	}
	http.NotFound(w, r)
}

// enter books a request when it arrives.
func (s *pressSite) enter(who, path string, pace time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if s.inFlight++; s.inFlight > 1 {
		s.wrong = append(s.wrong, fmt.Sprintf("%s asks for %s while %s is being answered", who, path, s.by))
	}
	if s.asked++; path == "/rss" {
		s.lists[who] = now
	}
	if who != s.by && s.by != "" {
		s.changes++
		s.changed = now
		// A request may be late by the way of the one before it; much less than the pace it cannot be.
		if gap := now.Sub(s.at); gap < pace/4 {
			s.wrong = append(s.wrong, fmt.Sprintf("%s asks for %s %v after %s", who, path, gap, s.by))
		}
	}
	s.by, s.at = who, now
}

// writeSources writes the source file of every site.
func (l *pressLand) writeSources(dir string) {
	l.t.Helper()
	var b strings.Builder
	for _, s := range l.sites {
		fmt.Fprintf(&b, "---\nid: %s\nname: %s\nstate: NW\nbase: %s/\nallow_private: true\npace: %v\n", s.id, s.id, s.base, l.pace)
		b.WriteString("start: {feeds: [/rss]}\naccept: ['^/presse/']\nlimits: {timeout: 2s}\n")
	}
	if err := os.WriteFile(filepath.Join(dir, "land.yaml"), []byte(b.String()), 0o600); err != nil {
		l.t.Fatal(err)
	}
}

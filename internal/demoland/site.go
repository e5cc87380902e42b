package demoland

import (
	"context"
	"fmt"
	"html"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// site is the web site of an office, as it is at the Land's moment.
type site struct {
	*office
	src      *source.Source
	mu       sync.Mutex
	releases []release // oldest first
}

func (s *site) add(r release) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.releases = append(s.releases, r)
}

// change changes a release.
func (s *site) change(n int, do func(*release)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n >= 0 && n < len(s.releases) {
		do(&s.releases[n])
	}
}

// broken is since when the fate of an office shows.
func (l *Land) broken(s *site) bool { return l.Now().After(l.start.Add(l.length - 6*24*time.Hour)) }

func (l *Land) serve(w http.ResponseWriter, r *http.Request) {
	s := l.sites[strings.ToLower(r.Host)]
	if s == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	bad := l.broken(s)
	switch {
	case r.URL.Path == "/robots.txt":
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprint(w, "User-agent: BadBot\nDisallow: /\n\nUser-agent: *\nDisallow: /intern/\nCrawl-delay: 0\n")
	case bad && s.Fate == fateDown:
		http.Error(w, "Wartungsarbeiten", http.StatusInternalServerError)
	case bad && s.Fate == fateChallenge:
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `<!DOCTYPE html><title>Just a moment...</title><div id="challenge-running">Checking your browser before accessing</div>`+
			`<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1"></script>`)
	case r.URL.Path == "/presse/":
		l.list(w, s, bad)
	default:
		l.page(w, r, s)
	}
}

func (l *Land) list(w http.ResponseWriter, s *site, bad bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintf(w, `<!DOCTYPE html><html lang="de"><head><title>Pressemitteilungen - %s</title></head><body>`, html.EscapeString(s.Name))
	fmt.Fprint(w, `<h1>Pressemitteilungen</h1>`)
	class := "news"
	if bad && s.Fate == fateRelaunch {
		class = "teaser-grid"
	}
	fmt.Fprintf(w, `<ul class="%s">`, class)
	for i := len(s.releases) - 1; i >= max(0, len(s.releases)-30); i-- {
		if r := &s.releases[i]; r.Gone.IsZero() || l.Now().Before(r.Gone) {
			fmt.Fprintf(w, `<li><time datetime="%s">%s</time> <a href="%s">%s</a></li>`, r.At.Format(time.DateOnly), r.At.Format("02.01.2006"), r.path(),
				html.EscapeString(r.Story.Title))
		}
	}
	fmt.Fprint(w, `</ul></body></html>`)
}

func (l *Land) page(w http.ResponseWriter, r *http.Request, s *site) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.releases {
		x := &s.releases[i]
		switch {
		case x.path() != r.URL.Path:
		case !x.Gone.IsZero() && !l.Now().Before(x.Gone):
			w.WriteHeader(http.StatusGone)
			return
		default:
			fmt.Fprint(w, x.page(s.office, l.Now()))
			return
		}
	}
	http.NotFound(w, r)
}

// Dial leads to the Land whoever asks for one of its names.
func (l *Land) Dial(ctx context.Context, network, _ string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, network, l.address)
}

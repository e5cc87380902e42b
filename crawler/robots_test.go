package crawler

import (
	"net/http"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestCrawlObeysRobots(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.releases(2)
	s.html("/presse/m/intern/3.php", release("geheim"))
	s.on("/presse/m/2.php", redirect("/presse/m/intern/3.php")) // the hop must ask, too
	s.list("/presse/", "", "/presse/m/1.php", "/presse/m/2.php", "/presse/m/intern/4.php")
	s.on("/robots.txt", content("text/plain", "User-agent: *\nDisallow: /presse/m/intern/\n"))
	sum := crawl(t, m, s.source(t, nil), Options{})
	wantCounts(t, sum, map[Outcome]int{OutcomeNew: 1, OutcomeMoved: 1, OutcomeRobots: 2})
	for _, p := range s.paths() {
		if strings.HasPrefix(p, "/presse/m/intern/") {
			t.Errorf("asked for %s", p)
		}
	}
	if s.asked("/robots.txt") != 1 || s.paths()[0] != "/robots.txt" {
		t.Errorf("requests %v", s.paths())
	}
}

func TestCrawlWithRobots503FetchesNothing(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.releases(2)
	s.on("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "0")
		w.WriteHeader(503)
	})
	sum := crawl(t, m, s.source(t, nil), Options{})
	if !sum.Failed() || sum.Starts[0].ErrorKind != schemas.KindPolicy || len(m.log) != 0 {
		t.Errorf("summary %+v, %v", sum, m.log)
	}
	for _, p := range s.paths() {
		if p != "/robots.txt" {
			t.Errorf("asked for %s", p)
		}
	}
}

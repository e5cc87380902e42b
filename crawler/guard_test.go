package crawler

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestCrawlRefusesPrivateAddresses(t *testing.T) {
	for _, host := range []string{"127.0.0.1", "localhost"} {
		s, m := newSite(t), newMemory()
		s.releases(2)
		src := s.source(t, func(src *source.Source) {
			src.Base = strings.Replace(src.Base, "127.0.0.1", host, 1)
			src.AllowPrivate, src.Pace = false, source.MinPace
		})
		t.Setenv("HTTP_PROXY", s.URL) // must not be used to get around the guard
		sum := crawl(t, m, src, Options{})
		if !sum.Failed() || len(sum.Starts) != 1 || sum.Starts[0].ErrorKind != schemas.KindPolicy || !strings.Contains(sum.Starts[0].Error, "allow_private") {
			t.Errorf("summary %+v", sum)
		}
		if n := len(s.paths()); n != 0 {
			t.Errorf("%d requests reached %s", n, host)
		}
	}
}

// The hops of a start page are requests like any other.
func TestStartsThatRedirectAway(t *testing.T) {
	other := newSite(t)
	other.list("/presse/", "", "/presse/m/1.php")
	for name, c := range map[string]struct {
		to   string
		want string
	}{
		"another host":      {other.URL + "/presse/", "not on a host of the source"},
		"a private address": {"http://169.254.169.254/latest/", "not on a host of the source"},
		"another scheme":    {"file:///etc/passwd", "not on a host of the source"},
		"disallowed":        {"/intern/liste", "disallowed by robots.txt"},
	} {
		s, m := newSite(t), newMemory()
		s.on("/robots.txt", content("text/plain", "User-agent: *\nDisallow: /intern/\n"))
		s.list("/intern/liste", "", "/presse/m/1.php")
		s.on("/presse/", redirect(c.to))
		sum := crawl(t, m, s.source(t, nil), Options{})
		if !sum.Failed() || !strings.Contains(sum.Starts[0].Error, c.want) || s.asked("/intern/liste") != 0 {
			t.Errorf("%s: %+v", name, sum.Starts)
		}
	}
	if n := len(other.paths()); n != 0 {
		t.Errorf("%d requests went to another host", n)
	}
}

func TestCrawlKeepsToItsHosts(t *testing.T) {
	other := newSite(t)
	other.html("/presse/m/1.php", release("fremd"))
	s, m := newSite(t), newMemory()
	s.list("/presse/", "", "/presse/m/1.php", "/presse/m/2.php", other.URL+"/presse/m/3.php", "mailto:presse@kreis-muster.example", "javascript:void(0)", "#top")
	s.on("/presse/m/1.php", redirect(other.URL+"/presse/m/1.php"))
	s.html("/presse/m/2.php", release("eigen"))
	sum := crawl(t, m, s.source(t, nil), Options{})
	wantCounts(t, sum, map[Outcome]int{OutcomeNew: 1, OutcomePolicy: 1})
	if sum.Discovered != 2 || sum.Refused != 1 { // mailto: and the like are no pages that could be refused
		t.Errorf("discovered %d, refused %d", sum.Discovered, sum.Refused)
	}
	if n := len(other.paths()); n != 0 {
		t.Errorf("%d requests went to another host: %v", n, other.paths())
	}

	both := s.source(t, func(src *source.Source) { src.Hosts = []string{strings.TrimPrefix(other.URL, "http://")} })
	sum = crawl(t, newMemory(), both, Options{})
	if sum.Counts[OutcomeNew] != 2 || sum.Counts[OutcomeMoved] != 1 {
		t.Errorf("with hosts: %v, %+v", sum.Counts, sum.Errors)
	}
}

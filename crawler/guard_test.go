package crawler

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestPublic(t *testing.T) {
	for addr, want := range map[string]bool{
		"93.184.215.14": true, "2a00:1450:4001:80b::2003": true, "100.63.255.255": true, "100.128.0.0": true, "172.32.0.1": true,
		"127.0.0.1": false, "127.8.8.8": false, "0.0.0.0": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.178.1": false,
		"169.254.169.254": false, "100.64.0.1": false, "192.0.0.192": false, "198.18.0.1": false, "224.0.0.1": false, "255.255.255.255": false, "240.0.0.1": false,
		"::": false, "::1": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "fd00:ec2::254": false, "fec0::1": false, "ff02::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:93.184.215.14": true, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "2001:db8::1": false,
	} {
		if got := public(netip.MustParseAddr(addr)); got != want {
			t.Errorf("public(%s) = %v", addr, got)
		}
	}
}

func TestGuardByPaceAndPermission(t *testing.T) {
	for _, c := range []struct {
		address string
		allow   bool
		pace    time.Duration
		ok      bool
	}{
		{"127.0.0.1:80", false, 2 * time.Second, false},
		{"127.0.0.1:80", true, 0, true},
		{"127.0.0.1:80", true, 2 * time.Second, true},
		{"93.184.215.14:443", false, 2 * time.Second, true},
		{"93.184.215.14:443", true, 2 * time.Second, true},
		{"93.184.215.14:443", true, 0, false}, // a test source's haste is not for the public
		{"nonsense", true, 0, false},
	} {
		err := guard(&Source{AllowPrivate: c.allow, Pace: c.pace})("tcp", c.address, nil)
		if (err == nil) != c.ok || err != nil && schemas.KindOf(err) != schemas.KindPolicy {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestCrawlRefusesPrivateAddresses(t *testing.T) {
	for _, host := range []string{"127.0.0.1", "localhost"} {
		s, m := newSite(t), newMemory()
		s.releases(2)
		src := s.source(t, func(src *Source) {
			src.Base = strings.Replace(src.Base, "127.0.0.1", host, 1)
			src.AllowPrivate, src.Pace = false, MinPace
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

	both := s.source(t, func(src *Source) { src.Hosts = []string{strings.TrimPrefix(other.URL, "http://")} })
	sum = crawl(t, newMemory(), both, Options{})
	if sum.Counts[OutcomeNew] != 2 || sum.Counts[OutcomeMoved] != 1 {
		t.Errorf("with hosts: %v, %+v", sum.Counts, sum.Errors)
	}
}

package access

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestClient(t *testing.T) {
	g := &Guard{Options: Options{Proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}}
	for _, x := range []struct{ peer, forwarded, want string }{
		{"203.0.113.9:80", "", "203.0.113.9/32"},
		{"203.0.113.9:80", "198.51.100.1", "203.0.113.9/32"}, // a stranger names nobody
		{"192.0.2.7:80", "10.0.0.1, 198.51.100.1", "198.51.100.1/32"},
		{"[::ffff:192.0.2.7]:80", "198.51.100.1", "198.51.100.1/32"},
		{"192.0.2.7:80", "nonsense", "192.0.2.7/32"},
		{"127.0.0.1:80", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"},
		{"[2001:db8::1%eth0]:80", "", "2001:db8::/64"},
		{"@", "198.51.100.1", "invalid Prefix"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = x.peer
		if x.forwarded != "" {
			r.Header.Set("X-Forwarded-For", x.forwarded)
		}
		if got := g.Client(r).String(); got != x.want {
			t.Errorf("%s for %s is %s, want %s", x.peer, x.forwarded, got, x.want)
		}
	}
}

package access

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Client is who asks, for limits: the peer, or whom a proxy on this machine, or one of those that are trusted, names in X-Forwarded-For. Of
// IPv6 it is the network of 64 bits, which one client has for itself. It is no identity: see From.
func Client(r *http.Request, trusted ...netip.Prefix) netip.Prefix {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Prefix{}
	}
	ip = ip.Unmap()
	if ip.IsLoopback() || slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(ip) }) {
		list := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if named, err := netip.ParseAddr(strings.TrimSpace(list[len(list)-1])); err == nil {
			ip = named
		}
	}
	ip = ip.Unmap().WithZone("")
	bits := 32
	if ip.Is6() {
		bits = 64
	}
	p, _ := ip.Prefix(bits)
	return p
}

// Client is who asks by this listener.
func (g *Guard) Client(r *http.Request) netip.Prefix { return Client(r, g.Proxies...) }

package polite

import (
	"fmt"
	"net/netip"
	"syscall"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// special are address blocks that are not public although netip's own predicates do not name them (IANA special-purpose registries).
var special = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fec0::/10",
	"64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", // NAT64 and 6to4 carry an IPv4 address that could be a private one,
	"::/96", "::ffff:0:0:0/96", // and so do IPv4-compatible (RFC 4291 section 2.5.5.1) and IPv4-translated addresses (RFC 2765 section 2.1)
)

func prefixes(texts ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		out[i] = netip.MustParsePrefix(t)
	}
	return out
}

// public reports whether an address is one that a public web site can have.
func public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsValid() || a.Zone() != "" || a.IsPrivate() || !a.IsGlobalUnicast() {
		return false // IsGlobalUnicast excludes loopback, link-local (with the cloud metadata address), multicast, unspecified
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// guard is a net.Dialer.Control: it sees the address after name resolution, at every connection, so a name that resolves to
// something else the second time gains nothing. A source with allow_private and less than source.MinPace between requests is a test
// source: it reaches private addresses only, so that no slip makes it hammer a public host.
func guard(src *source.Source) func(network, address string, _ syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(address)
		if err != nil {
			return &schemas.Error{Op: "crawl", Kind: schemas.KindPolicy, Thing: address, Err: fmt.Errorf("not an address: %w", err)}
		}
		switch isPublic := public(ap.Addr()); {
		case !isPublic && !src.AllowPrivate:
			return Refuse(schemas.KindPolicy, address, "allow_private: true in the source lifts this for a test site", "a private or special address")
		case isPublic && src.Pace < source.MinPace:
			return Refuse(schemas.KindPolicy, address, "give the source a pace", "a public address, but the pace %v is for test sites", src.Pace)
		}
		return nil
	}
}

package polite

import (
	"net/netip"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestPublic(t *testing.T) {
	for addr, want := range map[string]bool{
		"93.184.215.14": true, "2a00:1450:4001:80b::2003": true, "100.63.255.255": true, "100.128.0.0": true, "172.32.0.1": true,
		"127.0.0.1": false, "127.8.8.8": false, "0.0.0.0": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.178.1": false,
		"169.254.169.254": false, "100.64.0.1": false, "192.0.0.192": false, "198.18.0.1": false, "224.0.0.1": false, "255.255.255.255": false, "240.0.0.1": false,
		"::": false, "::1": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "fd00:ec2::254": false, "fec0::1": false, "ff02::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:93.184.215.14": true, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "2001:db8::1": false,
		"::127.0.0.1": false, "::10.0.0.1": false, "::93.184.215.14": false, "::ffff:0:127.0.0.1": false, "::ffff:0:a9fe:a9fe": false,
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
		err := guard(&source.Source{AllowPrivate: c.allow, Pace: c.pace})("tcp", c.address, nil)
		if (err == nil) != c.ok || err != nil && schemas.KindOf(err) != schemas.KindPolicy {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

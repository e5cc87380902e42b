package polite

import (
	"context"
	"net"
	"strings"
	"time"
)

// fenced gives connections that send nothing once the lease on their host is over: a process may be stopped between the look at its lease
// and the request, for longer than the lease lasts. What is left is the moment between this look and the system's.
func (s *session) fenced(dial Dial) Dial {
	if s.memory == nil {
		return dial
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &fencedConn{c, s.at(address), s.leaseTime}, nil
	}
}

// at is the host that an address is dialled for; nil when there is none.
func (h *Hosts) at(address string) *host {
	name, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil
	}
	key := strings.ToLower(strings.TrimSuffix(name, "."))
	if port != "443" {
		key = net.JoinHostPort(key, port)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.hosts[key]
}

type fencedConn struct {
	net.Conn
	host  *host
	lasts time.Duration
}

func (c *fencedConn) Write(b []byte) (int, error) {
	if c.host == nil || !c.host.lease.fresh(c.lasts) {
		return 0, errStale
	}
	c.host.sent() // the pace counts from when a request leaves, not from when it was let through
	return c.Conn.Write(b)
}

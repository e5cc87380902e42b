package polite

import (
	"context"
	"net"
	"strings"
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
		return &fencedConn{c, s.at(address), s}, nil
	}
}

// at is the lease on the host that an address is dialled for; nil when there is none.
func (h *Hosts) at(address string) *lease {
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
	if one, ok := h.hosts[key]; ok {
		return &one.lease
	}
	return nil
}

type fencedConn struct {
	net.Conn
	lease *lease
	*session
}

func (c *fencedConn) Write(b []byte) (int, error) {
	if c.lease == nil || !c.lease.fresh(c.leaseTime) {
		return 0, errStale
	}
	return c.Conn.Write(b)
}

package app

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
)

// cutter stands between one replica and one server, and can cut the network between them.
type cutter struct {
	l      net.Listener
	target string

	mu    sync.Mutex
	off   bool
	conns map[net.Conn]bool
}

func newCutter(t *testing.T, target string) *cutter {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cutter{l: l, target: strings.TrimPrefix(target, "nats://"), conns: map[net.Conn]bool{}}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go c.serve(conn)
		}
	}()
	t.Cleanup(func() { c.cut(true); l.Close() })
	return c
}

func (c *cutter) url() string { return "nats://" + c.l.Addr().String() }

// cut closes what is open and lets nothing through until it is called with false.
func (c *cutter) cut(off bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.off = off
	for conn := range c.conns {
		if off {
			conn.Close()
		}
	}
}

// keep books connections; false when the network is cut.
func (c *cutter) keep(conns ...net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range conns {
		c.conns[conn] = true
	}
	return !c.off
}

func (c *cutter) serve(client net.Conn) {
	defer client.Close()
	srv, err := net.Dial("tcp", c.target)
	if err != nil {
		return
	}
	defer srv.Close()
	if !c.keep(client, srv) {
		return
	}
	go func() {
		defer client.Close()
		defer srv.Close()
		_, _ = io.Copy(client, srv)
	}()
	_, _ = io.Copy(srv, client)
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.conns, client)
	delete(c.conns, srv)
}

package publisher

import (
	"bytes"
	"net"
	"strings"
	"sync"
	"testing"
)

// proxy stands between client and server and can cut a connection exactly when an acknowledgement comes by, so that the server has
// stored the message and the client never learns.
type proxy struct {
	l      net.Listener
	target string

	mu    sync.Mutex
	match []byte // cut instead of forwarding what contains it
	cuts  int
	conns map[net.Conn]bool
	wg    sync.WaitGroup
}

func startProxy(t *testing.T, target string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{l: l, target: strings.TrimPrefix(target, "nats://"), conns: map[net.Conn]bool{}}
	p.wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.wg.Go(func() { p.serve(c) })
		}
	})
	t.Cleanup(func() {
		l.Close()
		p.mu.Lock()
		for c := range p.conns {
			c.Close()
		}
		p.mu.Unlock()
		p.wg.Wait()
	})
	return p
}

func (p *proxy) url() string { return "nats://" + p.l.Addr().String() }

// cutNext cuts the connection over which the next answer containing match comes, once.
func (p *proxy) cutNext(match string) {
	p.mu.Lock()
	p.match = []byte(match)
	p.mu.Unlock()
}

func (p *proxy) cut() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cuts
}

func (p *proxy) serve(client net.Conn) {
	defer client.Close()
	srv, err := net.Dial("tcp", p.target)
	if err != nil {
		return
	}
	defer srv.Close()
	p.mu.Lock()
	p.conns[client], p.conns[srv] = true, true
	p.mu.Unlock()
	p.wg.Go(func() {
		defer client.Close()
		buf := make([]byte, 64<<10)
		for {
			n, err := srv.Read(buf)
			if err != nil {
				return
			}
			p.mu.Lock()
			hit := p.match != nil && bytes.Contains(buf[:n], p.match)
			if hit {
				p.match = nil
				p.cuts++
			}
			p.mu.Unlock()
			if hit {
				srv.Close()
				return
			}
			if _, err := client.Write(buf[:n]); err != nil {
				return
			}
		}
	})
	buf := make([]byte, 64<<10)
	for {
		n, err := client.Read(buf)
		if err != nil {
			return
		}
		if _, err := srv.Write(buf[:n]); err != nil {
			return
		}
	}
}

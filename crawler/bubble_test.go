package crawler

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
)

// inTime runs a test in a bubble of synctest with a site that is reached without the network. Time passes there only when everybody waits, so that
// what hangs is given up at once, and what does not is answered in time on the slowest machine.
func inTime(t *testing.T, test func(t *testing.T, s *site)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &wire{conns: make(chan net.Conn), closed: make(chan struct{})}
		s := &site{answers: map[string]http.HandlerFunc{}, dial: w.dial}
		s.Server = &httptest.Server{Listener: w, Config: &http.Server{Handler: s}} //nolint:gosec // nobody is slow here unless the test wants it
		s.Start()
		t.Cleanup(s.Close)
		test(t, s)
	})
}

// wire is a listener in this process.
type wire struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (w *wire) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case w.conns <- there:
		return here, nil
	case <-w.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (w *wire) Accept() (net.Conn, error) {
	select {
	case c := <-w.conns:
		return c, nil
	case <-w.closed:
		return nil, net.ErrClosed
	}
}

func (w *wire) Close() error {
	w.once.Do(func() { close(w.closed) })
	return nil
}

func (w *wire) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080} }

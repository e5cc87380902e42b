package demosite

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Serve serves the site on a free port of 127.0.0.1 and returns its base URL, without a slash at the end. It stops when ctx ends
// or stop is called, whichever is first; stop returns when the port is closed and no request is being answered any more.
func (s *Site) Serve(ctx context.Context) (baseURL string, stop func(), err error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("demo site: %w", err)
	}
	srv := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = srv.Serve(l) // always ErrServerClosed here
	}()
	shut := sync.OnceFunc(func() {
		_ = srv.Close() // loopback and answers from memory: nothing worth waiting for
		<-done
	})
	forget := context.AfterFunc(ctx, shut)
	return "http://" + l.Addr().String(), func() { forget(); shut() }, nil
}

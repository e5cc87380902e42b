package web

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// Servers are the listeners of a process.
type Servers struct {
	main, debug net.Listener // nil: not wanted
	log         *slog.Logger
}

// Listen binds the addresses, each of which may be empty. The debug address must be a loopback one: profiles show memory.
func Listen(address, debug string, log *slog.Logger) (*Servers, error) {
	s := &Servers{log: log}
	var err error
	if address != "" {
		l, err := net.Listen("tcp", address)
		if err != nil {
			return nil, err
		}
		s.main = &limited{Listener: l, most: mostConnections}
	}
	if debug == "" {
		return s, nil
	}
	if s.debug, err = net.Listen("tcp", debug); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if a, ok := s.debug.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() {
		return nil, errors.Join(fmt.Errorf("%s is no loopback address, and profiles are for nobody else", debug), s.Close())
	}
	return s, nil
}

// Addr is where the main listener is bound; nil when there is none.
func (s *Servers) Addr() net.Addr {
	if s.main == nil {
		return nil
	}
	return s.main.Addr()
}

// Secure lets the main listener speak TLS, by a certificate and its key in files (PEM).
func (s *Servers) Secure(cert, key string) error {
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err == nil && s.main != nil {
		s.main = tls.NewListener(s.main, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}})
	}
	return err
}

// Close gives the addresses back.
func (s *Servers) Close() error {
	var errs []error
	for _, l := range []net.Listener{s.main, s.debug} {
		if l != nil {
			errs = append(errs, l.Close())
		}
	}
	return errors.Join(errs...)
}

// Times of a connection. Nobody who is slow on purpose keeps one for long.
const (
	headerTimeout = 5 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	endTimeout    = 2 * time.Second
	maxHeader     = 16 << 10
)

// Serve answers until ctx ends.
func (s *Servers) Serve(ctx context.Context, status Status) error {
	g, gctx := errgroup.WithContext(ctx)
	for _, one := range []struct {
		l net.Listener
		h http.Handler
	}{{s.main, status.handler()}, {s.debug, profiles()}} {
		if one.l == nil {
			continue
		}
		s.log.Info("serving", "address", one.l.Addr().String())
		g.Go(func() error { return serve(gctx, one.l, one.h) })
	}
	return g.Wait()
}

func serve(ctx context.Context, l net.Listener, h http.Handler) error {
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: headerTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
	}
	stopped := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(stopped)
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
		defer cancel()
		if srv.Shutdown(end) != nil {
			srv.Close()
		}
	})
	err := srv.Serve(l)
	if !stop() {
		<-stopped
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// mostConnections is how many clients may be connected to a listener at one time. Whoever comes then is let go at once: a thousand that
// wait would be no better off.
const mostConnections = 4096

// limited is a listener with so many connections at most.
type limited struct {
	net.Listener
	most int64
	open atomic.Int64
}

func (l *limited) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if l.open.Add(1) <= l.most {
			return &counted{Conn: c, left: func() { l.open.Add(-1) }}, nil
		}
		l.open.Add(-1)
		_ = c.Close()
	}
}

// counted is a connection that counts until it is closed.
type counted struct {
	net.Conn
	once sync.Once
	left func()
}

func (c *counted) Close() error {
	c.once.Do(c.left)
	return c.Conn.Close()
}

func profiles() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}

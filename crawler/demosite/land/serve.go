package land

import (
	"context"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Land is the country while it is served.
type Land struct {
	Sites []*Site

	address string
	byHost  map[string][]*Site
	mu      sync.Mutex
	asked   map[string]int // requests, by host
	agents  map[string]bool
}

// New makes the Land.
func New() *Land {
	l := &Land{Sites: read(), byHost: map[string][]*Site{}, asked: map[string]int{}, agents: map[string]bool{}}
	all := stories()
	for _, s := range l.Sites {
		s.visits = &atomic.Int64{}
		s.publish(all)
		if s.quirk == "years" {
			s.age()
		}
		s.build()
		for at := range s.routes {
			host, _, _ := strings.Cut(at, "/")
			if !slices.Contains(l.byHost[host], s) {
				l.byHost[host] = append(l.byHost[host], s)
			}
		}
	}
	return l
}

// Site is the one with that id; nil when there is none.
func (l *Land) Site(id string) *Site {
	for _, s := range l.Sites {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// Requests is how often the hosts of a site were asked, robots.txt included.
func (l *Land) Requests(s *Site) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for host, k := range l.asked {
		if slices.Contains(l.byHost[strings.TrimPrefix(host, "www.")], s) {
			n += k
		}
	}
	return n
}

// Serve serves the Land on a free port of 127.0.0.1 until ctx ends.
func (l *Land) Serve(ctx context.Context) error {
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	l.address = listener.Addr().String()
	srv := &http.Server{Handler: l, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = srv.Serve(listener) }() // always ErrServerClosed here
	context.AfterFunc(ctx, func() { _ = srv.Close() })
	return nil
}

// Dial connects to the site of a name of the Land. Other names lead nowhere.
func (l *Land) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	name, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if len(l.byHost[strings.TrimPrefix(name, "www.")]) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
	}
	var d net.Dialer
	return d.DialContext(ctx, network, l.address)
}

func (l *Land) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	bare := strings.TrimPrefix(r.Host, "www.")
	l.mu.Lock()
	l.asked[r.Host]++
	l.agents[r.UserAgent()] = true
	l.mu.Unlock()
	at := key("http://" + r.Host + r.URL.RequestURI())
	for _, s := range l.byHost[bare] {
		p, ok := s.routes[at]
		if !ok {
			continue
		}
		if r.Host != s.Host && "www."+r.Host == s.Host { // the name without www. leads to the one with it
			http.Redirect(w, r, "http://"+s.Host+r.URL.RequestURI(), http.StatusMovedPermanently)
			return
		}
		a := p(s, r)
		w.Header().Set("Content-Type", a.kind)
		if a.status > 0 {
			w.WriteHeader(a.status)
		}
		_, _ = w.Write(a.body)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write([]byte("<!DOCTYPE html><title>404</title><h1>Seite nicht gefunden</h1>"))
}

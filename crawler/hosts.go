package crawler

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"time"
)

// hosts is what the crawler owes each host, shared by all sources, so that two sources on one host are gentle together.
type hosts struct {
	mu sync.Mutex
	m  map[string]*host // by lower-case host[:port]
}

func newHosts() *hosts { return &hosts{m: map[string]*host{}} }

func (h *hosts) of(u *url.URL) *host {
	key := strings.ToLower(u.Host)
	h.mu.Lock()
	defer h.mu.Unlock()
	one, ok := h.m[key]
	if !ok {
		one = &host{slot: make(chan struct{}, 1), asking: make(chan struct{}, 1), rules: map[string]*rules{}}
		h.m[key] = one
	}
	return one
}

// host is one host's budget and rules.
type host struct {
	slot   chan struct{} // holds a token while a request is in flight
	asking chan struct{} // holds a token while somebody fetches robots.txt

	mu         sync.Mutex
	last       time.Time     // start of the last request
	rest       time.Time     // not before: the host asked for it, or was overloaded
	crawlDelay time.Duration // of robots.txt
	rules      map[string]*rules
}

// lock takes a one-token channel as a mutex that gives up with its context.
func lock(ctx context.Context, c chan struct{}) error {
	select {
	case c <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func unlock(c chan struct{}) { <-c }

// restFor keeps everybody off the host for d.
func (h *host) restFor(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t := time.Now().Add(d); t.After(h.rest) {
		h.rest = t
	}
}

// next is when the next request may start.
func (h *host) next(interval time.Duration) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.last.Add(max(interval, h.crawlDelay))
	if h.last.IsZero() {
		t = time.Time{}
	}
	if h.rest.After(t) {
		t = h.rest
	}
	return t
}

// sleep waits until t or until ctx ends.
func sleep(ctx context.Context, t time.Time) error {
	d := time.Until(t)
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

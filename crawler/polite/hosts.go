package polite

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// Hosts is what the crawler owes each host, shared by all sources, so that two sources on one host are gentle together.
type Hosts struct {
	mu sync.Mutex
	m  map[string]*host // by lower-case host[:port]
}

// NewHosts makes the memory of hosts that all sources of a process share.
func NewHosts() *Hosts { return &Hosts{m: map[string]*host{}} }

func (h *Hosts) of(u *url.URL) *host {
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

	backoff *backoff.ExponentialBackOff // of the present streak
	streak  int                         // answers in a row that asked for a rest
	rested  time.Duration               // the rests of the streak
	closed  bool                        // no request before rest is over
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

// overloaded books an answer that asks for a rest: named is what the host asked for, 0 if it named nothing. It reports whether the
// same request should be tried again after the rest: not after maxTries such answers in a row, whatever the URLs were. When the
// rests since the last good answer come to more than maxRest, the host is closed to all requests until the rest is over.
func (h *host) overloaded(named, interval time.Duration) (again bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.backoff == nil {
		h.backoff = backoff.NewExponentialBackOff()
		h.backoff.InitialInterval, h.backoff.Multiplier = max(2*interval, 100*time.Millisecond), 2
		h.backoff.RandomizationFactor, h.backoff.MaxInterval = 0.1, maxRest
	}
	rest := h.backoff.NextBackOff()
	if named > 0 {
		rest = min(named, 24*time.Hour) // a typo in a date must not retire a source
	}
	h.streak++
	h.rested += rest
	h.closed = h.rested > maxRest
	h.rest = time.Now().Add(rest)
	return !h.closed && h.streak < maxTries
}

// well books a good answer: the past is forgiven.
func (h *host) well() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.backoff, h.streak, h.rested, h.closed = nil, 0, 0, false
}

// resting is until when the host is left alone because it was waited for long enough; zero when it is not.
func (h *host) resting() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed && time.Now().Before(h.rest) {
		return h.rest
	}
	return time.Time{}
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

package polite

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// Traffic counts what really went over the wire, robots.txt and repeated tries included.
type Traffic struct {
	mu    sync.Mutex
	notes []string

	Requests atomic.Int64
	Bytes    atomic.Int64 // of bodies, after decompression
}

// Note remembers something that somebody should know about the site, each once.
func (t *Traffic) Note(note string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !slices.Contains(t.notes, note) && len(t.notes) < 20 {
		t.notes = append(t.notes, note)
	}
}

// Notes are what was noted, in order.
func (t *Traffic) Notes() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.notes)
}

// NewTransport builds the chain that every request of a source passes, outermost first. Redirects are new requests to it, so every
// hop passes all of it.
//
//	scope    is the URL on a host of the source?
//	robots   may it be asked for? (robots.txt itself is fetched through the rest of the chain)
//	retry    429, 503, a broken connection: the host is given a rest, then asked again, a bounded number of times
//	pace     one request in flight per server, and a pause between two; no other process asks the host meanwhile (lease)
//	identity who we are and what we take
//	limit    time, bytes after decompression, content type; the body is read here, so a host's turn ends with its last byte
//	guard    the address that is really dialled must be public
func NewTransport(src *source.Source, hosts *Hosts, id Identity, t *Traffic) *Transport {
	dialer := &net.Dialer{Timeout: min(10*time.Second, src.Limits.Timeout), KeepAlive: 30 * time.Second, Control: guard(src)}
	base := &http.Transport{
		Proxy:                  nil, // a proxy would dial for us, behind the guard's back
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // limit decompresses, and counts
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        30 * time.Second,
		TLSHandshakeTimeout:    min(10*time.Second, src.Limits.Timeout),
		MaxResponseHeaderBytes: 64 << 10,
	}
	if hosts.dial != nil && src.AllowPrivate {
		base.DialContext = hosts.dial
	}
	use := newSession(hosts, src.Limits.Timeout)
	base.DialContext = use.fenced(base.DialContext)
	inner := limit(base, src.Limits.Timeout, t)
	inner = identify(inner, id)
	inner = pace(inner, src.Pace, use)
	inner = retry(inner, src.Pace, use)
	chain := robots(inner, use, t)
	chain = scope(chain, src)
	return &Transport{chain, base, use}
}

// Transport is the way of a source's requests. Close gives back the hosts that were asked.
type Transport struct {
	http.RoundTripper
	base *http.Transport
	use  *session
}

// Hold makes sure that this process may ask the host of u, before anything is asked of it. A *HeldError when another process does.
func (t *Transport) Hold(ctx context.Context, u *url.URL) error { return t.use.hold(ctx, t.use.of(u)) }

// Close gives back the hosts that were asked.
func (t *Transport) Close() {
	t.base.CloseIdleConnections()
	t.use.close()
}

package polite

import (
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// Traffic counts what really went over the wire, robots.txt and repeated tries included.
type Traffic struct {
	Requests atomic.Int64
	Bytes    atomic.Int64 // of bodies, after decompression
}

// NewTransport builds the chain that every request of a source passes, outermost first. Redirects are new requests to it, so every
// hop passes all of it.
//
//	scope    is the URL on a host of the source?
//	robots   may it be asked for? (robots.txt itself is fetched through the rest of the chain)
//	retry    429, 503, a broken connection: the host is given a rest, then asked again, a bounded number of times
//	pace     one request in flight per host, and a pause between two
//	identity who we are and what we take
//	limit    time, bytes after decompression, content type; the body is read here, so a host's turn ends with its last byte
//	guard    the address that is really dialled must be public
func NewTransport(src *source.Source, hosts *Hosts, id Identity, t *Traffic) (rt http.RoundTripper, closeIdle func()) {
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
	inner := limit(base, src.Limits.Timeout, t)
	inner = identify(inner, id)
	inner = pace(inner, src.Pace, hosts)
	inner = retry(inner, src.Pace, hosts)
	chain := robots(inner, hosts)
	chain = scope(chain, src)
	return chain, base.CloseIdleConnections
}

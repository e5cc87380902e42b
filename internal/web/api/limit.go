package api

import (
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/kreispresse/kreispresse/internal/web/access"
)

// Limits bound what one client and all clients together may ask for.
type Limits struct {
	Rate             rate.Limit // requests a second of one client; 0: DefaultLimits
	Burst            int        // at once
	Streams          int        // open streams of all clients
	StreamsPerClient int        // of one client
	Heavy            int        // answers that are put together at one time, of all clients
}

// DefaultLimits are for a small machine with some dozens of readers.
var DefaultLimits = Limits{Rate: 20, Burst: 100, Streams: 2000, StreamsPerClient: 200, Heavy: 16}

// clients is who asked of late. Its size is bounded: whoever asks from ever new addresses makes it forget those that are idle.
type clients struct {
	limits Limits
	now    func() time.Time

	mu      sync.Mutex
	known   map[netip.Prefix]*client
	streams int
}

type client struct {
	tokens  *rate.Limiter
	seen    time.Time
	streams int
}

// mostClients is how many addresses are remembered at one time.
const mostClients = 10_000

func newClients(l Limits, now func() time.Time) *clients {
	return &clients{limits: l, now: now, known: map[netip.Prefix]*client{}}
}

// get finds the client, or makes room for it. It is called with mu held.
func (c *clients) get(who netip.Prefix) *client {
	now := c.now()
	x := c.known[who]
	if x == nil {
		if len(c.known) >= mostClients {
			c.forget(now)
		}
		x = &client{tokens: rate.NewLimiter(c.limits.Rate, c.limits.Burst)}
		c.known[who] = x
	}
	x.seen = now
	return x
}

// forget drops those that were idle for a minute, and if that is not enough whoever comes first: a client that is forgotten gets its
// burst anew, which is the lesser evil. Who has a stream open stays.
func (c *clients) forget(now time.Time) {
	for who, x := range c.known {
		if x.streams == 0 && now.Sub(x.seen) > time.Minute {
			delete(c.known, who)
		}
	}
	for who, x := range c.known {
		if len(c.known) < mostClients {
			return
		}
		if x.streams == 0 {
			delete(c.known, who)
		}
	}
}

// allow books that a client does something once; false when it has done so too often of late.
func (c *clients) allow(who netip.Prefix) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.get(who).tokens.AllowN(c.now(), 1)
}

// take books a request; a problem when the client has asked too much of late.
func (c *clients) take(r *http.Request) error {
	if c.allow(access.Client(r)) {
		return nil
	}
	p := newProblem(http.StatusTooManyRequests, "too many requests", "ask more slowly, or follow the feed as a stream")
	p.retry = 1
	return p
}

// Gate bounds how often each client may do something, for pages beside the API.
type Gate struct{ clients *clients }

// NewGate lets a client do something so often at once, and then so often a second.
func NewGate(burst int, each rate.Limit, now func() time.Time) *Gate {
	return &Gate{newClients(Limits{Rate: each, Burst: burst}, now)}
}

// Take books that a client does it; false when it has done so too often of late.
func (g *Gate) Take(who netip.Prefix) bool { return g.clients.allow(who) }

// open books a stream, which must be closed by done; a problem when there are too many.
func (c *clients) open(r *http.Request) (done func(), err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	x := c.get(access.Client(r))
	if x.streams >= c.limits.StreamsPerClient {
		p := newProblem(http.StatusTooManyRequests, "you have too many streams open", "close one: a stream can carry all sources")
		p.retry = 30
		return nil, p
	}
	if c.streams >= c.limits.Streams {
		p := busy("too many streams are open")
		p.retry = 30
		return nil, p
	}
	x.streams++
	c.streams++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		x.streams--
		c.streams--
	}, nil
}

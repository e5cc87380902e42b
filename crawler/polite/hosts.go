package polite

import (
	"cmp"
	"context"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Hosts is what the crawler owes each host, shared by all sources of a process, so that two sources on one host are gentle together.
type Hosts struct {
	resolve  func(ctx context.Context, name string) ([]netip.Addr, error) // nil: a budget belongs to a name
	memory   Memory                                                       // nil: nothing is remembered
	dial     Dial                                                         // for hosts of a test; nil: none
	me       string                                                       // holder of leases
	patience time.Duration

	leaseTime time.Duration

	mu      sync.Mutex
	hosts   map[string]*host   // by schemas.Origin
	budgets map[string]*budget // by address, or by name
}

// NewHosts makes what all sources of a process share. Memory outlives the process and is shared with others; nil: this one remembers
// for itself.
func NewHosts(memory Memory) *Hosts {
	h := newHosts()
	h.memory, h.me, h.patience, h.leaseTime = memory, Holder(), DefaultPatience, DefaultLease
	h.resolve = func(ctx context.Context, name string) ([]netip.Addr, error) {
		return net.DefaultResolver.LookupNetIP(ctx, "ip", name)
	}
	return h
}

// Dial connects to an address, as net.Dialer.DialContext does.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// WithDial makes hosts reachable that no name server knows: those of a demonstration. Only sources with allow_private are connected in
// this way, and then no name is looked up.
func (h *Hosts) WithDial(d Dial) *Hosts {
	if d != nil {
		h.dial, h.resolve = d, nil
	}
	return h
}

// WithLease sets how long a lease outlives a process that was killed, beside the time of its last request; 0 is the default.
func (h *Hosts) WithLease(d time.Duration) *Hosts {
	h.leaseTime = cmp.Or(d, h.leaseTime)
	return h
}

// newHosts asks no name server.
func newHosts() *Hosts { return &Hosts{hosts: map[string]*host{}, budgets: map[string]*budget{}} }

func (h *Hosts) of(u *url.URL) *host {
	key := schemas.Origin(u)
	h.mu.Lock()
	defer h.mu.Unlock()
	one, ok := h.hosts[key]
	if !ok {
		one = &host{origin: key, name: strings.ToLower(u.Hostname()), port: u.Port(), asking: make(chan struct{}, 1), holding: make(chan struct{}, 1)}
		h.hosts[key] = one
	}
	return one
}

// host is one origin: its rules, the lease on it, and what it was asked last.
type host struct {
	origin, name, port string
	asking             chan struct{} // holds a token while somebody fetches robots.txt
	holding            chan struct{} // holds a token while somebody writes the lease

	mu         sync.Mutex
	budget     *budget
	budgetTill time.Time // when the name is looked up again
	crawlDelay time.Duration
	rules      *rules
	asked      asked

	lease lease // guarded by holding, but for users and renewed
}

// addressTTL is how long a name is believed to have the addresses it had.
const addressTTL = 10 * time.Minute

// budgetOf is the budget of a host. Names that share an address share a budget: many authorities' sites stand on one server.
func (h *Hosts) budgetOf(ctx context.Context, one *host) *budget {
	one.mu.Lock()
	b, till := one.budget, one.budgetTill
	one.mu.Unlock()
	if b != nil && time.Now().Before(till) {
		return b
	}
	port := one.port
	if port == "80" || port == "443" {
		port = "" // one server, two doors
	}
	keys := []string{net.JoinHostPort(one.name, port)}
	if h.resolve != nil {
		if addrs, err := h.resolve(ctx, one.name); err == nil { // what cannot be resolved cannot be dialled either
			for _, a := range addrs {
				keys = append(keys, net.JoinHostPort(a.Unmap().WithZone("").String(), port))
			}
		}
	}
	h.mu.Lock()
	for _, k := range keys {
		if b == nil {
			b = h.budgets[k]
		}
	}
	if b == nil {
		b = newBudget()
	}
	for _, k := range keys {
		if h.budgets[k] == nil {
			h.budgets[k] = b
		}
	}
	h.mu.Unlock()
	one.mu.Lock()
	defer one.mu.Unlock()
	one.budget, one.budgetTill = b, time.Now().Add(addressTTL)
	return b
}

// sent books a request at the moment at which it leaves.
func (h *host) sent() {
	h.mu.Lock()
	b := h.budget
	h.mu.Unlock()
	if b != nil {
		b.started()
	}
}

func (h *host) delay() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.crawlDelay
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

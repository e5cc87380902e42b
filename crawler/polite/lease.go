package polite

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

const (
	// DefaultPatience is how long a process waits for a host that another one is asking. After that its source is left to the next run.
	DefaultPatience = 30 * time.Second

	// DefaultLease is how long a lease outlives a process that was killed, beside the time of its last request.
	DefaultLease = 2 * time.Minute

	renewals  = 4           // in the time of a lease
	leaseLook = time.Second // how often a lease of somebody else is looked at
)

// errHeld is the cause of a request that was not made because another process asks the host, errStale of one that was not because the
// lease ran out before it could be sent, errMemory of one that was not because nobody could be asked who holds the host.
var (
	errHeld   = errors.New("another process is asking this host")
	errStale  = errors.New("the right to ask this host ran out before the request was sent")
	errMemory = errors.New("it is not known who asks this host")
)

// HeldError is the cause of a request that was not made because another process has the lease.
type HeldError struct {
	Holder string
	Until  time.Time // by our clock, when the lease ends by itself
}

func (e *HeldError) Error() string { return errHeld.Error() + ": " + e.Holder }

func (e *HeldError) Unwrap() error { return errHeld }

// lease is this process' right to ask a host, fenced by the revision of its entry in the Memory.
type lease struct {
	held    bool
	rev     uint64
	renewed atomic.Pointer[time.Time] // by our clock, before it was written; nil: never
	users   int                       // sessions that asked the host
	refused time.Time                 // until when nobody waits for it again
	strange strange
}

// strange is a lease of somebody else that ends later than any can: the common clock was set back. It is waited for by our own.
type strange struct {
	rev   uint64
	since time.Time
}

// fresh reports whether the lease was renewed within d.
func (l *lease) fresh(d time.Duration) bool {
	t := l.renewed.Load()
	return t != nil && Elapsed(*t) < d
}

// session is one source's use of hosts: what it asked is given back when it ends.
type session struct {
	*Hosts
	timeout time.Duration // of one request

	mu   sync.Mutex
	used map[*host]bool
}

func newSession(h *Hosts, timeout time.Duration) *session {
	return &session{Hosts: h, timeout: timeout, used: map[*host]bool{}}
}

// hold makes sure that this process may ask a host, and that what others booked of it is known here. It waits for another process for
// a bounded time.
func (s *session) hold(ctx context.Context, h *host) error {
	if s.memory == nil {
		return nil
	}
	if err := lock(ctx, h.holding); err != nil {
		return err
	}
	defer unlock(h.holding)
	s.mu.Lock()
	if !s.used[h] {
		s.used[h] = true
		h.lease.users++
	}
	s.mu.Unlock()
	if h.lease.held && h.lease.fresh(s.leaseTime/renewals) {
		return nil
	}
	if h.lease.held {
		if err := s.write(ctx, h, true); schemas.KindOf(err) != schemas.KindConflict {
			return unknown(err)
		}
	}
	return unknown(s.acquire(ctx, h))
}

// unknown marks an error of the Memory: it is no fault of the host's.
func unknown(err error) error {
	if err == nil || errors.Is(err, errHeld) {
		return err
	}
	return fmt.Errorf("%w: %w", errMemory, err)
}

// acquire takes the lease as soon as nobody else has it.
func (s *session) acquire(ctx context.Context, h *host) error {
	deadline := time.Now().Add(s.patience)
	if time.Now().Before(h.lease.refused) {
		deadline = time.Now()
	}
	for {
		st, rev, err := s.memory.Get(ctx, h.origin)
		if err != nil && schemas.KindOf(err) != schemas.KindNotFound {
			return err
		}
		clock, err := ReadClock(ctx, s.memory)
		if err != nil {
			return err
		}
		now := clock.Local
		if until := s.heldByOther(h, st, rev, clock); until.After(now) {
			if !now.Before(deadline) {
				h.lease.refused = now.Add(s.patience)
				hint := "its lease ends by " + until.UTC().Format(time.RFC3339) + ", crawl again then"
				return Refuse(schemas.KindUnavailable, h.origin, hint, "%w", &HeldError{st.Holder, until})
			}
			if err := sleep(ctx, earlier(earlier(until, deadline), now.Add(leaseLook))); err != nil {
				return err
			}
			continue
		}
		s.takeOver(ctx, h, st, rev, clock)
		h.lease.rev = rev
		if err = s.write(ctx, h, true); schemas.KindOf(err) != schemas.KindConflict { // else somebody was quicker
			return err
		}
	}
}

// heldByOther is until when, by our clock, somebody else has the lease; zero when nobody has. One that ends later than any can was written
// before the common clock was set back: it has the time of a lease from when it was first seen.
func (s *session) heldByOther(h *host, st schemas.HostState, rev uint64, c Clock) time.Time {
	if st.Holder == "" || st.Holder == s.me || Dead(st.Holder, s.me) {
		return time.Time{}
	}
	if !st.HeldUntil.After(c.Shared.Add(schemas.LongestLease)) {
		return c.Ours(st.HeldUntil)
	}
	if x := &h.lease.strange; x.rev != rev || x.since.IsZero() {
		*x = strange{rev, c.Local}
	}
	return h.lease.strange.since.Add(schemas.LongestLease)
}

// takeOver makes what is remembered of a host ours. Where the holder did not give the host back its last request is not known: it may
// have been a moment ago.
func (s *session) takeOver(ctx context.Context, h *host, st schemas.HostState, rev uint64, c Clock) {
	last := c.Ours(st.LastRequest)
	if st.Holder != "" && st.Holder != s.me {
		last = time.Now()
	}
	s.budgetOf(ctx, h).remember(last, c.Ours(st.RestUntil))
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked.takeOver(st.Asked, st.Holder == s.me && rev != h.lease.rev)
	if h.rules == nil && st.Robots != nil {
		h.rules = rulesOf(st.Robots)
		h.crawlDelay = min(max(crawlDelay(h.rules.text), 0), maxCrawlDelay)
	}
}

// write stores what this process knows of a host, as its holder or, when hold is false, giving it back.
func (s *session) write(ctx context.Context, h *host, hold bool) error {
	c, err := ReadClock(ctx, s.memory)
	if err != nil {
		return err
	}
	last, rest := s.budgetOf(ctx, h).times()
	h.mu.Lock()
	st := schemas.HostState{LastRequest: c.Common(last), RestUntil: c.Common(rest), CrawlDelay: h.crawlDelay, Robots: h.rules.state()}
	var written func(bool)
	st.Asked, written = h.asked.write(c)
	h.mu.Unlock()
	if hold {
		st.Holder, st.HeldUntil = s.me, c.Shared.Add(s.leaseTime+s.timeout).UTC()
	}
	rev, err := s.memory.Put(ctx, h.origin, st, h.lease.rev)
	if schemas.KindOf(err) == schemas.KindTooLarge {
		st.Robots = nil
		rev, err = s.memory.Put(ctx, h.origin, st, h.lease.rev)
	}
	h.mu.Lock()
	written(err == nil)
	h.mu.Unlock()
	if err != nil {
		h.lease.held = false
		return err
	}
	h.lease.held, h.lease.rev = hold, rev
	h.lease.renewed.Store(&c.Local)
	return nil
}

// note stores at once what must not be lost with the process: a long rest, rules that were read. Who has lost the lease meanwhile will
// learn it with the next request.
func (s *session) note(ctx context.Context, h *host) {
	if s.memory == nil || lock(ctx, h.holding) != nil {
		return
	}
	defer unlock(h.holding)
	if h.lease.held {
		_ = s.write(ctx, h, true)
	}
}

// close gives back what nobody in this process uses any more.
func (s *session) close() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	for h := range s.used {
		if lock(ctx, h.holding) != nil {
			return // what is not given back runs out
		}
		if h.lease.users--; h.lease.users == 0 && h.lease.held {
			_ = s.write(ctx, h, false)
		}
		unlock(h.holding)
	}
}

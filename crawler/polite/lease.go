package polite

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

const (
	// DefaultPatience is how long a process waits for a host that another one is asking. After that its source is left to the next run.
	DefaultPatience = 30 * time.Second

	leaseTime    = 2 * time.Minute  // how long a lease outlives a process that was killed, beside the time of its last request
	leaseLongest = time.Hour        // what none lasts: requests have at most ten minutes
	leaseRenew   = 30 * time.Second // how often it is written anew
	leaseLook    = time.Second      // how often a lease of somebody else is looked at
)

// errHeld is the cause of a request that was not made because another process asks the host.
var errHeld = errors.New("another process is asking this host")

// lease is this process' right to ask a host, fenced by the revision of its entry in the Memory.
type lease struct {
	held    bool
	rev     uint64
	renewed time.Time
	users   int       // sessions that asked the host
	refused time.Time // until when nobody waits for it again
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
	if h.lease.held && time.Since(h.lease.renewed).Abs() < leaseRenew {
		return nil
	}
	if h.lease.held {
		if err := s.write(ctx, h, true); schemas.KindOf(err) != schemas.KindConflict {
			return err
		}
	}
	return s.acquire(ctx, h)
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
		now := time.Now()
		if until := s.heldByOther(st, now); until.After(now) {
			if !now.Before(deadline) {
				h.lease.refused = now.Add(s.patience)
				return Refuse(schemas.KindUnavailable, h.origin, "its lease ends by "+until.UTC().Format(time.RFC3339)+", crawl again then", "%w: %s", errHeld, st.Holder)
			}
			if err := sleep(ctx, earlier(earlier(until, deadline), now.Add(leaseLook))); err != nil {
				return err
			}
			continue
		}
		s.takeOver(ctx, h, st)
		h.lease.rev = rev
		if err = s.write(ctx, h, true); schemas.KindOf(err) != schemas.KindConflict { // else somebody was quicker
			return err
		}
	}
}

// heldByOther is until when somebody else has the lease; zero when nobody has. A lease that ends later than any can is none: a clock
// jumped.
func (s *session) heldByOther(st schemas.HostState, now time.Time) time.Time {
	if st.Holder == "" || st.Holder == s.me || dead(st.Holder, s.me) {
		return time.Time{}
	}
	if st.HeldUntil.After(now.Add(leaseLongest)) {
		return time.Time{}
	}
	return st.HeldUntil
}

// takeOver makes what is remembered of a host ours. Where the holder did not give the host back its last request is not known: it may
// have been a moment ago.
func (s *session) takeOver(ctx context.Context, h *host, st schemas.HostState) {
	last := st.LastRequest
	if st.Holder != "" && st.Holder != s.me {
		last = time.Now()
	}
	s.budgetOf(ctx, h).remember(last, st.RestUntil)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.rules == nil && st.Robots != nil {
		h.rules = rulesOf(st.Robots)
		h.crawlDelay = min(max(crawlDelay(h.rules.text), 0), maxCrawlDelay)
	}
}

// write stores what this process knows of a host, as its holder or, when hold is false, giving it back.
func (s *session) write(ctx context.Context, h *host, hold bool) error {
	last, rest := s.budgetOf(ctx, h).times()
	h.mu.Lock()
	st := schemas.HostState{LastRequest: last, RestUntil: rest, CrawlDelay: h.crawlDelay, Robots: h.rules.state()}
	h.mu.Unlock()
	now := time.Now()
	if hold {
		st.Holder, st.HeldUntil = s.me, now.Add(leaseTime+s.timeout)
	}
	rev, err := s.memory.Put(ctx, h.origin, st, h.lease.rev)
	if schemas.KindOf(err) == schemas.KindTooLarge {
		st.Robots = nil
		rev, err = s.memory.Put(ctx, h.origin, st, h.lease.rev)
	}
	if err != nil {
		h.lease.held = false
		return err
	}
	h.lease.held, h.lease.rev, h.lease.renewed = hold, rev, now
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

// holder is a name for this process that tells another one on the same machine whether it still runs: the machine, where processes are
// counted together, the number, and a word that no other process has.
func holder() string {
	machine, err := os.Hostname()
	if err != nil {
		machine = "?"
	}
	space, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		space = "-"
	}
	word := rand.Text()[:8]
	words.Store(word, true)
	return fmt.Sprintf("%s %s %d %s", strings.ReplaceAll(machine, " ", "_"), space, os.Getpid(), word)
}

// dead reports whether a holder surely runs no more.
func dead(holder, me string) bool {
	h, m := strings.Fields(holder), strings.Fields(me)
	if len(h) != 4 || len(m) != 4 || h[0] != m[0] || h[1] != m[1] || h[1] == "-" {
		return false
	}
	if h[2] == m[2] {
		return h[3] != m[3] && !ours(h[3]) // our number: whoever had it before is gone
	}
	pid, err := strconv.Atoi(h[2])
	return err == nil && !running(pid)
}

// words are those of the holders in this process, of which a test may have several.
var words sync.Map

func ours(word string) bool {
	_, ok := words.Load(word)
	return ok
}

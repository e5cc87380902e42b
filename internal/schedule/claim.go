package schedule

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Memory is what is remembered of sources, shared by all processes; values are JSON. publisher.Sources is one.
type Memory interface {
	// Get reads a value into the pointer into and returns its revision; KindNotFound when there is none.
	Get(ctx context.Context, key string, into any) (rev uint64, err error)
	// Put writes a value if rev is still its revision (0: if there is none); else KindConflict.
	Put(ctx context.Context, key string, value any, rev uint64) (uint64, error)
}

const (
	claimTime  = 2 * time.Minute // how long a claim outlives a process that was killed
	claimRenew = 40 * time.Second
)

// Key is where the State of a source stands.
func Key(id string) string { return id + ".schedule" }

// holder names this process in claims.
func holder() string {
	machine, err := os.Hostname()
	if err != nil {
		machine = "?"
	}
	return fmt.Sprintf("%s %d %s", machine, os.Getpid(), rand.Text()[:8])
}

// claim is the right of one process to crawl a source, fenced by the revision of its State.
type claim struct {
	memory Memory
	key    string
	state  State
	rev    uint64
}

// look reads the State of a source. One that cannot be understood is as good as none; a word in the log says so.
func (l *Loop) look(ctx context.Context, id string) (*claim, error) {
	c := &claim{memory: l.memory, key: Key(id)}
	rev, err := l.memory.Get(ctx, c.key, &c.state)
	switch {
	case schemas.KindOf(err) == schemas.KindNotFound:
	case schemas.KindOf(err) == schemas.KindStorage && rev > 0:
		l.log.Warn("what was remembered of a source's runs cannot be read, it begins anew", "source", id, "error", err)
		c.state = State{}
	case err != nil:
		return nil, err
	}
	c.rev = rev
	return c, nil
}

// held is until when somebody else crawls the source; zero when nobody does. A claim that ends later than any can is none.
func (c *claim) held(me string, now time.Time) time.Time {
	if c.state.Holder == "" || c.state.Holder == me || c.state.Until.After(now.Add(claimTime+skew)) {
		return time.Time{}
	}
	return c.state.Until
}

// take claims the source; false when somebody was quicker.
func (c *claim) take(ctx context.Context, me string, now time.Time) (bool, error) {
	c.state.Holder, c.state.Until = me, now.Add(claimTime).UTC()
	return c.write(ctx)
}

// end writes what came of the run and gives the source back; false when the claim was lost meanwhile.
func (c *claim) end(ctx context.Context, p Plan, r Result) (bool, error) {
	c.state = c.state.After(p, r)
	c.state.Holder, c.state.Until = "", time.Time{}
	return c.write(ctx)
}

func (c *claim) write(ctx context.Context) (bool, error) {
	rev, err := c.memory.Put(ctx, c.key, c.state, c.rev)
	if schemas.KindOf(err) == schemas.KindConflict {
		return false, nil
	}
	if err == nil {
		c.rev = rev
	}
	return err == nil, err
}

// keep renews the claim until ctx ends, and calls lost when it is somebody else's. A process that was stopped for longer than a claim
// lasts has lost it, whatever the memory says: the time is looked at first.
func (c *claim) keep(ctx context.Context, me string, lost func()) {
	tick := time.NewTicker(claimRenew)
	defer tick.Stop()
	renewed := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if time.Since(renewed) > claimTime {
			lost()
			return
		}
		ok, err := c.take(ctx, me, time.Now())
		if err == nil && !ok {
			lost()
			return
		}
		if err == nil {
			renewed = time.Now()
		}
	}
}

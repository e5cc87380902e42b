package schedule

import (
	"context"
	"encoding/json"
	"time"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/schemas"
)

// Memory is what is remembered of sources, shared by all processes; values are JSON. publisher.Sources is one.
type Memory interface {
	// Get reads a value into the pointer into and returns its revision; KindNotFound when there is none.
	Get(ctx context.Context, key string, into any) (rev uint64, err error)
	// Put writes a value if rev is still its revision (0: if there is none); else KindConflict.
	Put(ctx context.Context, key string, value any, rev uint64) (uint64, error)
	// Each calls fn for the value "<source>.<name>" of every source that has one, until fn returns an error, which is returned.
	Each(ctx context.Context, name string, fn func(source string, value json.RawMessage, rev uint64) error) error
	// Now is the time by the clock that all processes have in common: those of a State are read by it.
	Now(ctx context.Context) (time.Time, error)
}

const (
	// DefaultClaim is how long a claim outlives a process that was killed.
	DefaultClaim = 2 * time.Minute
	renewals     = 3 // in the time of a claim
)

// keyName is the last part of the keys of States.
const keyName = "schedule"

// Key is where the State of a source stands.
func Key(id string) string { return id + "." + keyName }

// claim is the right of one process to crawl a source, fenced by the revision of its State.
type claim struct {
	memory Memory
	me     string
	lasts  time.Duration
	key    string
	state  State
	rev    uint64
}

// look reads the State of a source. One that cannot be understood is as good as none; a word in the log says so.
func (l *Loop) look(ctx context.Context, id string) (*claim, error) {
	c := &claim{memory: l.memory, me: l.me, lasts: l.claim, key: Key(id)}
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

// held is until when, by the common clock, somebody else crawls the source; zero when nobody does. A claim that ends later than any can is
// none: the clock was set back. The lease on the host still keeps the two apart.
func (c *claim) held(now time.Time) time.Time {
	if c.state.Holder == "" || c.state.Holder == c.me || c.state.Until.After(now.Add(c.lasts+skew)) {
		return time.Time{}
	}
	return c.state.Until
}

// take claims the source from a moment of the common clock on; false when somebody was quicker.
func (c *claim) take(ctx context.Context, now time.Time) (bool, error) {
	c.state.Holder, c.state.Until = c.me, now.Add(c.lasts).UTC()
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
// lasts has lost it, whatever the memory says, and so has one that could not reach the memory for so long.
func (c *claim) keep(ctx context.Context, lost func()) {
	tick := time.NewTicker(c.lasts / renewals)
	defer tick.Stop()
	renewed := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		left := c.lasts - polite.Elapsed(renewed)
		if left <= 0 {
			lost()
			return
		}
		at := time.Now()
		ok, err := c.renew(ctx, left)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil && ok:
			renewed = at
		case err == nil || polite.Elapsed(renewed) >= c.lasts:
			lost()
			return
		}
	}
}

// renew takes the claim once more, in the time that is left of it.
func (c *claim) renew(ctx context.Context, left time.Duration) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, left)
	defer cancel()
	now, err := c.memory.Now(ctx)
	if err != nil {
		return false, err
	}
	return c.take(ctx, now)
}

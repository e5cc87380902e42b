package publisher

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// pause waits d or until ctx ends.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// patiently repeats do, which only reads, while the broker is away: a leader is being elected, the connection is made anew. What is
// refused is not repeated.
func (b *Bus) patiently(ctx context.Context, do func() error) error {
	deadline, delay := time.Now().Add(b.cfg.Patience), firstPause
	for {
		err := do()
		if err == nil || schemas.KindOf(err) != schemas.KindUnavailable || time.Now().After(deadline) {
			return err
		}
		if _, ok := errors.AsType[*denied](err); ok || b.cfg.Damaged && isStreamGone(err) { // that one was found missing already
			return err
		}
		if pause(ctx, delay) != nil {
			return err
		}
		delay = min(2*delay, longestPause)
	}
}

// untilReady is patiently for what a cluster that has just begun cannot do yet: a leader is being elected, or fewer nodes have joined than
// a stream wants copies. What waiting does not change ends it: no JetStream, no stream, no right.
func (b *Bus) untilReady(ctx context.Context, stream string, do func() error) (err error) {
	said := false
	_ = b.patiently(ctx, func() error {
		if err = do(); !isStarting(err) {
			return nil
		}
		if !said {
			said = true
			b.log.Warn("the broker is not ready, trying again", "stream", stream, "error", err)
		}
		return err
	})
	return err
}

// names is a set of names that grows.
type names struct {
	mu  sync.Mutex
	set map[string]bool
}

func (n *names) has(name string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.set[name]
}

func (n *names) add(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.set == nil {
		n.set = make(map[string]bool)
	}
	n.set[name] = true
}

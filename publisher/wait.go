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

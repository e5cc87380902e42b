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
		if _, ok := errors.AsType[*denied](err); ok {
			return err
		}
		if pause(ctx, delay) != nil {
			return err
		}
		delay = min(2*delay, longestPause)
	}
}

// broadcast wakes everybody who waits.
type broadcast struct {
	mu sync.Mutex
	ch chan struct{}
}

// wait is a channel that the next wake closes.
func (b *broadcast) wait() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch == nil {
		b.ch = make(chan struct{})
	}
	return b.ch
}

func (b *broadcast) wake() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch != nil {
		close(b.ch)
		b.ch = nil
	}
}

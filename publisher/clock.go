package publisher

import (
	"context"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// clockFresh is how long an answer of the broker's clock is counted on from by our own, which may run fast or slow but not far in that time.
const clockFresh = 10 * time.Second

// clock is the broker's time, the one that all processes have in common: a lease must not end sooner because one machine's clock is ahead.
type clock struct {
	mu     sync.Mutex
	broker time.Time // as answered
	local  time.Time // when that was
}

// Now is the broker's time. Between two answers it is counted on by the monotonic clock of this machine, so that a jump of its wall clock
// changes nothing. It is behind by the time that an answer takes on its way.
func (b *Bus) Now(ctx context.Context) (time.Time, error) {
	if b.cfg.URL == "" { // the server is on this machine
		return time.Now(), nil
	}
	b.clock.mu.Lock()
	broker, since := b.clock.broker, elapsed(b.clock.local)
	b.clock.mu.Unlock()
	if !broker.IsZero() && since < clockFresh {
		return broker.Add(since), nil
	}
	var info *jetstream.StreamInfo
	err := b.patiently(ctx, func() (err error) {
		info, err = b.lookAt(ctx, "ask for the time", streamSources)
		return b.again(ctx, streamSources, err)
	})
	if err != nil {
		return time.Time{}, err
	}
	b.clock.mu.Lock()
	defer b.clock.mu.Unlock()
	b.clock.broker, b.clock.local = info.TimeStamp, time.Now()
	return info.TimeStamp, nil
}

// elapsed is the time since t, by the clock that says more: the monotonic one stands still while a machine is suspended, the other can be set.
func elapsed(t time.Time) time.Duration {
	now := time.Now()
	return max(now.Sub(t), now.Round(0).Sub(t.Round(0)).Abs())
}

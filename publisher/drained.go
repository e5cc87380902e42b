package publisher

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// Drained returns when every snapshot that is archived has been settled, those of other processes included. It is woken by the
// deliveries that this process settles; only for what others hold it looks once a second.
func (b *Bus) Drained(ctx context.Context) error {
	for {
		settled := b.settled.wait() // before looking: what is settled while looking wakes
		pending, err := b.pendingExtraction(ctx)
		if err != nil || pending == 0 {
			return err
		}
		t := time.NewTimer(time.Second)
		select {
		case <-settled:
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		}
		t.Stop()
	}
}

// pendingExtraction counts the snapshots that are waiting or given out.
func (b *Bus) pendingExtraction(ctx context.Context) (n uint64, err error) {
	err = b.patiently(ctx, func() error {
		n, err = b.pendingOnce(ctx)
		return err
	})
	return n, err
}

func (b *Bus) pendingOnce(ctx context.Context) (uint64, error) {
	ctx, cancel := b.request(ctx, schemas.StreamRaw, "")
	defer cancel()
	cons, err := b.js.Consumer(ctx, schemas.StreamRaw, consumerExtract)
	if errors.Is(err, jetstream.ErrConsumerNotFound) { // nobody has extracted yet
		s, err := b.stream(ctx, schemas.StreamRaw)
		if err != nil {
			return 0, b.fail(ctx, "status", schemas.StreamRaw, err)
		}
		info, err := s.Info(ctx)
		if err != nil {
			return 0, b.fail(ctx, "status", schemas.StreamRaw, err)
		}
		return info.State.Msgs, nil
	}
	if err != nil {
		return 0, b.fail(ctx, "status", "consumer "+consumerExtract, err)
	}
	ci := cons.CachedInfo()
	if n := ci.NumPending + uint64(ci.NumAckPending); n > 0 {
		return n, nil
	}
	// A consumer that is just being made, or has a new leader, says 0 before it has counted: look for a message it has not given out.
	m, err := leaderGet(ctx, b.nc, schemas.StreamRaw, map[string]any{"seq": ci.Delivered.Stream + 1, "next_by_subj": ">"})
	if err != nil {
		return 0, b.fail(ctx, "status", schemas.StreamRaw, err)
	}
	if m != nil {
		return 1, nil
	}
	return 0, nil
}

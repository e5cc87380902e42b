package publisher

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/schemas"
)

// consumerExtract is the durable consumer on PRESS_RAW from which every extractor takes.
const consumerExtract = "extract"

// Delivery is a snapshot to extract. It must be settled once, by Ack, Retry or Reject; until then its lease on the snapshot is
// renewed in the background, so that a slow parse is not given to somebody else.
type Delivery struct {
	Snapshot  *schemas.Snapshot
	Sequence  uint64 // in PRESS_RAW
	Delivered int    // how often it has been given out, this time included
	Pending   uint64 // snapshots waiting behind it

	b    *Bus
	msg  jetstream.Msg
	done atomic.Bool
}

// Ack says that the release is published, or that there is none. It returns once the broker has noted it; while the broker is away it
// is tried again.
func (d *Delivery) Ack(ctx context.Context) error {
	deadline, delay := time.Now().Add(d.b.cfg.Patience), firstPause
	for {
		err := d.ackOnce(ctx)
		if err == nil {
			d.done.Store(true)
			return nil
		}
		e := d.b.fail(ctx, "acknowledge", d.thing(), err)
		if !isUncertain(err) || ctx.Err() != nil || time.Now().After(deadline) || schemas.KindOf(e) == schemas.KindStorage {
			return e
		}
		if pause(ctx, delay) != nil {
			return e
		}
		delay = min(2*delay, longestPause)
	}
}

func (d *Delivery) ackOnce(ctx context.Context) error {
	ctx, cancel := d.b.request(ctx, schemas.StreamRaw, "")
	defer cancel()
	return outOfBand(ctx, d.msg.DoubleAck(ctx))
}

// Retry asks to be given the snapshot again after delay, until it has been given out Config.MaxDeliver times; then it is rejected.
func (d *Delivery) Retry(ctx context.Context, delay time.Duration, reason string) error {
	if d.Delivered >= d.b.cfg.MaxDeliver {
		return d.Reject(ctx, fmt.Sprintf("given up after %d attempts: %s", d.Delivered, reason))
	}
	if err := d.msg.NakWithDelay(delay); err != nil {
		return d.b.fail(ctx, "retry", d.thing(), err)
	}
	d.done.Store(true)
	return nil
}

// Reject writes a dead letter with the reason and gives the snapshot up. It stays in the archive and can be extracted anew.
func (d *Delivery) Reject(ctx context.Context, reason string) error {
	source := ""
	if d.Snapshot != nil {
		source = d.Snapshot.Source.ID
	}
	if err := d.b.deadLetter(ctx, source, d.Sequence, reason); err != nil {
		return err
	}
	return d.Ack(ctx) // not Term: only an acknowledgement is confirmed
}

func (d *Delivery) thing() string { return fmt.Sprintf("snapshot %d", d.Sequence) }

// Snapshots gives every archived snapshot once to handle, in up to workers goroutines at a time, until ctx ends (nil) or handle
// returns an error (returned; what is unsettled will be given out again). A snapshot is given out again when its process died before
// settling it. One that has been given out more than Config.MaxDeliver times, and so has probably ended its process each time, and one
// that cannot be read, become dead letters without being handled.
func (b *Bus) Snapshots(ctx context.Context, workers int, handle func(context.Context, *Delivery) error) error {
	var cons jetstream.Consumer
	if err := b.patiently(ctx, func() (err error) { cons, err = b.extractConsumer(ctx); return err }); err != nil {
		return err
	}
	workers = max(workers, 1)
	it, err := cons.Messages(jetstream.PullMaxMessages(workers), jetstream.PullHeartbeat(heartbeat), jetstream.WithMessagesErrOnMissingHeartbeat(false))
	if err != nil {
		return b.fail(ctx, "extract", schemas.StreamRaw, err)
	}
	x := &extraction{b: b, handle: handle}
	queue := make(chan *Delivery)
	g, gctx := errgroup.WithContext(ctx)
	stop := context.AfterFunc(gctx, it.Drain) // not Stop: what has arrived must be given back
	defer stop()
	g.Go(func() error {
		defer close(queue)
		return x.receive(gctx, it, queue)
	})
	for range workers {
		g.Go(func() error {
			for d := range queue {
				if err := x.one(gctx, d); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err = g.Wait()
	it.Stop()
	for d := range queue { // nobody will handle it: let it go at once
		_ = d.msg.Nak()
	}
	if ctx.Err() != nil && (err == nil || errors.Is(err, context.Canceled) || errors.Is(err, ctx.Err())) {
		return nil
	}
	return err
}

func (b *Bus) extractConsumer(ctx context.Context) (jetstream.Consumer, error) {
	ctx, cancel := b.request(ctx, schemas.StreamRaw, "")
	defer cancel()
	fail := func(err error) error { return b.fail(ctx, "extract", "consumer "+consumerExtract, err) }
	s, err := b.stream(ctx, schemas.StreamRaw)
	if err != nil {
		return nil, fail(err)
	}
	if !b.cfg.ManageStreams {
		cons, err := s.Consumer(ctx, consumerExtract)
		return cons, fail(err)
	}
	cons, err := s.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable:       consumerExtract,
		Description:   "snapshots to extract releases from",
		DeliverPolicy: jetstream.DeliverAllPolicy,
		AckPolicy:     jetstream.AckExplicitPolicy,
		AckWait:       b.cfg.AckWait,
		MaxDeliver:    -1, // bounded by us: the server would drop a snapshot without a trace
		MaxAckPending: 1000,
	})
	return cons, fail(err)
}

// extraction is one run of Snapshots.
type extraction struct {
	b      *Bus
	handle func(context.Context, *Delivery) error
	inHand atomic.Int64
}

func (x *extraction) receive(ctx context.Context, it jetstream.MessagesContext, queue chan<- *Delivery) error {
	for {
		msg, err := it.Next()
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return x.b.fail(ctx, "extract", schemas.StreamRaw, err)
		}
		if ctx.Err() != nil { // given back, so that whoever comes next has it at once
			_ = msg.Nak()
			continue
		}
		meta, err := msg.Metadata()
		if err != nil {
			return x.b.fail(ctx, "extract", schemas.StreamRaw, err)
		}
		x.inHand.Add(1)
		d := &Delivery{Sequence: meta.Sequence.Stream, Delivered: int(meta.NumDelivered), Pending: meta.NumPending, b: x.b, msg: msg}
		select {
		case queue <- d:
		case <-ctx.Done():
			_ = msg.Nak()
		}
	}
}

func (x *extraction) one(ctx context.Context, d *Delivery) error {
	defer func() {
		if x.inHand.Add(-1) == 0 {
			x.b.settled.wake()
		}
	}()
	defer x.b.renew(d)()
	s, err := x.b.snapshot(ctx, nats.Header(d.msg.Headers()), d.msg.Data())
	switch {
	case err == nil:
		d.Snapshot = s
	case ctx.Err() != nil:
		_ = d.msg.Nak()
		return ctx.Err()
	case schemas.KindOf(err) == schemas.KindUnavailable:
		return err
	default:
		return d.Reject(ctx, "cannot be read: "+err.Error())
	}
	if d.Delivered > x.b.cfg.MaxDeliver {
		return d.Reject(ctx, fmt.Sprintf("given out %d times without an outcome: it probably ends the process", d.Delivered-1))
	}
	if s.Gone() && s.Previous > 0 {
		if early, err := x.early(ctx, s.Previous, d); early || err != nil {
			return err
		}
	}
	err = x.handle(ctx, d)
	if d.done.Load() {
		return err
	}
	if nak := d.msg.Nak(); err == nil && nak == nil {
		err = fmt.Errorf("snapshot %d was not settled", d.Sequence)
	}
	return err
}

// early puts off a page that is gone while its last snapshot may still be in somebody's hand: withdrawn before it is published, it
// would stay published. Two snapshots with a body need no order, see PublishRelease.
func (x *extraction) early(ctx context.Context, previous uint64, d *Delivery) (bool, error) {
	ctx, cancel := x.b.request(ctx, schemas.StreamRaw, "")
	defer cancel()
	cons, err := x.b.js.Consumer(ctx, schemas.StreamRaw, consumerExtract)
	if err != nil {
		return false, x.b.fail(ctx, "extract", "consumer "+consumerExtract, err)
	}
	if cons.CachedInfo().AckFloor.Stream >= previous {
		return false, nil
	}
	delay := min(firstPause<<min(d.Delivered, 10), x.b.cfg.AckWait)
	return true, x.b.fail(ctx, "extract", d.thing(), d.msg.NakWithDelay(delay))
}

// renew extends the lease on a delivery until the returned function is called.
func (b *Bus) renew(d *Delivery) (stop func()) {
	var once sync.Once
	quit := make(chan struct{})
	t := time.NewTicker(b.cfg.AckWait / 3)
	go func() {
		defer t.Stop()
		for {
			select {
			case <-quit:
				return
			case <-t.C:
				_ = d.msg.InProgress() // if it fails, somebody else repeats the work, which is harmless
			}
		}
	}()
	return func() { once.Do(func() { close(quit) }) }
}

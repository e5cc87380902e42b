package publisher

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// deliverWait is how long an event may be under way before another process gets it.
const deliverWait = 2 * time.Minute

// Delivery is an event on its way to somebody.
type Delivery struct {
	Event   *schemas.Event // without its release
	Release []byte         // as JSON, as it is stored
	Tries   int            // from 1
	Pending uint64         // events behind it
}

// Deliver gives the events that f chooses to fn, one at a time and in order, until ctx ends. Where it is, the broker remembers under name:
// all processes that deliver by this name share the events, and after a restart it goes on. The first time it begins with what is
// published from now on, or at f.From. fn says whether the event is settled: the zero time, or after which pause it is tried again;
// nothing behind it is given before. What f chooses by source and Land may change later, name and beginning go together.
func (b *Bus) Deliver(ctx context.Context, name string, f Filter, fn func(ctx context.Context, d Delivery) (again time.Duration, err error)) error {
	if err := f.check("deliver"); err != nil {
		return err
	}
	if f.Last || !f.Since.IsZero() || !f.Until.IsZero() || !f.AsOf.IsZero() {
		return errorf(schemas.KindInvalid, "deliver", name, "a delivery begins now or at a cursor")
	}
	var cons jetstream.Consumer
	err := b.patiently(ctx, func() (err error) {
		cons, err = b.durable(ctx, name, f)
		return err
	})
	for err == nil {
		err = b.deliverOne(ctx, cons, f, fn)
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// durable makes the consumer, or brings one that is there up to date.
func (b *Bus) durable(ctx context.Context, name string, f Filter) (jetstream.Consumer, error) {
	if err := schemas.CheckToken(name); err != nil {
		return nil, errorf(schemas.KindInvalid, "deliver", name, "%w", err)
	}
	ctx, cancel := b.request(ctx, schemas.StreamPress, "")
	defer cancel()
	fail := func(err error) error { return b.fail(ctx, "deliver", name, err) }
	s, err := b.stream(ctx, schemas.StreamPress)
	if err != nil {
		return nil, fail(err)
	}
	cfg := jetstream.ConsumerConfig{
		Durable: deliverPrefix + name, FilterSubject: schemas.ReleaseFilter(f.State, f.Source), AckPolicy: jetstream.AckExplicitPolicy,
		AckWait: deliverWait, MaxAckPending: 1, MaxDeliver: -1, DeliverPolicy: jetstream.DeliverNewPolicy,
	}
	if f.From > 0 {
		cfg.DeliverPolicy, cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, f.From
	}
	have, err := s.Consumer(ctx, cfg.Durable)
	switch {
	case errors.Is(err, jetstream.ErrConsumerNotFound):
		cons, err := s.CreateConsumer(ctx, cfg)
		return cons, fail(err)
	case err != nil:
		return nil, fail(err)
	}
	now := have.CachedInfo().Config
	if now.FilterSubject == cfg.FilterSubject {
		return have, nil
	}
	now.FilterSubject = cfg.FilterSubject
	cons, err := s.UpdateConsumer(ctx, now)
	return cons, fail(err)
}

// deliverPrefix tells the consumers of deliveries from those of others.
const deliverPrefix = "deliver-"

// deliverOne waits for the next event and gives it to fn.
func (b *Bus) deliverOne(ctx context.Context, cons jetstream.Consumer, f Filter, fn func(context.Context, Delivery) (time.Duration, error)) error {
	msg, err := nextOf(ctx, cons)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil || msg == nil:
		return b.patiently(ctx, func() error { // away, or nothing came: is it still there?
			rctx, cancel := b.request(ctx, schemas.StreamPress, "")
			defer cancel()
			_, err := cons.Info(rctx)
			return b.fail(rctx, "deliver", cons.CachedInfo().Name, err)
		})
	}
	meta, err := msg.Metadata()
	if err != nil {
		return b.fail(ctx, "deliver", msg.Subject(), err)
	}
	m := &stored{msg.Subject(), meta.Sequence.Stream, nats.Header(msg.Headers()), msg.Data(), meta.Timestamp}
	ev, err := m.envelope()
	if err != nil {
		return err
	}
	if f.Type != "" && ev.Type != f.Type {
		return b.fail(ctx, "deliver", msg.Subject(), msg.Ack())
	}
	again, err := fn(ctx, Delivery{Event: ev, Release: m.data, Tries: int(meta.NumDelivered), Pending: meta.NumPending})
	switch {
	case err != nil:
		return errors.Join(err, msg.Nak())
	case again > 0:
		return b.fail(ctx, "deliver", msg.Subject(), msg.NakWithDelay(again))
	}
	rctx, cancel := b.request(context.WithoutCancel(ctx), "", msg.Subject()) // told to end or not: it has arrived
	defer cancel()
	if err := msg.DoubleAck(rctx); err != nil {
		b.log.Warn("what was delivered could not be noted, it may come twice", "event", ev.ID, "error", err)
	}
	return nil
}

// idle is how long a wait for the next event lasts before it is looked whether the consumer is still there.
const idle = 30 * time.Second

// nextOf is the next event, nil when none came for a while.
func nextOf(ctx context.Context, cons jetstream.Consumer) (jetstream.Msg, error) {
	ctx, cancel := context.WithTimeout(ctx, idle)
	defer cancel()
	batch, err := cons.Fetch(1, jetstream.FetchContext(ctx))
	if err != nil {
		return nil, err
	}
	msg := <-batch.Messages()
	if msg == nil && !errors.Is(batch.Error(), context.DeadlineExceeded) {
		return nil, batch.Error()
	}
	return msg, nil
}

// Deliveries says where the deliveries are that there ever were, by name.
func (b *Bus) Deliveries(ctx context.Context) (map[string]DeliveryState, error) {
	ctx, cancel := b.request(ctx, schemas.StreamPress, "")
	defer cancel()
	s, err := b.stream(ctx, schemas.StreamPress)
	if err != nil {
		return nil, b.fail(ctx, "deliver", schemas.StreamPress, err)
	}
	all := map[string]DeliveryState{}
	list := s.ListConsumers(ctx)
	for info := range list.Info() {
		if name, ok := strings.CutPrefix(info.Name, deliverPrefix); ok {
			all[name] = DeliveryState{
				Pending: info.NumPending + uint64(info.NumAckPending), Settled: info.AckFloor.Stream, Last: info.AckFloor.Last, Trying: info.NumRedelivered > 0,
			}
		}
	}
	return all, b.fail(ctx, "deliver", schemas.StreamPress, list.Err())
}

// DeliveryState is where a delivery is.
type DeliveryState struct {
	Pending uint64     `json:"pending"`        // events that wait, the one under way too
	Settled uint64     `json:"settled"`        // sequence of the newest event that is settled; 0: none
	Last    *time.Time `json:"last,omitempty"` // when that was
	Trying  bool       `json:"trying"`         // an event is being tried again
}

// ForgetDelivery gives a delivery up. KindNotFound when there is none of this name.
func (b *Bus) ForgetDelivery(ctx context.Context, name string) error {
	ctx, cancel := b.request(ctx, schemas.StreamPress, "")
	defer cancel()
	err := b.js.DeleteConsumer(ctx, schemas.StreamPress, deliverPrefix+name)
	if errors.Is(err, jetstream.ErrConsumerNotFound) {
		return errorf(schemas.KindNotFound, "deliver", name, "there is no delivery of this name")
	}
	return b.fail(ctx, "deliver", name, err)
}

// EventAt reads one event of the feed: without its release, and the release as it is stored. KindNotFound when there is none.
func (b *Bus) EventAt(ctx context.Context, seq uint64) (*schemas.Event, []byte, error) {
	m, err := b.bySequence(ctx, schemas.StreamPress, seq)
	if err != nil {
		return nil, nil, err
	}
	if m == nil {
		return nil, nil, errorf(schemas.KindNotFound, "read", schemas.StreamPress, "there is no event %d", seq)
	}
	ev, err := m.envelope()
	return ev, m.data, err
}

// LastEvent is the sequence of the newest event of the feed. KindNotFound when there is none.
func (b *Bus) LastEvent(ctx context.Context) (uint64, error) {
	info, err := b.lookAt(ctx, "read", schemas.StreamPress)
	if err != nil {
		return 0, err
	}
	if info.State.Msgs == 0 {
		return 0, errorf(schemas.KindNotFound, "read", schemas.StreamPress, "the feed has no event yet")
	}
	return info.State.LastSeq, nil
}

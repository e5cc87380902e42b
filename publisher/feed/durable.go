package feed

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// durable follows the feed from where the broker remembers this subscriber to be.
func (s *subscriber) durable(ctx context.Context) error {
	cons, err := s.stream.Consumer(ctx, s.o.Durable())
	if errors.Is(err, jetstream.ErrConsumerNotFound) {
		cons, err = s.create(ctx)
	}
	if err != nil {
		return s.refused(ctx, err)
	}
	if err := s.behind(ctx, cons); err != nil {
		return err
	}
	it, err := cons.Messages(jetstream.PullMaxMessages(64), jetstream.WithMessagesErrOnMissingHeartbeat(false))
	if err != nil {
		return s.refused(ctx, err)
	}
	defer it.Stop()
	for {
		m, err := it.Next(jetstream.NextContext(ctx))
		if err != nil {
			return s.refused(ctx, err)
		}
		if err := s.deal(ctx, m); err != nil {
			return err
		}
	}
}

// create makes the broker remember a new subscriber. With an archive its past is dealt with first; a subscriber that dies meanwhile begins anew.
func (s *subscriber) create(ctx context.Context) (jetstream.Consumer, error) {
	cfg := jetstream.ConsumerConfig{
		Durable: s.o.Durable(), FilterSubject: s.o.subject(), AckPolicy: jetstream.AckExplicitPolicy, AckWait: s.o.AckWait,
		MaxAckPending: 1024, Description: "feed of " + s.o.Name,
	}
	switch s.o.Start {
	case Present:
		cfg.DeliverPolicy = jetstream.DeliverLastPerSubjectPolicy
	case Everything:
		cfg.DeliverPolicy = jetstream.DeliverAllPolicy
		if s.o.Segments != "" {
			next, err := s.past(ctx, 1)
			if err != nil {
				return nil, err
			}
			cfg.DeliverPolicy, cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, next
		}
	default:
		cfg.DeliverPolicy = jetstream.DeliverNewPolicy
	}
	return s.stream.CreateConsumer(ctx, cfg)
}

// behind refuses a feed that ends before what the broker says this subscriber has dealt with. Whether something was removed from the stream before the
// subscriber came to it the broker does not tell a durable one: Complete does.
func (s *subscriber) behind(ctx context.Context, cons jetstream.Consumer) error {
	info, err := s.stream.Info(ctx)
	if err != nil {
		return s.refused(ctx, err)
	}
	if floor := cons.CachedInfo().AckFloor.Stream; floor > info.State.LastSeq {
		return otherFeed("the subscriber is at %d, and the feed ends at %d", floor, info.State.LastSeq)
	}
	return nil
}

// deal calls the handler, tells the broker meanwhile that it is at work, and acknowledges when it is done.
func (s *subscriber) deal(ctx context.Context, m jetstream.Msg) error {
	meta, err := m.Metadata()
	if err != nil {
		return s.refused(ctx, err)
	}
	done := make(chan struct{})
	go func() {
		t := time.NewTicker(s.o.AckWait / 3)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				_ = m.InProgress() // a connection that is lost is made again
			case <-done:
				return
			}
		}
	}()
	err = s.give(ctx, meta.Sequence.Stream, nats.Header(m.Headers()), m.Data())
	close(done)
	if err != nil {
		return err
	}
	return m.Ack()
}

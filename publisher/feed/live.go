package feed

import (
	"context"
	"errors"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// live follows the feed from a cursor on, or from the start that is wanted when it is 0. nats.go makes the consumer anew when it is lost, behind the
// last event that came.
func (s *subscriber) live(ctx context.Context, from uint64) error {
	cfg := jetstream.OrderedConsumerConfig{FilterSubjects: []string{s.o.subject()}, MaxResetAttempts: -1}
	switch {
	case from > 0:
		cfg.DeliverPolicy, cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, from
	case s.o.Start == Present:
		return s.present(ctx, cfg)
	default: // not DeliverNew: a consumer that is lost before the first event would begin anew at a later end
		cfg.DeliverPolicy, cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, s.stream.CachedInfo().State.LastSeq+1
	}
	return s.follow(ctx, cfg)
}

// errLost ends a reading whose consumer was made anew by nats.go.
var errLost = errors.New("the consumer was made anew")

// present gives the newest event of each release, then what follows. A consumer that is lost while it does so is begun anew, and what was given is
// skipped: going on by sequence, as nats.go does, would give events that are not the newest of their release.
func (s *subscriber) present(ctx context.Context, cfg jetstream.OrderedConsumerConfig) error {
	cfg.DeliverPolicy = jetstream.DeliverLastPerSubjectPolicy
	seen := uint64(0)
	for {
		last, err := s.presentOnce(ctx, cfg, seen)
		if seen = max(seen, last); err == nil {
			break
		}
		if !errors.Is(err, errLost) {
			return err
		}
	}
	cfg.DeliverPolicy, cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, seen+1
	if seen == 0 { // there was nothing
		cfg.OptStartSeq = s.stream.CachedInfo().State.LastSeq + 1
	}
	return s.follow(ctx, cfg)
}

func (s *subscriber) presentOnce(ctx context.Context, cfg jetstream.OrderedConsumerConfig, seen uint64) (uint64, error) {
	cons, err := s.stream.OrderedConsumer(ctx, cfg)
	if err != nil {
		return seen, s.refused(ctx, err)
	}
	if cons.CachedInfo().NumPending == 0 {
		return seen, nil
	}
	next := uint64(0)
	return s.read(ctx, cons, func(m *jetstream.MsgMetadata) (skip bool, err error) {
		if next++; m.Sequence.Consumer != next {
			return true, errLost
		}
		return m.Sequence.Stream <= seen, nil
	}, func(m *jetstream.MsgMetadata) bool { return m.NumPending == 0 })
}

// follow reads in order until ctx ends.
func (s *subscriber) follow(ctx context.Context, cfg jetstream.OrderedConsumerConfig) error {
	cons, err := s.stream.OrderedConsumer(ctx, cfg)
	if err != nil {
		return s.refused(ctx, err)
	}
	all := func(*jetstream.MsgMetadata) (bool, error) { return false, nil }
	_, err = s.read(ctx, cons, all, func(*jetstream.MsgMetadata) bool { return false })
	return err
}

// read gives the messages of a consumer to the handler, and returns the last sequence that came.
func (s *subscriber) read(ctx context.Context, cons jetstream.Consumer, look func(*jetstream.MsgMetadata) (skip bool, err error),
	end func(*jetstream.MsgMetadata) bool,
) (last uint64, err error) {
	// By number alone: when a byte limit ends a batch of a last-per-subject consumer, nats-server 2.15.2 drops the message that did not fit.
	it, err := cons.Messages(jetstream.PullMaxMessages(256))
	if err != nil {
		return 0, s.refused(ctx, err)
	}
	defer it.Stop()
	for {
		m, err := it.Next(jetstream.NextContext(ctx))
		if err != nil {
			return last, s.refused(ctx, err)
		}
		meta, err := m.Metadata()
		if err != nil {
			return last, s.refused(ctx, err)
		}
		skip, err := look(meta)
		if err != nil {
			return last, err
		}
		if !skip {
			if err := s.give(ctx, meta.Sequence.Stream, nats.Header(m.Headers()), m.Data()); err != nil {
				return last, err
			}
		}
		last = max(last, meta.Sequence.Stream)
		if end(meta) {
			return last, nil
		}
	}
}

// give decodes an event and calls the handler, when it is of a type that is wanted.
func (s *subscriber) give(ctx context.Context, seq uint64, h nats.Header, data []byte) error {
	if ctx.Err() != nil { // and a message was there at the same time
		return ctx.Err()
	}
	ev, err := decode(seq, h, data)
	if err != nil || !s.o.wants(ev) {
		return err
	}
	return s.fn(ctx, ev)
}

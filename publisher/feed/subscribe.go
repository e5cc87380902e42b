package feed

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// Handler deals with an event. With Options.Name an event is dealt with when it returns nil; one for which it returns an error comes again.
type Handler func(ctx context.Context, ev *schemas.Event) error

// Subscribe calls fn for the events that are wanted, one after the other and in the order of the feed, until ctx ends, which is no error, or until fn
// returns an error, which is returned. A connection that is lost is made again, and nothing is left out.
//
// Errors: ErrCursorTooOld, ErrOtherFeed; else an *schemas.Error with a kind and a way out.
func Subscribe(ctx context.Context, url string, o Options, fn Handler) error {
	if err := o.check(); err != nil {
		return err
	}
	s := &subscriber{o: o, fn: fn}
	err := s.run(ctx, url)
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

// flushTimeout is how long the end of a subscription waits for what it has said last.
const flushTimeout = time.Second

type subscriber struct {
	o      Options
	fn     Handler
	js     jetstream.JetStream
	stream jetstream.Stream
}

func (s *subscriber) run(ctx context.Context, url string) error {
	opts := append([]nats.Option{nats.Name("kreispresse subscriber"), nats.MaxReconnects(-1)}, s.o.NATS...)
	nc, err := nats.Connect(url, opts...)
	if err != nil {
		return unavailable("NATS", err)
	}
	defer nc.Close()
	defer func() { _ = nc.FlushTimeout(flushTimeout) }() // acknowledgements
	if s.js, err = jetstream.New(nc); err != nil {
		return unavailable("NATS", err)
	}
	if s.stream, err = s.js.Stream(ctx, schemas.StreamPress); err != nil {
		return s.refused(ctx, err)
	}
	if s.o.Name != "" {
		return s.durable(ctx)
	}
	from, err := s.begin(ctx)
	if err != nil {
		return err
	}
	if s.o.Segments != "" {
		if from, err = s.past(ctx, from); err != nil {
			return err
		}
	}
	return s.live(ctx, from)
}

// begin is the cursor to start at, 0: none.
func (s *subscriber) begin(ctx context.Context) (uint64, error) {
	st := s.stream.CachedInfo().State
	switch {
	case s.o.Start == Everything && s.o.Segments != "":
		return 1, nil
	case s.o.Start == Everything: // what was erased at the beginning is no past that is missing
		return max(st.FirstSeq, 1), nil
	case s.o.From == 0:
		return 0, nil
	case s.o.From > st.LastSeq+1:
		return 0, otherFeed("sequence %d is ahead of the feed, which ends at %d", s.o.From, st.LastSeq)
	case s.o.From < st.FirstSeq && s.o.Segments == "":
		return 0, tooOld(s.o.From, st.FirstSeq)
	}
	return s.o.From, nil
}

// refused is the error for what NATS does not do.
func (s *subscriber) refused(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return unavailable("stream "+schemas.StreamPress, err)
}

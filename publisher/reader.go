package publisher

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// reading says which messages of a stream are wanted, in stream order.
type reading struct {
	stream, subject string
	since, until    time.Time // by the time of storing; until is exclusive
	from            uint64    // sequence to start at, 0: see tail
	last            bool      // only the newest of each subject, then, unless stop, whatever follows
	stop            bool      // end where the stream ends now
	tail            bool      // with neither from, since nor last: start after the end instead of at the beginning
	headers         bool      // without data
}

// reader reads messages in order, across disconnects, without a gap.
type reader struct {
	b    *Bus
	want reading
	cons jetstream.Consumer
	end  uint64 // last sequence to give when want.stop
	todo uint64 // messages that were waiting when the consumer was made
	seen uint64 // last sequence given
	next uint64 // consumer sequence expected next, to notice that nats.go has made the consumer anew
}

// open makes the consumer, so that nothing stored after it returns is missed.
func (b *Bus) open(ctx context.Context, want reading) (*reader, error) {
	r := &reader{b: b, want: want}
	fail := func(ctx context.Context, err error) error { return b.fail(ctx, "read", want.stream, err) }
	rctx, cancel := b.request(ctx, want.stream, "")
	defer cancel()
	s, err := b.stream(rctx, want.stream)
	if err != nil {
		return nil, fail(rctx, err)
	}
	info, err := s.Info(rctx)
	if err != nil {
		return nil, fail(rctx, err)
	}
	if err := checkCursor(want, info.State); err != nil {
		return nil, err
	}
	cfg := jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{want.subject}, HeadersOnly: want.headers, InactiveThreshold: time.Minute, MaxResetAttempts: 10,
	}
	switch {
	case want.last:
		cfg.DeliverPolicy = jetstream.DeliverLastPerSubjectPolicy
	case want.from > 0:
		cfg.DeliverPolicy, cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, want.from
	case !want.since.IsZero():
		cfg.DeliverPolicy, cfg.OptStartTime = jetstream.DeliverByStartTimePolicy, &want.since
	case want.tail:
		// Not DeliverNew: if the connection broke before the first message, it would start anew from a later end.
		cfg.DeliverPolicy, cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, info.State.LastSeq+1
	default:
		cfg.DeliverPolicy = jetstream.DeliverAllPolicy
	}
	if r.cons, err = s.OrderedConsumer(rctx, cfg); err != nil {
		return nil, fail(rctx, err)
	}
	ci, err := r.cons.Info(rctx)
	if err != nil {
		return nil, fail(rctx, err)
	}
	r.todo = ci.NumPending
	// The end is read after the consumer was made: what is the newest of its subject then, is not after the end.
	if info, err = s.Info(rctx); err != nil {
		return nil, fail(rctx, err)
	}
	r.end = info.State.LastSeq
	return r, nil
}

// checkCursor refuses a sequence that the stream no longer or never had. Starting somewhere else would lose events silently.
func checkCursor(want reading, st jetstream.StreamState) error {
	if want.from == 0 {
		return nil
	}
	e := &schemas.Error{Op: "read", Thing: want.stream, Kind: schemas.KindNotFound}
	switch {
	case want.from < st.FirstSeq:
		e.Err = fmt.Errorf("sequence %d is gone, the oldest kept is %d", want.from, st.FirstSeq)
		e.Hint = fmt.Sprintf("start at %d and take what was missed from the current state (last)", st.FirstSeq)
	case want.from > st.LastSeq+1:
		e.Err = fmt.Errorf("sequence %d is ahead of the stream, which ends at %d", want.from, st.LastSeq)
		e.Hint = "the cursor belongs to another stream, or the stream was restored from an older backup: start from the current state (last)"
	default:
		return nil
	}
	return e
}

func (r *reader) close() {
	ctx, cancel := context.WithTimeout(context.Background(), connectTimeout)
	defer cancel()
	if name := r.cons.CachedInfo().Name; r.b.nc.IsConnected() {
		_ = r.b.js.DeleteConsumer(ctx, r.want.stream, name) // else its inactivity threshold removes it
	}
}

// errEnd ends each from inside.
var errEnd = errors.New("end")

// each calls fn for every message until the end (when there is one), until ctx ends, or until fn returns an error, which is returned.
func (r *reader) each(ctx context.Context, fn func(*stored) error) error {
	if r.want.stop && (r.todo == 0 || r.end == 0) {
		return nil
	}
	it, err := r.cons.Messages()
	if err != nil {
		return r.b.fail(ctx, "read", r.want.stream, err)
	}
	defer it.Stop()
	for {
		msg, err := it.Next(jetstream.NextContext(ctx))
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return r.b.fail(ctx, "read", r.want.stream, err)
		}
		switch err := r.one(msg, fn); {
		case errors.Is(err, errEnd):
			return nil
		case err != nil:
			return err
		}
	}
}

func (r *reader) one(msg jetstream.Msg, fn func(*stored) error) error {
	meta, err := msg.Metadata()
	if err != nil {
		return r.b.fail(context.Background(), "read", r.want.stream, err)
	}
	seq := meta.Sequence.Stream
	if r.want.stop && seq > r.end {
		return errEnd
	}
	if !r.want.until.IsZero() && !meta.Timestamp.Before(r.want.until) {
		if r.want.stop {
			return errEnd
		}
		return nil
	}
	r.next++
	if anew := meta.Sequence.Consumer != r.next; anew {
		r.next = meta.Sequence.Consumer
	}
	r.seen = seq
	if r.want.last && !r.want.since.IsZero() && meta.Timestamp.Before(r.want.since) {
		// not wanted, but may be the last
	} else if err := fn(&stored{msg.Subject(), seq, nats.Header(msg.Headers()), msg.Data(), meta.Timestamp}); err != nil {
		return err
	}
	if r.want.stop && (seq == r.end || meta.NumPending == 0) {
		return errEnd
	}
	return nil
}

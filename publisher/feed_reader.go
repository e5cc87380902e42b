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
	loose           bool      // from may lie before the stream's first sequence or behind its last
	last            bool      // only the newest of each subject, then, unless stop, whatever follows
	stop            bool      // end where the stream ends now
	tail            bool      // with neither from, since nor last: start after the end instead of at the beginning
	headers         bool      // without data
	most            int       // end after so many, and read no more; 0: all
}

// reader reads messages in order, across disconnects, without a gap.
type reader struct {
	b    *Bus
	want reading
	cfg  jetstream.OrderedConsumerConfig
	cons jetstream.Consumer
	end  uint64 // last sequence to give when want.stop
	goal uint64 // … and the last one that is wanted, as the stream's leader knows it; 0: none, or the leader was not asked
	todo uint64 // messages that were waiting when the consumer was made: what the broker has promised
	gaps gaps   // in the sequences, when every message of the stream is wanted
	seen uint64 // last sequence given
	next uint64 // consumer sequence expected next, to notice that nats.go has made the consumer anew
	live bool   // want.last: the current state has been given, what follows is new
	took int    // messages that came
}

// open makes the consumer, so that nothing stored after it returns is missed.
func (b *Bus) open(ctx context.Context, want reading) (r *reader, err error) {
	err = b.patiently(ctx, func() error {
		r, err = b.openOnce(ctx, want)
		return err
	})
	return r, err
}

// each reads to the end of what is wanted, until fn returns an error, which is returned.
func (b *Bus) each(ctx context.Context, want reading, fn func(*stored) error) error {
	r, err := b.open(ctx, want)
	if err != nil {
		return err
	}
	defer r.close()
	return r.each(ctx, fn)
}

func (b *Bus) openOnce(ctx context.Context, want reading) (*reader, error) {
	r := &reader{b: b, want: want}
	rctx, cancel := b.request(ctx, want.stream, "")
	defer cancel()
	s, err := b.stream(rctx, want.stream)
	if err != nil {
		return nil, r.fail(rctx, err)
	}
	info, err := s.Info(rctx)
	if err != nil {
		return nil, r.fail(rctx, err)
	}
	if err := checkCursor(want, info.State); err != nil {
		return nil, err
	}
	r.gaps = gaps{on: want.whole() && info.State.NumDeleted == 0}
	r.cfg = jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{want.subject}, HeadersOnly: want.headers, InactiveThreshold: time.Minute, MaxResetAttempts: 10,
	}
	switch {
	case want.last:
		r.cfg.DeliverPolicy = jetstream.DeliverLastPerSubjectPolicy
	case want.from > 0:
		r.cfg.DeliverPolicy, r.cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, want.from
	case !want.since.IsZero():
		r.cfg.DeliverPolicy, r.cfg.OptStartTime = jetstream.DeliverByStartTimePolicy, &want.since
	case want.tail:
		// Not DeliverNew: if the connection broke before the first message, it would start anew from a later end.
		r.cfg.DeliverPolicy, r.cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, info.State.LastSeq+1
	default:
		r.cfg.DeliverPolicy = jetstream.DeliverAllPolicy
	}
	return r, r.consume(rctx, s)
}

func (r *reader) fail(ctx context.Context, err error) error {
	return r.b.fail(ctx, "read", r.want.stream, err)
}

func (r *reader) consume(ctx context.Context, s jetstream.Stream) error {
	cfg := r.cfg
	var err error
	if r.cons, err = s.OrderedConsumer(ctx, cfg); err != nil {
		return r.fail(ctx, err)
	}
	ci, err := r.cons.Info(ctx)
	if err != nil {
		return r.fail(ctx, err)
	}
	// The end is read after the consumer was made: what is the newest of its subject then, is not after the end.
	info, err := s.Info(ctx)
	if err != nil {
		return r.fail(ctx, err)
	}
	r.todo, r.end, r.next = ci.NumPending, info.State.LastSeq, 0
	return r.aim(ctx)
}

// again makes the consumer anew after nats.go has done so behind our back while the current state was being given. nats.go resumes by
// sequence, and so would give revisions that are not the newest; what was given already is skipped.
func (r *reader) again(ctx context.Context) error {
	r.close()
	return r.b.patiently(ctx, func() error {
		ctx, cancel := r.b.request(ctx, r.want.stream, "")
		defer cancel()
		s, err := r.b.stream(ctx, r.want.stream)
		if err != nil {
			return r.fail(ctx, err)
		}
		return r.consume(ctx, s)
	})
}

// checkCursor refuses a sequence that the stream no longer or never had. Starting somewhere else would lose events silently.
func checkCursor(want reading, st jetstream.StreamState) error {
	if want.from == 0 || want.loose {
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
	ctx, cancel := r.b.requestFor(context.Background(), connectTimeout, r.want.stream, "") // it may not be allowed to
	defer cancel()
	if r.b.nc.IsConnected() {
		_ = r.b.js.DeleteConsumer(ctx, r.want.stream, r.cons.CachedInfo().Name) // else its inactivity threshold removes it
	}
}

// heartbeat is how often the broker says that it is there while nothing comes; after two are missed the consumer is made anew.
const heartbeat = time.Second

// What is asked for in advance, so that reading is fast and bodies do not fill the memory. The channel in which nats.go puts what comes is
// as deep as the number of messages asked for, and its own notices need places in it, too; it drops what finds none. So the bytes bound
// what is on its way, and the number is one that so many bytes cannot reach: no message is smaller, its subjects counted.
const (
	readAheadBytes  = 2 << 20
	smallestMessage = 128
)

// The current state is asked for by number alone: when a byte limit ends a batch of a last-per-subject consumer, nats-server 2.15.2
// drops the message that did not fit (TestLastAcrossBatches).
const readAheadLast = 128

func (r *reader) options() []jetstream.PullMessagesOpt {
	opts := []jetstream.PullMessagesOpt{jetstream.PullHeartbeat(heartbeat)}
	if r.want.last {
		return append(opts, jetstream.PullMaxMessages(readAheadLast))
	}
	ahead := r.b.ahead
	if ahead == 0 {
		ahead = max(readAheadBytes, 2*int(r.b.nc.MaxPayload())) // less than a message would stall
	}
	opts = append(opts, jetstream.PullMaxMessagesWithBytesLimit(ahead/smallestMessage, ahead))
	if n := r.want.most; n > 0 {
		opts = append(opts, jetstream.StopAfter(n))
	}
	return opts
}

var (
	errEnd  = errors.New("end")       // ends each from inside
	errAnew = errors.New("made anew") // the consumer was made anew while the current state was being given
)

// each calls fn for every message until the end (when there is one), until ctx ends, or until fn returns an error, which is returned.
// KindStorage when fewer messages came than the broker had promised: some cannot be read any more.
func (r *reader) each(ctx context.Context, fn func(*stored) error) error {
	ctx, stop := r.b.guarded(ctx, r.want.stream)
	defer stop()
	for idle := 0; ; {
		before := r.seen
		switch err := r.run(ctx, fn); {
		case errors.Is(err, errEnd) && r.seen < r.goal:
			if idle++; r.seen > before {
				idle = 0
			}
			if err := r.catchUp(ctx, idle); err != nil {
				return err
			}
		case errors.Is(err, errEnd):
			return r.complete(ctx)
		case errors.Is(err, errAnew):
			if idle++; r.seen > before {
				idle = 0
			}
			if idle > maxConflicts {
				return r.fail(ctx, errors.New("the consumer is lost again and again"))
			}
			if err := r.again(ctx); err != nil {
				return err
			}
		default:
			return err
		}
	}
}

// run reads until the consumer was made anew, or as each.
func (r *reader) run(ctx context.Context, fn func(*stored) error) error {
	if r.todo == 0 {
		if r.want.stop {
			return errEnd
		}
		r.live = true
	}
	it, err := r.cons.Messages(r.options()...)
	if err != nil {
		return r.fail(ctx, err)
	}
	defer it.Stop()
	var wait patience
	for {
		nctx, cancel := context.WithTimeout(ctx, stillAfter)
		msg, err := it.Next(jetstream.NextContext(nctx))
		cancel()
		switch {
		case ctx.Err() != nil:
			if outOfBand(ctx, ctx.Err()) != ctx.Err() {
				return r.fail(ctx, ctx.Err())
			}
			return ctx.Err()
		case errors.Is(err, context.DeadlineExceeded):
			if err := r.still(ctx, &wait); err != nil {
				return err
			}
			continue
		case err != nil:
			return r.fail(ctx, err)
		}
		wait = patience{}
		meta, err := msg.Metadata()
		if err != nil {
			return r.fail(ctx, err)
		}
		m := &stored{msg.Subject(), meta.Sequence.Stream, nats.Header(msg.Headers()), msg.Data(), meta.Timestamp}
		if err := r.one(ctx, m, meta, fn); err != nil {
			return err
		}
	}
}

func (r *reader) one(ctx context.Context, m *stored, meta *jetstream.MsgMetadata, fn func(*stored) error) error {
	if r.next++; r.want.last && !r.live && meta.Sequence.Consumer != r.next {
		return errAnew
	}
	if r.want.stop && m.seq > r.end {
		return errEnd
	}
	if m.seq > r.seen {
		r.gaps.at(r.seen, m.seq)
		if r.gaps.found() && !r.want.stop {
			return r.complete(ctx)
		}
		r.seen = m.seq
		r.took++
		// Storing times fall when the clock does: a message that is too late ends nothing.
		late := !r.want.until.IsZero() && !m.time.Before(r.want.until)
		early := r.want.last && m.time.Before(r.want.since)
		if !early && !late {
			if err := fn(m); err != nil {
				return err
			}
		}
	}
	if r.want.stop && (m.seq == r.end || meta.NumPending == 0 || r.want.most > 0 && r.took == r.want.most) {
		return errEnd
	}
	if meta.NumPending == 0 {
		return r.goLive(ctx)
	}
	return nil
}

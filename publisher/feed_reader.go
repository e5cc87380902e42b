package publisher

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"

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
	b     *Bus
	want  reading
	cfg   jetstream.ConsumerConfig
	cons  jetstream.Consumer
	cut   chan struct{} // the connection was lost: what was on its way is gone
	end   uint64        // last sequence to give when want.stop
	goal  uint64        // … and the last one that is wanted, as the stream's leader knows it; 0: none, or the leader was not asked
	wait  uint64        // messages that waited when the consumer was made
	todo  uint64        // messages that the broker has promised
	gaps  gaps          // in the sequences, when every message of the stream is wanted
	holes uint64        // sequences that the stream did not hold when it was opened
	seen  uint64        // last sequence given
	next  uint64        // number of the consumer's next message: another one that comes means that some were lost on their way
	live  bool          // what waited at the beginning was given, what follows is new
	took  int           // messages that came

	second bool // looks whether what a first reading missed is damaged
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
	r := &reader{b: b, want: want, cut: make(chan struct{}, 1)}
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
		erased, e := b.erasedFrom(rctx, want, info.State)
		if e != nil {
			return nil, e
		}
		if !erased {
			return nil, err
		}
	}
	r.gaps, r.holes = gaps{on: want.whole()}, info.State.LastSeq-min(info.State.Msgs, info.State.LastSeq)
	r.cfg = jetstream.ConsumerConfig{
		FilterSubject: want.subject, HeadersOnly: want.headers, InactiveThreshold: time.Minute,
		AckPolicy: jetstream.AckNonePolicy, MemoryStorage: true, Replicas: 1,
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
	r.cfg.Name = nuid.Next()
	cons, err := s.CreateConsumer(ctx, r.cfg)
	if err != nil {
		return r.fail(ctx, err) // r.cons stays: the reader is closed all the same
	}
	r.cons = cons
	ci, err := r.cons.Info(ctx)
	if err != nil {
		return r.fail(ctx, err)
	}
	// The end is read after the consumer was made: what is the newest of its subject then, is not after the end.
	info, err := s.Info(ctx)
	if err != nil {
		return r.fail(ctx, err)
	}
	r.wait, r.next = ci.NumPending, 0
	if r.seen == 0 || r.want.last && !r.live {
		r.todo, r.end = r.wait, info.State.LastSeq
	}
	return r.aim(ctx)
}

// again makes the consumer anew, to go on behind what was given. While the current state is being given it begins anew, and what was given
// already is skipped: resuming by sequence would give revisions that are not the newest.
func (r *reader) again(ctx context.Context) error {
	r.close()
	if (r.live || !r.want.last) && r.seen > 0 {
		r.cfg.DeliverPolicy, r.cfg.OptStartSeq, r.cfg.OptStartTime = jetstream.DeliverByStartSequencePolicy, r.seen+1, nil
	}
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

// ErrCursorTooOld, asked for with errors.Is, says that a reading cannot begin at its cursor: what was there is no longer kept. What was missed is
// in an archive (internal/segment), or in the current state.
var ErrCursorTooOld = errors.New("the cursor is older than the stream")

// checkCursor refuses a sequence that the stream no longer or never had. Starting somewhere else would lose events silently.
func checkCursor(want reading, st jetstream.StreamState) error {
	if want.from == 0 || want.loose {
		return nil
	}
	e := &schemas.Error{Op: "read", Thing: want.stream, Kind: schemas.KindNotFound}
	switch {
	case want.from < st.FirstSeq:
		e.Err = fmt.Errorf("sequence %d is gone, the oldest kept is %d%w", want.from, st.FirstSeq, schemas.Quiet(ErrCursorTooOld))
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

var (
	errEnd  = errors.New("end")       // ends each from inside
	errAnew = errors.New("made anew") // the consumer, or what was on its way, is lost: ends run
)

// each calls fn for every message until the end (when there is one), until ctx ends, or until fn returns an error, which is returned.
// KindStorage when fewer messages came than the broker had promised: some cannot be read any more.
func (r *reader) each(ctx context.Context, fn func(*stored) error) error {
	ctx, stop := r.b.guarded(ctx, r.want.stream)
	defer stop()
	defer r.noteCuts()()
	for idle := 0; ; {
		before, began := r.seen, time.Now()
		err := r.run(ctx, fn)
		if idle++; r.seen > before || time.Since(began) > time.Minute {
			idle = 1
		}
		switch {
		case errors.Is(err, errEnd) && r.seen < r.goal:
			err = r.catchUp(ctx, idle)
		case errors.Is(err, errEnd):
			return r.complete(ctx)
		case errors.Is(err, errAnew):
			err = r.comeBack(ctx, idle)
		}
		if err != nil {
			return err
		}
	}
}

// noteCuts makes a lost connection end run: what was on its way is gone, and the broker does not know it.
func (r *reader) noteCuts() (forget func()) {
	return r.b.inflight.watch(r.want.stream, "", func(why error) {
		if !errors.Is(why, nats.ErrDisconnected) {
			return
		}
		select {
		case r.cut <- struct{}{}:
		default:
		}
	})
}

// comeBack makes the consumer anew, when there is a connection again. A live reading waits for that as long as it takes. idle is how often
// the consumer was lost without bringing anything.
func (r *reader) comeBack(ctx context.Context, idle int) error {
	if idle > maxConflicts {
		return r.fail(ctx, errors.New("the consumer is lost again and again"))
	}
	delay, deadline := time.Duration(0), time.Now().Add(r.b.cfg.Patience)
	if idle > 1 {
		delay = min(firstPause<<min(idle, 6), longestPause)
	}
	for {
		if err := pause(ctx, delay); err != nil {
			return r.ended(ctx)
		}
		if r.b.nc.IsConnected() {
			return r.again(ctx)
		}
		if r.want.stop && time.Now().After(deadline) {
			return r.fail(ctx, nats.ErrDisconnected)
		}
		delay = firstPause
	}
}

// ended is why ctx has ended: what the server said, or the error of ctx itself.
func (r *reader) ended(ctx context.Context) error {
	if outOfBand(ctx, ctx.Err()) != ctx.Err() {
		return r.fail(ctx, ctx.Err())
	}
	return ctx.Err()
}

// run reads until the consumer is to be made anew, or as each.
func (r *reader) run(ctx context.Context, fn func(*stored) error) error {
	if r.wait == 0 {
		if r.want.stop {
			return errEnd
		}
		if err := r.goLive(ctx); err != nil {
			return err
		}
	}
	p, err := r.pull()
	if err != nil {
		return r.fail(ctx, err)
	}
	defer p.stop()
	idle := time.NewTimer(stillAfter)
	defer idle.Stop()
	for silence := (patience{}); ; {
		msg, err := r.take(ctx, p, idle)
		if err != nil {
			return err
		}
		if isNotice(msg) {
			err = r.noticed(ctx, p, msg, &silence)
		} else {
			silence = patience{}
			err = r.one(ctx, p, msg, fn)
		}
		if err != nil {
			return err
		}
	}
}

// noticed acts on what the broker says itself.
func (r *reader) noticed(ctx context.Context, p *puller, msg *nats.Msg, silence *patience) error {
	err := p.notice(msg)
	switch {
	case errors.Is(err, errBeat):
		return r.still(ctx, silence)
	case errors.Is(err, errAnew):
		return err
	}
	return r.fail(ctx, err)
}

// take waits for the next message. After a silence in which not even a heartbeat came it is errAnew.
func (r *reader) take(ctx context.Context, p *puller, idle *time.Timer) (*nats.Msg, error) {
	if ctx.Err() != nil {
		return nil, r.ended(ctx)
	}
	select {
	case msg := <-p.msgs:
		return msg, nil
	default:
	}
	idle.Reset(2*heartbeat + heartbeat/2)
	select {
	case msg := <-p.msgs:
		return msg, nil
	case <-ctx.Done():
		return nil, r.ended(ctx)
	case <-r.cut:
	case <-idle.C:
	}
	return nil, errAnew
}

// one gives one message to fn.
func (r *reader) one(ctx context.Context, p *puller, msg *nats.Msg, fn func(*stored) error) error {
	at, err := placeOf(msg.Reply)
	if err != nil {
		return r.fail(ctx, err)
	}
	if r.next++; at.consumer != r.next {
		return errAnew
	}
	if err := p.book(msg); err != nil {
		return r.fail(ctx, err)
	}
	if r.want.stop && at.stream > r.end {
		return errEnd
	}
	if at.stream > r.seen {
		if err := r.gap(ctx, r.seen, at.stream); err != nil {
			return err
		}
		if r.gaps.found() && !r.want.stop {
			return r.complete(ctx)
		}
		r.seen = at.stream
		r.took++
		// Storing times fall when the clock does: a message that is too late ends nothing.
		late := !r.want.until.IsZero() && !at.time.Before(r.want.until)
		early := r.want.last && at.time.Before(r.want.since)
		if !early && !late {
			if err := fn(&stored{msg.Subject, at.stream, msg.Header, msg.Data, at.time}); err != nil {
				return err
			}
		}
	}
	if r.want.stop && (at.stream == r.end || at.pending == 0 || r.want.most > 0 && r.took == r.want.most) {
		return errEnd
	}
	if at.pending == 0 {
		return r.goLive(ctx)
	}
	return nil
}

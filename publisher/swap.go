package publisher

import (
	"context"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// swap is a compare-and-set on the newest message of a subject.
type swap struct {
	expect uint64                           // sequence that the newest message is believed to have, 0: there is none
	same   func(last *stored) bool          // last already says what is to be written
	next   func(*stored) (*nats.Msg, error) // the message to write after last (nil: none); may be the same one every time
	onOpen func()                           // called when it is open whether the message was stored; may be nil
	// together lets the message wait for the disk together with others, see together.
	together bool
}

const (
	maxConflicts = 16                    // each conflict means that somebody else succeeded
	firstPause   = 50 * time.Millisecond // before trying again; doubled each time
	longestPause = 2 * time.Second
)

// swap writes first with the expectation given. On a conflict it reads what is there: the same thing means that it is written
// already, by us and the acknowledgement was lost, or by somebody else; otherwise it repeats on top of it. After an error that leaves
// open whether the message was stored it reads back, too, and only writes again when it was not. wrote is false when nothing was
// added. Retries are bounded by the configured patience.
func (b *Bus) swap(ctx context.Context, op, stream string, first *nats.Msg, s swap) (seq uint64, wrote bool, err error) {
	msg, expect, deadline := first, s.expect, time.Now().Add(b.cfg.Patience)
	delay := firstPause
	uncertain := false
	for conflicts := 0; ; {
		if s.together {
			seq, err = b.publishTogether(ctx, stream, write{msg, expect})
		} else {
			seq, err = b.publish(ctx, stream, msg, expect)
		}
		if err == nil {
			return seq, true, nil
		}
		thing := msg.Subject
		switch {
		case ctx.Err() != nil:
			return 0, false, b.fail(ctx, op, thing, err)
		case isConflict(err):
			if conflicts++; conflicts > maxConflicts {
				return 0, false, b.fail(ctx, op, thing, err)
			}
		case isUncertain(err):
			// A full disk gives silence, too, and will not mend itself while we wait.
			if e := b.fail(ctx, op, thing, err); time.Now().After(deadline) || schemas.KindOf(e) == schemas.KindStorage {
				return 0, false, e
			}
			if uncertain = true; s.onOpen != nil {
				s.onOpen()
			}
			if err := pause(ctx, delay); err != nil { // a leader is being elected, or the connection made anew
				return 0, false, b.fail(ctx, op, thing, err)
			}
			delay = min(2*delay, longestPause)
		default:
			return 0, false, b.fail(ctx, op, thing, err)
		}
		last, err := b.last(ctx, stream, thing)
		if err != nil {
			return 0, false, err
		}
		if last != nil && s.same(last) {
			return last.seq, uncertain, nil
		}
		expect = 0
		if last != nil {
			expect = last.seq
		}
		if msg, err = s.next(last); err != nil {
			return 0, false, err
		}
		if msg == nil { // what is there shall stay
			return expect, false, nil
		}
	}
}

// publish sends one message once and waits for its acknowledgement. The error is that of NATS, or what
// NATS reported out of band.
func (b *Bus) publish(ctx context.Context, stream string, m *nats.Msg, expect uint64) (uint64, error) {
	ctx, cancel := b.request(ctx, stream, m.Subject)
	defer cancel()
	b.wrote.Store(true)
	if err := b.intact(stream); err != nil {
		return 0, err
	}
	ack, err := b.js.PublishMsg(ctx, m, jetstream.WithExpectStream(stream), jetstream.WithExpectLastSequencePerSubject(expect), jetstream.WithRetryAttempts(0))
	if err != nil {
		return 0, outOfBand(ctx, err)
	}
	return ack.Sequence, nil
}

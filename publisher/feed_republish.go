package publisher

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"strconv"
	"strings"

	"github.com/nats-io/nats.go"
	"golang.org/x/time/rate"

	"github.com/kreispresse/kreispresse/schemas"
)

// HeaderOriginal names, on a message that Republish sent, the PRESS sequence of the event it repeats.
const HeaderOriginal = "Kp-Original-Sequence"

// Sending says how events are sent again.
type Sending struct {
	PerSecond float64 // at most; 0: as fast as they go
	After     uint64  // events up to this sequence were sent before and are passed over
	// Sent is called now and then, and at the end: everything up to the event with this sequence, n events since the beginning, has
	// reached the server. Its error ends the sending. It may be nil.
	Sent func(last uint64, n int) error
}

// Republish sends the events that f chooses, as they are, to a job subject, and returns how many. Original headers are kept, those of NATS
// itself ("Nats-…") excepted; HeaderOriginal is added. The subject may not reach any stream of kreispresse. Messages are sent as plain
// NATS messages: whoever needs them durable puts a stream on the subject. KindUnavailable: nobody listens on it.
func (b *Bus) Republish(ctx context.Context, f Filter, subject string, how Sending) (int, error) {
	if err := checkJobSubject(subject); err != nil {
		return 0, err
	}
	s := &sending{b: b, subject: subject, how: how, limit: rate.NewLimiter(cmp.Or(rate.Limit(how.PerSecond), rate.Inf), 1)}
	if f.Since.IsZero() && f.AsOf.IsZero() && !f.Last && how.After > f.From {
		f.From = how.After + 1
	}
	rctx, cause := context.WithCancelCause(ctx)
	defer cause(nil)
	defer b.inflight.watch("", subject, cause)()
	_, err := b.replay(rctx, f, func(m *stored) error { return s.one(rctx, m) })
	if err == nil {
		err = s.checkpoint(rctx)
	}
	if err == nil {
		err = context.Cause(rctx)
	}
	return s.n, b.fail(rctx, "replay", subject, err)
}

// sending is one Republish. Now and then a message asks for an answer: the server says at once when nobody listens.
type sending struct {
	b       *Bus
	subject string
	how     Sending
	limit   *rate.Limiter
	n       int    // sent
	last    uint64 // sequence of the newest event sent
	asking  *nats.Subscription
}

// checkpointEvery is how many events are sent before the server is asked whether they have arrived, and whether anybody listens.
const checkpointEvery = 500

func (s *sending) one(ctx context.Context, m *stored) error {
	if m.seq <= s.how.After {
		return nil
	}
	if err := s.limit.Wait(ctx); err != nil {
		return err
	}
	out := &nats.Msg{Subject: s.subject, Data: m.data, Header: maps.Clone(m.header)}
	for key := range out.Header {
		if strings.HasPrefix(key, "Nats-") { // expectations of the first publication; a stream on the job subject would heed them
			delete(out.Header, key)
		}
	}
	out.Header[HeaderOriginal] = []string{strconv.FormatUint(m.seq, 10)}
	ask := s.n%checkpointEvery == 0
	if ask {
		if err := s.ask(out); err != nil {
			return err
		}
	}
	if err := s.b.nc.PublishMsg(out); err != nil {
		return err
	}
	s.n, s.last = s.n+1, m.seq
	if ask {
		return s.checkpoint(ctx)
	}
	return nil
}

// ask makes a message one that is answered when nobody gets it.
func (s *sending) ask(m *nats.Msg) (err error) {
	m.Reply = s.b.nc.NewInbox()
	s.asking, err = s.b.nc.SubscribeSync(m.Reply)
	return err
}

// checkpoint returns when the server has everything that was sent, so that any refusal has arrived, too.
func (s *sending) checkpoint(ctx context.Context) error {
	fctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	if err := s.b.nc.FlushWithContext(fctx); err != nil {
		return err
	}
	if s.asking != nil {
		defer func() { _ = s.asking.Unsubscribe(); s.asking = nil }()
		// No waiting: what the server had to say came before its answer to the flush.
		if _, err := s.asking.NextMsg(1); errors.Is(err, nats.ErrNoResponders) {
			return &schemas.Error{
				Op: "replay", Thing: s.subject, Kind: schemas.KindUnavailable, Err: errString("nobody listens on this subject"),
				Hint: "subscribe first, or put a stream on it; what was sent before is not sent again with resume",
			}
		}
	}
	if s.how.Sent == nil || s.n == 0 {
		return nil
	}
	return s.how.Sent(s.last, s.n)
}

// checkJobSubject refuses subjects that are no plain subject, that belong to NATS, or that a stream of kreispresse takes.
func checkJobSubject(s string) error {
	fail := func(why string) error {
		return &schemas.Error{Op: "replay", Thing: strconv.Quote(s), Kind: schemas.KindInvalid, Err: errString(why), Hint: "use a subject such as replay.my-job"}
	}
	switch {
	case s == "":
		return fail("no subject")
	case strings.ContainsAny(s, "*> \t\r\n"):
		return fail("a subject to send to has no wildcards and no blanks")
	case strings.HasPrefix(s, ".") || strings.HasSuffix(s, ".") || strings.Contains(s, ".."):
		return fail("the subject has an empty token")
	case strings.HasPrefix(s, "$"):
		return fail("subjects that begin with $ belong to NATS")
	case s == "press" || strings.HasPrefix(s, "press."):
		return fail("subjects under press belong to the feed itself")
	}
	return nil
}

type errString string

func (e errString) Error() string { return string(e) }

// token is the n-th token of a subject, from 0.
func token(subject string, n int) string {
	for t := range strings.SplitSeq(subject, ".") {
		if n--; n < 0 {
			return t
		}
	}
	return ""
}

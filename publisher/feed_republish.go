package publisher

import (
	"context"
	"maps"
	"strconv"
	"strings"

	"github.com/nats-io/nats.go"
	"golang.org/x/time/rate"

	"github.com/kreispresse/kreispresse/schemas"
)

// HeaderOriginal names, on a message that Republish sent, the PRESS sequence of the event it repeats.
const HeaderOriginal = "Kp-Original-Sequence"

// Republish sends the events that f chooses, as they are, to a job subject, at most rate a second (0: as fast as they go), and returns
// how many. Original headers are kept, those of NATS itself ("Nats-…") excepted; HeaderOriginal is added. The subject may not reach
// any stream of kreispresse. Messages are sent as plain NATS messages: whoever needs them durable puts a stream on the subject.
func (b *Bus) Republish(ctx context.Context, f Filter, subject string, perSecond float64) (int, error) {
	if err := checkJobSubject(subject); err != nil {
		return 0, err
	}
	limit := rate.NewLimiter(rate.Inf, 1)
	if perSecond > 0 {
		limit = rate.NewLimiter(rate.Limit(perSecond), 1)
	}
	rctx, cause := context.WithCancelCause(ctx)
	defer cause(nil)
	defer b.inflight.watch("", subject, cause)()
	n, err := b.replay(rctx, f, func(m *stored) error {
		if err := limit.Wait(rctx); err != nil {
			return err
		}
		out := &nats.Msg{Subject: subject, Data: m.data, Header: maps.Clone(m.header)}
		for key := range out.Header {
			if strings.HasPrefix(key, "Nats-") { // expectations of the first publication; a stream on the job subject would heed them
				delete(out.Header, key)
			}
		}
		out.Header[HeaderOriginal] = []string{strconv.FormatUint(m.seq, 10)}
		return b.nc.PublishMsg(out)
	})
	if err == nil {
		fctx, cancel := context.WithTimeout(rctx, requestTimeout)
		defer cancel()
		err = b.nc.FlushWithContext(fctx) // the server has answered, so any refusal has arrived
	}
	if err == nil {
		err = context.Cause(rctx)
	}
	return n, b.fail(rctx, "replay", subject, err)
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

package publisher

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// A message that is damaged on disk does not come, and nothing says so. What came is therefore compared with what was promised: the
// number of messages that waited when the reading began and, where all of a stream are wanted, their sequences.

// stillAfter is after what silence a reader asks whether anything is still to come.
const stillAfter = 2 * time.Second

// patience is how long a reader has waited for what was promised.
type patience struct {
	since time.Time
	last  time.Time // asked
	asked int       // times in a row that nothing was pending
}

// whole reports whether every message of the stream is wanted.
func (w *reading) whole() bool {
	i := slices.IndexFunc(table(1), func(c jetstream.StreamConfig) bool { return c.Name == w.stream })
	return !w.last && w.most == 0 && i >= 0 && isLog(w.stream) && slices.Contains(table(1)[i].Subjects, w.subject)
}

// gaps notes which sequences were passed over that were not taken out on purpose.
type gaps struct {
	on      bool
	excuses excuses
	count   uint64
	first   []uint64 // some of them
}

const namedGaps = 5

// gap is told the sequence before and the one that came. The first one may be anything: a reading may start anywhere.
func (r *reader) gap(ctx context.Context, before, seq uint64) error {
	g := &r.gaps
	if !g.on || before == 0 || seq == before+1 {
		return nil
	}
	list, off, err := g.excuses.unexplained(ctx, r.b, r.want.stream, before+1, seq-1)
	if err != nil {
		return err
	}
	g.on = !off
	g.count += uint64(len(list))
	g.first = append(g.first, list[:min(len(list), namedGaps-len(g.first))]...)
	return nil
}

// erasedMeanwhile is how many messages at most have been taken out of a log, on purpose, since this reading began. It is none when the
// stream misses more than the account of erasures says.
func (r *reader) erasedMeanwhile(ctx context.Context) (uint64, error) {
	info, err := r.b.lookAt(ctx, "read", r.want.stream)
	if err != nil {
		return 0, err
	}
	holes := info.State.LastSeq - min(info.State.Msgs, info.State.LastSeq)
	if holes <= r.holes {
		return 0, nil
	}
	m, err := r.b.marksOrNone(ctx)
	if err != nil {
		return 0, err
	}
	if was := m.Streams[r.want.stream]; holes > was.Erased+was.forgotten {
		return 0, nil
	}
	return holes - r.holes, nil
}

func (g *gaps) found() bool { return g.count > 0 }

func (g *gaps) String() string {
	var s []string
	for _, n := range g.first {
		s = append(s, fmt.Sprint(n))
	}
	if int(g.count) > len(s) {
		s = append(s, "…")
	}
	return strings.Join(s, ", ")
}

// still looks, in a silence, whether anything is to come. A reading that ends is over when nothing is pending twice in a row: what was
// on its way has come by then.
func (r *reader) still(ctx context.Context, p *patience) error {
	if !r.want.stop && r.live {
		return nil
	}
	now := time.Now()
	if p.since.IsZero() {
		p.since, p.last = now, now
	}
	if now.Sub(p.last) < stillAfter {
		return nil
	}
	p.last = now
	rctx, cancel := r.b.request(ctx, r.want.stream, "")
	defer cancel()
	info, err := r.cons.Info(rctx)
	if err == nil && info.NumPending == 0 {
		if p.asked++; p.asked < 2 {
			return nil
		}
		if r.want.stop {
			return errEnd
		}
		return r.goLive(ctx)
	}
	p.asked = 0
	if time.Since(p.since) < r.b.cfg.Patience {
		return nil // the broker is away or busy
	}
	if err != nil {
		return r.fail(rctx, err)
	}
	return r.fail(ctx, fmt.Errorf("%d messages are pending and none comes: %w", info.NumPending, context.DeadlineExceeded))
}

// goLive notes that everything that waited has come.
func (r *reader) goLive(ctx context.Context) error {
	if r.live {
		return nil
	}
	r.live = true
	return r.complete(ctx)
}

// complete compares what came with what was promised.
func (r *reader) complete(ctx context.Context) error {
	missing := r.gaps.count
	if took := uint64(r.took); took < r.todo && r.want.most == 0 {
		missing = max(missing, r.todo-took)
	}
	if missing == 0 {
		return nil
	}
	if isLog(r.want.stream) && !r.gaps.found() {
		erased, err := r.erasedMeanwhile(ctx)
		if err != nil {
			return err
		}
		if missing <= erased {
			return nil
		}
	}
	if !isLog(r.want.stream) { // a key that was written meanwhile has moved behind the end
		info, err := r.b.lookAt(ctx, "read", r.want.stream)
		if err != nil {
			return err
		}
		if moved := info.State.LastSeq - min(r.end, info.State.LastSeq); missing <= moved {
			return nil
		}
		if err := r.damagedStill(ctx); err != nil {
			return err
		}
	}
	what := fmt.Sprintf("%d of %d messages are damaged and cannot be read", missing, max(r.todo, uint64(r.took)+missing))
	if r.gaps.found() {
		what += ": sequence " + r.gaps.String()
	}
	return &schemas.Error{Op: "read", Thing: "stream " + r.want.stream, Kind: schemas.KindStorage, Err: errors.New(what), Hint: mend(r.want.stream)}
}

// damagedStill looks once more, without data, when a bucket has given fewer keys than were promised: the broker reckons what is pending while
// others write, and may be wrong. What is damaged is missing again. When it is not, this reading was cut short by no damage of the store: the
// error says so, and whoever reads tries again.
func (r *reader) damagedStill(ctx context.Context) error {
	if r.second {
		return nil
	}
	want := r.want
	want.headers, want.stop = true, true
	look, err := r.b.open(ctx, want)
	if err != nil {
		return err
	}
	defer look.close()
	look.second = true
	err = look.each(ctx, func(*stored) error { return nil })
	switch {
	case schemas.KindOf(err) == schemas.KindStorage:
		return nil
	case err != nil:
		return err
	}
	return &schemas.Error{
		Op: "read", Thing: "stream " + r.want.stream, Kind: schemas.KindUnavailable,
		Err: errors.New("it was written while it was read, and the reading ended early"), Hint: "try again",
	}
}

// erasedFrom reports a cursor below a log's first message where all that is missing in between was taken out on purpose: whoever starts there
// misses nothing that is to be had.
func (b *Bus) erasedFrom(ctx context.Context, want reading, st jetstream.StreamState) (bool, error) {
	if !isLog(want.stream) || want.from >= st.FirstSeq {
		return false, nil
	}
	var x excuses
	list, off, err := x.unexplained(ctx, b, want.stream, want.from, st.FirstSeq-1)
	return err == nil && !off && len(list) == 0, err
}

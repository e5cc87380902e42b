package replay

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/time/rate"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Job is one replay.
type Job struct {
	Feed      Feed
	Memory    Memory // how far it is; a target that knows itself needs none
	Filter    publisher.Filter
	Target    string
	PerSecond float64     // events a second, at most; 0: as fast as they go
	Header    http.Header // of requests to an HTTP address
	Resume    bool        // go on where a replay of the same events to the same target was interrupted
	Progress  func(Progress)

	now func() time.Time
}

// Progress is how far a replay is.
type Progress struct {
	Done, Total int // events
	Left        time.Duration
}

// Plan is what a replay would do.
type Plan struct {
	publisher.Measure
	PerSecond float64
	Duration  time.Duration // at PerSecond; 0: as fast as the target takes them
}

// Plan says what the job would do, exactly, and does nothing.
func (j *Job) Plan(ctx context.Context) (Plan, error) {
	m, err := j.Feed.Measure(ctx, j.Filter)
	p := Plan{Measure: m, PerSecond: j.PerSecond}
	if j.PerSecond > 0 {
		p.Duration = time.Duration(float64(m.Events) / j.PerSecond * float64(time.Second)).Round(time.Second)
	}
	return p, err
}

// Result is what a replay did.
type Result struct {
	Sent  int    `json:"sent"`            // events, by this one
	After uint64 `json:"after,omitempty"` // sequence behind which it went on; 0: it began
	Last  uint64 `json:"last,omitempty"`  // sequence of the newest event that arrived
}

// state is how far a replay is, as Memory keeps it.
type state struct {
	Target string `json:"target"`
	Last   uint64 `json:"last"`
	Sent   int    `json:"sent"` // by all attempts
}

// Run sends the events. When it ends with an error, the next one with Resume goes on where it was; the events since the last
// note, some hundred at most, may come twice then, with the same sequences.
func (j *Job) Run(ctx context.Context) (Result, error) {
	r := &run{Job: j, started: j.time()}
	m, err := j.Feed.Measure(ctx, j.Filter)
	if err != nil {
		return r.Result, err
	}
	r.total = m.Events
	if kindOf(j.Target) == toSubject {
		err = r.subject(ctx)
	} else {
		err = r.sink(ctx)
	}
	return r.Result, err
}

func (j *Job) time() time.Time {
	if j.now != nil {
		return j.now()
	}
	return time.Now()
}

// run is one Run.
type run struct {
	*Job
	Result
	total   int
	before  int // events sent by the attempts that this one continues
	started time.Time
	rev     uint64 // of the state
}

// key names what is remembered: the same sort of events to the same target. Moments do not count: "since a week ago" is another one each time.
func (j *Job) key() string {
	f := j.Filter
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %t %t %q", f.Source, f.State, f.Type, f.Last, !f.AsOf.IsZero(), j.Target))
	return "_replay." + hex.EncodeToString(sum[:8])
}

// recall finds out where to go on.
func (r *run) recall(ctx context.Context) error {
	var st state
	rev, err := r.Memory.Get(ctx, r.key(), &st)
	switch {
	case schemas.KindOf(err) == schemas.KindNotFound && r.Resume:
		return &schemas.Error{
			Op: "replay", Thing: shown(r.Target), Kind: schemas.KindNotFound, Err: errors.New("no replay of these events to this target was interrupted"),
			Hint: "leave --resume away to begin",
		}
	case schemas.KindOf(err) == schemas.KindNotFound:
		return nil
	case err != nil:
		return err
	}
	r.rev = rev
	if r.Resume {
		r.After, r.Last, r.before = st.Last, st.Last, st.Sent
	}
	return nil
}

// arrived notes that everything up to a sequence has reached the target.
func (r *run) arrived(ctx context.Context, last uint64, n int) (err error) {
	r.Sent, r.Last = n, cmp.Or(last, r.Last)
	r.rev, err = r.Memory.Put(ctx, r.key(), state{Target: shown(r.Target), Last: r.Last, Sent: r.before + n}, r.rev)
	if schemas.KindOf(err) == schemas.KindConflict {
		return &schemas.Error{
			Op: "replay", Thing: shown(r.Target), Kind: schemas.KindConflict, Err: errors.New("another process sends the same events there"),
			Hint: "let it end",
		}
	}
	r.show(n)
	return err
}

func (r *run) show(n int) {
	if r.Progress == nil {
		return
	}
	p := Progress{Done: r.before + n, Total: r.total}
	if spent := r.time().Sub(r.started); n > 0 && p.Done < p.Total {
		p.Left = time.Duration(float64(spent) / float64(n) * float64(p.Total-p.Done)).Round(time.Second)
	}
	r.Progress(p)
}

// finished forgets how far it was: it is at the end.
func (r *run) finished(ctx context.Context) error {
	if r.rev == 0 {
		return nil
	}
	return r.Memory.Delete(ctx, r.key(), r.rev)
}

func (r *run) subject(ctx context.Context) error {
	if err := r.recall(ctx); err != nil {
		return err
	}
	_, err := r.Feed.Republish(ctx, r.Filter, r.Target, publisher.Sending{
		PerSecond: r.PerSecond, After: r.After, Sent: func(last uint64, n int) error { return r.arrived(ctx, last, n) },
	})
	if err != nil {
		return err
	}
	return r.finished(ctx)
}

// sinkEvery is how many events are sent before it is noted that they have arrived.
const sinkEvery = 500

func (r *run) sink(ctx context.Context) error {
	to, err := r.open(ctx)
	if err != nil {
		return err
	}
	p := &pouring{run: r, to: to, last: r.After, limit: rate.NewLimiter(cmp.Or(rate.Limit(r.PerSecond), rate.Inf), 1)}
	_, err = r.Feed.ReplayRaw(ctx, r.Filter, func(ev *schemas.Event, release []byte) error { return p.one(ctx, ev, release) })
	if err == nil || ctx.Err() != nil { // told to end: what was sent is noted, too
		err = errors.Join(err, p.note(context.WithoutCancel(ctx)))
	}
	if err = errors.Join(err, to.close()); err != nil {
		return err
	}
	return r.finished(ctx)
}

// open opens a target that is no subject, and finds out where to go on.
func (r *run) open(ctx context.Context) (sink, error) {
	if kindOf(r.Target) == toFile {
		f, err := openFile(r.Target, r.Resume)
		if err != nil {
			return nil, err
		}
		r.After, r.Last = f.last, f.last
		return f, nil
	}
	a, err := openAddress(r.Target, r.Header)
	if err != nil {
		return nil, err
	}
	return a, r.recall(ctx)
}

// pouring sends events one by one.
type pouring struct {
	*run
	to    sink
	limit *rate.Limiter
	n     int
	last  uint64
}

func (p *pouring) one(ctx context.Context, ev *schemas.Event, release []byte) error {
	if ev.Sequence <= p.After {
		return nil
	}
	if err := p.limit.Wait(ctx); err != nil {
		return err
	}
	if err := p.to.send(ctx, ev, release); err != nil {
		return err
	}
	if p.n, p.last = p.n+1, ev.Sequence; p.n%sinkEvery == 0 {
		return p.note(ctx)
	}
	return nil
}

// note writes down what has arrived. A file knows itself.
func (p *pouring) note(ctx context.Context) error {
	if err := p.to.flush(ctx); err != nil {
		return err
	}
	if kindOf(p.Target) == toFile {
		p.Sent, p.Last = p.n, p.last
		p.show(p.n)
		return nil
	}
	return p.arrived(ctx, p.last, p.n)
}

// Audit is what PRESS_RUNS keeps of a replay.
type Audit struct {
	At     time.Time `json:"at"`
	Act    string    `json:"act"` // "replay"
	Thing  string    `json:"thing"`
	Chosen string    `json:"chosen"` // which events
	Reason string    `json:"reason"` // how it ended
	Count  int       `json:"count"`
	Result
}

// Audit makes the entry of a replay that has ended, with an error or without.
func (j *Job) Audit(res Result, err error) Audit {
	a := Audit{At: j.time().UTC(), Act: "replay", Thing: shown(j.Target), Chosen: j.Filter.String(), Reason: "done", Count: res.Sent, Result: res}
	if err != nil {
		a.Reason = fmt.Sprint(err)
	}
	return a
}

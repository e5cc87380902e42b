package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"

	"github.com/kreispresse/kreispresse/internal/compare"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

// Reparsing says how the archive of a source is read again.
type Reparsing struct {
	Dry       bool                       // publish nothing, only say what would be done
	Workers   int                        // snapshots read at a time; 0: as many as there are processors
	PerSecond float64                    // events published a second, at most; 0: as fast as they go
	Floor     float64                    // share of the quotes that may be lost; 0: DefaultFloor; 1 and more: all of them
	Samples   int                        // differences of each kind that the report keeps
	Chunk     int                        // snapshots that are compared before any of them is published; 0: 512
	Anew      bool                       // from the beginning, though a reparse with this parser was interrupted
	Progress  func(done int, seq uint64) // called now and then: snapshots read, the newest one's sequence; may be nil
}

// DefaultFloor is the share of a source's quotes that a reparse may lose, or leave without their speaker, before it stops.
const DefaultFloor = 0.05

// Reparsed is what became of a reparse, or what would.
type Reparsed struct {
	Outcomes map[Outcome]int `json:"outcomes"`
	Report   compare.Report  `json:"report"` // of the releases that are read otherwise
	From     uint64          `json:"from"`   // the sequence after which an interrupted reparse went on; 0: it began
}

// ErrFloor ends a reparse that would lose too many quotes. A person looks at a dry run and lifts the floor, or mends the parser.
var ErrFloor = errors.New("too many quotes would be lost")

// reparseState is how far the reparse of a source is, under the key "<source>.reparse".
type reparseState struct {
	Parser string   `json:"parser"` // its version; another one begins anew
	After  uint64   `json:"after"`  // snapshots up to this one are done
	So     Reparsed `json:"so"`     // what became of them, without samples
}

func reparseKey(source string) string { return source + ".reparse" }

// reparseChunk is how many snapshots are compared before any of them is published, unless somebody says otherwise. Their releases are in
// memory together.
const reparseChunk = 512

// Reparse reads the archive of a source again, with the parser as it is now, in the order in which it was archived. Only what differs
// from the feed is published: a release that is read otherwise is reextracted, and what the feed has lost is published again. It may be
// interrupted and goes on where it was. ErrFloor: nothing of the chunk that would lose too many quotes was published.
func (l *Line) Reparse(ctx context.Context, id string, how Reparsing) (*Reparsed, error) {
	r, _, err := l.operator(ctx, id)
	if err != nil {
		return nil, err
	}
	p := &reparse{sourceRun: r, how: how, limit: rate.NewLimiter(cmp.Or(rate.Limit(how.PerSecond), rate.Inf), 1)}
	p.how.Chunk = cmp.Or(how.Chunk, reparseChunk)
	p.how.Floor = cmp.Or(how.Floor, DefaultFloor)
	p.how.Workers = cmp.Or(how.Workers, runtime.GOMAXPROCS(0))
	p.done.Outcomes = map[Outcome]int{}
	if err := p.resume(ctx); err != nil {
		return nil, err
	}
	err = r.broker.Archive.EachSnapshotOf(ctx, id, p.done.From, func(seq uint64, s *schemas.Snapshot, err error) error {
		if err != nil {
			return err
		}
		p.read(ctx, &reading{seq: seq, snapshot: s})
		if len(p.chunk) < p.how.Chunk {
			return nil
		}
		return p.settle(ctx)
	})
	if err == nil {
		err = p.settle(ctx)
	} else if p.reading != nil {
		_ = p.reading.Wait() // the error that ended it counts
	}
	if how.Dry {
		return &p.done, err
	}
	return &p.done, errors.Join(err, p.end(ctx, err))
}

// reparse is one reparse of one source.
type reparse struct {
	*sourceRun
	how     Reparsing
	limit   *rate.Limiter
	done    Reparsed
	chunk   []*reading      // not settled
	reading *errgroup.Group // who reads them; nil: nobody
	count   int
	rev     uint64 // of the reparseState
}

func (p *reparse) resume(ctx context.Context) error {
	if p.how.Dry {
		return nil
	}
	var st reparseState
	rev, err := p.broker.Sources.Get(ctx, reparseKey(p.src.ID), &st)
	switch {
	case schemas.KindOf(err) == schemas.KindNotFound:
		return nil
	case err != nil:
		return err
	}
	p.rev = rev
	if st.Parser == parser.Version && st.After > 0 && !p.how.Anew {
		p.done = st.So
		p.done.From = st.After
		p.log.Info("an interrupted reparse goes on", "source", p.src.ID, "after", st.After)
	}
	return nil
}

// read lets a worker read one more snapshot of the chunk, and waits for one while all are busy: bodies in memory are as many as they are.
func (p *reparse) read(ctx context.Context, rd *reading) {
	if p.reading == nil {
		p.reading = new(errgroup.Group)
		p.reading.SetLimit(p.how.Workers)
	}
	p.chunk = append(p.chunk, rd)
	p.reading.Go(func() error {
		err := p.Line.fill(ctx, rd)
		s := *rd.snapshot
		s.Body = nil // the record is what is needed from here on
		rd.snapshot = &s
		return err
	})
}

// settle compares the chunk with the feed and, unless too much would be lost, publishes what differs.
func (p *reparse) settle(ctx context.Context) error {
	if len(p.chunk) == 0 {
		return nil
	}
	if err := p.reading.Wait(); err != nil {
		return err
	}
	p.reading = nil
	p.compare()
	if err := p.floor(); err != nil {
		return err
	}
	for _, rd := range p.chunk {
		o := foresee(rd)
		if !p.how.Dry {
			var err error
			if o, err = p.write(ctx, rd); err != nil {
				return err
			}
		}
		if p.count++; o != settled {
			p.done.Outcomes[o]++
		}
	}
	last := p.chunk[len(p.chunk)-1].seq
	p.chunk = nil
	p.forgetTouched()
	if !p.how.Dry {
		if err := p.save(ctx, last); err != nil {
			return err
		}
	}
	if p.how.Progress != nil {
		p.how.Progress(p.count, last)
	}
	return nil
}

// compare books what the chunk says beside what the feed says.
func (p *reparse) compare() {
	for _, rd := range p.chunk {
		if o := foresee(rd); o == Reextracted || o == Corrected {
			p.done.Report.Add(rd.current.Release, rd.release, p.how.Samples)
		} else if o == Unchanged && rd.current != nil && rd.current.Release != nil {
			p.done.Report.Same(rd.current.Release)
		}
	}
}

// floor judges what the reparse so far would lose. A dry run goes on: it is there to be looked at.
func (p *reparse) floor() error {
	lost := p.done.Report.Lost()
	if p.how.Dry || lost <= p.how.Floor {
		return nil
	}
	return &schemas.Error{
		Op: "reparse", Kind: schemas.KindPolicy, Thing: p.src.ID,
		Err:  fmt.Errorf("%w: %.1f %% of %d quotes, %.1f %% are allowed", ErrFloor, 100*lost, p.done.Report.Quotes, 100*p.how.Floor),
		Hint: "look at what a dry run shows; when it is right, allow more",
	}
}

// write gives one reading its outcome, at most at the rate that is wished.
func (p *reparse) write(ctx context.Context, rd *reading) (Outcome, error) {
	switch foresee(rd) {
	case Reextracted, Corrected, Published:
		if err := p.limit.Wait(ctx); err != nil {
			return "", err
		}
	}
	if err := p.refresh(ctx, rd); err != nil {
		return "", err
	}
	return p.apply(ctx, rd, Verdict{}, false)
}

func (r *sourceRun) forgetTouched() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.touched)
}

func (p *reparse) save(ctx context.Context, after uint64) (err error) {
	st := reparseState{Parser: parser.Version, After: after, So: p.done}
	st.So.Report.Samples = nil
	p.rev, err = p.broker.Sources.Put(ctx, reparseKey(p.src.ID), st, p.rev)
	if schemas.KindOf(err) == schemas.KindConflict {
		return &schemas.Error{
			Op: "reparse", Kind: schemas.KindConflict, Thing: p.src.ID, Err: errors.New("another process reads this archive again"), Hint: "let it end",
		}
	}
	return err
}

// end writes down what was done. A reparse that came to its end begins anew the next time.
func (p *reparse) end(ctx context.Context, failed error) error {
	if err := p.released(ctx); err != nil {
		return err
	}
	a := Audit{Act: "reparse", Thing: p.src.ID, Reason: Tally(p.done.Outcomes), Count: p.count}
	if failed != nil {
		if ctx.Err() != nil {
			return nil // the next one goes on
		}
		a.Act, a.Reason = "reparse stopped", reasonOf(failed)
		return p.audit(ctx, a)
	}
	return errors.Join(p.audit(ctx, a), p.save(ctx, 0))
}

// foresee is the outcome that a reading would have.
func foresee(rd *reading) Outcome {
	switch {
	case rd.snapshot.Gone():
		return settled
	case schemas.KindOf(rd.err) == schemas.KindNoRelease:
		return NoRelease
	case rd.err != nil:
		return Dead
	case rd.twin:
		return Twin
	case rd.state.Barred != "":
		return Barred
	}
	return map[schemas.Relation]Outcome{
		schemas.RelationUnchanged: Unchanged, schemas.RelationOlder: Superseded, schemas.RelationReextracted: Reextracted,
		schemas.RelationCorrected: Corrected, schemas.RelationReplaced: Held, schemas.RelationNew: Published, schemas.RelationReturned: Published,
	}[rd.relation]
}

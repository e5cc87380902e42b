package pipeline

import (
	"cmp"
	"context"
	"errors"
	"runtime"

	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"

	"github.com/kreispresse/kreispresse/internal/compare"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

// Reparsing says how the archive of a source is read again.
type Reparsing struct {
	Dry       bool                       // publish nothing, only say what would be done
	Workers   int                        // snapshots read at a time; 0: two a processor
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

// workersPerProcessor is how many snapshots are read at a time for each processor. Only as many are parsed (Line.parsing); while the broker
// looks up page and release of the others, no processor waits.
const workersPerProcessor = 2

// reparseChunk is how many snapshots are compared before any of them is published, unless somebody says otherwise. The releases of
// two chunks are in memory together: one is read while the one before is settled.
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
	p.slots = semaphore.NewWeighted(int64(cmp.Or(how.Workers, workersPerProcessor*runtime.GOMAXPROCS(0))))
	p.done.Outcomes = map[Outcome]int{}
	if err := p.resume(ctx); err != nil {
		return nil, err
	}
	err = r.broker.Archive.EachSnapshotOf(ctx, id, p.done.From, func(seq uint64, s *schemas.Snapshot, err error) error {
		if err != nil {
			return err
		}
		return p.add(ctx, &reading{seq: seq, snapshot: s})
	})
	err = p.finish(ctx, err)
	if how.Dry {
		return &p.done, err
	}
	return &p.done, errors.Join(err, p.end(ctx, err))
}

// reparse is one reparse of one source.
type reparse struct {
	*sourceRun
	how   Reparsing
	limit *rate.Limiter
	slots *semaphore.Weighted // one for each snapshot that is being read
	chunk *chunk              // what is being read
	ended chan error          // how settling the chunk before it ended; nil: none is being settled

	// What belongs to whoever settles a chunk.
	done  Reparsed
	count int
	rev   uint64 // of the reparseState
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

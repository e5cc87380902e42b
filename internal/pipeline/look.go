package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/schemas"
)

const (
	// keptReadings bounds how many parsed records wait in memory for the verdict; what is beyond is read again.
	keptReadings = 256
	// careful is how many snapshots behind the last settled one are tried one by one after a process died: as many as may have been
	// settled without being noted, see saveEvery.
	careful = 2 * saveEvery
	// tries is how often one snapshot may end the process before it becomes a dead letter.
	tries = 3
)

var errEnough = errors.New("enough")

// look reads what waits behind a sequence, up to most snapshots (0: all), and books what it says for and against the run. An early look,
// one that is given stopped, stops before the first page that is known already and says so: what becomes of those is judged at the end
// of the run.
func (r *sourceRun) look(ctx context.Context, after uint64, most int, stopped *bool) ([]*reading, error) {
	g := &gathering{sourceRun: r, stopped: stopped}
	err := r.broker.Archive.EachSnapshotOf(ctx, r.src.ID, after, func(seq uint64, s *schemas.Snapshot, err error) error {
		if err != nil {
			return err // a snapshot that cannot be read is damage of ours
		}
		g.waiting = append(g.waiting, &reading{seq: seq, snapshot: s})
		switch {
		case most > 0 && len(g.batch)+len(g.waiting) >= most:
			return errEnough
		case len(g.waiting) >= readTogether:
			return g.read(ctx)
		}
		return nil
	})
	if err == nil || errors.Is(err, errEnough) {
		err = g.read(ctx)
	}
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	r.weigh(g.batch)
	return g.batch, nil
}

// gathering collects readings in the order of the archive.
type gathering struct {
	*sourceRun
	trial   *trial // begun with the first
	batch   []*reading
	waiting []*reading // not read yet
	stopped *bool
}

// read reads what is waiting. errEnough: a page was met that is known already.
func (g *gathering) read(ctx context.Context) error {
	waiting := g.waiting
	g.waiting = nil
	if g.stopped != nil && *g.stopped {
		return errEnough
	}
	if len(waiting) == 0 {
		return nil
	}
	if g.trial == nil {
		var err error
		if g.trial, err = g.tryFrom(ctx); err != nil {
			return err
		}
	}
	if err := g.trial.readAll(ctx, waiting); err != nil {
		return err
	}
	for _, rd := range waiting {
		if g.stopped != nil && (rd.snapshot.Gone() || rd.known()) {
			*g.stopped = true
			return errEnough
		}
		if len(g.batch) >= keptReadings {
			rd.forget()
		}
		g.batch = append(g.batch, rd)
	}
	return nil
}

// readTogether is how many snapshots are read at a time; their bodies are in memory together.
const readTogether = 32

// readAll reads snapshots, as many at a time as there are processors; one by one when a process died at one of them.
func (t *trial) readAll(ctx context.Context, list []*reading) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, rd := range list {
		if t.suspicious() {
			if err := t.readOne(ctx, rd); err != nil {
				return err
			}
			continue
		}
		g.Go(func() error { return t.Line.fill(ctx, rd) })
	}
	return g.Wait()
}

// weigh books the last word of each page of a batch.
func (r *sourceRun) weigh(batch []*reading) {
	last := map[string]*reading{}
	for _, rd := range batch {
		last[rd.page] = rd
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for page, rd := range last {
		if rd.snapshot.Gone() || rd.page == "" {
			continue
		}
		d := rd.doubt()
		if rd.known() {
			r.seen.see(page, d)
		}
		if rd.release != nil || rd.forgotten {
			if !rd.known() || d != noDoubt {
				r.seen.hear(page, rd.says)
			}
		}
	}
}

// forget drops what takes memory; apply reads it again.
func (rd *reading) forget() {
	s := *rd.snapshot
	s.Body = nil
	rd.snapshot, rd.release, rd.forgotten = &s, nil, true
}

// trial keeps a snapshot that ends the process from ending it for ever. Parse gives an error or at worst a panic, which is caught; what
// cannot be caught (memory, the stack) leaves its mark in the LineState: it says that an extraction was begun, and after a death the
// next one says before each snapshot which one it is at.
type trial struct {
	*sourceRun
	died  *schemas.Attempt // the attempt that a process died in; nil: none did
	count int
}

func (r *sourceRun) tryFrom(ctx context.Context) (*trial, error) {
	t := &trial{sourceRun: r}
	err := r.broker.updateLine(ctx, r.src.ID, func(st *schemas.LineState) {
		t.died = st.Trying
		if st.Trying == nil {
			st.Trying = &schemas.Attempt{}
		}
	})
	return t, err
}

// suspicious reports whether the next snapshot may be the one that a process died at.
func (t *trial) suspicious() bool { return t.died != nil && t.count < careful }

func (t *trial) readOne(ctx context.Context, rd *reading) error {
	t.count++
	n := 1
	if t.died.Sequence == rd.seq {
		n = t.died.Count + 1
	}
	if n > tries {
		return t.giveUp(ctx, rd)
	}
	if err := t.broker.updateLine(ctx, t.src.ID, func(st *schemas.LineState) { st.Trying = &schemas.Attempt{Sequence: rd.seq, Count: n} }); err != nil {
		return err
	}
	return t.Line.fill(ctx, rd)
}

// giveUp makes a snapshot one that cannot be read, without reading it.
func (t *trial) giveUp(ctx context.Context, rd *reading) (err error) {
	if rd.page, rd.err = pageOf(rd.snapshot); rd.err != nil {
		return nil
	}
	rd.err = &schemas.Error{
		Op: "extract", Kind: schemas.KindInvalid, Thing: rd.snapshot.URL, Err: fmt.Errorf("reading it ended the process %d times", tries),
	}
	rd.state, _, err = t.broker.page(ctx, rd.snapshot.Source.ID, rd.page)
	return err
}

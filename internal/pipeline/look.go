package pipeline

import (
	"context"
	"errors"
	"fmt"

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

// look reads what waits behind a sequence, up to most snapshots (0: all), and books what it says for and against the run. An early
// look stops before the first page that is known already: what becomes of those is judged at the end of the run.
func (r *sourceRun) look(ctx context.Context, after uint64, most int, early bool) ([]*reading, error) {
	t, err := r.tryFrom(ctx, after)
	if err != nil {
		return nil, err
	}
	var batch []*reading
	err = r.broker.Archive.EachSnapshotOf(ctx, r.src.ID, after, func(seq uint64, s *schemas.Snapshot, err error) error {
		if most > 0 && len(batch) >= most {
			return errEnough
		}
		if err != nil {
			return err // a snapshot that cannot be read is damage of ours
		}
		rd, err := t.read(ctx, seq, s)
		if err != nil {
			return err
		}
		if early && (s.Gone() || rd.known()) {
			return errEnough
		}
		if len(batch) >= keptReadings {
			rd.forget()
		}
		batch = append(batch, rd)
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	r.weigh(batch)
	return batch, nil
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

func (r *sourceRun) tryFrom(ctx context.Context, after uint64) (*trial, error) {
	t := &trial{sourceRun: r}
	err := r.broker.updateLine(ctx, r.src.ID, func(st *schemas.LineState) {
		t.died = st.Trying
		if st.Trying == nil {
			st.Trying = &schemas.Attempt{}
		}
	})
	return t, err
}

func (t *trial) read(ctx context.Context, seq uint64, s *schemas.Snapshot) (*reading, error) {
	if t.died == nil || t.count >= careful {
		return t.Line.read(ctx, seq, s)
	}
	t.count++
	n := 1
	if t.died.Sequence == seq {
		n = t.died.Count + 1
	}
	if n > tries {
		page, err := pageOf(s)
		if err == nil {
			err = &schemas.Error{Op: "extract", Kind: schemas.KindInvalid, Thing: s.URL, Err: fmt.Errorf("reading it ended the process %d times", tries)}
		}
		st, _, e := t.broker.page(ctx, s.Source.ID, page)
		return &reading{seq: seq, snapshot: s, page: page, state: st, err: err}, e
	}
	if err := t.broker.updateLine(ctx, t.src.ID, func(st *schemas.LineState) { st.Trying = &schemas.Attempt{Sequence: seq, Count: n} }); err != nil {
		return nil, err
	}
	return t.Line.read(ctx, seq, s)
}

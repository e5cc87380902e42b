package pipeline

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/schemas"
)

// saveEvery is after how many settled snapshots it is noted how far the extraction is. After a crash as many are read again, and found
// unchanged.
const saveEvery = 64

// writers is how many releases of a source are on their way to the broker at a time: each waits for a disk, and those that wait together
// are written together.
const writers = 16

// extract gives every reading of a batch its outcome and notes how far it came. A page is read in the order of the archive; a page that
// says it is only another view of one waits until that one had its turn.
func (r *sourceRun) extract(ctx context.Context, batch []*reading, v Verdict) error {
	if len(batch) == 0 {
		return r.extracted(ctx, 0, true)
	}
	last := batch[len(batch)-1].seq
	own, views := viewsLast(batch)
	safe := last // how far it may be noted while views wait
	if len(views) > 0 {
		safe = views[0].seq - 1
	}
	for chunk := range slices.Chunk(own, saveEvery) {
		if err := r.chunk(ctx, chunk, v); err != nil {
			return err
		}
		if err := r.extracted(ctx, min(chunk[len(chunk)-1].seq, safe), false); err != nil {
			return err
		}
	}
	if err := r.chunk(ctx, views, v); err != nil {
		return err
	}
	return r.extracted(ctx, last, true)
}

// chunk gives readings their outcomes, several pages at a time, those of one page one after the other.
func (r *sourceRun) chunk(ctx context.Context, list []*reading, v Verdict) error {
	byPage := map[string][]*reading{}
	var pages []string
	for _, rd := range list {
		if byPage[rd.page] == nil {
			pages = append(pages, rd.page)
		}
		byPage[rd.page] = append(byPage[rd.page], rd)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(writers)
	for _, page := range pages {
		g.Go(func() error {
			for _, rd := range byPage[page] {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				if err := r.one(ctx, rd, v); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// viewsLast parts the readings of new pages that name another page as their canonical one from the others.
func viewsLast(batch []*reading) (own, views []*reading) {
	for _, rd := range batch {
		if rd.page != rd.derived.id && rd.derived.id != "" && rd.state.Release == "" {
			views = append(views, rd)
		} else {
			own = append(own, rd)
		}
	}
	return own, views
}

func (r *sourceRun) one(ctx context.Context, rd *reading, v Verdict) error {
	if err := r.refresh(ctx, rd); err != nil {
		return err
	}
	o, err := r.apply(ctx, rd, v, false)
	if err != nil {
		return err
	}
	r.book(o)
	r.fill(rd, o)
	r.log.Debug("extracted", "source", r.src.ID, "url", rd.snapshot.URL, "snapshot", rd.seq, "outcome", o)
	rd.forget()
	return nil
}

// extracted notes that everything up to a sequence has its outcome; done says that no extraction is in progress any more.
func (r *sourceRun) extracted(ctx context.Context, seq uint64, done bool) error {
	return r.broker.updateLine(ctx, r.src.ID, func(st *schemas.LineState) {
		st.Extracted = max(st.Extracted, seq)
		if done {
			st.Trying = nil
		}
	})
}

// refresh brings a reading up to date with what was settled since it was made.
func (r *sourceRun) refresh(ctx context.Context, rd *reading) error {
	if rd.forgotten {
		s, err := r.broker.Archive.Snapshot(ctx, rd.seq)
		if err != nil {
			return err
		}
		fresh, err := r.Line.read(ctx, rd.seq, s)
		if err != nil {
			return err
		}
		*rd = *fresh
		return nil
	}
	if r.outOfDate(rd) {
		return r.again(ctx, rd)
	}
	return nil
}

// outOfDate reports whether this run has written what the reading has read of the feed.
func (r *sourceRun) outOfDate(rd *reading) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.touched[rd.page] || rd.release != nil && r.touched[rd.release.ID]
}

func (r *sourceRun) touch(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.touched[what] = true
}

// again looks at page state and feed anew, without parsing again.
func (r *sourceRun) again(ctx context.Context, rd *reading) error {
	if rd.page == "" {
		return nil
	}
	var err error
	if rd.state, _, err = r.broker.page(ctx, r.src.ID, rd.page); err != nil || rd.release == nil {
		return err
	}
	rd.release.ID, rd.release.CanonicalURL = rd.derived.id, rd.derived.canonical
	rd.twin, rd.moved = false, false
	return r.identify(ctx, rd)
}

func (r *sourceRun) book(o Outcome) {
	if o == settled {
		return
	}
	r.mu.Lock()
	r.count[o]++
	r.mu.Unlock()
	r.Account.add(o)
}

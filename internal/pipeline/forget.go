package pipeline

import (
	"context"

	"github.com/kreispresse/kreispresse/schemas"
)

// Eraser removes for good what the broker holds of a release.
type Eraser interface {
	// Erase removes everything of a release but its newest event, and of its pages, and returns what it removed. Repeating it is safe.
	Erase(ctx context.Context, source schemas.Source, release string, pages []string) ([]schemas.Erased, error)
}

// Forget erases a release: its pages are not asked for any more, subscribers get the event `erased`, which holds nothing that the page said,
// and everything before it is overwritten. The receipt, which is in PRESS_RUNS, says what was removed. After an interruption it can be
// repeated.
func (l *Line) Forget(ctx context.Context, id, release, reason string) (*schemas.Receipt, error) {
	r, _, err := l.operator(ctx, id)
	if err != nil {
		return nil, err
	}
	cur, err := r.broker.Releases.Current(ctx, r.ref, release)
	if err != nil {
		return nil, err
	}
	if cur == nil {
		return nil, nothing("forget", release, "no release of this id")
	}
	pages, err := r.carriers(ctx, cur)
	if err != nil {
		return nil, err
	}
	for _, page := range pages {
		if err := r.leaveAlone(ctx, page, reason); err != nil {
			return nil, err
		}
	}
	if err := r.publishErased(ctx, cur, reason); err != nil {
		return nil, err
	}
	rec := &schemas.Receipt{Release: release, Pages: pages, Reason: reason}
	if rec.Erased, err = r.broker.Eraser.Erase(ctx, r.ref, release, pages); err != nil {
		return nil, err
	}
	rec.At = r.now().UTC()
	_, err = r.broker.Runs.PublishRun(ctx, id, schemas.RunErased, rec)
	return rec, err
}

// carriers are the pages that carry a release or did.
func (r *sourceRun) carriers(ctx context.Context, cur *schemas.Event) (pages []string, err error) {
	own := ""
	if cur.Release.URL != "" {
		own = carrier(cur.Release)
	}
	err = r.broker.Pages.Each(ctx, r.src.ID, func(page string, st schemas.PageState, _ uint64) error {
		if page == own || st.Release == cur.Subject {
			pages = append(pages, page)
		}
		return nil
	})
	return pages, err
}

// leaveAlone has a page not asked for any more, and forgets what the lists said of it.
func (r *sourceRun) leaveAlone(ctx context.Context, page, reason string) error {
	err := r.broker.updatePage(ctx, r.src.ID, page, func(p *schemas.PageState) bool {
		p.Erased, p.Barred, p.Held, p.Hints, p.Content, p.RawSequence = true, reason, nil, schemas.Hints{}, "", 0
		return true
	})
	if err != nil {
		return err
	}
	return r.broker.updateLine(ctx, r.src.ID, func(st *schemas.LineState) {
		delete(st.Held, page)
		delete(st.Dead, page)
	})
}

// publishErased tells subscribers that a release is no more. One that somebody published anew meanwhile is erased as well.
func (r *sourceRun) publishErased(ctx context.Context, cur *schemas.Event, reason string) error {
	for range attempts {
		if cur.Type == schemas.EventErased {
			return nil
		}
		ev := schemas.NextEvent(cur, schemas.EventErased, schemas.ErasedTombstone(cur.Release, r.now()), r.now())
		ev.Reason = reason
		err := r.broker.Releases.Publish(ctx, cur, ev)
		if schemas.KindOf(err) != schemas.KindConflict {
			return err
		}
		if cur, err = r.broker.Releases.Current(ctx, r.ref, cur.Subject); err != nil {
			return err
		}
	}
	return &schemas.Error{Op: "forget", Kind: schemas.KindConflict, Thing: cur.Subject, Hint: "try again"}
}

package pipeline

import (
	"context"

	"github.com/kreispresse/kreispresse/schemas"
)

// Eraser removes for good what the broker holds of a release.
type Eraser interface {
	// Erase removes everything of the release that a receipt names but its newest event, and of its pages. It completes the receipt and
	// puts it on record before anything goes. Repeating it is safe.
	Erase(ctx context.Context, source schemas.Source, receipt *schemas.Receipt) error
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
	pages, err := r.carriers(ctx, []*schemas.Event{cur})
	if err != nil {
		return nil, err
	}
	return r.forget(ctx, cur, pages[release], reason)
}

// forget erases a release whose pages are known. That it has begun is written down first: once subscribers have its tombstone nothing else
// says that something of it is left.
func (r *sourceRun) forget(ctx context.Context, cur *schemas.Event, pages []string, reason string) (*schemas.Receipt, error) {
	err := r.broker.updateLine(ctx, r.src.ID, func(st *schemas.LineState) {
		if st.Erasing == nil {
			st.Erasing = map[string]string{}
		}
		st.Erasing[cur.Subject] = reason
	})
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
	rec := &schemas.Receipt{Release: cur.Subject, Pages: pages, Reason: reason, At: r.now().UTC(), Erased: []schemas.Erased{}, NotReached: schemas.NotReached}
	if err := r.broker.Eraser.Erase(ctx, r.ref, rec); err != nil {
		return rec, err
	}
	return rec, r.broker.updateLine(ctx, r.src.ID, func(st *schemas.LineState) { delete(st.Erasing, cur.Subject) })
}

// carriers are the pages that carry releases or did, by release. The pages of the source are looked through once.
func (r *sourceRun) carriers(ctx context.Context, list []*schemas.Event) (map[string][]string, error) {
	wanted, own := map[string]bool{}, map[string]string{}
	for _, cur := range list {
		wanted[cur.Subject] = true
		if cur.Release.URL != "" {
			own[carrier(cur.Release)] = cur.Subject
		}
	}
	pages := map[string][]string{}
	err := r.broker.Pages.Each(ctx, r.src.ID, func(page string, st schemas.PageState, _ uint64) error {
		if release := own[page]; release != "" {
			pages[release] = append(pages[release], page)
		}
		if wanted[st.Release] && own[page] != st.Release {
			pages[st.Release] = append(pages[st.Release], page)
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

package pipeline

import (
	"context"
	"errors"
	"maps"

	"github.com/kreispresse/kreispresse/internal/crash"
	"github.com/kreispresse/kreispresse/schemas"
)

// listed bounds how many held pages and dead letters a source's LineState names; PRESS_RUNS has them all.
const listed = 500

// hold keeps a change from the feed: page state and LineState say so, PRESS_RUNS has it for good.
func (r *sourceRun) hold(ctx context.Context, rd *reading, because why) error {
	h := schemas.Hold{
		Kind: because.kind, Code: because.code, Sequence: rd.seq, Since: rd.snapshot.FetchedAt, Last: rd.snapshot.FetchedAt, Says: rd.says, Reason: because.reason,
		Page: rd.page, URL: rd.snapshot.URL,
	}
	if rd.release != nil {
		h.Title = rd.release.Title
	}
	if old := rd.state.Held; old != nil && old.Says == h.Says && old.Kind == because.kind {
		h.Since = old.Since
		if h.Last.Before(old.Last) { // a clock that went back
			h.Last = old.Last
		}
	}
	if err := r.setHold(ctx, rd, h); err != nil {
		return err
	}
	r.log.Warn("a change is held", "source", r.src.ID, "url", h.URL, "snapshot", h.Sequence, "reason", h.Reason)
	_, err := r.broker.Runs.PublishRun(ctx, r.src.ID, schemas.RunHeld, h)
	return err
}

func (r *sourceRun) setHold(ctx context.Context, rd *reading, h schemas.Hold) error {
	r.touch(rd.page)
	err := r.broker.updatePage(ctx, r.src.ID, rd.page, func(st *schemas.PageState) bool {
		r.introduce(st, rd)
		rd.describe(st)
		st.Held = &h
		return true
	})
	if err != nil {
		return err
	}
	crash.Here(crash.HeldNoted)
	r.setAside(h.Page, true)
	return r.broker.updateLine(ctx, r.src.ID, func(st *schemas.LineState) { put(&st.Held, h.Page, h) })
}

// putAside makes a reading that can never be published a dead letter.
func (r *sourceRun) putAside(ctx context.Context, rd *reading, cause error) (Outcome, error) {
	d := schemas.DeadLetter{
		Sequence: rd.seq, Source: r.src.ID, Page: rd.page, URL: rd.snapshot.URL, Reason: reasonOf(cause), Kind: schemas.KindOf(cause),
		At: r.now().UTC(),
	}
	r.log.Error("page cannot be read, kept as a dead letter", "url", d.URL, "snapshot", d.Sequence, "reason", d.Reason)
	r.setAside(d.Page, true)
	if err := r.broker.updateLine(ctx, r.src.ID, func(st *schemas.LineState) { put(&st.Dead, d.Page, d) }); err != nil {
		return "", err
	}
	_, err := r.broker.Runs.PublishRun(ctx, r.src.ID, schemas.RunDeadLetter, d)
	return Dead, err
}

// over ends a hold and a dead letter of a page: a later snapshot of it has an outcome.
func (r *sourceRun) over(ctx context.Context, page, how string) error {
	if !r.isAside(page) {
		return nil
	}
	var d schemas.DeadLetter
	var dead bool
	err := r.broker.updateLine(ctx, r.src.ID, func(st *schemas.LineState) {
		d, dead = st.Dead[page]
		delete(st.Dead, page)
		delete(st.Held, page)
	})
	if err != nil {
		return err
	}
	r.setAside(page, false)
	if !dead {
		return nil
	}
	d.Resolved = how
	_, err = r.broker.Runs.PublishRun(ctx, r.src.ID, schemas.RunDeadLetter, d)
	return err
}

func (r *sourceRun) isAside(page string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.aside[page]
}

func (r *sourceRun) setAside(page string, is bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.aside[page] = is
}

// put adds to a bounded map, which may be nil.
func put[T any](m *map[string]T, key string, v T) {
	if *m == nil {
		*m = map[string]T{}
	} else {
		*m = maps.Clone(*m)
	}
	if _, there := (*m)[key]; there || len(*m) < listed {
		(*m)[key] = v
	}
}

// reasonOf is an error in words for a list that names the page beside it.
func reasonOf(err error) string {
	e, ok := errors.AsType[*schemas.Error](err)
	if !ok {
		return err.Error()
	}
	short := &schemas.Error{Kind: e.Kind, Hint: e.Hint, Err: e.Err}
	return short.Error()
}

// recall takes over which pages of the source are kept aside: held, or dead letters.
func (r *sourceRun) recall(line schemas.LineState) {
	for page := range line.Held {
		r.aside[page] = true
	}
	for page := range line.Dead {
		r.aside[page] = true
	}
}

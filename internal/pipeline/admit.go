package pipeline

import (
	"context"
	"fmt"

	"github.com/kreispresse/kreispresse/schemas"
)

// admit checks a source against what is remembered of it before anything is asked for. What stands in the subjects and ids of its
// releases cannot change in passing: every release would become current twice.
func (r *sourceRun) admit(ctx context.Context) error {
	line, _, err := r.broker.line(ctx, r.src.ID)
	if err != nil {
		return err
	}
	r.recall(line)
	refuse := func(hint, format string, args ...any) error {
		return &schemas.Error{Op: "crawl", Kind: schemas.KindInvalid, Thing: r.src.ID, Hint: hint, Err: fmt.Errorf(format, args...)}
	}
	switch old := line.Ref; {
	case line.Retired != "":
		return refuse("take its file out of the registry, or accept the source again", "the source was retired: %s", line.Retired)
	case old.ID == "":
		r.newcomers.Store(r.src.ID, true)
		if err := r.newcomer(ctx); err != nil {
			return err
		}
	case old.State != r.ref.State && line.Extracted > 0:
		return refuse("move the source to the new state, or set the old one again",
			"its state was %s and is %s now, but its releases stand under the old one", old.State, r.ref.State)
	case old == r.ref && line.Base == r.src.Base:
		return nil
	case old.Name != r.ref.Name:
		r.log.Warn("the source has another name: releases carry it from their next revision on", "source", r.src.ID, "old", old.Name, "new", r.ref.Name)
	}
	return r.broker.updateLine(ctx, r.src.ID, func(st *schemas.LineState) { st.Ref, st.Base = r.ref, r.src.Base })
}

// newcomer refuses a source that was known under another id: its releases would be published a second time.
func (r *sourceRun) newcomer(ctx context.Context) error {
	return r.broker.Sources.EachLine(ctx, func(source string, st schemas.LineState) error {
		if source == r.src.ID || st.Base == "" || st.Base != r.src.Base || st.Retired != "" || st.Extracted == 0 || st.Ref.Name != r.ref.Name {
			return nil
		}
		return &schemas.Error{
			Op: "crawl", Kind: schemas.KindInvalid, Thing: r.src.ID,
			Err:  fmt.Errorf("the source %s has the same name and address, and releases", source),
			Hint: "rename that one, or retire it",
		}
	})
}

package pipeline

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/kreispresse/kreispresse/schemas"
)

// attempts is how often a write is repeated on top of somebody else's before it counts as a fault of ours.
const attempts = 16

// lineKey is where press_sources keeps the LineState of a source.
func lineKey(source string) string { return source + ".line" }

// line reads what is remembered of a source; the zero LineState when nothing is.
func (b Broker) line(ctx context.Context, source string) (schemas.LineState, uint64, error) {
	var st schemas.LineState
	rev, err := b.Sources.Get(ctx, lineKey(source), &st)
	if schemas.KindOf(err) == schemas.KindNotFound {
		return st, 0, nil
	}
	return st, rev, err
}

// updateLine changes what is remembered of a source; change may be called several times, on what is newest. What it leaves as it was is not
// written: each write waits for a disk.
func (b Broker) updateLine(ctx context.Context, source string, change func(*schemas.LineState)) error {
	var err error
	for range attempts {
		st, rev, e := b.line(ctx, source)
		if e != nil {
			return e
		}
		before, e := json.Marshal(st)
		if e != nil {
			return e
		}
		change(&st)
		after, e := json.Marshal(st)
		if e != nil || rev > 0 && bytes.Equal(before, after) {
			return e
		}
		if _, err = b.Sources.Put(ctx, lineKey(source), st, rev); schemas.KindOf(err) != schemas.KindConflict {
			return err
		}
	}
	return err
}

// page reads what is remembered of a page; the zero PageState when it is not known.
func (b Broker) page(ctx context.Context, source, page string) (schemas.PageState, uint64, error) {
	st, rev, err := b.Pages.Get(ctx, source, page)
	if schemas.KindOf(err) == schemas.KindNotFound {
		return schemas.PageState{}, 0, nil
	}
	return st, rev, err
}

// updatePage changes what is remembered of a page; change reports whether anything did change.
func (b Broker) updatePage(ctx context.Context, source, page string, change func(*schemas.PageState) bool) error {
	var err error
	for range attempts {
		st, rev, e := b.page(ctx, source, page)
		if e != nil {
			return e
		}
		if !change(&st) {
			return nil
		}
		if _, err = b.Pages.Put(ctx, source, page, st, rev); schemas.KindOf(err) != schemas.KindConflict {
			return err
		}
	}
	return err
}

// pageOf is the page that a snapshot is of.
func pageOf(s *schemas.Snapshot) (string, error) {
	u, err := schemas.CanonicalURL(s.URL)
	if err != nil {
		return "", &schemas.Error{Op: "extract", Kind: schemas.KindInvalid, Thing: s.URL, Err: err}
	}
	return schemas.PageID(s.Source.ID, u), nil
}

// carrier is the page that a release was last read from.
func carrier(r *schemas.Release) string {
	u, err := schemas.CanonicalURL(r.URL)
	if err != nil {
		return ""
	}
	return schemas.PageID(r.Source.ID, u)
}

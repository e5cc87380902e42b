package feed

import (
	"context"
	"io"

	"github.com/kreispresse/kreispresse/internal/segment"
)

// Problem is something that is not as it should be: a thing, and what is wrong with it.
type Problem = segment.Problem

// Verified is what Verify has looked at.
type Verified = segment.Verified

// Verify reads a whole archive, a directory or an http address, and reports what is cut off, altered, missing or not signed as it says. trusted is the
// operator's public key or its id, got by another way than the archive; "" believes the first key of the archive.
func Verify(ctx context.Context, place, trusted string, report func(Problem)) (*Verified, error) {
	store, err := segment.StoreOf(place)
	if err != nil {
		return nil, err
	}
	return segment.Verify(ctx, store, trusted, report)
}

// Complete compares what a subscriber has kept, one event (CloudEvents JSON) a line and in any order, with an archive: whether everything is there from a
// sequence on, is the same, and holds nothing that was erased. o says which part of the feed was taken. It returns how many events are behind
// the end of the archive, of which it says nothing.
func Complete(ctx context.Context, held io.Reader, place string, from uint64, o Options, report func(Problem)) (later int, err error) {
	if err := o.check(); err != nil {
		return 0, err
	}
	store, err := segment.StoreOf(place)
	if err != nil {
		return 0, err
	}
	part := segment.Part{State: o.State}
	if o.Source != "" {
		part.Sources = []string{o.Source}
	}
	h, err := segment.ReadHeld(held, part, report)
	if err != nil {
		return 0, err
	}
	return h.Against(ctx, store, max(from, 1), report)
}

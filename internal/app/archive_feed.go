package app

import (
	"context"
	"encoding/json"
	"time"

	"github.com/kreispresse/kreispresse/internal/segment"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// archiveFeed is the feed of a bus as an archive reads it.
type archiveFeed struct{ bus *publisher.Bus }

var _ segment.Feed = archiveFeed{}

func (f archiveFeed) Last(ctx context.Context) (uint64, error) {
	_, last, err := f.bus.Extent(ctx)
	return last, err
}

func (f archiveFeed) Each(ctx context.Context, from uint64, fn func(ev *schemas.Event, release []byte) error) error {
	first, last, err := f.bus.Extent(ctx)
	if err != nil || from > last || first > last {
		return err
	}
	_, err = f.bus.ReplayRaw(ctx, publisher.Filter{From: max(from, first)}, fn)
	return err
}

func (f archiveFeed) At(ctx context.Context, seq uint64) (*schemas.Event, []byte, error) {
	return f.bus.At(ctx, seq)
}

func (f archiveFeed) Receipts(ctx context.Context, fn func(schemas.Erased) error) error {
	return f.bus.EachRun(ctx, "", schemas.RunErased, func(_, _ string, _ time.Time, data []byte) error {
		var r schemas.Receipt
		if err := json.Unmarshal(data, &r); err != nil {
			return &schemas.Error{Op: "archive", Kind: schemas.KindStorage, Thing: schemas.StreamRuns, Err: err, Hint: "look with kreispresse verify"}
		}
		for _, x := range r.Erased {
			if x.Stream != schemas.StreamPress {
				continue
			}
			if err := fn(x); err != nil {
				return err
			}
		}
		return nil
	})
}

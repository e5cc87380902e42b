package app

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/publisher"
)

// openIndex opens the index of the data directory. It is made when it is followed for the first time.
func (p *program) openIndex(ctx context.Context) (*index.Index, error) {
	if p.config.Data == "" {
		return nil, usagef("no home directory to keep the index in: give --data DIR")
	}
	return index.Open(ctx, filepath.Join(p.config.Data, index.FileName), p.log)
}

// othersTime is how long a command waits for the process that keeps the index.
const othersTime = 5 * time.Second

// upToDate opens the index and brings it to where the feed ends now. While another process keeps it that is its work; when it is not done
// in time the answer is what there is, with a word how far that is.
func (p *program) upToDate(ctx context.Context, bus *publisher.Bus) (*index.Index, error) {
	x, err := p.openIndex(ctx)
	if err != nil {
		return nil, err
	}
	behind, err := x.Behind(ctx, bus)
	if err == nil && behind > manyEvents && terminal.Is(p.stderr) {
		fmt.Fprintf(p.stderr, "bringing the index up to date: %d events\n", behind)
	}
	if err == nil {
		err = x.CatchUp(ctx, bus, othersTime)
	}
	if err == nil {
		behind, err = x.Behind(ctx, bus)
	}
	if err != nil {
		x.Close()
		return nil, err
	}
	if behind > 0 {
		fmt.Fprintf(p.stderr, "the index is %s behind the feed: the process that keeps it has not come so far\n", plural(int(behind), "event"))
	}
	return x, nil
}

// manyEvents take so long that it is worth a word.
const manyEvents = 5000

// startIndex opens the index when one is wanted, and returns what closes it. Without one everything else goes on.
func (r *runner) startIndex(ctx context.Context) (closing func()) {
	if !r.indexed {
		return func() {}
	}
	if r.index, r.noIndex = r.openIndex(ctx); r.noIndex != nil {
		r.log.Warn("there is no index to search in", "error", r.noIndex)
		return func() {}
	}
	return func() {
		if err := r.index.Close(); err != nil {
			r.log.Warn("the index was not closed in order", "error", err)
		}
	}
}

// followIndex keeps the index of a run, if it has one.
func (r *runner) followIndex(ctx context.Context) error { return r.keepIndex(ctx, r.index, r.bus) }

// keepIndex follows the feed until ctx ends. What goes wrong is logged and tried again: it never stops a crawl.
func (p *program) keepIndex(ctx context.Context, x *index.Index, bus *publisher.Bus) error {
	if x == nil {
		return nil
	}
	const first, most = time.Second, time.Minute
	for wait := first; ; wait = min(2*wait, most) {
		started := time.Now()
		err := x.Follow(ctx, bus)
		if ctx.Err() != nil {
			return nil
		}
		if time.Since(started) > most {
			wait = first
		}
		p.log.Warn("the index is not kept up to date; it will be tried again", "error", err, "after", wait)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

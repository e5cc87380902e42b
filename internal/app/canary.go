package app

import (
	"context"
	"encoding/json"
	"time"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// canaryEvery is how often PRESS_RUNS says how far PRESS is, by whichever process is first.
const canaryEvery = time.Hour

// canaries says how far the feed is until ctx ends. What goes wrong is tried again: it never stops a crawl.
func (r *runner) canaries(ctx context.Context) error {
	t := time.NewTimer(0)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		}
		next, err := canary(ctx, r.bus, time.Now(), canaryEvery)
		if err != nil && ctx.Err() == nil {
			r.log.Warn("could not say how far the feed is", "error", oneLine(err.Error()))
			next = time.Minute
		}
		t.Reset(next)
	}
}

// canary publishes how far the feed is, unless somebody did so within the time given, and returns when the next one is due.
func canary(ctx context.Context, bus *publisher.Bus, now time.Time, every time.Duration) (next time.Duration, err error) {
	list, err := bus.LatestRuns(ctx, schemas.CanarySource, schemas.RunCanary, 1)
	if err != nil {
		return every, err
	}
	if len(list) > 0 {
		var last schemas.Canary
		if json.Unmarshal(list[0].Data, &last) == nil {
			if rest := every - now.Sub(last.At); rest > 0 && rest <= every { // a clock that was ahead keeps nobody waiting
				return rest, nil
			}
		}
	}
	_, last, err := bus.Extent(ctx)
	if err == nil {
		_, err = bus.PublishRun(ctx, schemas.CanarySource, schemas.RunCanary, schemas.Canary{Sequence: last, At: now.UTC().Truncate(time.Second)})
	}
	return every, err
}

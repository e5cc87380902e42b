package pipeline

import (
	"context"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/schemas"
)

// early extracts new pages while the crawl goes on, so that the first crawl of a large source does not publish its first release when
// it has fetched its last page. It works off batches of keptReadings snapshots in one goroutine, and ends for good at the first page
// that the feed knows already, or that says what other pages say, too: those wait for the verdict on the whole run.
type early struct {
	r     *sourceRun
	ctx   context.Context
	work  chan struct{}
	done  chan error
	since int // snapshots archived since the last batch was begun
}

func (r *sourceRun) startEarly(ctx context.Context) *early {
	e := &early{r: r, ctx: ctx, work: make(chan struct{}, 1), done: make(chan error, 1)}
	go func() { e.done <- e.loop() }()
	return e
}

// offer counts an archived snapshot. The crawler never calls it concurrently.
func (e *early) offer(s crawler.Seen) {
	if !s.Archived {
		return
	}
	if e.since++; e.since < keptReadings {
		return
	}
	select {
	case e.work <- struct{}{}:
		e.since = 0
	default: // the last batch is still at work
	}
}

// wait ends the early extraction and returns its error.
func (e *early) wait() error {
	close(e.work)
	return <-e.done
}

func (e *early) loop() error {
	over := false
	for range e.work {
		if over {
			continue
		}
		line, _, err := e.r.broker.line(e.ctx, e.r.src.ID)
		if err != nil {
			return err
		}
		batch, err := e.r.look(e.ctx, line.Extracted, keptReadings, true)
		if err != nil {
			return err
		}
		kept := e.unlike(batch)
		over = len(kept) < keptReadings
		if err := e.r.extract(e.ctx, kept, Verdict{}); err != nil {
			return err
		}
	}
	return nil
}

// unlike is the beginning of a batch in which no page says what many others say.
func (e *early) unlike(batch []*reading) []*reading {
	e.r.mu.Lock()
	defer e.r.mu.Unlock()
	for i, rd := range batch {
		if e.r.seen.standsIn(rd.says) && schemas.KindOf(rd.err) != schemas.KindNoRelease {
			return batch[:i]
		}
	}
	return batch
}

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

	stopped bool // a page was met that the feed knows already
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

// wait works off what is left and returns the error of the early extraction.
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
		var err error
		if over, err = e.batches(); err != nil {
			return err
		}
	}
	return nil
}

// batches works off whole batches while there are any; over says that the rest waits for the verdict.
func (e *early) batches() (over bool, err error) {
	for !over {
		line, _, err := e.r.broker.line(e.ctx, e.r.src.ID)
		if err != nil {
			return false, err
		}
		batch, err := e.r.look(e.ctx, line.Extracted, keptReadings, &e.stopped)
		if err != nil {
			return false, err
		}
		kept := e.unlike(batch)
		if err := e.r.extract(e.ctx, kept, Verdict{}); err != nil {
			return false, err
		}
		over = len(kept) < len(batch)
		if len(batch) < keptReadings {
			return over || e.stopped, nil
		}
	}
	return over, nil
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

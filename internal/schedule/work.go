package schedule

import (
	"context"
	"encoding/json"
	"time"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
)

// work is one Run of a Loop. Only its own goroutine touches it.
type work struct {
	*Loop
	queue   *queue
	crew    int                  // workers
	running map[*entry]time.Time // since when
	ended   chan done
	pause   time.Duration
	resume  time.Time // nothing begins before
	err     error     // the first that concerned all sources
	barred  bool      // the last question whether anything may begin was answered with no
}

func (l *Loop) newWork() *work {
	return &work{Loop: l, queue: newQueue(l.plan), running: map[*entry]time.Time{}, ended: make(chan done)}
}

const (
	// longTurn is how long a turn counts against the workers: a huge source, or one that does not answer, must not keep the others waiting.
	longTurn = 5 * time.Minute
	// mostTurns is how many turns there are at a time for each worker, long ones too.
	mostTurns = 4
	// perWorker is how many sources a worker can keep: a crawl takes a quarter of a minute, most of which is the pace, every twelve minutes.
	perWorker = 20
)

// take gives the queue other sources, each with what is remembered of it, so that what waits longest is crawled first after a start, too.
// Without the memory each is due now, and looked at in its turn.
func (w *work) take(ctx context.Context, sources []*source.Source) {
	w.queue.replace(sources, time.Now())
	if w.crew = w.workers; w.crew == 0 {
		w.crew = max(DefaultWorkers, len(sources)/perWorker)
	}
	w.metrics.sources.Set(float64(len(sources)))
	clock, err := polite.ReadClock(ctx, w.memory)
	if err == nil {
		states := map[string]State{}
		err = w.memory.Each(ctx, keyName, func(id string, raw json.RawMessage, _ uint64) error {
			var s State
			if json.Unmarshal(raw, &s) == nil { // else a word is said in its turn
				states[id] = s
			}
			return nil
		})
		w.queue.recall(states, clock)
	}
	if err != nil {
		w.log.Info("what is remembered of the sources cannot be read now", "error", err)
	}
}

// recall sets the moments of sources that wait from what is remembered of them.
func (q *queue) recall(states map[string]State, clock polite.Clock) {
	waiting := append(append(entries(nil), q.well...), q.weak...)
	for _, e := range waiting {
		s, ok := states[e.src.ID]
		if !ok {
			continue
		}
		q.take(e)
		due := clock.Local.Add(longestWait) // paused: somebody may lift it
		if at := Due(clock.Shared, e.plan, s); !at.IsZero() {
			due = clock.Ours(at)
		}
		q.put(e, due, s.Failures > 0)
	}
}

// next is the source whose turn it is; nil when none is due or no worker is free.
func (w *work) next(now time.Time) *entry {
	if e := w.queue.first(now); e != nil && !e.due.After(now) && w.free(now) {
		return e
	}
	return nil
}

// free reports whether a worker is.
func (w *work) free(now time.Time) bool {
	if len(w.running) >= w.crew*mostTurns {
		return false
	}
	short := 0
	for _, since := range w.running {
		if now.Sub(since) < longTurn {
			short++
		}
	}
	return short < w.crew
}

// waiting reports whether something is due now.
func (w *work) waiting() bool {
	now := time.Now()
	e := w.queue.first(now)
	return e != nil && !e.due.After(now)
}

// wait is how long nothing can begin.
func (w *work) wait() time.Duration {
	now, next := time.Now(), longestWait
	if e := w.queue.first(now); e != nil {
		if w.free(now) {
			next = min(next, time.Until(e.due))
		} else {
			next = min(next, w.untilLong(now))
		}
	}
	return max(next, time.Until(w.resume), time.Millisecond)
}

// untilLong is when the next turn becomes a long one.
func (w *work) untilLong(now time.Time) time.Duration {
	next := longestWait
	for _, since := range w.running {
		if left := longTurn - now.Sub(since); left > 0 {
			next = min(next, left)
		}
	}
	return next
}

// begin gives what is due to a worker each, as long as one is free.
func (w *work) begin(ctx context.Context, once bool) {
	now := time.Now()
	if !w.allowed(ctx, now) {
		return
	}
	for !now.Before(w.resume) && (!once || w.err == nil) {
		e := w.next(now)
		if e == nil {
			break
		}
		w.queue.take(e)
		w.running[e] = now
		go func() { w.ended <- w.turn(ctx, e) }()
	}
	w.metrics.running.Set(float64(len(w.running)))
	w.metrics.lag.Set(w.lag(now).Seconds())
}

// allowed asks whether anything may begin, when something would. What speaks against it is an outage until nothing does.
func (w *work) allowed(ctx context.Context, now time.Time) bool {
	if w.may == nil || now.Before(w.resume) || w.next(now) == nil {
		return true
	}
	err := w.may(ctx)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		w.barred = true
		w.fail(err)
	case w.barred:
		w.barred = false
		w.recover()
	}
	return err == nil
}

// lag is for how long the source that is due first has been.
func (w *work) lag(now time.Time) (most time.Duration) {
	for _, h := range []entries{w.queue.well, w.queue.weak} {
		if e := h.first(); e != nil {
			most = max(most, now.Sub(e.due))
		}
	}
	return most
}

// finish puts a source back. After an error that concerns all sources the loop pauses.
func (w *work) finish(d done, once bool) {
	delete(w.running, d.entry)
	due, now := d.due, time.Now()
	if d.err != nil {
		w.fail(d.err)
		due = now
	} else if d.ran {
		w.recover()
	}
	if once && d.err == nil && !due.After(now) {
		due = now.Add(time.Minute) // it has had its turn
	}
	w.queue.put(d.entry, due, d.weak)
}

func (w *work) fail(err error) {
	if w.err == nil {
		w.err = err
	}
	w.mu.Lock()
	w.outage = err
	w.mu.Unlock()
	if time.Now().Before(w.resume) {
		return // others that ran at the same time
	}
	w.pause = min(max(2*w.pause, w.first), lastPause)
	w.resume = time.Now().Add(w.pause)
	w.metrics.outages.Inc()
	w.log.Error("nothing can be crawled now, tried again soon", "pause", w.pause, "error", err)
}

func (w *work) recover() {
	w.mu.Lock()
	was := w.outage
	w.outage = nil
	w.mu.Unlock()
	w.pause = 0
	if was != nil {
		w.log.Warn("crawling goes on", "after", was)
	}
}

// drain waits for what is being crawled; its context has ended.
func (w *work) drain() {
	for len(w.running) > 0 {
		delete(w.running, (<-w.ended).entry)
	}
	w.metrics.running.Set(0)
}

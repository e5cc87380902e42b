package schedule

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
)

// Runner crawls one source. The error is one that concerns all of them: the broker, the store, the end of ctx.
type Runner func(ctx context.Context, src *source.Source) (Result, error)

// Loop keeps sources crawled until its context ends.
type Loop struct {
	memory  Memory
	run     Runner
	log     *slog.Logger
	metrics *Metrics
	workers int
	first   time.Duration // pause
	claim   time.Duration
	plan    func(*source.Source) Plan
	me      string
	reload  chan []*source.Source

	mu     sync.Mutex
	outage error // why nothing is crawled just now; nil: it is
}

// Options of a Loop. The zero value works.
type Options struct {
	Workers int                       // sources crawled at a time; 0: DefaultWorkers
	Pause   time.Duration             // the first one after an error that concerns all sources; 0: DefaultPause
	Claim   time.Duration             // how long a source that was claimed by a process that is gone is left alone; 0: DefaultClaim
	Plan    func(*source.Source) Plan // how often a source wants to be asked; nil: PlanOf
	Log     *slog.Logger
	Metrics *Metrics
}

// DefaultWorkers bounds how many sources are crawled at a time. They are different hosts, so nobody's pace is touched.
const DefaultWorkers = 16

const (
	// longestWait is how long the loop sleeps at most: the clock may be set meanwhile.
	longestWait = time.Minute
	// After an error that concerns all sources nothing is crawled for a while, ever longer.
	DefaultPause, lastPause = 5 * time.Second, 5 * time.Minute
)

// New makes a Loop.
func New(memory Memory, run Runner, opt Options) *Loop {
	l := &Loop{
		memory: memory, run: run, log: opt.Log, metrics: opt.Metrics, workers: cmp.Or(opt.Workers, DefaultWorkers),
		first: cmp.Or(opt.Pause, DefaultPause), me: polite.Holder(), claim: cmp.Or(opt.Claim, DefaultClaim), reload: make(chan []*source.Source, 1),
	}
	if l.plan = opt.Plan; l.plan == nil {
		l.plan = PlanOf
	}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	if l.metrics == nil {
		l.metrics = NewMetrics(nil)
	}
	return l
}

// Reload takes other sources from now on. What is being crawled is crawled to its end as it was.
func (l *Loop) Reload(sources []*source.Source) {
	select { // only the newest counts
	case <-l.reload:
	default:
	}
	l.reload <- sources
}

// Outage is why nothing is crawled just now; nil when nothing keeps the loop from it.
func (l *Loop) Outage() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.outage
}

// done is how a turn ended.
type done struct {
	entry *entry
	due   time.Time
	ran   bool
	err   error
}

// Run crawls what is due until ctx ends, or, when once is set, until everything that was due at its start has had its turn. The error is
// that of ctx; with once also the first one that concerns all sources.
func (l *Loop) Run(ctx context.Context, sources []*source.Source, once bool) error {
	w := &work{Loop: l, queue: newQueue(l.plan), ended: make(chan done)}
	w.queue.replace(sources, time.Now())
	l.metrics.sources.Set(float64(len(sources)))
	defer w.drain()
	for {
		if ctx.Err() == nil {
			w.begin(ctx, once)
		}
		if once && w.running == 0 && (w.err != nil || !w.waiting()) {
			return w.err
		}
		timer := time.NewTimer(w.wait())
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case d := <-w.ended:
			w.finish(d, once)
		case s := <-l.reload:
			w.queue.replace(s, time.Now())
			l.metrics.sources.Set(float64(len(s)))
		case <-timer.C:
		}
		timer.Stop()
	}
}

// work is one Run of a Loop. Only its own goroutine touches it.
type work struct {
	*Loop
	queue   *queue
	running int
	ended   chan done
	pause   time.Duration
	resume  time.Time // nothing begins before
	err     error     // the first that concerned all sources
}

// waiting reports whether something is due now.
func (w *work) waiting() bool {
	e := w.queue.first()
	return e != nil && !e.due.After(time.Now())
}

// wait is how long nothing can begin.
func (w *work) wait() time.Duration {
	next := longestWait
	if e := w.queue.first(); e != nil && w.running < w.workers {
		next = min(next, time.Until(e.due))
	}
	return max(next, time.Until(w.resume), time.Millisecond)
}

// begin gives what is due to a worker each, as long as one is free.
func (w *work) begin(ctx context.Context, once bool) {
	now := time.Now()
	for w.running < w.workers && w.waiting() && !now.Before(w.resume) && (!once || w.err == nil) {
		e := w.queue.take()
		w.running++
		go func() { w.ended <- w.turn(ctx, e) }()
	}
	w.metrics.running.Set(float64(w.running))
	w.metrics.lag.Set(w.lag().Seconds())
}

// lag is for how long the source that is due first has been.
func (w *work) lag() time.Duration {
	if e := w.queue.first(); e != nil {
		return max(time.Since(e.due), 0)
	}
	return 0
}

// finish puts a source back. After an error that concerns all sources the loop pauses.
func (w *work) finish(d done, once bool) {
	w.running--
	d.entry.due = d.due
	if d.err != nil {
		w.fail(d.err)
		d.entry.due = time.Now()
	} else if d.ran {
		w.recover()
	}
	if now := time.Now(); once && d.err == nil && !d.entry.due.After(now) {
		d.entry.due = now.Add(time.Minute) // it has had its turn
	}
	w.queue.put(d.entry)
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
	for ; w.running > 0; w.running-- {
		<-w.ended
	}
	w.metrics.running.Set(0)
}

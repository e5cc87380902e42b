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
	workers int           // 0: by the number of sources
	first   time.Duration // pause
	claim   time.Duration
	plan    func(*source.Source) Plan
	me      string
	reload  chan []*source.Source
	may     func(context.Context) error

	mu     sync.Mutex
	outage error // why nothing is crawled just now; nil: it is
}

// Options of a Loop. The zero value works.
type Options struct {
	Workers int                       // sources crawled at a time, those apart that take long; 0: one for 20 sources, DefaultWorkers at least
	Pause   time.Duration             // the first one after an error that concerns all sources; 0: DefaultPause
	Claim   time.Duration             // how long a source that was claimed by a process that is gone is left alone; 0: DefaultClaim
	Plan    func(*source.Source) Plan // how often a source wants to be asked; nil: PlanOf
	Log     *slog.Logger
	Metrics *Metrics
	May     func(context.Context) error // why nothing may be crawled just now, asked before anything begins; nil: it always may
}

// DefaultWorkers is how many sources are crawled at a time at least. They are different hosts, so nobody's pace is touched.
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
		memory: memory, run: run, log: opt.Log, metrics: opt.Metrics, workers: opt.Workers,
		first: cmp.Or(opt.Pause, DefaultPause), me: polite.Holder(), claim: cmp.Or(opt.Claim, DefaultClaim), reload: make(chan []*source.Source, 1),
		may: opt.May,
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
	weak  bool // the last run failed
	err   error
}

// Run crawls what is due until ctx ends, or, when once is set, until everything that was due at its start has had its turn. The error is
// that of ctx; with once also the first one that concerns all sources.
func (l *Loop) Run(ctx context.Context, sources []*source.Source, once bool) error {
	w := l.newWork()
	w.take(ctx, sources)
	defer w.drain()
	for {
		if ctx.Err() == nil {
			w.begin(ctx, once)
		}
		if once && len(w.running) == 0 && (w.err != nil || !w.waiting()) {
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
			w.take(ctx, s)
		case <-timer.C:
		}
		timer.Stop()
	}
}

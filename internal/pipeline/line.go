package pipeline

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/schemas"
)

// parallelSources bounds how many sources are crawled at a time. They are different hosts, so nobody's pace is touched.
const parallelSources = 16

// Line is the whole way of a page: crawl, archive, judge, extract, publish. It is safe for concurrent use.
type Line struct {
	broker  Broker
	crawler *crawler.Crawler
	log     *slog.Logger
	parsing *semaphore.Weighted // as many pages are parsed at a time as there are processors
	Account Account             // of everything this Line has extracted
	Alarm   func(health.Alarm)  // is told each alarm that is on record; nil: nobody is
	now     func() time.Time

	newcomers sync.Map // ids of sources of which nothing was known when their run began
}

// New joins a crawler and a broker. A nil log is none.
func New(b Broker, c *crawler.Crawler, log *slog.Logger) *Line {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Line{broker: b, crawler: c, log: log, parsing: semaphore.NewWeighted(int64(runtime.GOMAXPROCS(0))), now: time.Now}
}

// SetClock lets a demonstration or a test move the time. It must be called before the Line is used.
func (l *Line) SetClock(now func() time.Time) { l.now = now }

// Report is the account of one run of one source, the manifest of PRESS_RUNS.
type Report struct {
	crawler.Summary
	Verdict  Verdict           `json:"verdict"`
	Releases map[Outcome]int   `json:"releases"`
	Filled   *health.Filled    `json:"filled,omitempty"` // what the new and corrected releases have
	Events   int               `json:"events"`           // published by the run; their ids and hashes are in the events "released" before
	Marks    map[string]uint64 `json:"marks,omitempty"`  // last sequence of each stream when the run ended
	Error    string            `json:"error,omitempty"`  // why the run ended early, when that was our own fault
	Later    time.Time         `json:"-"`                // there was no run: another process asks the host, until then at most
}

// Failed reports whether the source needs somebody's attention.
func (r *Report) Failed() bool {
	return r.Summary.Failed() || len(r.Verdict.Reasons) > 0 || r.Error != ""
}

// reasons are why the source needs attention, by the crawl and by the verdict on it.
func (r *Report) reasons() []string { return slices.Concat(r.Reasons, r.Verdict.Reasons) }

// causes are the same as codes.
func (r *Report) causes() []schemas.Cause { return slices.Concat(r.Causes, r.Verdict.Causes) }

// Err is nil unless the run failed; then it says why, on one line.
func (r *Report) Err() error {
	reasons := r.reasons()
	if r.Error != "" {
		reasons = append(reasons, r.Error)
	}
	if len(reasons) == 0 {
		return nil
	}
	return &schemas.Error{Op: "crawl", Kind: schemas.KindUnavailable, Thing: r.Source.ID, Err: errors.New(strings.Join(reasons, "; "))}
}

// Run crawls sources and extracts what they bring. The reports are in the order of the sources. What is a source's own ends that source
// only and stands in its report; the error is one that concerns all of them (the broker, the store) or the end of ctx, and then the
// reports of what was done until then are given, too.
func (l *Line) Run(ctx context.Context, sources []*source.Source, opt func(*source.Source) crawler.Options) ([]Report, error) {
	reports := make([]Report, len(sources))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(parallelSources)
	var mu sync.Mutex // guards reports
	for i, src := range sources {
		g.Go(func() error {
			rep, err := l.runSource(gctx, src, opt(src))
			if err != nil && gctx.Err() == nil {
				rep.Error = err.Error()
				rep.Later, _ = crawler.HeldUntil(err)
			}
			mu.Lock()
			reports[i] = rep
			mu.Unlock()
			if err == nil || shared(err) {
				return err
			}
			if !rep.Later.IsZero() {
				l.log.Warn("the source is left to the process that asks its host", "source", src.ID, "error", err)
				return nil
			}
			l.log.Error("the source ends here, the others go on", "source", src.ID, "error", err)
			return nil
		})
	}
	return reports, errors.Join(ctx.Err(), g.Wait())
}

// shared reports whether an error concerns every source: the broker or the store behind all of them, or the end of the run.
func shared(err error) bool {
	switch schemas.KindOf(err) {
	case schemas.KindUnavailable, schemas.KindStorage, schemas.KindLocked:
		return true
	}
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

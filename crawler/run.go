package crawler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// committers is how many pages may be on their way to the archive while the next one is fetched.
const committers = 4

// givenUp is how many pages in a row may get no answer before the host is left alone until the next crawl.
const givenUp = 8

// run is one crawl in progress.
type run struct {
	*Crawler
	src *source.Source
	opt Options
	get *collector
	log *slog.Logger

	memory *recall

	mu    sync.Mutex // guards the summary and orders Progress
	sum   Summary
	done  int
	total int

	seeing sync.Mutex // orders Seen
}

func newRun(c *Crawler, src *source.Source, opt Options) *run {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Run == "" {
		opt.Run = opt.Now().UTC().Format("20060102T150405.000Z")
	}
	return &run{
		Crawler: c, src: src, opt: opt, get: newCollector(src, c.hosts, c.id), log: c.log.With("source", src.ID, "run", opt.Run),
		sum: Summary{Source: src.Ref(), Run: opt.Run, Started: opt.Now(), DryRun: opt.DryRun, Counts: map[Outcome]int{}},
	}
}

// crawl discovers and fetches until everything is done or the crawl's time is over: then what was not asked for is left to the next
// one.
func (r *run) crawl(ctx context.Context) error {
	end, why := time.Now().Add(r.src.Limits.Duration), fmt.Sprintf("limits.duration, %v", r.src.Limits.Duration)
	if u := r.opt.Until; !u.IsZero() && u.Before(end) {
		end, why = u, "the time for the run"
	}
	limited, cancel := context.WithDeadlineCause(ctx, end, errTimeIsUp)
	defer cancel()
	err := r.work(limited)
	if ctx.Err() == nil && errors.Is(context.Cause(limited), errTimeIsUp) && (err == nil || onlyContext(err)) {
		r.note("ended after " + why + "; the next crawl goes on")
		return nil
	}
	return err
}

// errTimeIsUp is the cause of a context that ends with the time a source may take.
var errTimeIsUp = errors.New("the time for this source is up")

func (r *run) note(note string) {
	r.sum.Notes = append(r.sum.Notes, note)
	r.log.Warn("crawl", "note", note)
}

func (r *run) work(ctx context.Context) error {
	if err := r.recallSource(ctx); err != nil {
		return err
	}
	f, err := r.discover(ctx)
	if err != nil {
		return err
	}
	if r.opt.DryRun {
		listed, err := r.wanted(ctx, f)
		for _, e := range listed {
			r.listed(e)
		}
		return err
	}
	if err := r.choose(ctx, f); err != nil {
		return err
	}
	err = r.fetchAll(ctx, f)
	r.memory.whole = r.opt.Limit == 0 && r.opt.Since.IsZero() && !f.Full
	if kept := r.keepMemory(ctx, f); err == nil {
		err = kept
	}
	return err
}

func (r *run) discover(ctx context.Context) (*discover.Frontier, error) {
	opt := discover.Options{Since: r.opt.Since, Enough: r.opt.Limit, Now: r.opt.Now(), Note: func(url string, listed int) {
		r.progress(Progress{Phase: PhaseDiscover, Total: listed, URL: url})
	}}
	var failed error
	if r.lists != nil && !r.opt.DryRun {
		opt.Keep = r.keepList(ctx)
	}
	if !r.always() && !r.opt.DryRun {
		opt.Lists = r.memory.Lists
		opt.News = func(e discover.Entry) bool {
			is, err := r.isNews(ctx, e)
			if err != nil && failed == nil {
				failed = err
			}
			return is || err != nil
		}
	}
	f, health, err := discover.Read(ctx, r.src, r.get, opt)
	if err == nil {
		err = failed
	}
	r.sum.Starts, r.sum.Discovered, r.sum.Refused, r.sum.Known = health, len(f.Entries), f.Refused, r.memory.Known
	if f.Confirmed || f.Partial { // not all of it was read: it names what it named before
		r.sum.Discovered = max(r.sum.Discovered, r.memory.Listed)
	}
	r.memory.Listed = r.sum.Discovered
	for _, h := range health {
		if h.Error != "" {
			r.log.Warn("a start page could not be read", "kind", h.Kind, "url", h.URL, "error", h.Error)
		}
	}
	if f.Full {
		r.log.Warn("more pages than limits.pages, the rest was left out", "pages", f.Bound)
	}
	return f, err
}

// isNews reports whether an entry of a list is a page that nobody has met, or says something new of one.
func (r *run) isNews(ctx context.Context, e discover.Entry) (bool, error) {
	st, known, err := r.state(ctx, e.Page)
	if err != nil || known {
		return known && news(st, e, r.src.Plan().Zone), err
	}
	_, passed := r.memory.Passed[e.Page]
	return !passed && !r.memory.waiting[e.Page], nil
}

// fetchAll fetches page after page and commits a few at a time beside it: the host's pace, not the disk, sets the speed.
func (r *run) fetchAll(ctx context.Context, f *discover.Frontier) error {
	commits, ctx := errgroup.WithContext(ctx)
	commits.SetLimit(committers)
	unanswered := 0
	var err error
	i := 0
	for ; i < len(f.Entries) && err == nil && ctx.Err() == nil; i++ {
		e := f.Entries[i]
		r.expect(len(f.Entries))
		if unanswered >= givenUp {
			r.count(OutcomeSkipped, len(f.Entries)-i)
			r.sum.reason(schemas.CauseGivenUp, schemas.With{"N": unanswered, "Left": len(f.Entries) - i},
				"given up after {N} pages in a row without an answer, {Left} pages left")
			break
		}
		r.listed(e)
		var res *result
		if res, err = r.page(ctx, f, e); err != nil {
			break // before i counts the page as done
		}
		if schemas.KindOf(res.err) == schemas.KindUnavailable {
			unanswered++
		} else {
			unanswered = 0
		}
		commits.Go(func() error { return r.commit(ctx, e, res) })
	}
	if errors.Is(context.Cause(ctx), errTimeIsUp) {
		r.count(OutcomeSkipped, len(f.Entries)-i)
	}
	if failed := commits.Wait(); failed != nil { // then err is but its echo: the group ends ctx
		return failed
	}
	return err
}

// own marks an error of our own side (archive, memory), which ends the crawl, unless it is just the context's end.
func (r *run) own(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%s of %s: %w", what, r.src.ID, err)
}

func (r *run) listed(e discover.Entry) {
	if r.opt.Listed != nil {
		r.opt.Listed(Listed{URL: e.URL, Hints: e.Hints})
	}
}

func (r *run) count(o Outcome, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sum.Counts[o] += n
}

func (r *run) expect(total int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.total = total
}

// outcome books one page.
func (r *run) outcome(e discover.Entry, res *result) {
	o, err := res.outcome, res.err
	r.mu.Lock()
	r.sum.Counts[o]++
	r.done++
	r.memory.learn(e, res, r.opt.Now(), r.src.Plan().Zone)
	if err != nil && len(r.sum.Errors) < maxPageErrors {
		r.sum.Errors = append(r.sum.Errors, PageError{URL: e.URL, Outcome: o, Kind: schemas.KindOf(err), Error: polite.Why(err)})
	}
	p := Progress{Phase: PhaseFetch, Done: r.done, Total: r.total, Outcome: o, URL: e.URL}
	r.mu.Unlock()
	level := slog.LevelDebug
	switch {
	case o == OutcomeRobots, o == OutcomeNoIndex: // as it should be
		level = slog.LevelInfo
	case err != nil:
		level = slog.LevelWarn
	}
	attrs := []any{"url", e.URL, "outcome", o}
	if err != nil {
		attrs = append(attrs, "error", polite.Why(err))
	}
	r.log.Log(context.Background(), level, "page", attrs...)
	r.progress(p)
	if r.opt.Seen == nil {
		return
	}
	seen := Seen{Page: e.Page, URL: e.URL, Outcome: o, Look: res.look, Archived: res.archived, To: res.to}
	if res.state != nil {
		seen.State = *res.state
	}
	r.seeing.Lock()
	defer r.seeing.Unlock()
	r.opt.Seen(seen)
}

func (r *run) progress(p Progress) {
	if r.opt.Progress == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	p.Source = r.src.ID
	r.opt.Progress(p)
}

// finish closes the account. The context's end is an interruption; any other error is passed on.
func (r *run) finish(ctx context.Context, err error) (Summary, error) {
	s := &r.sum
	s.Finished, s.Requests, s.Bytes = r.opt.Now(), r.get.traffic.Requests.Load(), r.get.traffic.Bytes.Load()
	for _, note := range r.get.traffic.Notes() {
		r.note(note)
	}
	if ctx.Err() != nil && (err == nil || onlyContext(err)) {
		s.Interrupted, err = true, nil
	}
	if err == nil {
		s.judge()
		r.log.Info("crawled", "result", s.String(), "requests", s.Requests, "failed", s.Failed(), "interrupted", s.Interrupted)
	}
	return *s, err
}

func onlyContext(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

package pipeline

import (
	"context"
	"errors"
	"maps"
	"sync"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/crash"
	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/schemas"
)

// sourceRun is one run of one source: crawl, judge, extract, withdraw, account.
type sourceRun struct {
	*Line
	src *source.Source
	ref schemas.Source
	run string

	probe probe

	mu      sync.Mutex      // guards what follows, and seen
	aside   map[string]bool // pages that have a hold or a dead letter
	touched map[string]bool // pages and releases that this run has written: what was read of them before is out of date
	seen    *evidence
	missing []missing               // pages found gone
	held    map[string]schemas.Hold // pages with a held change that said the same again
	count   map[Outcome]int
	ids     map[string]string // of released, not yet written to PRESS_RUNS
	part    int
	events  int // published by the run
	filled  health.Filled
}

// missing is a page that was found gone, with its row of misses.
type missing struct {
	page  string
	state schemas.PageState
}

func (l *Line) newSourceRun(src *source.Source) *sourceRun {
	return &sourceRun{
		Line: l, src: src, ref: src.Ref(), aside: map[string]bool{}, touched: map[string]bool{}, seen: newEvidence(), held: map[string]schemas.Hold{},
		count: map[Outcome]int{}, ids: map[string]string{},
	}
}

// runSource runs one source. The report is as complete as the run.
func (l *Line) runSource(ctx context.Context, src *source.Source, opt crawler.Options) (Report, error) {
	r := l.newSourceRun(src)
	rep := Report{Summary: crawler.Summary{Source: r.ref, DryRun: opt.DryRun}}
	if err := r.admit(ctx); err != nil {
		return rep, err
	}
	opt.Doubt = maps.Clone(r.aside)
	early := r.startEarly(ctx)
	opt.Seen = func(s crawler.Seen) {
		r.see(s)
		early.offer(s)
	}
	sum, err := l.crawler.Crawl(ctx, src, opt)
	rep.Summary, r.run = sum, sum.Run
	err = errors.Join(err, early.wait())
	if err == nil && !opt.DryRun && ctx.Err() == nil {
		rep.Verdict, err = r.finish(ctx, &rep)
	}
	rep.Releases, rep.Events = r.count, r.events
	return rep, errors.Join(err, ctx.Err())
}

// finish settles what the crawl brought and writes both manifests.
func (r *sourceRun) finish(ctx context.Context, rep *Report) (v Verdict, err error) {
	if _, err = r.broker.Runs.PublishRun(ctx, r.src.ID, schemas.RunFetched, rep.Summary); err != nil {
		return v, err
	}
	crash.Here(crash.FetchedNoted)
	if v, err = r.settle(ctx); err != nil {
		return v, err
	}
	crash.Here(crash.Extracted)
	if r.broker.Mark != nil {
		if rep.Marks, err = r.broker.Mark(ctx); err != nil {
			return v, err
		}
	}
	if err = r.released(ctx); err != nil {
		return v, err
	}
	done := *rep
	done.Verdict, done.Releases, done.Events, done.Filled = v, r.count, r.events, r.filled.Clone()
	if _, err = r.broker.Runs.PublishRun(ctx, r.src.ID, schemas.RunExtracted, done); err != nil {
		return v, err
	}
	return v, r.watch(ctx, &done)
}

// see books what the crawl saw of one page; it may be called from several goroutines.
func (r *sourceRun) see(s crawler.Seen) {
	if s.Outcome == crawler.OutcomeRobots || s.Outcome == crawler.OutcomeSkipped {
		return // it was not asked for
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	h := s.State.Held
	if s.State.Release == "" { // it carries nothing that could be doubted
		if h != nil && s.Look == schemas.LookThere && !s.Archived {
			r.held[s.Page] = *h
		}
		return
	}
	switch {
	case s.State.Gone && s.Look != schemas.LookThere: // it was believed gone before, and still is
	case s.Look == schemas.LookGone:
		r.seen.see(s.Page, doubtGone)
		r.missing = append(r.missing, missing{s.Page, s.State})
	case s.Look == schemas.LookUnclear:
		r.seen.see(s.Page, doubtSilent)
	case h != nil && !s.Archived:
		r.held[s.Page] = *h
		d := noDoubt
		if h.Kind == schemas.HoldReplaced {
			d = doubtReplaced
			r.seen.hear(s.Page, h.Says)
		}
		r.seen.see(s.Page, d)
	default:
		r.seen.see(s.Page, noDoubt)
	}
}

// settle judges the run by all that was seen, extracts what waits, lets held changes through that are believed now, and withdraws what
// is gone.
func (r *sourceRun) settle(ctx context.Context) (Verdict, error) {
	line, _, err := r.broker.line(ctx, r.src.ID)
	if err != nil {
		return Verdict{}, err
	}
	batch, err := r.look(ctx, line.Extracted, 0, nil)
	if err != nil {
		return Verdict{}, err
	}
	if err := r.ask(ctx, batch); err != nil {
		return Verdict{}, err
	}
	v := r.seen.judge()
	for _, step := range []func() error{
		func() error { return r.extract(ctx, batch, v) },
		func() error { return r.believe(ctx, v) },
		func() error { return r.withdraw(ctx, v) },
	} {
		if err := step(); err != nil {
			return v, err
		}
	}
	if n := r.count[NoRelease] + r.count[Dead]; v.Asked == 0 && n > 0 && r.events == 0 && r.count[Unchanged]+r.count[Twin]+r.count[Superseded] == 0 {
		v.reason(schemas.CauseNoRelease, schemas.With{"N": n}, "none of the {N} pages that were read is a release")
	}
	return v, r.remember(ctx, v)
}

// remember notes whether the run is believed, for status and for the next run.
func (r *sourceRun) remember(ctx context.Context, v Verdict) error {
	if v.Asked == 0 {
		return nil // nothing was asked that could clear or raise a suspicion
	}
	var s *schemas.Suspicion
	if v.Suspect {
		s = &schemas.Suspicion{Run: r.run, Since: r.now().UTC(), Asked: v.Asked, Doubtful: v.Doubtful(), Reason: v.Reasons[0], Cause: &v.Causes[0]}
	}
	raised := false
	err := r.broker.updateLine(ctx, r.src.ID, func(st *schemas.LineState) {
		raised = st.Suspect == nil && s != nil
		if st.Suspect != nil && s != nil {
			s.Since = st.Suspect.Since
		}
		st.Suspect = s
	})
	if err == nil && raised {
		_, err = r.broker.Runs.PublishRun(ctx, r.src.ID, schemas.RunSuspect, s)
	}
	return err
}

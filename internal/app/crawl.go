package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) crawlCommand() *cli.Command {
	return &cli.Command{
		Name:      "crawl",
		Usage:     "fetch new and changed pages of the sources, extract their releases and publish them",
		ArgsUsage: "[SOURCE…]",
		Description: "Without SOURCE those are crawled that are verified, and those of your own files. New pages are fetched, and known ones are\n" +
			"looked at again by their age, with one conditional request: those of today in each crawl, old ones twice a year. Interrupt it at any time: " +
			"what was done is kept and the next run continues. Exit code 1: a source failed; 3: no site\n" +
			"answered. A page that fails is counted and tried again by the next run." + examples(
			"kreispresse crawl --contact redaktion@example.org",
			"kreispresse crawl kreis-dueren --dry-run",
			"kreispresse --sources DIR crawl --since 14d --limit 50",
		),
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "limit", HideDefault: true, Usage: "fetch at most `N` pages of each source"},
			&cli.StringFlag{Name: "since", Usage: "skip pages that the lists date before `WHEN`: a day, a time, or how long ago (7d)"},
			&cli.DurationFlag{Name: "for", HideDefault: true, Usage: "end after `TIME` (30m, 4h) with what was done by then; the next run goes on"},
			&cli.BoolFlag{Name: "all", Usage: "ask for every page that is listed or known, also for those looked at lately enough for their age"},
			&cli.BoolFlag{Name: "dry-run", Usage: "ask robots.txt and the lists only, and print the pages that would be fetched"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			since, err := parseWhen("since", cmd.String("since"), time.Now())
			if err != nil {
				return err
			}
			if cmd.Int("limit") < 0 {
				return usagef("--limit %d: want a number of pages", cmd.Int("limit"))
			}
			sources, err := p.toCrawl(cmd.Args().Slice())
			if err != nil {
				return err
			}
			opt := crawler.Options{Limit: cmd.Int("limit"), Since: since, DryRun: cmd.Bool("dry-run"), All: cmd.Bool("all")}
			if d := cmd.Duration("for"); d < 0 {
				return usagef("--for %v: want a time such as 30m", d)
			} else if d > 0 {
				opt.Until = time.Now().Add(d)
			}
			return p.crawl(ctx, sources, opt)
		},
	}
}

func (p *program) crawl(ctx context.Context, sources []*source.Source, opt crawler.Options) error {
	bus, err := p.openBus(ctx)
	if err != nil {
		return err
	}
	defer bus.Close()
	p.hintContact(sources)
	p.hintUnverified(sources)
	l, bar := p.newLine(bus), p.progress()
	if opt.DryRun {
		opt.Listed = func(x crawler.Listed) {
			bar.done()
			fmt.Fprintf(p.stdout, "%s\t%s\t%s\n", orElse(x.Hints.Published, "-"), x.URL, oneLine(x.Hints.Title))
		}
	}
	run := crawlProgress{total: len(sources), done: map[string]bool{}}
	opt.Progress = func(g crawler.Progress) { bar.show("%s", run.line(g, l.Account.Total())) }
	reports, err := l.Run(ctx, sources, func(*source.Source) crawler.Options { return opt })
	bar.done()
	if opt.DryRun {
		p.viewStarts(reports)
	} else {
		if werr := p.viewReports(reports); werr != nil {
			return errors.Join(err, werr)
		}
		if _, werr := fmt.Fprintf(p.stdout, "releases: %s\n", &l.Account); werr != nil {
			return errors.Join(err, werr)
		}
	}
	return errors.Join(err, p.reportFailed(reports))
}

// hintContact says once a run that press offices cannot reach whoever crawls them.
func (p *program) hintContact(sources []*source.Source) {
	if p.config.Contact == "" && slices.ContainsFunc(sources, func(s *source.Source) bool { return !s.AllowPrivate }) {
		p.log.Warn("no --contact is given: press offices see who visits them, but cannot reach you (--contact you@example.org, or contact: in the configuration)")
	}
}

// viewStarts says what each list, feed and sitemap gave.
func (p *program) viewStarts(reports []pipeline.Report) {
	for i := range reports {
		for _, h := range reports[i].Summary.Starts {
			line := h.Account()
			for _, why := range []string{h.Note, h.Error} {
				if why != "" {
					line += "; " + why
				}
			}
			fmt.Fprintf(p.stderr, "%s: %s %s: %s\n", reports[i].Summary.Source.ID, h.Kind, h.URL, oneLine(line))
		}
	}
}

// crawlProgress puts the progress of many sources on one line. Sources report at the same time.
type crawlProgress struct {
	mu    sync.Mutex
	total int
	done  map[string]bool // sources that have asked for all their pages
}

func (c *crawlProgress) line(g crawler.Progress, extracted int) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done[g.Source] = g.Phase == crawler.PhaseFetch && g.Done >= g.Total; !c.done[g.Source] {
		delete(c.done, g.Source)
	}
	head := ""
	if c.total > 1 {
		head = fmt.Sprintf("%d of %s · ", len(c.done), plural(c.total, "source"))
	}
	what := g.Phase
	if g.Phase == crawler.PhaseFetch {
		what = fmt.Sprintf("%d of %s", g.Done, plural(g.Total, "page"))
	}
	return fmt.Sprintf("%s%s: %s · %d extracted · %s", head, g.Source, what, extracted, g.URL)
}

// viewReports prints one line a source, those that failed first, and with several sources how many there were.
func (p *program) viewReports(reports []pipeline.Report) error {
	order := make([]*pipeline.Report, 0, len(reports))
	failed, crawled := 0, 0
	for i := range reports {
		if reports[i].Source.ID == "" {
			continue // the run ended before its turn
		}
		crawled++
		if reports[i].Failed() {
			failed++
			order = append(order, &reports[i])
		}
	}
	for i := range reports {
		if reports[i].Source.ID != "" && !reports[i].Failed() {
			order = append(order, &reports[i])
		}
	}
	w := p.table()
	for _, r := range order {
		note := ""
		switch {
		case r.Interrupted:
			note = " (interrupted)"
		case r.Failed():
			note = " (failed)"
		}
		fmt.Fprintf(w, "%s\t%s%s\t%s, %s\n", r.Source.ID, &r.Summary, note, plural(int(r.Requests), "request"), r.Duration().Round(10*time.Millisecond))
	}
	if len(reports) > 1 {
		fmt.Fprintf(w, "%d of %s, %d failed\n", crawled, plural(len(reports), "source"), failed)
	}
	return w.Flush()
}

// reportFailed prints why sources failed; its error is for the exit code: unavailable when no source's site answered, or all refused.
// What went wrong with single pages the crawler has logged.
func (p *program) reportFailed(reports []pipeline.Report) error {
	var failed error
	silent := 0
	for i := range reports {
		if err := reports[i].Err(); err != nil {
			fmt.Fprintf(p.stderr, "kreispresse: %s\n", oneLine(err.Error()))
			failed = errReported
		}
		if unanswered(&reports[i]) {
			silent++
			if reports[i].Source.ID == demoSource && p.config.Sources == "" {
				fmt.Fprintf(p.stderr, "kreispresse: %s is the demo's source, its site is up only in: kreispresse demo\n", demoSource)
			}
		}
	}
	if failed != nil && silent == len(reports) {
		return errors.Join(errReported, &schemas.Error{Op: "crawl", Kind: schemas.KindUnavailable})
	}
	return failed
}

// unanswered reports whether the site gave nothing: no start page could be read because it did not answer or refused, or all the pages
// asked for failed in that way.
func unanswered(r *pipeline.Report) bool {
	if r.Error != "" || !r.Summary.Failed() {
		return false
	}
	refused := func(k schemas.Kind) bool { return k == schemas.KindUnavailable || k == schemas.KindPolicy }
	starts := 0
	for _, h := range r.Starts {
		if h.Pages > 0 {
			starts++
		} else if !refused(h.ErrorKind) {
			return false
		}
	}
	if starts == 0 {
		return len(r.Starts) > 0
	}
	for _, o := range []crawler.Outcome{crawler.OutcomeNew, crawler.OutcomeChanged, crawler.OutcomeUnchanged, crawler.OutcomeMoved} {
		if r.Counts[o] > 0 {
			return false
		}
	}
	return len(r.Errors) > 0 && !slices.ContainsFunc(r.Errors, func(e crawler.PageError) bool { return !refused(e.Kind) })
}

package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/pipeline"
)

func (p *program) crawlCommand() *cli.Command {
	return &cli.Command{
		Name:      "crawl",
		Usage:     "fetch new and changed pages of the sources, extract their releases and publish them",
		ArgsUsage: "[SOURCE…]",
		Description: "Without SOURCE all sources are crawled. Pages that did not change cost one conditional request. Interrupt it at any time: what\n" +
			"was done is kept and the next run continues. The exit code is 1 when a source failed.",
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "limit", Usage: "fetch at most `N` pages of each source"},
			&cli.StringFlag{Name: "since", Usage: "skip pages that the lists date before `WHEN`: a day, a time, or how long ago (7d)"},
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
			sources, err := p.chosenSources(cmd.Args().Slice())
			if err != nil {
				return err
			}
			return p.crawl(ctx, sources, crawler.Options{Limit: cmd.Int("limit"), Since: since, DryRun: cmd.Bool("dry-run")})
		},
	}
}

func (p *program) crawl(ctx context.Context, sources []*source.Source, opt crawler.Options) error {
	bus, err := p.openBus(ctx)
	if err != nil {
		return err
	}
	defer bus.Close()
	l, bar := p.newLine(bus), p.progress()
	if opt.DryRun {
		opt.Listed = func(x crawler.Listed) {
			bar.done()
			fmt.Fprintf(p.stdout, "%s\t%s\t%s\n", orElse(x.Hints.Published, "-"), x.URL, x.Hints.Title)
		}
	}
	opt.Progress = func(g crawler.Progress) {
		bar.show("%s: %s %d of %d pages · %d snapshots extracted · %s", g.Source, g.Phase, g.Done, g.Total, l.Account.Total(), g.URL)
	}
	reports, err := l.Run(ctx, sources, func(*source.Source) crawler.Options { return opt })
	bar.done()
	if opt.DryRun {
		p.viewStarts(reports)
		return errors.Join(err, p.reportFailed(reports))
	}
	viewReports(p.stdout, reports)
	fmt.Fprintf(p.stdout, "releases: %s\n", &l.Account)
	return errors.Join(err, p.reportFailed(reports))
}

// viewReports prints one line a source.
func viewReports(out io.Writer, reports []pipeline.Report) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for i := range reports {
		s := &reports[i].Summary
		note := ""
		if s.Interrupted {
			note = " (interrupted)"
		}
		fmt.Fprintf(w, "%s\t%s%s\t%d requests, %s\n", s.Source.ID, s, note, s.Requests, s.Duration().Round(10*time.Millisecond))
	}
	w.Flush()
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

// reportFailed prints why sources failed; its error is for the exit code. What went wrong with single pages the crawler has logged.
func (p *program) reportFailed(reports []pipeline.Report) error {
	var failed error
	for i := range reports {
		if err := reports[i].Err(); err != nil {
			fmt.Fprintf(p.stderr, "kreispresse: %s\n", oneLine(err.Error()))
			failed = errReported
		}
	}
	return failed
}

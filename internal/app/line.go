package app

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/publisher"
)

// parallelSources bounds how many sources are crawled at a time. They are different hosts, so nobody's pace is touched.
const parallelSources = 16

// line is both halves in one process: it crawls sources and extracts what they bring.
type line struct {
	bus     *publisher.Bus
	crawler *crawler.Crawler
	extract *extractor
}

func (p *program) newLine(bus *publisher.Bus) *line {
	return &line{
		bus:     bus,
		crawler: crawler.New(bus.Pages(), bus, crawler.Config{Version: parser.Version, Contact: p.config.Contact, Log: p.log}),
		extract: &extractor{bus: bus, log: p.log},
	}
}

// run crawls the sources and returns when all that is archived has been extracted. The summaries are in the order of the sources; a
// source whose crawl could not be remembered ends the run with an error. An interruption is ctx's error.
func (l *line) run(ctx context.Context, sources []*source.Source, opt func(*source.Source) crawler.Options) ([]crawler.Summary, error) {
	sums := make([]crawler.Summary, len(sources))
	g, gctx := errgroup.WithContext(ctx)
	xctx, stopExtract := context.WithCancel(gctx)
	defer stopExtract()
	g.Go(func() error { return l.extract.run(xctx, runtime.GOMAXPROCS(0)) })
	g.Go(func() error {
		defer stopExtract()
		if err := l.crawlAll(gctx, sources, opt, sums); err != nil {
			return err
		}
		return l.bus.Drained(gctx)
	})
	return sums, errors.Join(ctx.Err(), g.Wait())
}

func (l *line) crawlAll(ctx context.Context, sources []*source.Source, opt func(*source.Source) crawler.Options, sums []crawler.Summary) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(parallelSources)
	var mu sync.Mutex // guards sums
	for i, src := range sources {
		g.Go(func() error {
			o := opt(src)
			sum, err := l.crawler.Crawl(ctx, src, o)
			mu.Lock()
			sums[i] = sum
			mu.Unlock()
			if err != nil || o.DryRun || sum.Interrupted {
				return errors.Join(err, ctx.Err())
			}
			_, err = l.bus.PublishRun(ctx, src.ID, sum)
			return err
		})
	}
	return g.Wait()
}

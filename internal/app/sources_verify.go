package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
	"unicode"

	"github.com/urfave/cli/v3"
	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/discover/probe"
	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

// How much of a source is asked for to see whether it works.
const (
	verifyPages = 8 // releases
	verifyLists = 2 // pages of each list
)

func (p *program) sourcesVerifyCommand() *cli.Command {
	return &cli.Command{
		Name:      "verify",
		Usage:     "crawl a handful of pages of sources and say whether they work",
		ArgsUsage: "[SOURCE…]",
		Description: "A source is verified when at least five of the pages that it lists are releases with title, date and text, and none of them is a\n" +
			"list or a notice. Nothing is published; what was seen is noted as the status of the source, which decides whether a crawl of\n" +
			"everything takes it. Exit code 1: a source is not verified." + examples(
			"kreispresse sources verify kreis-dueren",
			"kreispresse --sources found sources verify --all",
		),
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "all", Usage: "all sources in use"},
			&cli.BoolFlag{Name: "json", Usage: "print one line of JSON a source"},
			&cli.IntFlag{Name: "parallel", Value: 16, Usage: "look at `N` sites at a time"},
		}, probeFlags()[1:]...),
		Action: p.verifySources,
	}
}

// verified is what came of one source.
type verified struct {
	ID     string         `json:"id"`
	State  string         `json:"state"`
	Date   string         `json:"date"`
	Reason string         `json:"reason"`
	Listed int            `json:"listed"`
	Read   []probe.Sample `json:"read"`
}

func (p *program) verifySources(ctx context.Context, cmd *cli.Command) error {
	if cmd.NArg() == 0 && !cmd.Bool("all") {
		return usagef("sources verify wants a SOURCE, or --all (see: kreispresse sources verify --help)")
	}
	if n := cmd.Int("parallel"); n < 1 || n > 64 {
		return usagef("--parallel %d: want 1 to 64", n)
	}
	sources, err := p.toVerify(cmd.Args().Slice())
	if err != nil {
		return err
	}
	l, err := p.looker(ctx, cmd)
	if err != nil {
		return err
	}
	out := make([]verified, len(sources))
	var mu sync.Mutex
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(cmd.Int("parallel"))
	for i, s := range sources {
		g.Go(func() error {
			v, err := l.verify(gctx, s)
			mu.Lock()
			defer mu.Unlock()
			out[i] = v
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if p.config.Sources != "" || !cmd.Bool("land") {
		for _, v := range out {
			if err := p.noteStatus(v.ID, source.Status{Is: v.State, Date: v.Date, Reason: v.Reason}); err != nil {
				return err
			}
		}
	}
	return p.viewVerified(out, cmd.Bool("json"))
}

// toVerify are the sources with the given ids; without any all in which there is something to look at.
func (p *program) toVerify(ids []string) ([]*source.Source, error) {
	if len(ids) > 0 {
		return p.chosenSources(ids)
	}
	all, err := p.sources()
	return slices.DeleteFunc(all, func(s *source.Source) bool { return !s.HasStart() || s.ID == demoSource && p.config.Sources == "" }), err
}

func (p *program) viewVerified(all []verified, asJSON bool) error {
	bad := 0
	w := p.table()
	if !asJSON {
		fmt.Fprintln(w, "ID\tSTATE\tDATE\tREASON")
	}
	for _, v := range all {
		if v.State != probe.Verified {
			bad++
		}
		if asJSON {
			if err := writeLine(p.data, v); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", v.ID, v.State, v.Date, oneLine(v.Reason))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if bad > 0 {
		return &schemas.Error{Op: "sources verify", Kind: schemas.KindNoRelease, Err: fmt.Errorf("%d of %s not verified", bad, plural(len(all), "source"))}
	}
	return nil
}

// verify crawls a handful of pages of a source and judges them.
func (l *looker) verify(ctx context.Context, src *source.Source) (verified, error) {
	v := verified{ID: src.ID, Date: l.now.Format(time.DateOnly)}
	few := *src
	few.Start.Listings = slices.Clone(src.Start.Listings)
	for i := range few.Start.Listings {
		few.Start.Listings[i].MaxPages = verifyLists
	}
	if l.private {
		few.AllowPrivate, few.Pace = true, 0
	}
	if err := few.Check(); err != nil {
		return v, err
	}
	t := &tray{}
	sum, err := l.crawler.On(t, t).Crawl(ctx, &few, crawler.Options{Limit: verifyPages})
	if err != nil || ctx.Err() != nil {
		return v, errors.Join(err, ctx.Err())
	}
	for i := range t.pages {
		v.Read = append(v.Read, readSample(&t.pages[i]))
	}
	for _, e := range sum.Errors {
		v.Read = append(v.Read, probe.Sample{URL: e.URL, Error: e.Error})
	}
	v.Listed = sum.Discovered
	v.State, v.Reason = probe.Judge(v.Listed, v.Read)
	if v.Listed == 0 && sum.Failed() {
		v.Reason = oneLine(sum.Err().Error())
	}
	return v, nil
}

// readSample reads one page.
func readSample(s *schemas.Snapshot) probe.Sample {
	out := probe.Sample{URL: s.URL, Listed: s.Hints.Title}
	r, err := parser.Parse(s)
	if err != nil {
		out.Error = polite.Why(err)
		return out
	}
	out.Title = r.Title
	for _, c := range r.Text {
		if unicode.IsLetter(c) {
			out.Letters++
		}
	}
	if r.Published != nil {
		out.Published, out.By = r.Published.Value, r.Published.Evidence
	}
	return out
}

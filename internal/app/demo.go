package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/demosite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// demoSource is the built-in source of the demo site; its address is known only while the demo runs.
const demoSource = "kreis-ahrenfels"

// Releases that the demo shows and changes.
var (
	demoShow     = []string{"hitzeaktionsplan-vorgestellt", "klimaschutzpreis-schulen", "pm-2025-022-feuerwehrbilanz"}
	demoCorrect  = "haushalt-2027-eingebracht"
	demoCosmetic = "zeckenzeit-vorbeugen"
	demoWithdraw = "badegewaesser-ausgezeichnet"
)

func (p *program) demoCommand() *cli.Command {
	return &cli.Command{
		Name:  "demo",
		Usage: "show the whole line on a built-in press site and an embedded NATS server; needs nothing and ends by itself",
		Description: "With --serve it lives through six weeks of a Land that does not exist, two dozen press offices with all that happens to them,\n" +
			"and then serves the console over them until it is told to end; new releases go on coming." + examples(
			"kreispresse demo",
			"kreispresse demo --serve   # prints an address to open",
			"kreispresse --data DIR demo   # keeps what it made, in a new or empty DIR",
		),
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "serve", Usage: "serve the console over a fictitious Land with weeks of history"},
			&cli.StringFlag{Name: "listen", Value: "127.0.0.1:8090", Usage: "with --serve: at `ADDRESS`, a loopback one; port 0 takes any that is free"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() > 0 {
				return usagef("demo takes no arguments")
			}
			if p.config.NATS != "" {
				return usagef("the demo runs on an embedded server of its own: leave --nats away")
			}
			if cmd.Bool("serve") {
				return p.demoServe(ctx, cmd.String("listen"))
			}
			return p.demo(ctx)
		},
	}
}

func (p *program) demo(ctx context.Context) error {
	dir, kept, cleanup, err := p.demoDir()
	if err != nil {
		return err
	}
	defer cleanup()
	p.config.Data = dir
	site := demosite.New()
	base, stop, err := site.Serve(ctx)
	if err != nil {
		return err
	}
	defer stop()
	bus, err := p.openBus(ctx)
	if err != nil {
		return err
	}
	defer bus.Close()
	src, err := demoSite(base)
	if err != nil {
		return err
	}
	d := &demo{program: p, site: site, bus: bus, src: src, paint: p.style()}
	if d.paint.width > 0 {
		d.paint.width -= len(margin)
	}
	d.say("%s\n", d.paint.bold("kreispresse: from press pages to a feed, on this machine"))
	d.say("  site  %s/presse/ (%d releases of the %s, which does not exist)\n", base, len(site.Releases()), demosite.Name)
	d.say("  data  %s (%s)\n", dir, kept)
	if err := d.run(ctx); err != nil {
		return err
	}
	if p.dataGiven {
		d.say("\nThe data is kept: kreispresse --data %s status, or tail --from 1, or replay\n", dir)
	}
	return nil
}

// demoDir is the directory of --data, which must be empty, or a temporary one.
func (p *program) demoDir() (dir, kept string, cleanup func(), err error) {
	if !p.dataGiven {
		dir, err = os.MkdirTemp("", "kreispresse-demo-")
		if err != nil {
			err = &schemas.Error{
				Op: "demo", Kind: schemas.KindStorage, Thing: os.TempDir(), Err: schemas.Pathless(err),
				Hint: "set TMPDIR to a writable directory, or give --data DIR",
			}
		}
		return dir, "removed at the end", func() { os.RemoveAll(dir) }, err
	}
	dir = p.config.Data
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return "", "", nil, invalid("demo", dir, "name a new or empty directory", errors.New("not empty, and the demo does not mix with real data"))
	}
	return dir, "kept", func() {}, nil
}

// demoSite is the built-in source at the address where the site is served now.
func demoSite(base string) (*source.Source, error) {
	all, err := source.Embedded()
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		if s.ID == demoSource {
			return s.WithBase(base + "/")
		}
	}
	return nil, fmt.Errorf("no built-in source %s", demoSource)
}

// demo is one run of the demo.
type demo struct {
	*program
	site  *demosite.Site
	bus   *publisher.Bus
	src   *source.Source
	paint style
}

func (d *demo) say(format string, args ...any) { fmt.Fprintf(d.stdout, format, args...) }

func (d *demo) head(n int, title, explain string) {
	d.say("\n%s\n%s\n", d.paint.bold(fmt.Sprintf("%d  %s", n, title)), d.paint.faint("   "+explain))
}

func (d *demo) run(ctx context.Context) error {
	d.head(1, "First crawl", "listing pages, pager, feed and sitemap are followed; each page is archived, then read, then published")
	if err := d.crawl(ctx); err != nil {
		return err
	}
	current := map[string]*schemas.Release{} // by path
	total, err := d.bus.Replay(ctx, publisher.Filter{Last: true}, func(e *schemas.Event) error {
		current[strings.TrimPrefix(e.Release.URL, strings.TrimSuffix(d.src.Base, "/"))] = e.Release
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range demoShow {
		if r := current[d.path(id)]; r != nil {
			d.say("\n")
			viewRelease(indent{d.stdout}, r, d.paint)
		}
	}
	d.say("\n")
	viewTotals(indent{d.stdout}, current)
	before := d.site.Stats()

	d.head(2, "Second crawl", "nothing has changed: pages answer 304 or send the same bytes, and no event is published")
	if err := d.crawl(ctx); err != nil {
		return err
	}
	after := d.site.Stats()
	d.say("   %d of %d pages answered 304 Not Modified; the path that robots.txt forbids was asked for %d times\n",
		after.NotModified-before.NotModified, after.Releases-before.Releases, after.Disallowed)

	d.head(3, "A correction, a cosmetic change, a withdrawal", "the press office corrects one page and takes one down (410); on a third only a page counter moves")
	if err := d.changes(ctx); err != nil {
		return err
	}

	d.head(4, "Replay", "the feed keeps every revision; a subscriber can have all of them again, or the present state of each release")
	all, err := d.bus.Count(ctx, publisher.Filter{})
	if err != nil {
		return err
	}
	st, err := d.bus.Count(ctx, publisher.Filter{Last: true})
	if err != nil {
		return err
	}
	d.say("   %d events, %d releases (%d after the first crawl); the last three:\n", all, st, total)
	return d.replayFrom(ctx, uint64(max(all-2, 1)))
}

func (d *demo) crawl(ctx context.Context) error {
	l, bar := d.newLine(d.bus), d.progress()
	reports, err := l.Run(ctx, []*source.Source{d.src}, func(*source.Source) crawler.Options {
		return crawler.Options{Progress: func(g crawler.Progress) {
			bar.show("   %s %d of %d pages · %d extracted", g.Phase, g.Done, g.Total, l.Account.Total())
		}}
	})
	bar.done()
	if err != nil {
		return err
	}
	d.say("   pages     %s (%d requests)\n   releases  %s\n", &reports[0].Summary, reports[0].Requests, &l.Account)
	return reports[0].Err()
}

// changes changes the site, crawls, and shows the events as a subscriber gets them.
func (d *demo) changes(ctx context.Context) error {
	err := errors.Join(d.site.Correct(demoCorrect), d.site.Cosmetic(demoCosmetic), d.site.Withdraw(demoWithdraw))
	if err != nil {
		return err
	}
	feed, err := d.bus.Feed(ctx, publisher.Filter{})
	if err != nil {
		return err
	}
	defer feed.Close()
	if err := d.crawl(ctx); err != nil {
		return err
	}
	d.say("%s\n", d.paint.faint("   a page that is gone is believed in the second crawl that misses it"))
	if err := d.crawl(ctx); err != nil {
		return err
	}
	d.say("   the subscriber received:\n")
	ctx, cancel := context.WithTimeoutCause(ctx, 10*time.Second, errors.New("the events did not arrive"))
	defer cancel()
	enough := errors.New("enough")
	n := 0
	err = feed.Each(ctx, func(e *schemas.Event) error {
		if n++; n == 2 {
			return errors.Join(viewEvent(indent{d.stdout}, e, d.paint), enough)
		}
		return viewEvent(indent{d.stdout}, e, d.paint)
	})
	if errors.Is(err, enough) {
		return nil
	}
	return errors.Join(err, context.Cause(ctx))
}

func (d *demo) replayFrom(ctx context.Context, seq uint64) error {
	_, err := d.bus.Replay(ctx, publisher.Filter{From: seq}, func(e *schemas.Event) error {
		return viewEvent(indent{d.stdout}, e, d.paint)
	})
	return err
}

func (d *demo) path(id string) string {
	for _, r := range d.site.Releases() {
		if r.ID == id {
			return r.Path
		}
	}
	return ""
}

// viewTotals prints how much was read from the releases.
func viewTotals(out io.Writer, releases map[string]*schemas.Release) {
	var quotes, spoken, people, roles, dates, credits, dated int
	for _, r := range releases {
		if r.Published != nil {
			dated++
		}
		for _, q := range r.Quotes {
			quotes++
			if q.Speaker != nil {
				spoken++
			}
		}
		for _, p := range r.People {
			people++
			roles += min(len(p.Roles), 1)
		}
		dates += len(r.Dates)
		credits += len(r.Credits)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "releases\t%d\t with a publication date\t%d\t\n", len(releases), dated)
	fmt.Fprintf(w, "quotes\t%d\t with a speaker\t%d\t\n", quotes, spoken)
	fmt.Fprintf(w, "people\t%d\t with a role\t%d\t\n", people, roles)
	fmt.Fprintf(w, "dates\t%d\t photo credits\t%d\t\n", dates, credits)
	w.Flush()
}

const margin = "   "

// indent writes lines three blanks to the right. Each Write must end with a line or be part of one that began indented.
type indent struct{ w io.Writer }

func (i indent) Write(b []byte) (int, error) {
	lines := strings.SplitAfter(string(b), "\n")
	for _, l := range lines {
		if l == "" {
			continue
		}
		if _, err := io.WriteString(i.w, margin+l); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}

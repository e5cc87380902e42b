package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/demoland"
	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/review"
	"github.com/kreispresse/kreispresse/internal/web"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/internal/web/console"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// demoNews is how often an office of the demonstration publishes something while the console is served.
const demoNews = 20 * time.Second

// demoServe serves the console over the Land of the demonstration.
func (p *program) demoServe(ctx context.Context, listen string) error {
	dir, kept, cleanup, err := p.demoDir()
	if err != nil {
		return err
	}
	defer cleanup()
	p.config.Data = dir
	servers, err := web.Listen(listen, "", p.log)
	if err != nil {
		return invalid("demo", listen, "name a free address such as 127.0.0.1:8091", err)
	}
	quiet := *p
	quiet.log = slog.New(slog.DiscardHandler) // what breaks in the Land is part of the show
	d := &demoHouse{program: &quiet, servers: servers}
	if err := d.open(ctx); err != nil {
		return errors.Join(err, servers.Close())
	}
	defer d.close()
	fmt.Fprintf(p.stdout, "%d press offices of a Land that does not exist, six weeks of it · data %s (%s)\n", len(d.land.Sources), dir, kept)
	if err := d.live(ctx); err != nil {
		return errors.Join(err, servers.Close())
	}
	return d.serve(ctx)
}

// demoHouse is an installation over the Land of the demonstration.
type demoHouse struct {
	*program
	servers *web.Servers
	bus     *publisher.Bus
	index   *index.Index
	land    *demoland.Land
	line    *pipeline.Line
}

func (d *demoHouse) open(ctx context.Context) (err error) {
	if d.bus, err = d.openBus(ctx); err != nil {
		return err
	}
	if d.index, err = d.openIndex(ctx); err != nil {
		return errors.Join(err, d.bus.Close())
	}
	if d.land, err = demoland.New(time.Now()); err != nil {
		return errors.Join(err, d.index.Close(), d.bus.Close())
	}
	d.line = d.lineOver(d.bus, d.land.Crawler)
	return nil
}

func (d *demoHouse) close() {
	for _, c := range []func() error{d.land.Close, d.index.Close, d.bus.Close} {
		if err := c(); err != nil {
			d.log.Warn("not closed in order", "error", err)
		}
	}
}

func (d *demoHouse) registry() ([]*source.Source, error) { return d.land.Sources, nil }

// live goes through the weeks.
func (d *demoHouse) live(ctx context.Context) error {
	bar := d.progress()
	err := d.land.History(ctx, d.line, func(share float64) { bar.show("   living through six weeks: %d %%", int(share*100)) })
	bar.done()
	if err != nil {
		return err
	}
	d.land.Live()
	acts := console.Acts{Line: d.line, Bus: d.bus, Sources: d.registry}
	err = acts.Pause(pipeline.WithActor(ctx, "erika"), d.land.Paused(), "Die Website wird umgebaut, sagt die Pressestelle", time.Now().AddDate(0, 0, 5))
	return errors.Join(err, acts.RequestPause(ctx, d.land.Wish(time.Now())), d.doubt(ctx, &acts), d.index.CatchUp(ctx, d.bus, time.Minute))
}

// doubt has somebody say that a quote is another person's.
func (d *demoHouse) doubt(ctx context.Context, acts *console.Acts) error {
	var doubted *schemas.Event
	_, err := d.bus.Replay(ctx, publisher.Filter{Last: true}, func(e *schemas.Event) error {
		if r := e.Release; len(r.Quotes) > 0 && r.Quotes[0].Speaker != nil && len(r.People) > 1 && r.People[1].Name != r.Quotes[0].Speaker.Name {
			doubted = e
		}
		return nil
	})
	if err != nil || doubted == nil {
		return err
	}
	x := review.Of(doubted, 0)
	x.Verdict, x.Says, x.Note, x.By, x.At = review.VerdictPerson, doubted.Release.People[1].Name, "So steht es im gedruckten Amtsblatt", "erika", time.Now().UTC()
	return acts.Review(pipeline.WithActor(ctx, x.By), doubted.Release.Source.ID, x)
}

func (d *demoHouse) serve(ctx context.Context) error {
	g, store, err := d.guard(door{}, d.servers.Addr())
	if err != nil {
		return err
	}
	if !g.Local() {
		return invalid("demo", d.servers.Addr().String(), "name a loopback address such as 127.0.0.1:8091", errors.New("the demonstration is for this machine only"))
	}
	reader := api.NewReader(api.Config{Bus: d.bus, Index: d.index, Sources: d.registry, Contact: d.config.Contact, Log: d.log})
	h, err := d.pages(site{guard: g, reader: reader, bus: d.bus, line: d.line})
	if err != nil {
		return err
	}
	if err := d.invite(store, g, d.servers, false); err != nil {
		return err
	}
	run, rctx := errgroup.WithContext(ctx)
	status := web.Status{Ready: d.bus.Ready, Metrics: metricsOf(d.bus), Site: h}
	run.Go(func() error { return d.servers.Serve(rctx, status) })
	run.Go(func() error { return h.follow(rctx) })
	run.Go(func() error { return d.keepIndex(rctx, d.index, d.bus) })
	run.Go(func() error { return d.land.News(rctx, d.line, demoNews) })
	if err := run.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil // being told to end is how it ends
}

package app

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/urfave/cli/v3"
	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/deliver"
	"github.com/kreispresse/kreispresse/internal/fleet"
	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/internal/notify"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/schedule"
	"github.com/kreispresse/kreispresse/internal/web"
	"github.com/kreispresse/kreispresse/publisher"
)

func (p *program) runCommand() *cli.Command {
	return &cli.Command{
		Name:      "run",
		Usage:     "keep the sources crawled, each when it is due, until it is told to end",
		ArgsUsage: "[SOURCE…]",
		Description: "Each source is crawled by its schedule (see docs/operations.md): every 12 minutes in office hours and in the hours in which it\n" +
			"publishes, every 2 hours else, ever more rarely when it fails. Several processes may run on one NATS cluster: one of them crawls a\n" +
			"source at a time, and when it dies another takes over. Other commands (status, tail, held, …) may be used meanwhile.\n" +
			"SIGHUP reads the sources anew; SIGINT and SIGTERM end it in order." + examples(
			"kreispresse run --contact redaktion@example.org",
			"kreispresse run --listen 127.0.0.1:8090   # the console, the feed, /healthz, /readyz and /metrics",
			"kreispresse run --once",
		),
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "once", Usage: "crawl what is due now, then end"},
			&cli.StringFlag{Name: "listen", Usage: "serve the console, the feed (docs/http.md), /healthz, /readyz and /metrics at `ADDRESS` (host:port)"},
			segmentsFlag(),
			&cli.BoolFlag{Name: "index", Usage: "keep the index of search up to date while it runs; --listen does so, too"},
			&cli.BoolFlag{Name: "no-services", Usage: "answer no requests over NATS (docs/feed.md)"},
			&cli.StringFlag{Name: "debug-listen", Usage: "serve /debug/pprof at `ADDRESS`, which must be a loopback one"},
		}, doorFlags()...),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			d, err := doorOf(cmd)
			if err != nil {
				return err
			}
			r := &runner{program: p, ids: cmd.Args().Slice(), door: d, services: !cmd.Bool("no-services"), segments: cmd.String("segments")}
			r.indexed = cmd.Bool("index") || cmd.String("listen") != ""
			return r.start(ctx, cmd.Bool("once"), cmd.String("listen"), cmd.String("debug-listen"))
		},
	}
}

// runner is one `run`.
type runner struct {
	*program
	ids   []string // empty: all
	bus   *publisher.Bus
	line  *pipeline.Line
	loop  *schedule.Loop
	tell  *notify.Notifier // nil: nobody is told
	fleet *fleet.Keeper    // nil: this process is alone

	services bool // requests over NATS are answered

	door    door         // of the main listener
	indexed bool         // an index is wanted
	index   *index.Index // nil: there is none, see noIndex
	noIndex error        // why

	segments string // directory of sealed segments
}

func (r *runner) start(ctx context.Context, once bool, listen, debug string) error {
	sources, err := r.toCrawl(r.ids)
	if err != nil {
		return err
	}
	servers, err := r.listeners(listen, debug)
	if err != nil {
		return err
	}
	if r.bus, err = r.openBus(ctx); err != nil {
		return errors.Join(err, servers.Close())
	}
	defer r.bus.Close()
	defer r.startIndex(ctx)()
	r.hintContact(sources)
	r.hintUnverified(sources)
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), publisher.NewCollector(r.bus))
	if r.fleet, err = r.newFleet(r.bus); err != nil {
		return errors.Join(err, servers.Close())
	}
	r.line = r.newLine(r.bus)
	r.loop = schedule.New(r.bus.Sources(), r.crawl, schedule.Options{
		Claim: r.times.lease, Plan: r.times.plan, Log: r.log, Metrics: schedule.NewMetrics(registry), May: r.bus.Enough,
	})
	if r.tell, err = r.notifier(registry); err != nil {
		return errors.Join(err, servers.Close())
	}
	r.line.Alarm = r.tell.Alarm
	courier, err := deliver.New(r.config.Webhooks, r.bus, r.log, deliver.NewMetrics(registry))
	if err != nil {
		return errors.Join(err, servers.Close())
	}
	keeper, err := r.keeper()
	if err != nil {
		return errors.Join(err, servers.Close())
	}
	pages, err := r.openSite(servers)
	if err != nil {
		return errors.Join(err, servers.Close())
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	g, gctx := errgroup.WithContext(ctx)
	serve := func(ctx context.Context) error {
		return servers.Serve(ctx, web.Status{Ready: r.ready, Note: r.note, Metrics: registry, Site: pages.site()})
	}
	for _, part := range []func(context.Context) error{
		serve, pages.follow, r.reloads, r.keep, r.followIndex, r.canaries, r.serveNATS, r.tell.Run, courier.Run, keeper.Run,
	} {
		g.Go(func() error { return part(gctx) })
	}
	g.Go(func() error {
		defer stop() // with --once the rest ends too
		return r.loop.Run(gctx, sources, once)
	})
	if err := g.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil // being told to end is how it ends
}

// listeners binds what is to be served before anything else happens, so that an address in use is told at once.
func (r *runner) listeners(listen, debug string) (*web.Servers, error) {
	servers, err := web.Listen(listen, debug, r.log)
	if err != nil {
		return nil, invalid("run", listen, "name a free address such as 127.0.0.1:8090", err)
	}
	return servers, nil
}

// refusedPause is when a source that this process may not crawl is looked at again.
const refusedPause = time.Minute

// crawl is one turn of a source.
func (r *runner) crawl(ctx context.Context, src *source.Source) (schedule.Result, error) {
	if may, err := r.fleet.Admit(ctx, src.ID); err != nil || !may {
		return schedule.Result{Later: time.Now().Add(refusedPause)}, err
	}
	started := time.Now()
	reports, err := r.line.Run(ctx, []*source.Source{src}, func(*source.Source) crawler.Options { return crawler.Options{} })
	if err != nil {
		return schedule.Result{}, err
	}
	rep := &reports[0]
	if !rep.Later.IsZero() {
		return schedule.Result{Later: rep.Later}, nil
	}
	res := schedule.Result{
		Started: started, Ended: time.Now(), Requests: int(rep.Requests), Releases: rep.Releases[pipeline.Published], First: rep.Known == 0,
	}
	if failed := rep.Err(); failed != nil {
		res.Failed, res.Reason = true, oneLine(failed.Error())
		r.log.Warn("a source failed", "source", src.ID, "error", failed)
	}
	r.tell.Ran(src.ID, res.Failed, res.Ended)
	return res, nil
}

// ready says why this process cannot do its work just now; nil when it can.
func (r *runner) ready(ctx context.Context) error {
	if err := r.loop.Outage(); err != nil {
		return err
	}
	return r.bus.Ready(ctx)
}

// reloads reads the sources anew at each SIGHUP. What cannot be read leaves those that there are.
func (r *runner) reloads(ctx context.Context) error {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-hup:
		}
		sources, err := r.toCrawl(r.ids)
		if err != nil {
			r.log.Error("the sources cannot be read, those from before stay in use", "error", oneLine(err.Error()))
			continue
		}
		if own, err := r.sourceSet(); err == nil {
			r.fleet.Use(own)
		}
		r.loop.Reload(sources)
		r.log.Warn("the sources were read anew", "sources", len(sources))
	}
}

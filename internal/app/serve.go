package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/urfave/cli/v3"
	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/internal/web"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// defaultListen is where `serve` is found unless it is told otherwise.
const defaultListen = "127.0.0.1:8090"

func (p *program) serveCommand() *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "serve the feed and the console over HTTP, and crawl nothing",
		Description: "Reads the store of --data, also while run or crawl has it in use, or the NATS server of --nats, where it needs no right to publish. What is\n" +
			"there to be asked docs/http.md says: /v1/feed as a stream or in pages, /feeds/SOURCE.atom, /v1/search, …\n" +
			"run --listen serves the same beside its work: crawl and run cannot open an embedded store that serve has begun to read." + examples(
			"kreispresse serve",
			"kreispresse serve --listen :8443 --tls-cert cert.pem --tls-key key.pem",
			"curl -N -H 'Accept: text/event-stream' http://127.0.0.1:8090/v1/feed",
		),
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "listen", Value: defaultListen, Usage: "serve at `ADDRESS` (host:port)"},
			segmentsFlag(),
		}, doorFlags()...),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() > 0 {
				return usagef("serve takes no arguments")
			}
			d, err := doorOf(cmd)
			if err != nil {
				return err
			}
			return p.serve(ctx, d, cmd.String("listen"), cmd.String("segments"))
		},
	}
}

func segmentsFlag() cli.Flag {
	return &cli.StringFlag{Name: "segments", Usage: "serve the sealed segments that archive keeps in `DIR` under /v1/segments.json"}
}

func (p *program) serve(ctx context.Context, d door, listen, segments string) error {
	servers, err := web.Listen(listen, "", p.log)
	if err != nil {
		return invalid("serve", listen, "name a free address such as "+defaultListen, err)
	}
	if err := p.serveAt(ctx, servers, d, segments); err != nil {
		return errors.Join(err, servers.Close())
	}
	return nil
}

func (p *program) serveAt(ctx context.Context, servers *web.Servers, d door, segments string) error {
	bus, err := p.readBus(ctx)
	if err != nil {
		return err
	}
	defer bus.Close()
	guard, store, err := p.guard(d, servers.Addr())
	if schemas.KindOf(err) == schemas.KindPolicy {
		return usage(err) // strangers could listen in: it is the command line that has to change
	}
	if err != nil {
		return err
	}
	if d.cert != "" {
		if err := servers.Secure(d.cert, d.key); err != nil {
			return invalid("serve", d.cert, "name a certificate and its key as PEM files", err)
		}
	}
	x, noIndex := p.openIndex(ctx)
	if noIndex != nil {
		p.log.Warn("there is no index to search in", "error", noIndex)
	} else {
		defer x.Close()
	}
	pages, err := p.pages(site{guard: guard, reader: p.readerWith(bus, x, noIndex), bus: bus, segments: segments})
	if err != nil {
		return err
	}
	if err := p.invite(store, guard, servers, d.cert != ""); err != nil {
		return err
	}
	fmt.Fprintf(p.stderr, "serving at %s; Ctrl-C ends\n", servers.Addr())
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		return servers.Serve(gctx, web.Status{Ready: bus.Ready, Metrics: metricsOf(bus), Site: pages})
	})
	g.Go(func() error { return pages.follow(gctx) })
	g.Go(func() error { return p.keepIndex(gctx, x, bus) })
	if err := g.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil // being told to end is how it ends
}

// metricsOf are those of a process that crawls nothing: its own, and the store's.
func metricsOf(bus *publisher.Bus) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), publisher.NewCollector(bus))
	return registry
}

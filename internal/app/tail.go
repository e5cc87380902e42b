package app

import (
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) tailCommand() *cli.Command {
	return &cli.Command{
		Name:  "tail",
		Usage: "show events as they are published",
		Description: "Without --from or --since only what is published from now on is shown. End it with Ctrl-C." + examples(
			"kreispresse tail",
			"kreispresse tail --from 1 --limit 10",
			"kreispresse tail --since 7d --state NW --type corrected",
		),
		Flags: append([]cli.Flag{
			&cli.Uint64Flag{Name: "from", HideDefault: true, Usage: "start at this sequence `N` of the feed and go on live"},
			&cli.StringFlag{Name: "since", Usage: "start `WHEN`: a day, a time, or how long ago (7d), and go on live"},
			limitFlag(),
			&cli.BoolFlag{Name: "json", Usage: "one CloudEvent (JSON) a line, with the release as its data"},
		}, filterFlags()...),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			f, err := filterOf(cmd)
			if err != nil {
				return err
			}
			f.From = cmd.Uint64("from")
			print := p.printer(cmd.Bool("json"))
			each, err := limited(cmd, func(e *schemas.Event, _ []byte) error { return print(e) })
			if err != nil {
				return err
			}
			bus, err := p.readFeed(ctx, f.Source)
			if err != nil {
				return err
			}
			defer bus.Close()
			if terminal.Is(p.stderr) {
				fmt.Fprintln(p.stderr, "waiting for events; Ctrl-C ends")
			}
			return enough(bus.Tail(ctx, f, func(e *schemas.Event) error { return each(e, nil) })) // Ctrl-C is its ordinary end
		},
	}
}

// printer writes each event as a line.
func (p *program) printer(json bool) func(*schemas.Event) error {
	st := p.style()
	return func(e *schemas.Event) error {
		if json {
			return writeEvent(p.stdout, e)
		}
		return viewEvent(p.stdout, e, st)
	}
}

// filterOf reads the flags that tail and replay share.
func filterOf(cmd *cli.Command) (publisher.Filter, error) {
	f := publisher.Filter{Source: cmd.String("source"), State: cmd.String("state")}
	var err error
	if f.Type, err = eventType(cmd.String("type")); err != nil {
		return f, err
	}
	if f.Source != "" {
		if err := schemas.CheckToken(f.Source); err != nil {
			return f, usagef("--source: %v", err)
		}
	}
	if f.State != "" {
		if err := schemas.CheckState(f.State); err != nil {
			return f, usagef("--state: %v", err)
		}
	}
	now := time.Now()
	if f.Since, err = parseWhen("since", cmd.String("since"), now); err != nil {
		return f, err
	}
	f.Until, err = parseWhen("until", cmd.String("until"), now)
	return f, err
}

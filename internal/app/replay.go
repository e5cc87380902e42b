package app

import (
	"bufio"
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) replayCommand() *cli.Command {
	return &cli.Command{
		Name:  "replay",
		Usage: "send past events again, to standard output or a NATS subject",
		Description: "Events come oldest first and end where the feed ended when the replay began. To standard output each is one CloudEvent\n" +
			"(JSON) a line; to a subject each message is as it was published, with the header Kp-Original-Sequence added.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "since", Usage: "only events published at or after `WHEN`: a day, a time, or how long ago (7d)"},
			&cli.StringFlag{Name: "until", Usage: "only events published before `WHEN`"},
			&cli.BoolFlag{Name: "last", Usage: "only the present state of each release"},
			&cli.StringFlag{Name: "to", Value: "stdout", Usage: "`stdout` or a NATS subject of your own"},
			&cli.FloatFlag{Name: "rate", Usage: "at most `N` events a second to a subject"},
			&cli.BoolFlag{Name: "dry-run", Usage: "only count the events"},
		}, filterFlags()...),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			f, err := filterOf(cmd)
			if err != nil {
				return err
			}
			f.Last = cmd.Bool("last")
			bus, err := p.readBus(ctx)
			if err != nil {
				return err
			}
			defer bus.Close()
			to := cmd.String("to")
			switch {
			case cmd.Bool("dry-run"):
				n, err := bus.Count(ctx, f)
				if err == nil {
					fmt.Fprintf(p.stdout, "%d events\n", n)
				}
				return err
			case to != "stdout":
				n, err := bus.Republish(ctx, f, to, cmd.Float("rate"))
				fmt.Fprintf(p.stderr, "kreispresse: %d events sent to %s\n", n, to)
				return err
			}
			out := bufio.NewWriterSize(p.stdout, 1<<16)
			_, err = bus.Replay(ctx, f, func(e *schemas.Event) error { return writeLine(out, structured(e)) })
			if ferr := out.Flush(); err == nil {
				err = ferr
			}
			return err
		},
	}
}

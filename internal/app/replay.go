package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) replayCommand() *cli.Command {
	return &cli.Command{
		Name:  "replay",
		Usage: "send past events again, to standard output or a NATS subject",
		Description: "Events come oldest first and end where the feed ended when the replay began. To standard output each is one CloudEvent\n" +
			"(JSON) a line; to a subject each message is as it was published, with the header Kp-Original-Sequence added." + examples(
			"kreispresse replay --last > releases.jsonl",
			"kreispresse replay --since 30d --source kreis-dueren",
			"kreispresse --nats nats://127.0.0.1:4222 replay --to my.copy --rate 500",
		),
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "since", Usage: "only events published at or after `WHEN`: a day, a time, or how long ago (7d)"},
			&cli.StringFlag{Name: "until", Usage: "only events published before `WHEN`"},
			&cli.BoolFlag{Name: "last", Usage: "only the present state of each release"},
			&cli.StringFlag{Name: "to", Value: "stdout", Usage: "`stdout` or a NATS subject of your own"},
			&cli.FloatFlag{Name: "rate", HideDefault: true, Usage: "at most `N` events a second to a subject"},
			limitFlag(),
			&cli.BoolFlag{Name: "dry-run", Usage: "only count the events"},
		}, filterFlags()...),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			f, err := filterOf(cmd)
			if err != nil {
				return err
			}
			f.Last = cmd.Bool("last")
			to := cmd.String("to")
			if err := p.checkReplay(cmd); err != nil {
				return err
			}
			out := bufio.NewWriterSize(p.stdout, 1<<16)
			each, err := limited(cmd, func(e *schemas.Event) error { return writeEvent(out, e) })
			if err != nil {
				return err
			}
			bus, err := p.readBus(ctx)
			if err != nil {
				return err
			}
			defer bus.Close()
			if err := p.knownSource(ctx, bus, f.Source); err != nil {
				return err
			}
			switch {
			case cmd.Bool("dry-run"):
				n, err := bus.Count(ctx, f)
				if err == nil {
					_, err = fmt.Fprintln(p.stdout, plural(n, "event"))
				}
				return err
			case to != "stdout":
				n, err := bus.Republish(ctx, f, to, cmd.Float("rate"))
				if err == nil || n > 0 {
					fmt.Fprintf(p.stderr, "kreispresse: %s sent to %s\n", plural(n, "event"), to)
				}
				return err
			}
			_, err = bus.Replay(ctx, f, each)
			return errors.Join(enough(err), out.Flush())
		},
	}
}

// checkReplay refuses what would be sent to nobody, or what no subject can be.
func (p *program) checkReplay(cmd *cli.Command) error {
	to := cmd.String("to")
	switch {
	case to == "stdout":
		return nil
	case strings.ContainsFunc(to, func(r rune) bool { return unicode.IsSpace(r) || terminal.Commands(r) }) || to == "":
		return usagef("--to %q: want stdout or a NATS subject", to)
	case p.config.NATS == "":
		return usagef("--to %s: nobody can listen to the embedded server (give --nats URL, or leave --to away)", to)
	case cmd.IsSet("limit"):
		return usagef("--limit goes with standard output, not with --to %s", to)
	}
	return nil
}

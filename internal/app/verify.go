package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) verifyCommand() *cli.Command {
	return &cli.Command{
		Name:  "verify",
		Usage: "read everything that is stored and name every damage",
		Description: "The exit code is 0 when all is whole and 4 when something is damaged or missing. With --accept what is missing is taken as lost\n" +
			"for good, so that the store can be used again: do that only without a backup. docs/operations.md says what each loss means.\n" +
			"Subscribers use --segments and --feed, which need no store: whether an archive is whole, signed and unaltered, and whether what they\n" +
			"have of the feed is everything and the same (docs/feed.md)." + examples(
			"kreispresse verify",
			"kreispresse verify --segments https://presse.example.org/ --key 60cc2a8cab2b6907",
			"kreispresse verify --feed mine.jsonl --segments https://presse.example.org/ --state NW",
		),
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "one JSON object a line: each finding, then the counts"},
			&cli.BoolFlag{Name: "accept", Usage: "accept the losses found when the store is opened"},
		}, heldFlags()...),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.IsSet("feed") || cmd.IsSet("segments") {
				return p.verifyHeld(ctx, cmd)
			}
			bus, err := p.damagedBus(ctx)
			if err != nil {
				return err
			}
			defer bus.Close()
			if cmd.Bool("accept") {
				if err := bus.AcceptLoss(ctx); err != nil {
					return err
				}
			}
			return p.verify(ctx, bus, cmd.Bool("json"))
		},
	}
}

func (p *program) verify(ctx context.Context, bus *publisher.Bus, json bool) error {
	var werr error
	write := func(v any, line string) {
		if json {
			werr = errors.Join(werr, writeLine(p.stdout, v))
			return
		}
		_, err := fmt.Fprintln(p.stdout, line)
		werr = errors.Join(werr, err)
	}
	v, err := bus.Verify(ctx, func(f publisher.Finding) { write(f, findingLine(&f)) })
	if err != nil {
		return err
	}
	write(v, fmt.Sprintf("%d events, %d snapshots, %d accounts, %d page states, %d other keys: %d damages", v.Events, v.Snapshots, v.Runs, v.Pages,
		v.Keys, v.Damages))
	if werr != nil {
		return werr
	}
	if v.Damages > 0 {
		return &schemas.Error{
			Op: "verify", Kind: schemas.KindStorage, Err: fmt.Errorf("%d damages", v.Damages),
			Hint: "restore a backup, or accept what is lost with kreispresse verify --accept",
		}
	}
	return nil
}

// findingLine is a finding for people.
func findingLine(f *publisher.Finding) string {
	word := "damage"
	if f.Rebuilt {
		word = "note"
	}
	s := word + "\t" + f.Stream
	if f.Sequence > 0 {
		s += fmt.Sprintf(" %d", f.Sequence)
	}
	if f.Thing != "" {
		s += "\t" + f.Thing
	}
	return oneLine(s + ": " + f.What)
}

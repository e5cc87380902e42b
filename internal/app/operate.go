package app

import (
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// sourceActs are the subcommands of sources that change what the feed holds of one.
func (p *program) sourceActs() []*cli.Command {
	return []*cli.Command{
		{
			Name: "accept", Usage: "say that what a source shows now is right, though a run of it was not believed", ArgsUsage: "SOURCE",
			Description: "Held changes are let through, pages that are missing are gone, and the suspicion ends.",
			Action: p.sourceAct(1, func(ctx context.Context, _ *publisher.Bus, l *pipeline.Line, args []string) (string, error) {
				counts, err := l.Accept(ctx, args[0])
				return pipeline.Tally(counts), err
			}),
		},
		{
			Name: "retire", Usage: "give a source up: withdraw its releases and crawl it no more", ArgsUsage: "SOURCE REASON",
			Action: p.sourceAct(2, func(ctx context.Context, _ *publisher.Bus, l *pipeline.Line, args []string) (string, error) {
				n, err := l.Retire(ctx, args[0], args[1])
				return plural(n, "release") + " withdrawn", err
			}),
		},
		{
			Name: "move", Usage: "move a source with its releases to another state", ArgsUsage: "SOURCE STATE",
			Description: "Say this after the state in the source's file was changed. Each release is withdrawn under the old state and published under\n" +
				"the new one, with the same id and the next revisions.",
			Action: p.sourceAct(2, func(ctx context.Context, bus *publisher.Bus, l *pipeline.Line, args []string) (string, error) {
				return relocate(ctx, bus, l, args[0], func(ref *schemas.Source) { ref.State = args[1] })
			}),
		},
		{
			Name: "rename", Usage: "give a source with its releases another id", ArgsUsage: "OLD NEW",
			Description: "Say this after the id in the source's file was changed, before the first crawl under the new one.",
			Action: p.sourceAct(2, func(ctx context.Context, bus *publisher.Bus, l *pipeline.Line, args []string) (string, error) {
				return relocate(ctx, bus, l, args[0], func(ref *schemas.Source) { ref.ID = args[1] })
			}),
		},
	}
}

func relocate(ctx context.Context, bus *publisher.Bus, l *pipeline.Line, from string, change func(*schemas.Source)) (string, error) {
	var st schemas.LineState
	if _, err := bus.Sources().Get(ctx, from+".line", &st); err != nil {
		return "", err
	}
	to := st.Ref
	change(&to)
	n, err := l.Relocate(ctx, from, to)
	return plural(n, "release") + " moved", err
}

func (p *program) sourceAct(args int, act func(context.Context, *publisher.Bus, *pipeline.Line, []string) (string, error)) cli.ActionFunc {
	return func(ctx context.Context, cmd *cli.Command) error {
		if cmd.NArg() != args {
			return usagef("%s wants %s", cmd.FullName(), cmd.ArgsUsage)
		}
		bus, err := p.operatorBus(ctx)
		if err != nil {
			return err
		}
		defer bus.Close()
		done, err := act(ctx, bus, p.newLine(bus), cmd.Args().Slice())
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.stdout, "%s\t%s\n", cmd.Args().First(), done)
		return err
	}
}

func (p *program) runsCommand() *cli.Command {
	return &cli.Command{
		Name:      "runs",
		Usage:     "list what the runs of the sources did",
		ArgsUsage: "[SOURCE]",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "the manifests as they are, one a line"},
			&cli.StringFlag{
				Name: "event", Value: schemas.RunExtracted,
				Usage: "events of PRESS_RUNS of another `KIND`: fetched, suspect, held, dead_letter, health, review, erased, expired, audit",
			},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			bus, err := p.readBus(ctx)
			if err != nil {
				return err
			}
			defer bus.Close()
			asJSON := cmd.Bool("json") || cmd.String("event") != schemas.RunExtracted
			return bus.EachRun(ctx, cmd.Args().First(), cmd.String("event"), func(source, _ string, at time.Time, data []byte) error {
				if asJSON {
					_, err := fmt.Fprintf(p.stdout, "%s\n", terminal.JSON(data))
					return err
				}
				return p.viewRun(source, at, data)
			})
		},
	}
}

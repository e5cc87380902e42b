package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// asideReading reads what is kept from the feed: the held changes, or the dead letters.
type asideReading = func(*api.Reader, context.Context) ([]api.Aside, error)

func (p *program) heldCommand() *cli.Command {
	return &cli.Command{
		Name:  "held",
		Usage: "changes that the feed does not believe yet",
		Description: "A page that says something entirely different from its release, or that was read in a run that is not believed, is held: the\n" +
			"release stays as it is. A held change is let through by itself when the page has said the same for six hours, and is\n" +
			"forgotten when the old text comes back.",
		Commands: []*cli.Command{
			p.asideList("list the held changes", (*api.Reader).Held),
			p.asideAct("release", "let the held changes of these pages into the feed", (*api.Reader).Held,
				func(ctx context.Context, l *pipeline.Line, x api.Aside) (string, error) {
					o, err := l.ReleaseHeld(ctx, x.Source, x.Page)
					return string(o), err
				}),
			p.asideAct("drop", "forget the held changes of these pages: their releases stay as they are", (*api.Reader).Held,
				func(ctx context.Context, l *pipeline.Line, x api.Aside) (string, error) {
					return "dropped", l.DropHeld(ctx, x.Source, x.Page)
				}),
		},
		Action: func(context.Context, *cli.Command) error {
			return usagef("held wants list, release or drop (see: kreispresse held --help)")
		},
	}
}

func (p *program) deadCommand() *cli.Command {
	return &cli.Command{
		Name:  "dead",
		Usage: "pages that could not be read",
		Description: "The page stays in the archive. A dead letter ends by itself when a later version of the page can be read; retry reads the\n" +
			"archived one again, with the parser of this program.",
		Commands: []*cli.Command{
			p.asideList("list the dead letters", (*api.Reader).Dead),
			{
				Name: "show", Usage: "print the page of a dead letter as it was fetched", ArgsUsage: "PAGE|URL",
				Action: func(ctx context.Context, cmd *cli.Command) error {
					return p.withAside(ctx, cmd.Args().Slice(), (*api.Reader).Dead, func(ctx context.Context, bus *publisher.Bus, _ *pipeline.Line, x api.Aside) error {
						s, err := bus.Snapshot(ctx, x.Sequence)
						if err != nil {
							return err
						}
						fmt.Fprintf(p.stderr, "%s\n  snapshot %d of %s, %s\n  %s\n", x.URL, x.Sequence, s.FetchedAt.Format(time.RFC3339), s.ContentType, x.Reason)
						_, err = p.data.Write(s.Body)
						return err
					})
				},
			},
			p.asideAct("retry", "read the archived pages again", (*api.Reader).Dead, func(ctx context.Context, l *pipeline.Line, x api.Aside) (string, error) {
				o, err := l.RetryDead(ctx, x.Source, x.Page)
				return string(o), err
			}),
			p.asideAct("drop", "end these dead letters", (*api.Reader).Dead, func(ctx context.Context, l *pipeline.Line, x api.Aside) (string, error) {
				return "dropped", l.DropDead(ctx, x.Source, x.Page)
			}),
		},
		Action: func(context.Context, *cli.Command) error {
			return usagef("dead wants list, show, retry or drop (see: kreispresse dead --help)")
		},
	}
}

func (p *program) asideList(usage string, items asideReading) *cli.Command {
	return &cli.Command{
		Name: "list", Usage: usage, ArgsUsage: "[SOURCE…]",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "one JSON object a line"}},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			bus, err := p.readBus(ctx)
			if err != nil {
				return err
			}
			defer bus.Close()
			list, err := items(p.reader(bus), ctx)
			if err != nil {
				return err
			}
			if only := cmd.Args().Slice(); len(only) > 0 {
				list = slices.DeleteFunc(list, func(x api.Aside) bool { return !slices.Contains(only, x.Source) })
			}
			if cmd.Bool("json") {
				for _, x := range list {
					if err := writeLine(p.stdout, x); err != nil {
						return err
					}
				}
				return nil
			}
			w := p.table()
			fmt.Fprintln(w, "SOURCE\tSINCE\tPAGE\tADDRESS\tREASON")
			for _, x := range list {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", x.Source, x.Since.Local().Format(time.DateTime), x.Page, x.URL, x.Reason)
			}
			return w.Flush()
		},
	}
}

// asideDeed is what a command does with one thing that was put aside; it answers what became of it.
type asideDeed func(context.Context, *pipeline.Line, api.Aside) (string, error)

func (p *program) asideAct(name, usage string, items asideReading, act asideDeed) *cli.Command {
	return &cli.Command{
		Name: name, Usage: usage, ArgsUsage: "PAGE|URL… | --source SOURCE",
		Flags: []cli.Flag{&cli.StringFlag{Name: "source", Usage: "all of the source with this `ID`"}},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			names := cmd.Args().Slice()
			if s := cmd.String("source"); s != "" {
				names = append(names, s)
			}
			return p.withAside(ctx, names, items, func(ctx context.Context, _ *publisher.Bus, l *pipeline.Line, x api.Aside) error {
				done, err := act(ctx, l, x)
				if err == nil {
					_, err = fmt.Fprintf(p.stdout, "%s\t%s\n", x.URL, done)
				}
				return err
			})
		},
	}
}

// withAside calls act for the items that names name by page, address or source.
func (p *program) withAside(
	ctx context.Context, names []string, items asideReading, act func(context.Context, *publisher.Bus, *pipeline.Line, api.Aside) error,
) error {
	if len(names) == 0 {
		return usagef("name pages, by their id or address as list shows them, or --source")
	}
	bus, err := p.operatorBus(ctx)
	if err != nil {
		return err
	}
	defer bus.Close()
	all, err := items(p.reader(bus), ctx)
	if err != nil {
		return err
	}
	l := p.newLine(bus)
	for _, name := range names {
		var chosen []api.Aside
		for _, x := range all {
			if x.Page == name || x.URL == name || x.Source == name {
				chosen = append(chosen, x)
			}
		}
		if len(chosen) == 0 {
			return &schemas.Error{Kind: schemas.KindNotFound, Thing: name, Err: errors.New("nothing of this page or source is kept from the feed"), Hint: "see: list"}
		}
		for _, x := range chosen {
			if err := act(ctx, bus, l, x); err != nil {
				return err
			}
		}
	}
	return nil
}

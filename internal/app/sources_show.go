package app

import (
	"context"
	"errors"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) showCommand() *cli.Command {
	return &cli.Command{
		Name: "show", Usage: "show all that is known of a source", ArgsUsage: "SOURCE",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "as JSON"}},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() != 1 {
				return usagef("sources show wants one SOURCE (see: kreispresse sources list --all)")
			}
			return p.showSource(ctx, cmd.Args().First(), cmd.Bool("json"))
		},
	}
}

func (p *program) showSource(ctx context.Context, id string, asJSON bool) error {
	list, err := p.chosenSources([]string{id})
	if err != nil {
		return err
	}
	e := api.EntryOf(list[0])
	if asJSON {
		return writeLine(p.stdout, e)
	}
	w := p.table()
	viewEntry(w, e)
	bus, err := p.readBus(ctx)
	if schemas.KindOf(err) == schemas.KindNotFound {
		return w.Flush() // nothing was crawled yet
	}
	if err != nil {
		return errors.Join(w.Flush(), err)
	}
	defer bus.Close()
	all, err := p.reader(bus).Memories(ctx)
	if m, ok := all[id]; ok {
		viewMemory(w, m, time.Now())
	}
	if err = errors.Join(err, w.Flush()); err != nil {
		return err
	}
	return p.lastRuns(ctx, bus, id)
}

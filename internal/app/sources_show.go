package app

import (
	"context"

	"github.com/urfave/cli/v3"
)

func (p *program) showCommand() *cli.Command {
	return &cli.Command{
		Name: "show", Usage: "show all that is known of a source", ArgsUsage: "SOURCE",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "as JSON"}},
		Action: func(_ context.Context, cmd *cli.Command) error {
			if cmd.NArg() != 1 {
				return usagef("sources show wants one SOURCE (see: kreispresse sources list --all)")
			}
			return p.showSource(cmd.Args().First(), cmd.Bool("json"))
		},
	}
}

func (p *program) showSource(id string, asJSON bool) error {
	list, err := p.chosenSources([]string{id})
	if err != nil {
		return err
	}
	e := entryOf(list[0])
	if asJSON {
		return writeLine(p.stdout, e)
	}
	w := p.table()
	viewEntry(w, e)
	return w.Flush()
}

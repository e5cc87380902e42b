package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) withdrawCommand() *cli.Command {
	return &cli.Command{
		Name:      "withdraw",
		Usage:     "take releases back by hand",
		ArgsUsage: "ID|URL…",
		Description: "Subscribers get a tombstone with the reason. Whatever its page says later, the release does not come back by itself: --lift\n" +
			"publishes again what the page said last.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "reason", Usage: "`WHY`, in words that subscribers read", Value: "withdrawn by the operator of the feed"},
			&cli.BoolFlag{Name: "lift", Usage: "publish releases again that were withdrawn by hand"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() == 0 {
				return usagef("withdraw wants the ids or addresses of releases")
			}
			bus, err := p.operatorBus(ctx)
			if err != nil {
				return err
			}
			defer bus.Close()
			l := p.newLine(bus)
			for _, name := range cmd.Args().Slice() {
				if err := p.withdraw(ctx, bus, l, name, cmd.String("reason"), cmd.Bool("lift")); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func (p *program) withdraw(ctx context.Context, bus *publisher.Bus, l *pipeline.Line, name, reason string, lift bool) error {
	source, id, err := findRelease(ctx, bus, name)
	if err != nil {
		return err
	}
	done := "withdrawn"
	if lift {
		var o pipeline.Outcome
		if o, err = l.Lift(ctx, source, id); err == nil {
			done = string(o)
		}
	} else {
		err = l.Withdraw(ctx, source, id, reason)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s\t%s\n", id, done)
	return err
}

// findRelease finds the source and the id of a release that was named by its id or the address of its page.
func findRelease(ctx context.Context, bus *publisher.Bus, name string) (source, id string, err error) {
	address, urlErr := schemas.CanonicalURL(name)
	if urlErr != nil && schemas.CheckReleaseID(name) != nil {
		return "", "", usagef("%q is neither the id of a release nor an address", name)
	}
	enough := errors.New("enough")
	err = bus.Sources().EachLine(ctx, func(s string, st schemas.LineState) error {
		candidate := name
		if urlErr == nil {
			page, _, err := bus.Pages().Get(ctx, s, schemas.PageID(s, address))
			switch {
			case schemas.KindOf(err) == schemas.KindNotFound || err == nil && page.Release == "":
				return nil
			case err != nil:
				return err
			}
			candidate = page.Release
		}
		cur, err := bus.Current(ctx, st.Ref, candidate)
		if err != nil || cur == nil {
			return err
		}
		source, id = s, candidate
		return enough
	})
	switch {
	case errors.Is(err, enough):
		return source, id, nil
	case err != nil:
		return "", "", err
	}
	return "", "", &schemas.Error{Op: "find", Kind: schemas.KindNotFound, Thing: name, Err: errors.New("no release of this id or address")}
}

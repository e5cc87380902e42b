package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/deliver"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) webhooksCommand() *cli.Command {
	return &cli.Command{
		Name:  "webhooks",
		Usage: "who gets the feed by POST (webhooks: in the configuration file)",
		Description: "run brings each event to them, in order, signed by Standard Webhooks, as a CloudEvent (JSON). One that does not answer is tried\n" +
			"again, ever more rarely, until it does; an event that is refused three times is put aside and the next one goes on.",
		Commands: []*cli.Command{
			{
				Name: "list", Usage: "list them with the events that wait for each",
				Action: p.webhooksAct(0, func(ctx context.Context, bus *publisher.Bus, _ *deliver.Courier, _ []string) error {
					return p.listWebhooks(ctx, bus)
				}),
			},
			{
				Name: "test", Usage: "send the newest event of the feed to one, once", ArgsUsage: "NAME",
				Action: p.webhooksAct(1, func(ctx context.Context, bus *publisher.Bus, c *deliver.Courier, args []string) error {
					last, err := bus.LastEvent(ctx)
					if err != nil {
						return err
					}
					return p.sendToWebhook(ctx, c, args[0], last)
				}),
			},
			{
				Name: "dead", Usage: "list the events that webhooks have refused", ArgsUsage: "[NAME]",
				Action: p.webhooksAct(-1, func(ctx context.Context, bus *publisher.Bus, _ *deliver.Courier, args []string) error {
					return p.deadDeliveries(ctx, bus, args)
				}),
			},
			{
				Name: "retry", Usage: "send an event of the feed to one, once, by its sequence", ArgsUsage: "NAME SEQUENCE",
				Action: p.webhooksAct(2, func(ctx context.Context, _ *publisher.Bus, c *deliver.Courier, args []string) error {
					var seq uint64
					if _, err := fmt.Sscanf(args[1], "%d", &seq); err != nil || seq == 0 {
						return usagef("%q is no sequence", args[1])
					}
					return p.sendToWebhook(ctx, c, args[0], seq)
				}),
			},
			{
				Name: "forget", Usage: "forget the place of one that is not in the configuration any more", ArgsUsage: "NAME",
				Action: p.webhooksAct(1, func(ctx context.Context, bus *publisher.Bus, _ *deliver.Courier, args []string) error {
					return bus.ForgetDelivery(ctx, args[0])
				}),
			},
		},
	}
}

// webhooksAct opens what the subcommands of webhooks need. args is how many arguments one wants, -1: one or none.
func (p *program) webhooksAct(args int, act func(context.Context, *publisher.Bus, *deliver.Courier, []string) error) cli.ActionFunc {
	return func(ctx context.Context, cmd *cli.Command) error {
		if n := cmd.NArg(); args >= 0 && n != args || n > 2 || args < 0 && n > 1 {
			return usagef("%s wants %s", cmd.FullName(), cmp.Or(cmd.ArgsUsage, "nothing more"))
		}
		bus, err := p.operatorBus(ctx)
		if err != nil {
			return err
		}
		defer bus.Close()
		c, err := deliver.New(p.config.Webhooks, bus, p.log, nil)
		if err != nil {
			return err
		}
		return act(ctx, bus, c, cmd.Args().Slice())
	}
}

func (p *program) listWebhooks(ctx context.Context, bus *publisher.Bus) error {
	all, err := bus.Deliveries(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	row := func(name string, d publisher.DeliveryState, begun bool, note string) {
		last := "-" // the broker forgets it when it is started anew, so that it may not be told from never
		if d.Last != nil {
			last = d.Last.Local().Format(time.DateTime)
		}
		switch {
		case note != "":
		case !begun:
			note = "run has not begun with it"
		case d.Trying:
			note = "does not take an event, which is tried again"
		}
		fmt.Fprintf(w, "%s\t%s waiting\tup to sequence %d\tlast %s\t%s\n", name, plural(int(d.Pending), "event"), d.Settled, last, note)
	}
	for _, h := range p.config.Webhooks {
		d, begun := all[h.Name]
		row(h.Name, d, begun, "")
		delete(all, h.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		row(name, all[name], true, "not in the configuration (webhooks forget "+name+")")
	}
	return w.Flush()
}

func (p *program) sendToWebhook(ctx context.Context, c *deliver.Courier, name string, seq uint64) error {
	ev, err := c.Send(ctx, name, seq)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s took event %s, sequence %d\n", name, ev.ID, ev.Sequence)
	return err
}

func (p *program) deadDeliveries(ctx context.Context, bus *publisher.Bus, args []string) error {
	return bus.EachRun(ctx, "", schemas.RunUndelivered, func(_, _ string, _ time.Time, data []byte) error {
		var d deliver.Dead
		if err := json.Unmarshal(data, &d); err != nil {
			return invalid("webhooks", "dead", "run kreispresse verify", err)
		}
		if len(args) > 0 && d.Webhook != args[0] {
			return nil
		}
		_, err := fmt.Fprintf(p.stdout, "%s\t%d\t%s\t%s\t%s, %d tries\n", d.Webhook, d.Sequence, d.Event, d.At.Format(time.DateTime), oneLine(d.Reason), d.Tries)
		return err
	})
}

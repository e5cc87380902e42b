package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/publisher"
)

func (p *program) backupCommand() *cli.Command {
	return &cli.Command{
		Name:      "backup",
		Usage:     "copy everything the broker holds into a directory, while everything goes on",
		ArgsUsage: "DIR",
		Description: "DIR must not exist or be empty; it is there whole or not at all. Each file is read again and has its SHA-256 in\n" +
			"kreispresse-backup.json. What lies in streams/ is what `nats account backup` makes." + examples(
			"kreispresse backup /backup/kreispresse-$(date +%F)",
		),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() != 1 {
				return usagef("backup wants a DIR")
			}
			bus, err := p.readBus(ctx)
			if err != nil {
				return err
			}
			defer bus.Close()
			made, err := bus.Backup(ctx, cmd.Args().First())
			if err != nil {
				return err
			}
			return p.viewBackup(made)
		},
	}
}

func (p *program) restoreCommand() *cli.Command {
	return &cli.Command{
		Name:      "restore",
		Usage:     "make the streams of a backup anew, in a new data directory or on a NATS server",
		ArgsUsage: "DIR",
		Description: "The files are checked first, the restored store is verified from end to end afterwards. With --nats a store moves from the embedded\n" +
			"server to a cluster, where each stream gets three copies; the other way round it moves back." + examples(
			"kreispresse --data /var/lib/kreispresse-new restore /backup/kreispresse-2026-11-25",
			"kreispresse --nats nats://n1:4222,n2:4222,n3:4222 restore /backup/kreispresse-2026-11-25",
		),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() != 1 {
				return usagef("restore wants a DIR")
			}
			cfg, err := p.brokerConfig(publisher.Config{})
			if err != nil {
				return err
			}
			made, err := publisher.Restore(ctx, cfg, cmd.Args().First(), p.log)
			if err != nil {
				return err
			}
			if err := p.viewBackup(made); err != nil {
				return err
			}
			bus, err := p.openBus(ctx)
			if err != nil {
				return err
			}
			defer bus.Close()
			return p.verify(ctx, bus, false)
		},
	}
}

// viewBackup prints what a backup holds.
func (p *program) viewBackup(made *publisher.Backup) error {
	w := p.table()
	fmt.Fprintf(w, "made\t%s\n\nSTREAM\tMESSAGES\tSEQUENCES\tSIZE\n", made.Made.Local().Format(time.DateTime))
	for _, s := range made.Streams {
		_, err := fmt.Fprintf(w, "%s\t%d\t%d–%d\t%s\n", s.Name, s.Messages, s.First, s.Last, size(uint64(s.Bytes)))
		if err != nil {
			return errors.Join(err, w.Flush())
		}
	}
	return w.Flush()
}

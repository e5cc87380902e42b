package app

import (
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/doctor"
)

func (p *program) doctorCommand() *cli.Command {
	return &cli.Command{
		Name:  "doctor",
		Usage: "look for what keeps this installation from working, and say what to do",
		Description: "Looks at the configuration, the clock, the disk, the broker and its streams, claims and leases, the names of the press sites and\n" +
			"their robots.txt as last read, and the last backup. It asks no press site. Exit code 1 when something fails.",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "one JSON object a line"}},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() > 0 {
				return usagef("doctor takes no arguments")
			}
			sources, err := p.working()
			if err != nil {
				return err
			}
			return p.doctor(ctx, sources, cmd.Bool("json"))
		},
	}
}

func (p *program) doctor(ctx context.Context, sources []*source.Source, asJSON bool) error {
	d := doctor.Patient{Contact: p.config.Contact, Sources: sources, Now: time.Now}
	bus, err := p.damagedBus(ctx)
	if err != nil {
		d.Broken = err
	} else {
		defer bus.Close()
		d.Bus = bus
		d.DataDir = bus.DataDir()
	}
	findings := d.Examine(ctx)
	if bus != nil && p.config.NATS != "" {
		f, err := p.agreed(ctx, bus)
		if err != nil {
			return err
		}
		findings = append(findings, f)
	}
	failed := false
	w := p.table()
	for _, f := range findings {
		failed = failed || f.Level == doctor.Fail
		if asJSON {
			err = writeLine(p.stdout, f)
		} else {
			line := oneLine(f.Says)
			if f.Do != "" {
				line += " (" + oneLine(f.Do) + ")"
			}
			_, err = fmt.Fprintf(w, "%s\t%s\t%s\n", f.Level, f.Name, line)
		}
		if err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if failed {
		return errReported
	}
	return nil
}

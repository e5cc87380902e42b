package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/publisher"
)

func (p *program) statusCommand() *cli.Command {
	return &cli.Command{
		Name:  "status",
		Usage: "show where the data is, what it holds, what waits and what could not be read",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "as JSON"}},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			bus, err := p.readBus(ctx)
			if err != nil {
				return err
			}
			defer bus.Close()
			s, err := bus.Status(ctx)
			if err != nil {
				return err
			}
			if cmd.Bool("json") {
				return writeLine(p.stdout, s)
			}
			return p.viewStatus(s)
		},
	}
}

func (p *program) viewStatus(s *publisher.Status) error {
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	if s.DataDir != "" {
		fmt.Fprintf(w, "data\t%s\n", s.DataDir)
	}
	fmt.Fprintf(w, "server\t%s\n", s.Server)
	fmt.Fprintf(w, "pages known\t%d\n", s.Pages)
	fmt.Fprintf(w, "waiting for extraction\t%d\n", s.Pending)
	fmt.Fprintf(w, "dead letters\t%d\n", len(s.Dead))
	fmt.Fprintln(w)
	fmt.Fprintln(w, "STREAM\tMESSAGES\tSIZE\tSEQUENCES\tNEWEST")
	for _, x := range s.Streams {
		newest := "-"
		if x.Messages > 0 {
			newest = x.LastTime.Local().Format(time.DateTime)
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%d–%d\t%s\n", x.Name, x.Messages, size(x.Bytes), x.First, x.Last, newest)
	}
	fmt.Fprintln(w)
	fmt.Fprintln(w, "SOURCE\tRELEASES")
	for _, id := range slices.Sorted(maps.Keys(s.Releases)) {
		fmt.Fprintf(w, "%s\t%d\n", id, s.Releases[id])
	}
	if len(s.Dead) > 0 {
		fmt.Fprintln(w)
		fmt.Fprintln(w, "DEAD LETTER\tSOURCE\tPAGE\tREASON")
		for _, d := range s.Dead {
			fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", d.Sequence, d.Source, d.URL, d.Reason)
		}
	}
	return w.Flush()
}

// size is a number of bytes for people.
func size(n uint64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d B", n)
}

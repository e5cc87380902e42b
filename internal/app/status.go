package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) statusCommand() *cli.Command {
	return &cli.Command{
		Name:      "status",
		Usage:     "show where the data is, what it holds, how the sources are, what waits and what could not be read",
		ArgsUsage: "[SOURCE]",
		Description: "With SOURCE: how one source is, and what is known of its rhythm. With --check, for cron and Nagios: one line, then one for each source\n" +
			"that is not healthy. Its exit codes are those of a Nagios plugin: 0 all healthy, 1 a source is degraded or silent, 2 a source is\n" +
			"broken, 3 nothing can be said." + examples(
			"kreispresse status kreis-dueren",
			"kreispresse status --check --quiet-for 7d",
		),
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "as JSON"},
			&cli.BoolFlag{Name: "check", Usage: "say whether the sources are healthy, by the exit code"},
			&cli.StringFlag{Name: "quiet-for", Usage: "with --check: a source is silent after `TIME` without a new release (7d, 36h), whatever its rhythm"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			switch {
			case cmd.NArg() > 1:
				return usagef("status takes one SOURCE at most")
			case cmd.Bool("check"):
				return p.check(ctx, cmd.Args().First(), cmd.String("quiet-for"), cmd.Bool("json"))
			case cmd.IsSet("quiet-for"):
				return usagef("--quiet-for goes with --check")
			case cmd.NArg() == 1:
				return p.sourceStatus(ctx, cmd.Args().First(), cmd.Bool("json"))
			}
			return p.status(ctx, cmd.Bool("json"))
		},
	}
}

func (p *program) status(ctx context.Context, asJSON bool) error {
	bus, err := p.damagedBus(ctx)
	if err != nil {
		return err
	}
	defer bus.Close()
	s, err := bus.Status(ctx)
	if err != nil {
		return err
	}
	lines := map[string]schemas.LineState{}
	if err := bus.Sources().EachLine(ctx, func(source string, st schemas.LineState) error { lines[source] = st; return nil }); err != nil {
		return err
	}
	sick, err := p.reader(bus).Verdicts(ctx, 0)
	if err != nil {
		return err
	}
	if asJSON {
		err = writeLine(p.stdout, struct {
			*publisher.Status
			Lines  map[string]schemas.LineState `json:"lines"`
			Health map[string]health.Verdict    `json:"health"`
		}{s, lines, sick})
	} else {
		err = p.viewStatus(s, lines, sick)
	}
	return errors.Join(err, bus.DamageError("status"))
}

func (p *program) viewStatus(s *publisher.Status, lines map[string]schemas.LineState, sick map[string]health.Verdict) error {
	w := p.table()
	if s.DataDir != "" {
		fmt.Fprintf(w, "data\t%s\n", s.DataDir)
	}
	fmt.Fprintf(w, "server\t%s\n", s.Server)
	if s.Room != nil {
		fmt.Fprintf(w, "room\t%s\n", s.Room)
	}
	fmt.Fprintf(w, "pages known\t%d\n", s.Pages)
	held, dead := 0, 0
	for _, st := range lines {
		held, dead = held+len(st.Held), dead+len(st.Dead)
	}
	fmt.Fprintf(w, "held changes\t%d\n", held)
	fmt.Fprintf(w, "dead letters\t%d\n", dead)
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
	if s.Room != nil && s.Room.Low() {
		fmt.Fprintf(w, "\nLOW DISK\tnothing is crawled below %s\tmake room: kreispresse doctor\n", size(s.Room.Floor))
	}
	viewHealth(w, sick)
	viewAside(w, lines)
	return w.Flush()
}

// viewAside prints what is kept from the feed, and which sources are not believed.
func viewAside(w io.Writer, lines map[string]schemas.LineState) {
	for _, id := range slices.Sorted(maps.Keys(lines)) {
		st := lines[id]
		if st.Suspect != nil {
			fmt.Fprintf(w, "\nSUSPECT\t%s\tsince %s\t%s\n", id, st.Suspect.Since.Local().Format(time.DateTime), st.Suspect.Reason)
		}
		for _, page := range slices.Sorted(maps.Keys(st.Held)) {
			h := st.Held[page]
			fmt.Fprintf(w, "HELD\t%s\t%s\t%s\n", id, h.URL, h.Reason)
		}
		for _, page := range slices.Sorted(maps.Keys(st.Dead)) {
			d := st.Dead[page]
			fmt.Fprintf(w, "DEAD LETTER\t%s\t%s\t%s\n", id, d.URL, d.Reason)
		}
	}
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

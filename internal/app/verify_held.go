package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/segment"
	"github.com/kreispresse/kreispresse/schemas"
)

// heldFlags are those of verify for who has taken the feed from somebody else.
func heldFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "segments", Usage: "an archive's `PLACE`, a directory or an http address: is it whole, signed, unaltered?"},
		&cli.StringFlag{Name: "key", Usage: "with --segments: the public `KEY`, or its id, that you got from the operator by another way"},
		&cli.StringFlag{Name: "feed", Usage: "your `FILE` of events, one JSON object a line (- is standard input): is everything there, and the same?"},
		&cli.Uint64Flag{Name: "from", HideDefault: true, Usage: "with --feed: you have taken it from sequence `N` on"},
		&cli.StringSliceFlag{Name: "source", Usage: "with --feed: you have taken only this source `ID`; may be repeated"},
		&cli.StringFlag{Name: "state", Usage: "with --feed: you have taken only this Land, by its two-letter `CODE`"},
	}
}

func (p *program) verifyHeld(ctx context.Context, cmd *cli.Command) error {
	place, file := cmd.String("segments"), cmd.String("feed")
	if cmd.Bool("accept") {
		return usagef("--accept is for the own store, not for --feed and --segments")
	}
	if place != "" && (file == "" || cmd.IsSet("key")) {
		if err := p.verifySegments(ctx, place, cmd.String("key"), cmd.Bool("json")); err != nil || file == "" {
			return err
		}
	}
	part := segment.Part{Sources: cmd.StringSlice("source"), State: cmd.String("state")}
	if part.State != "" {
		if err := schemas.CheckState(part.State); err != nil {
			return usagef("--state: %v", err)
		}
	}
	r, err := p.heldFile(file)
	if err != nil {
		return err
	}
	defer r.Close()
	var werr error
	found := 0
	report := func(x segment.Problem) { found++; werr = errors.Join(werr, p.problem(x, cmd.Bool("json"))) }
	held, err := segment.ReadHeld(r, part, report)
	if err != nil {
		return err
	}
	later := 0
	if place == "" {
		err = held.Gaps(report)
	} else {
		var store segment.Store
		if store, err = segment.StoreOf(place); err == nil {
			later, err = held.Against(ctx, store, max(cmd.Uint64("from"), 1), report)
		}
	}
	if err != nil {
		return err
	}
	return errors.Join(werr, p.heldCounts(cmd.Bool("json"), held, later, found), problems(file, found))
}

func (p *program) heldFile(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(p.stdin), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, &schemas.Error{Op: "verify", Thing: name, Kind: schemas.KindNotFound, Err: err, Hint: "name a file of events, one JSON object a line"}
	}
	return f, nil
}

func (p *program) heldCounts(json bool, held *segment.Held, later, found int) error {
	if json {
		return writeLine(p.stdout, map[string]int{"events": held.Events, "twice": held.Twice, "behind_the_archive": later, "problems": found})
	}
	line := fmt.Sprintf("%s, %d of them more than once", plural(held.Events, "event"), held.Twice)
	if later > 0 {
		line += fmt.Sprintf(", %d behind the end of the archive, which says nothing of them yet", later)
	}
	_, err := fmt.Fprintf(p.stdout, "%s: %s\n", line, plural(found, "problem"))
	return err
}

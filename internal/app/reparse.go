package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/compare"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/internal/worddiff"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// shownSamples is how many differences of each kind a dry run shows.
const shownSamples = 5

func (p *program) reparseCommand() *cli.Command {
	return &cli.Command{
		Name:      "reparse",
		Usage:     "read the archive again, with the parser of this program",
		ArgsUsage: "[SOURCE…]",
		Description: "Only what differs from the feed is published: a release that is read otherwise is reextracted, and what the feed has lost is\n" +
			"published again. --dry-run publishes nothing and shows what would change: who gains a speaker, which quotes are lost. When a source\n" +
			"would lose more than --floor percent of its quotes (or their speakers), it is left as it is. Interrupted, it goes on the next time." + examples(
			"kreispresse reparse --dry-run kreis-dueren",
			"kreispresse reparse --rate 50",
			"kreispresse reparse --floor 20 kreis-dueren   # after a look at the dry run",
		),
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "dry-run", Usage: "publish nothing, show what would change"},
			&cli.IntFlag{Name: "samples", Value: shownSamples, Usage: "show `N` differences of each kind"},
			&cli.FloatFlag{Name: "rate", HideDefault: true, Usage: "publish at most `N` events a second"},
			&cli.IntFlag{Name: "workers", HideDefault: true, Usage: "read `N` pages at a time (default: two a processor)"},
			&cli.FloatFlag{Name: "floor", Value: 100 * pipeline.DefaultFloor, Usage: "stop a source that would lose more than `PERCENT` of its quotes"},
			&cli.BoolFlag{Name: "anew", Usage: "begin at the beginning, though a reparse was interrupted"},
			&cli.BoolFlag{Name: "json", Usage: "what becomes of each source as JSON, one a line"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			how, err := reparsing(cmd)
			if err != nil {
				return err
			}
			bus, err := p.operatorBus(ctx)
			if err != nil {
				return err
			}
			defer bus.Close()
			ids, err := archived(ctx, bus, cmd.Args().Slice())
			if err != nil {
				return err
			}
			return p.reparse(ctx, bus, ids, how, cmd.Bool("json"))
		},
	}
}

func reparsing(cmd *cli.Command) (pipeline.Reparsing, error) {
	how := pipeline.Reparsing{
		Dry: cmd.Bool("dry-run"), Samples: cmd.Int("samples"), PerSecond: cmd.Float("rate"), Workers: cmd.Int("workers"),
		Floor: cmd.Float("floor") / 100, Anew: cmd.Bool("anew"),
	}
	switch {
	case how.Samples < 0:
		return how, usagef("--samples %d: want a number", how.Samples)
	case how.PerSecond < 0:
		return how, usagef("--rate %g: want a number of events a second", how.PerSecond)
	case how.Workers < 0 || how.Workers > 1024:
		return how, usagef("--workers %d: want a number from 1 to 1024", how.Workers)
	case how.Floor <= 0 || how.Floor > 1:
		return how, usagef("--floor %g: want a share above 0 and up to 100 percent", 100*how.Floor)
	}
	return how, nil
}

// archived are the sources that are named, or all that were ever crawled.
func archived(ctx context.Context, bus *publisher.Bus, ids []string) ([]string, error) {
	if len(ids) > 0 {
		return ids, nil
	}
	err := bus.Sources().EachLine(ctx, func(source string, _ schemas.LineState) error {
		ids = append(ids, source)
		return nil
	})
	return ids, err
}

// reparse reads the archives one after the other. A source that would lose too much is left, and the others go on.
func (p *program) reparse(ctx context.Context, bus *publisher.Bus, ids []string, how pipeline.Reparsing, asJSON bool) error {
	l, bar := p.newLine(bus), p.progress()
	var all compare.Report
	var stopped []error
	for _, id := range ids {
		how.Progress = func(done int, _ uint64) { bar.show("%s: %d snapshots", id, done) }
		done, err := l.Reparse(ctx, id, how)
		bar.done()
		if errors.Is(err, pipeline.ErrFloor) {
			stopped = append(stopped, err)
		} else if err != nil {
			return err
		}
		all.Merge(&done.Report, how.Samples)
		if err := p.viewReparsed(id, done, asJSON); err != nil {
			return err
		}
	}
	if how.Dry && !asJSON {
		p.viewReport(p.stdout, &all)
	}
	return errors.Join(stopped...)
}

func (p *program) viewReparsed(id string, done *pipeline.Reparsed, asJSON bool) error {
	if !asJSON {
		_, err := fmt.Fprintf(p.stdout, "%s\t%s\n", id, pipeline.Tally(done.Outcomes))
		return err
	}
	data, err := json.Marshal(struct {
		Source string `json:"source"`
		*pipeline.Reparsed
	}{id, done})
	if err == nil {
		_, err = fmt.Fprintf(p.stdout, "%s\n", terminal.JSON(data))
	}
	return err
}

// viewReport shows what a second reading would change, the weightiest first.
func (p *program) viewReport(w io.Writer, r *compare.Report) {
	st := p.style()
	fmt.Fprintf(w, "\n%d of %s would be read otherwise.\n", r.Differ, plural(r.Read, "release"))
	for _, kind := range r.Kinds() {
		fmt.Fprintf(w, "\n%s\n", st.bold(fmt.Sprintf("%s: %d", kind, r.Counts[kind])))
		for _, c := range r.Samples[kind] {
			fmt.Fprintf(w, "  %s  %s\n", shorten(oneLine(c.Title), 90), st.faint(c.Source+" "+c.Release))
			if c.Of != "" {
				fmt.Fprintf(w, "      %s\n", shorten(oneLine(c.Of), 200))
			}
			viewDifference(w, c.Difference)
		}
	}
}

// viewDifference shows short values beside each other, and of long ones the words that differ, with a few around them.
func viewDifference(w io.Writer, d compare.Difference) {
	before, after := oneLine(d.Before), oneLine(d.After)
	switch {
	case before == "" && after == "":
		return
	case max(len(before), len(after)) > longValue:
		fmt.Fprintf(w, "      %s\n", shorten(marked(worddiff.Words(before, after)), 4*longValue))
	default:
		fmt.Fprintf(w, "      %s → %s\n", cmp.Or(before, "–"), cmp.Or(after, "–"))
	}
}

// longValue is the length in bytes from which on a value is shown by its differences, aroundMarks how much of what is equal stands
// around them.
const longValue, aroundMarks = 120, 30

// marked writes what was taken as [-…-] and what was added as {+…+}, as wdiff does.
func marked(pieces []worddiff.Piece) string {
	var b strings.Builder
	for i, p := range pieces {
		switch p.Op {
		case worddiff.Delete:
			b.WriteString("[-" + p.Text + "-]")
		case worddiff.Insert:
			b.WriteString("{+" + p.Text + "+}")
		default:
			b.WriteString(around([]rune(p.Text), i == 0, i == len(pieces)-1))
		}
	}
	return b.String()
}

// around leaves the middle of an equal piece out; of the first and the last one, what is far from the change.
func around(text []rune, first, last bool) string {
	switch {
	case len(text) <= 2*aroundMarks:
	case first:
		return "…" + string(text[len(text)-aroundMarks:])
	case last:
		return string(text[:aroundMarks]) + "…"
	default:
		return string(text[:aroundMarks]) + " … " + string(text[len(text)-aroundMarks:])
	}
	return string(text)
}

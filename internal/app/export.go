package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/publisher"
)

func (p *program) exportCommand() *cli.Command {
	var formats strings.Builder
	for _, f := range export.Formats() {
		fmt.Fprintf(&formats, "   %-9s %s\n", f.Name, f.Says)
	}
	return &cli.Command{
		Name:  "export",
		Usage: "write releases as a file that others read: csv, parquet, ninjs, html, warc, …",
		Description: "The present state of each release, oldest event first; with --history every revision. Days are those of publication, as on the page, not\n" +
			"of storing. A file takes its name when it is whole; an interrupted export leaves nothing. Withdrawn releases are in jsonl, csv,\n" +
			"parquet, sqlite and atom, marked as such, elsewhere only with --withdrawn; erased ones are nowhere. docs/export.md lists the columns.\n\n" +
			"Formats:\n" + strings.TrimRight(formats.String(), "\n") + examples(
			"kreispresse export --output maerz.csv --from 2026-03-01 --to 2026-03-31 --state NW",
			"kreispresse export --format csv --table quotes --speaker 'Änne Österholt' --output zitate.csv",
			"kreispresse export --output feed.parquet",
			"kreispresse export --format jsonl --source kreis-dueren | jq .data.title",
			"kreispresse export --format wacz --output archiv.wacz --dry-run",
		),
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: "`FORMAT` to write; without it the name of --output tells"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Value: "-", HideDefault: true, Usage: "write to `FILE`; - is standard output"},
			&cli.BoolFlag{Name: "force", Usage: "replace the file if there is one"},
			&cli.StringFlag{Name: "from", Usage: "only releases published on this `DAY` or later"},
			&cli.StringFlag{Name: "to", Usage: "only releases published on this `DAY` or before"},
			&cli.StringFlag{Name: "speaker", Usage: "only releases that quote this `PERSON` or organisation; of the table quotes only what they said"},
			&cli.BoolFlag{Name: "history", Usage: "every revision, not the present state only"},
			&cli.BoolFlag{Name: "withdrawn", Usage: "withdrawn releases in every format"},
			&cli.StringFlag{Name: "table", Usage: "csv: what a row of the `TABLE` is, one of " + strings.Join(export.TableNames(), ", ")},
			&cli.StringFlag{Name: "separator", Value: ";", HideDefault: true, Usage: "csv: `CHAR` between two cells: ; as a German Excel expects, a comma, | or \\t"},
			&cli.BoolFlag{Name: "dry-run", Usage: "only count the releases"},
		}, filterFlags()...),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() > 0 {
				return usagef("export takes no arguments: name the file with --output")
			}
			x, err := p.exportOf(cmd)
			if err != nil {
				return err
			}
			bus, err := p.readFeed(ctx, x.filter.Source)
			if err != nil {
				return err
			}
			defer bus.Close()
			return x.run(ctx, bus, cmd.Bool("dry-run"))
		},
	}
}

// exporting is one run of export as the user asked for it.
type exporting struct {
	*program
	format  *export.Format
	filter  export.Filter
	options export.Options
	output  string
	force   bool
	missing int // pages that the archive does not have
}

// exportOf reads the flags and refuses what does not go together, before anything is opened.
func (p *program) exportOf(cmd *cli.Command) (*exporting, error) {
	f, err := filterOf(cmd)
	if err != nil {
		return nil, err
	}
	x := &exporting{program: p, output: cmd.String("output"), force: cmd.Bool("force")}
	x.filter = export.Filter{
		From: cmd.String("from"), To: cmd.String("to"), State: f.State, Source: f.Source, Type: f.Type, Speaker: cmd.String("speaker"),
		History: cmd.Bool("history"), Withdrawn: cmd.Bool("withdrawn"),
	}
	if err := x.filter.Check(); err != nil {
		return nil, err
	}
	if x.format, err = formatOf(cmd.String("format"), x.output); err != nil {
		return nil, err
	}
	if x.options, err = csvOptions(cmd, x.format); err != nil {
		return nil, err
	}
	if x.output == "-" && x.format.Binary && terminal.Is(p.stdout) && !cmd.Bool("dry-run") {
		return nil, usagef("%s is not for a terminal (give --output FILE%s, or pass it on with |)", x.format.Name, x.format.Extension)
	}
	x.options.Skipped = func(release string, sequence uint64, why error) {
		if x.missing++; x.missing <= 3 {
			fmt.Fprintf(p.stderr, "kreispresse: export: release %s: its page, snapshot %d, is left out: %s\n", release, sequence, oneLine(why.Error()))
		}
	}
	return x, nil
}

// formatOf is the format that is named, or that the name of the file tells.
func formatOf(name, output string) (*export.Format, error) {
	if name == "" {
		if output == "-" {
			return nil, usagef("export wants a --format: one of %s", strings.Join(export.Names(), ", "))
		}
		if f := export.FormatOf(output); f != nil {
			return f, nil
		}
		return nil, usagef("--output %s: no format has that extension (give --format, one of %s)", filepath.Base(output), strings.Join(export.Names(), ", "))
	}
	if f := export.Find(name); f != nil {
		return f, nil
	}
	hint := ""
	if near := nearest(name, export.Names()); near != "" {
		hint = ", did you mean " + near + "?"
	}
	return nil, usagef("--format %q: no such format%s (one of %s)", name, hint, strings.Join(export.Names(), ", "))
}

func csvOptions(cmd *cli.Command, format *export.Format) (o export.Options, err error) {
	for _, flag := range []string{"table", "separator"} {
		if cmd.IsSet(flag) && format.Name != "csv" {
			return o, usagef("--%s goes with --format csv, not with %s", flag, format.Name)
		}
	}
	separator := strings.ReplaceAll(cmd.String("separator"), `\t`, "\t")
	if utf8.RuneCountInString(separator) != 1 {
		return o, usagef("--separator %q: want one character, ; or , or | or a tab", separator)
	}
	o.Separator, _ = utf8.DecodeRuneInString(separator)
	o.Table = cmd.String("table")
	_, err = format.New(io.Discard, o) // refuses what the format does not know, before a file is begun
	return o, err
}

func (x *exporting) run(ctx context.Context, bus *publisher.Bus, count bool) error {
	switch {
	case count:
		n, err := export.Count(ctx, bus, x.filter, x.format)
		if err == nil {
			_, err = fmt.Fprintln(x.stdout, plural(n, x.noun()))
		}
		return err
	case x.output == "-":
		w := bufio.NewWriterSize(x.data, 1<<16)
		_, err := export.Run(ctx, bus, x.filter, x.format, x.options, w)
		err = errors.Join(err, w.Flush())
		x.tellMissing()
		return err
	}
	return x.toFile(ctx, bus)
}

// tellMissing says how many pages are left out.
func (x *exporting) tellMissing() {
	if x.missing > 0 {
		fmt.Fprintf(x.stderr, "kreispresse: %s not in the archive\n", plural(x.missing, "page"))
	}
}

func (x *exporting) toFile(ctx context.Context, bus *publisher.Bus) error {
	file, err := export.Create(x.output, x.force)
	if err != nil {
		return err
	}
	defer file.Abort()
	x.options.Temp = filepath.Dir(x.output) // there is room where the export goes
	n, err := export.Run(ctx, bus, x.filter, x.format, x.options, file)
	if err != nil {
		return &brokenOffError{"nothing was written to " + x.output, err}
	}
	if err := file.Commit(); err != nil {
		return err
	}
	fmt.Fprintf(x.stderr, "kreispresse: %s written to %s (%s)\n", plural(n, x.noun()), x.output, size(uint64(file.Size())))
	x.tellMissing()
	return nil
}

// noun is what the export counts.
func (x *exporting) noun() string {
	if x.filter.History {
		return "revision"
	}
	return "release"
}

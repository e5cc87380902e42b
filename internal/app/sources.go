package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/crawler/discover/family"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) sourcesCommand() *cli.Command {
	return &cli.Command{
		Name:  "sources",
		Usage: "the registry of press sites",
		Commands: append([]*cli.Command{
			p.listCommand(),
			p.showCommand(),
			{
				Name:      "check",
				Usage:     "check source files: unknown keys, selectors, patterns, addresses",
				ArgsUsage: "[FILE|DIR…]",
				Description: "Without arguments the sources in use are checked (--sources, else the built-in ones). With --archived, which takes sources by\n" +
					"their id, too, nothing is asked for over the network. Exit code 1: entries would disappear." + examples(
					"kreispresse sources check kreis-musterau.yaml",
					"kreispresse sources check --archived kreis-musterau.yaml",
				),
				Flags: archivedFlags(),
				Action: func(ctx context.Context, cmd *cli.Command) error {
					if cmd.Bool("archived") {
						return p.checkArchived(ctx, cmd)
					}
					if cmd.IsSet("last") || cmd.Bool("json") {
						return usagef("--last and --json belong to --archived (see: kreispresse sources check --help)")
					}
					return p.checkSources(cmd.Args().Slice())
				},
			},
			p.addCommand(),
			p.discoverCommand(),
			p.sourcesVerifyCommand(),
		}, p.sourceActs()...),
		Action: func(_ context.Context, cmd *cli.Command) error {
			if name := cmd.Args().First(); name != "" {
				return noCommand(cmd, name)
			}
			return usagef("sources wants list, show, check, add, discover, verify, accept, retire, move or rename (see: kreispresse sources --help)")
		},
	}
}

// noSources is the error for a registry without a source: a wrong mount or a typo, and green for ever if it were none.
func noSources(dir string) error {
	return &schemas.Error{
		Op: "sources", Kind: schemas.KindNotFound, Thing: dir, Err: errors.New("no source in it"),
		Hint: "name a directory of source files (*.yaml)",
	}
}

// checkProfiles wants each source to name a CMS profile that the parser or the reading of lists has. Who reads the files does not know them.
func checkProfiles(sources []*source.Source) error {
	known := parser.Profiles() // how pages are read, and below how lists are
	for _, f := range family.All() {
		if f.ID != family.Generic && !slices.Contains(known, f.ID) {
			known = append(known, f.ID)
		}
	}
	for _, s := range sources {
		if s.Profile != "" && !slices.Contains(known, s.Profile) {
			return invalid("sources", s.ID, "leave profile away, or name one of "+strings.Join(known, ", "), fmt.Errorf("no CMS profile %q", s.Profile))
		}
	}
	return nil
}

// choose are the sources with the given ids, in that order, each once.
func choose(all []*source.Source, ids []string) ([]*source.Source, error) {
	var chosen []*source.Source
	for _, id := range ids {
		i := slices.IndexFunc(all, func(s *source.Source) bool { return s.ID == id })
		if i < 0 {
			known := make([]string, len(all))
			for i, s := range all {
				known[i] = s.ID
			}
			return nil, noSource(id, known)
		}
		if !slices.Contains(chosen, all[i]) {
			chosen = append(chosen, all[i])
		}
	}
	return chosen, nil
}

func (p *program) checkSources(names []string) error {
	if len(names) == 0 {
		all, err := p.sources()
		if err != nil {
			return p.reportProblems(err)
		}
		return p.noProblems(len(all))
	}
	n, bad := 0, error(nil)
	for _, name := range names {
		found, err := checkSource(name)
		n += found
		if err != nil {
			if bad = p.reportProblems(err); !errors.Is(bad, errReported) {
				return bad
			}
		}
	}
	if bad != nil {
		return bad
	}
	return p.noProblems(n)
}

func (p *program) noProblems(n int) error {
	_, err := fmt.Fprintln(p.stdout, plural(n, "source")+", no problems")
	return err
}

// checkSource checks a file or a directory and returns how many sources are in it.
func checkSource(name string) (int, error) {
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		list, err := source.LoadDir(name)
		if err == nil && len(list) == 0 {
			err = noSources(name)
		}
		return len(list), errors.Join(err, checkProfiles(list))
	}
	if err != nil {
		return 0, &schemas.Error{
			Op: "sources", Kind: schemas.KindNotFound, Thing: name, Err: schemas.Pathless(err),
			Hint: "name a source file (*.yaml) or a directory of them",
		}
	}
	list, err := source.LoadFile(filepath.Clean(name))
	if err != nil {
		return 0, err
	}
	return len(list), checkProfiles(list)
}

// reportProblems prints each problem of bad source files on a line of its own.
func (p *program) reportProblems(err error) error {
	problems, ok := errors.AsType[source.Problems](err)
	if !ok {
		return err
	}
	for _, x := range problems {
		fmt.Fprintln(p.stderr, x)
	}
	return errors.Join(errReported, usagef("%s", plural(len(problems), "problem")))
}

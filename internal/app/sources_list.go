package app

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) listCommand() *cli.Command {
	return &cli.Command{
		Name:  "list",
		Usage: "list the sources that a crawl takes; with --all every source that is known",
		Description: "A crawl without a SOURCE takes those that are verified and those of one's own files. Of the others it is said what stands in the\n" +
			"way; they are crawled when they are named." + examples(
			"kreispresse sources list --all --state NW",
			"kreispresse sources list --all --json | jq -r 'select(.press) | .press'",
		),
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "all", Usage: "also those that are not verified"},
			&cli.StringFlag{Name: "state", Usage: "only sources of the Land `NW`"},
			&cli.BoolFlag{Name: "json", Usage: "print one line of JSON a source"},
		},
		Action: func(_ context.Context, cmd *cli.Command) error {
			if cmd.NArg() > 0 {
				return usagef("sources list takes no arguments")
			}
			state := strings.ToUpper(cmd.String("state"))
			if cmd.IsSet("state") {
				if err := schemas.CheckState(state); err != nil {
					return usagef("--state: %v", err)
				}
			}
			return p.listSources(cmd.Bool("all"), state, cmd.Bool("json"))
		},
	}
}

func (p *program) listSources(everything bool, state string, asJSON bool) error {
	all, err := p.sources()
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(s *source.Source) bool { return state != "" && s.State != state })
	known := len(all)
	if !everything {
		all = slices.DeleteFunc(all, func(s *source.Source) bool { return !s.Works() })
	}
	if asJSON {
		for _, s := range all {
			if err := writeLine(p.stdout, api.EntryOf(s)); err != nil {
				return err
			}
		}
		return nil
	}
	w := p.table()
	fmt.Fprintln(w, "ID\tNAME\tSTATE\tAGS\tCMS\tSTATUS\tSINCE\tFOUND BY\tADDRESS")
	for _, s := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", s.ID, s.Name, s.State, orElse(s.AGS, "-"), orElse(s.Profile, "-"),
			orElse(s.Status.Is, "-"), orElse(s.Status.Date, "-"), orElse(foundBy(s), "-"), s.Base)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if more := known - len(all); more > 0 {
		fmt.Fprintf(p.stderr, "kreispresse: %s that nobody has verified: sources list --all\n", plural(more, "more source"))
	}
	return nil
}

// foundBy says in words what there is to find the pages of a source by.
func foundBy(s *source.Source) string {
	var by []string
	for _, x := range []struct {
		n    int
		word string
	}{{len(s.Start.Listings), "listing"}, {len(s.Start.Feeds), "feed"}, {len(s.Start.Sitemaps), "sitemap"}} {
		if x.n > 0 {
			by = append(by, x.word)
		}
	}
	return strings.Join(by, "+")
}

// viewEntry prints all that is known of a source, one thing a line.
func viewEntry(w io.Writer, e api.Entry) {
	status := e.Status
	if e.Reason != "" {
		status += " (" + e.Date + "): " + e.Reason
	}
	for _, row := range [][2]string{
		{"id", e.ID},
		{"name", e.Name},
		{"kind", e.Kind},
		{"state", e.State},
		{"ags", e.AGS},
		{"ars", e.ARS},
		{"nuts3", e.NUTS3},
		{"wikidata", e.Wikidata},
		{"status", status},
		{"home page", e.Home},
		{"press page", e.Press},
		{"CMS", e.CMS},
		{"lists", strings.Join(e.Listings, " ")},
		{"feeds", strings.Join(e.Feeds, " ")},
		{"sitemaps", strings.Join(e.Sitemaps, " ")},
		{"accept", strings.Join(e.Accept, "  ")},
		{"refuse", strings.Join(e.Refuse, "  ")},
	} {
		if row[1] != "" {
			fmt.Fprintf(w, "%s\t%s\n", row[0], row[1])
		}
	}
}

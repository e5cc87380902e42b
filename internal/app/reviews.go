package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/review"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) reviewsCommand() *cli.Command {
	return &cli.Command{
		Name: "reviews", Usage: "what people said of wrongly read quotes, and cases for the parser made of it", ArgsUsage: "[SOURCE]",
		Description: "In the console somebody says on the page of a release that a quote has the wrong speaker, or is none. The list shows what is not\n" +
			"settled: today's parser reads the archived page again, and is judged. open: nothing has changed; wrong: another parser than that\n" +
			"time's, and it still reads it wrongly; gone: the page cannot be read any more. With --all those that are right by now, too." + examples(
			"kreispresse reviews",
			"kreispresse reviews --all --json kreis-musterau",
			"kreispresse reviews export ~/kreispresse-cases",
		),
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "all", Usage: "those that are right by now, too"},
			&cli.BoolFlag{Name: "json", Usage: "each review as JSON, one a line"},
		},
		Commands: []*cli.Command{p.reviewsExport()},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() > 1 {
				return usagef("reviews wants one SOURCE at most (see: kreispresse reviews --help)")
			}
			list, done, err := p.reviews(ctx, cmd.Args().First())
			if err != nil {
				return err
			}
			defer done()
			if !cmd.Bool("all") {
				list.reviews = slices.DeleteFunc(list.reviews, func(x review.Reviewed) bool { return x.State == review.Right })
			}
			return p.listReviews(list.reviews, cmd.Bool("json"))
		},
	}
}

func (p *program) reviewsExport() *cli.Command {
	return &cli.Command{
		Name: "export", Usage: "make a golden case of each page with reviews that are open or wrong", ArgsUsage: "DIR",
		Description: "For each page: NAME.html as archived, NAME.truth.yaml with today's reading and what the reviews say is right, NAME.json with today's\n" +
			"record, NAME.review.yaml with where it comes from. A case that is there is left alone. GOLDEN_DIR=DIR go test ./parser -run\n" +
			"TestPrivate then fails for each page until a rule reads it right.\n\n" +
			"The pages are texts of the authorities: they belong in no public repository. When a release was erased, its case must go, too;\n" +
			"the command says which, and ends with 1." + examples(
			"kreispresse reviews export ~/kreispresse-cases",
			"kreispresse reviews export --id 3f2a91c07b --overwrite ~/kreispresse-cases",
		),
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "id", Usage: "only the page of the review `ID`, whatever its state; may be repeated"},
			&cli.BoolFlag{Name: "all", Usage: "pages that are read right by now, too"},
			&cli.BoolFlag{Name: "overwrite", Usage: "write cases that are there anew"},
			&cli.BoolFlag{Name: "json", Usage: "what became of each page as JSON, one a line"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() != 1 {
				return usagef("reviews export wants a DIR (see: kreispresse reviews export --help)")
			}
			list, done, err := p.reviews(ctx, "")
			if err != nil {
				return err
			}
			defer done()
			chosen, err := chooseReviews(list.reviews, cmd.StringSlice("id"), cmd.Bool("all"))
			if err != nil {
				return err
			}
			out, err := list.desk.Export(ctx, cmd.Args().First(), chosen, cmd.Bool("overwrite"))
			return errors.Join(p.showExported(out, cmd.Bool("json")), err)
		},
	}
}

// reviewList are the reviews of a store that is open until done is called.
type reviewList struct {
	desk    *review.Desk
	reviews []review.Reviewed
}

func (p *program) reviews(ctx context.Context, source string) (list reviewList, done func(), err error) {
	if source != "" {
		if err := schemas.CheckToken(source); err != nil {
			return list, nil, usage(err)
		}
	}
	bus, err := p.readFeed(ctx, source)
	if err != nil {
		return list, nil, err
	}
	list.desk = &review.Desk{Store: bus}
	if list.reviews, err = list.desk.List(ctx, source, ""); err != nil {
		return list, nil, errors.Join(err, bus.Close())
	}
	return list, func() { _ = bus.Close() }, nil // it was only read
}

func (p *program) listReviews(list []review.Reviewed, json bool) error {
	if json {
		for _, x := range list {
			if err := writeLine(p.stdout, x); err != nil {
				return err
			}
		}
		return nil
	}
	if len(list) == 0 {
		fmt.Fprintln(p.stderr, "No review is open.")
		return nil
	}
	t := p.table()
	fmt.Fprintln(t, "ID\tWHEN\tSTATE\tSOURCE\tREAD AS\tRIGHT\tQUOTE\tNOTE")
	for _, x := range list {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", x.ID, x.At.Local().Format(time.DateOnly), x.State, x.Source, cmp.Or(x.Speaker, "nobody"),
			rightWords(x), "„"+x.Text+"“", became(x))
	}
	return t.Flush()
}

// rightWords is what a review says is right.
func rightWords(x review.Reviewed) string {
	switch x.Verdict {
	case review.VerdictNobody:
		return "nobody can be told"
	case review.VerdictNoQuote:
		return "no quote"
	}
	return x.Says
}

// lostWords says why a page cannot be read.
var lostWords = map[string]string{
	review.LostErased:  "the release was erased",
	review.LostExpired: "the archive does not keep the page any more",
	review.LostOther:   "the page is another installation's",
	review.LostUnread:  "today's parser finds no release on the page",
}

// became says what has become of a review beside its state.
func became(x review.Reviewed) string {
	var parts []string
	switch {
	case x.Lost != "":
		parts = append(parts, lostWords[x.Lost])
	case x.State == review.Wrong && !x.Quoted:
		parts = append(parts, "today no quote is read there")
	case x.State == review.Wrong:
		parts = append(parts, "today read as "+cmp.Or(x.Reads, "nobody"))
	}
	if x.Newer > 0 {
		parts = append(parts, fmt.Sprintf("revision %d was read from another page", x.Newer))
	}
	return strings.Join(parts, "; ")
}

// chooseReviews are those that are to become cases: the pages of the named ones, or else of all that are open or wrong. A case speaks of its
// whole page, so all reviews of a page come with one.
func chooseReviews(list []review.Reviewed, ids []string, all bool) ([]review.Reviewed, error) {
	var wanted []review.Reviewed
	for _, id := range ids {
		i := slices.IndexFunc(list, func(x review.Reviewed) bool { return x.ID == id })
		if i < 0 {
			return nil, &schemas.Error{
				Op: "reviews export", Kind: schemas.KindNotFound, Thing: id, Err: errors.New("no such review: taken back, said anew, or erased with its release"),
				Hint: "see kreispresse reviews --all",
			}
		}
		wanted = append(wanted, list[i])
	}
	for _, x := range list {
		if len(ids) == 0 && (all || x.State != review.Right) {
			wanted = append(wanted, x)
		}
	}
	return slices.DeleteFunc(list, func(x review.Reviewed) bool {
		return !slices.ContainsFunc(wanted, func(w review.Reviewed) bool { return w.SamePage(x.Review) })
	}), nil
}

func (p *program) showExported(list []review.Exported, json bool) error {
	erased := false
	for _, x := range list {
		erased = erased || x.Did == review.Remove
		if json {
			if err := writeLine(p.stdout, x); err != nil {
				return err
			}
			continue
		}
		says := map[string]string{
			review.Written: plural(len(x.Reviews), "review"), review.Kept: "is there already; --overwrite writes it anew",
			review.Left: lostWords[x.Lost], review.Remove: "its release was erased: delete " + x.Name + ".*",
		}[x.Did]
		if _, err := fmt.Fprintf(p.stdout, "%s\t%s\t%s\n", cmp.Or(x.Name, x.Release), x.Did, says); err != nil {
			return err
		}
	}
	switch {
	case erased:
		return errReported
	case len(list) == 0 && !json:
		fmt.Fprintln(p.stderr, "No review is open.")
	case !json:
		fmt.Fprintln(p.stderr, "These are texts of the authorities: keep them out of public repositories.")
	}
	return nil
}

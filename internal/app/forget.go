package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) forgetCommand() *cli.Command {
	return &cli.Command{
		Name:      "forget",
		Usage:     "erase releases for good: every revision, every stored page; it cannot be undone",
		ArgsUsage: "ID|URL…",
		Description: "Subscribers get the event erased, without title, address or text, and must erase their copies. What is stored is overwritten on disk.\n" +
			"The pages are not asked for any more. A receipt with sequences and hashes, and no content, is kept in PRESS_RUNS (kreispresse runs\n" +
			"--event erased). Backups are not reached: make new ones, and destroy the old ones." + examples(
			"kreispresse forget https://www.kreis-musterau.example/presse/meldung.php --reason 'Antrag nach Art. 17 DSGVO'",
			"kreispresse forget --person 'Erika Muster' --dry-run",
			"kreispresse forget --source kreis-musterau --reason 'Bitte des Kreises'",
		),
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "person", Usage: "erase all releases in which the `NAME` stands, in any of their revisions"},
			&cli.StringFlag{Name: "source", Usage: "erase all releases of the source `ID`"},
			&cli.StringFlag{Name: "reason", Usage: "`WHY`, in words that subscribers read and that name nobody", Value: "erased by the operator of the feed"},
			&cli.BoolFlag{Name: "dry-run", Usage: "only say which releases would be erased"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			person, source := strings.TrimSpace(cmd.String("person")), cmd.String("source")
			if n := cmd.NArg(); (n == 0) == (person == "" && source == "") {
				return usagef("forget wants releases by id or address, or --person or --source")
			}
			if person != "" && !strings.Contains(person, " ") {
				return usagef("--person %q: want the whole name; a single word stands in too many releases", person)
			}
			bus, err := p.operatorBus(ctx)
			if err != nil {
				return err
			}
			defer bus.Close()
			list, err := toForget(ctx, bus, cmd.Args().Slice(), person, source)
			if err != nil {
				return err
			}
			return p.forget(ctx, bus, list, cmd.String("reason"), cmd.Bool("dry-run"))
		},
	}
}

// forgettable is one release that is to be erased.
type forgettable struct{ source, id string }

// toForget finds what is to be erased, each once.
func toForget(ctx context.Context, bus *publisher.Bus, names []string, person, source string) (list []forgettable, err error) {
	for _, name := range names {
		s, id, err := findRelease(ctx, bus, name)
		if err != nil {
			return nil, err
		}
		list = append(list, forgettable{s, id})
	}
	if person == "" && source == "" {
		return list, nil
	}
	known := map[forgettable]bool{} // by any of its revisions
	_, err = bus.Replay(ctx, publisher.Filter{Source: source}, func(e *schemas.Event) error {
		one := forgettable{e.Release.Source.ID, e.Subject}
		if !known[one] && e.Type != schemas.EventErased && (person == "" || speaksOf(e.Release, person)) {
			known[one] = true
			list = append(list, one)
		}
		return nil
	})
	if err == nil && len(list) == 0 {
		err = &schemas.Error{Op: "forget", Kind: schemas.KindNotFound, Thing: orElse(person, source), Err: errors.New("no release")}
	}
	return list, err
}

// speaksOf reports whether a name stands in a release, wherever.
func speaksOf(r *schemas.Release, name string) bool {
	folded := strings.ToLower(name)
	texts := []string{r.Title, r.Kicker, r.Lead, r.Text}
	for _, c := range r.Credits {
		texts = append(texts, c.Raw, c.Holder)
	}
	for _, i := range r.Images {
		texts = append(texts, i.Alt, i.Caption)
	}
	for _, a := range r.Attachments {
		texts = append(texts, a.Title)
	}
	for _, x := range r.People {
		texts = append(texts, x.Name)
	}
	if r.Contact != nil {
		texts = append(texts, r.Contact.Name)
	}
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(strings.ToLower(s), folded) })
}

func (p *program) forget(ctx context.Context, bus *publisher.Bus, list []forgettable, reason string, dry bool) error {
	if !dry {
		if err := bus.MayErase(ctx); err != nil {
			return err
		}
	}
	l := p.newLine(bus)
	for _, x := range list {
		if dry {
			if _, err := fmt.Fprintf(p.stdout, "%s\t%s\twould be erased\n", x.id, x.source); err != nil {
				return err
			}
			continue
		}
		rec, err := l.Forget(ctx, x.source, x.id, reason)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(p.stdout, "%s\t%s\terased: %s\n", x.id, x.source, plural(len(rec.Erased), "message")); err != nil {
			return err
		}
	}
	if dry {
		return nil
	}
	if err := p.compact(ctx, bus); err != nil {
		return err
	}
	at, err := bus.LastBackup(ctx)
	if err == nil && !at.IsZero() {
		fmt.Fprintf(p.stderr, "Backups are not reached, the last one was made %s: make a new one, and destroy the old ones.\n", at.Local().Format(time.DateTime))
	}
	return err
}

// compact has what erasures left in the blocks of buckets go: titles in states of pages as they were, and lists.
func (p *program) compact(ctx context.Context, bus *publisher.Bus) error {
	done, err := bus.Compact(ctx)
	if err == nil && !done {
		fmt.Fprintln(p.stderr, "Some blocks are in use by a crawl: old titles in them go when run cleans up at night, or with kreispresse retention.")
	}
	return err
}

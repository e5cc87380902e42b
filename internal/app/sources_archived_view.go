package app

import (
	"fmt"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// viewReread prints what would appear (+), disappear (-) and be read otherwise (~), list by list. That something would disappear is an error,
// for whoever changes a source in a script.
func (p *program) viewReread(all []reread, asJSON bool) error {
	appear, disappear, differ := 0, 0, 0
	for i := range all {
		r := &all[i]
		appear, disappear, differ = appear+len(r.Appear), disappear+len(r.Disappear), differ+len(r.Differ)
		var err error
		if asJSON {
			err = writeLine(p.data, r)
		} else {
			err = p.viewOneReread(r)
		}
		if err != nil {
			return err
		}
	}
	if !asJSON {
		_, err := fmt.Fprintf(p.stdout, "%s: %d would appear, %d would disappear, %d would have another title or date\n", plural(len(all), "list"),
			appear, disappear, differ)
		if err != nil {
			return err
		}
	}
	if disappear > 0 {
		return &schemas.Error{
			Op: "sources check", Kind: schemas.KindNoRelease, Err: fmt.Errorf("%d of what the crawls found would not be found any more", disappear),
			Hint: "look at the lines with -",
		}
	}
	return nil
}

func (p *program) viewOneReread(r *reread) error {
	elsewhere := ""
	if r.Elsewhere > 0 {
		elsewhere = fmt.Sprintf(", %d on another list", r.Elsewhere)
	}
	at := r.To.Format(time.DateOnly)
	if from := r.From.Format(time.DateOnly); from != at {
		at = from + " to " + at
	}
	_, err := fmt.Fprintf(p.stdout, "%s: %s %s: %s of %s: %d entries then, %d now; %d appear, %d disappear, %d differ, %d unchanged%s\n",
		r.Source, r.Kind, r.URL, plural(r.Pages, "page"), at, r.Then, r.Now, len(r.Appear), len(r.Disappear), len(r.Differ), r.Unchanged, elsewhere)
	if r.Note != "" && err == nil {
		_, err = fmt.Fprintf(p.stdout, "  ! %s\n", oneLine(r.Note))
	}
	for _, part := range []struct {
		sign    string
		entries []schemas.ListEntry
	}{{"+", r.Appear}, {"-", r.Disappear}, {"~", r.Differ}} {
		for _, e := range part.entries {
			if err == nil {
				_, err = fmt.Fprintf(p.stdout, "  %s %s\t%s\t%s\n", part.sign, orElse(e.Published, "-"), e.URL, oneLine(e.Title))
			}
		}
	}
	return err
}

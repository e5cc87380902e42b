package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// archivedFlags are what sources check knows beside the files.
func archivedFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "archived", Usage: "read the lists that crawls have kept by the sources as they are now, and show what would appear and disappear"},
		&cli.IntFlag{Name: "last", Value: schemas.MaxListPages, Usage: "with --archived: of each list the last `N` pages that differ"},
		&cli.BoolFlag{Name: "json", Usage: "with --archived: print one line of JSON a list"},
	}
}

// checkArchived reads what is kept of the lists of sources by what their files say today.
func (p *program) checkArchived(ctx context.Context, cmd *cli.Command) error {
	last := cmd.Int("last")
	if last < 1 || last > schemas.MaxListPages {
		return usagef("--last %d: want 1 to %d, so many pages are kept of a list", last, schemas.MaxListPages)
	}
	names := cmd.Args().Slice()
	sources, err := p.toReread(names)
	if err != nil {
		return p.reportProblems(err)
	}
	bus, err := p.readBus(ctx)
	if err != nil {
		return err
	}
	defer bus.Close()
	var all []reread
	for _, src := range sources { // one at a time: a list takes up to some megabytes
		var kept [][]schemas.ListPage
		err := bus.Lists().Each(ctx, src.ID, func(_ string, pages []schemas.ListPage) error {
			kept = append(kept, pages[max(0, len(pages)-last):])
			return nil
		})
		if err != nil {
			return err
		}
		if len(kept) == 0 && len(names) > 0 {
			p.log.Warn("no page of its lists is kept; a crawl keeps them", "source", src.ID)
		}
		lists, err := rereadSource(ctx, src, kept)
		if err != nil {
			return err
		}
		all = append(all, lists...)
	}
	if len(all) == 0 {
		return nothingKept(sources, names)
	}
	return p.viewReread(all, cmd.Bool("json"))
}

// nothingKept says how there comes to be something.
func nothingKept(sources []*source.Source, names []string) error {
	hint := "a crawl keeps them: kreispresse crawl"
	if len(names) > 0 {
		for _, src := range sources {
			hint += " " + src.ID
		}
	}
	return &schemas.Error{
		Op: "sources check", Kind: schemas.KindNotFound, Thing: strings.Join(names, " "), Err: errors.New("no page of a list is kept"), Hint: hint,
	}
}

// toReread are the sources that names stand for, each once; without any all in use.
func (p *program) toReread(names []string) ([]*source.Source, error) {
	if len(names) == 0 {
		return p.sources()
	}
	var out []*source.Source
	for _, name := range names {
		some, err := p.namedSources(name)
		if err != nil {
			return nil, err
		}
		for _, s := range some {
			if !slices.ContainsFunc(out, func(o *source.Source) bool { return o.ID == s.ID }) {
				out = append(out, s)
			}
		}
	}
	return out, nil
}

// namedSources are those of a file, of a directory of files, or the one in use that has the name for its id.
func (p *program) namedSources(name string) (list []*source.Source, err error) {
	info, err := os.Stat(name)
	switch {
	case err != nil && !strings.ContainsAny(name, `./\`): // no file, and it may be an id
		all, err := p.sources()
		if err != nil {
			return nil, err
		}
		return choose(all, []string{name})
	case err != nil:
		return nil, &schemas.Error{
			Op: "sources", Kind: schemas.KindNotFound, Thing: name, Err: schemas.Pathless(err), Hint: "name a source, a source file (*.yaml) or a directory of them",
		}
	case info.IsDir():
		list, err = source.LoadDir(name)
	default:
		list, err = source.LoadFile(filepath.Clean(name))
	}
	if err != nil {
		return nil, err
	}
	return list, checkProfiles(list)
}

// reread is what a list names by today's file and what it named when it was crawled, over all of its pages that are kept.
type reread struct {
	Source    string              `json:"source"`
	Kind      string              `json:"kind"`
	URL       string              `json:"url"`
	Pages     int                 `json:"pages"` // that were read
	From      time.Time           `json:"from"`  // when the first of them was fetched
	To        time.Time           `json:"to"`    // and the last
	Then      int                 `json:"then"`  // entries that the crawls found
	Now       int                 `json:"now"`   // entries that are found now
	Unchanged int                 `json:"unchanged"`
	Elsewhere int                 `json:"elsewhere,omitempty"` // of a list that the source gave up: found on another
	Appear    []schemas.ListEntry `json:"appear,omitempty"`
	Disappear []schemas.ListEntry `json:"disappear,omitempty"`
	Differ    []schemas.ListEntry `json:"differ,omitempty"` // as they are read now, with another title or date
	Note      string              `json:"note,omitempty"`

	gone bool // the source has no such list any more
}

// rereadSource reads the pages that are kept of a source's lists.
func rereadSource(ctx context.Context, s *source.Source, kept [][]schemas.ListPage) ([]reread, error) {
	lists := make([]reread, len(kept))
	now := make([][][]schemas.ListEntry, len(kept)) // list, page, entry
	named := map[string]bool{}                      // by any list now
	for i, pages := range kept {
		first, last := &pages[0], &pages[len(pages)-1]
		lists[i] = reread{Source: s.ID, Kind: first.Kind, URL: first.URL, Pages: len(pages), From: first.FetchedAt, To: last.FetchedAt}
		for _, page := range pages {
			entries, ok, err := crawler.Reread(ctx, s, page)
			switch {
			case ctx.Err() != nil:
				return nil, ctx.Err()
			case err != nil:
				lists[i].Note = oneLine(err.Error())
			case !ok:
				lists[i].gone, lists[i].Note = true, "the source does not name this "+page.Kind+" any more"
			}
			for _, e := range entries {
				named[e.URL] = true
			}
			now[i] = append(now[i], entries)
		}
	}
	for i := range lists {
		elsewhere := named
		if !lists[i].gone { // that another list has them, too, is no excuse for selectors that do not find them
			elsewhere = nil
		}
		lists[i].compare(kept[i], now[i], elsewhere)
	}
	slices.SortFunc(lists, func(a, b reread) int { return strings.Compare(a.Kind+" "+a.URL, b.Kind+" "+b.URL) })
	return lists, nil
}

// compare fills in what differs: now has the entries of each of the pages as they are read now. An entry that is missed on one page is lost,
// whether another has it or not: on the day of that page nobody would have found it.
func (r *reread) compare(pages []schemas.ListPage, now [][]schemas.ListEntry, elsewhere map[string]bool) {
	then, found, lost, differs := map[string]schemas.ListEntry{}, map[string]schemas.ListEntry{}, map[string]bool{}, map[string]bool{}
	var order []string // of all addresses, newest page first
	see := func(where map[string]schemas.ListEntry, e schemas.ListEntry) {
		if !slices.Contains(order, e.URL) {
			order = append(order, e.URL)
		}
		if _, ok := where[e.URL]; !ok {
			where[e.URL] = e
		}
	}
	for i := len(pages) - 1; i >= 0; i-- {
		today := make(map[string]schemas.ListEntry, len(now[i]))
		for _, e := range now[i] {
			today[e.URL] = e
			see(found, e)
		}
		for _, e := range pages[i].Entries {
			see(then, e)
			t, ok := today[e.URL]
			lost[e.URL] = lost[e.URL] || !ok
			differs[e.URL] = differs[e.URL] || ok && t != e
		}
	}
	r.Then, r.Now = len(then), len(found)
	for _, url := range order {
		switch was, known := then[url]; {
		case !known:
			r.Appear = append(r.Appear, found[url])
		case lost[url] && elsewhere[url]:
			r.Elsewhere++
		case lost[url]:
			r.Disappear = append(r.Disappear, was)
		case differs[url]:
			r.Differ = append(r.Differ, found[url])
		default:
			r.Unchanged++
		}
	}
}

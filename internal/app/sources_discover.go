package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/urfave/cli/v3"
	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/crawler/demosite/land"
	"github.com/kreispresse/kreispresse/crawler/discover/probe"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) discoverCommand() *cli.Command {
	return &cli.Command{
		Name:      "discover",
		Usage:     "find the press releases of every source that is not verified, from its home page",
		ArgsUsage: "[SOURCE…]",
		Description: "Each site is asked at most 40 times, many sites at a time, each at its pace. What was found, by what, and why nothing was found\n" +
			"is written to the report, one line of JSON a site, as soon as it is known: run it again after an interruption and it goes on\n" +
			"where it was. What was found is written to the sources of this installation (docs/sources.md), or to --to." + examples(
			"kreispresse sources discover --state NW --to found",
			"kreispresse sources discover --land --report land.jsonl",
		),
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "state", Usage: "only sources of the Land `NW`"},
			&cli.StringFlag{Name: "report", Value: "discover.jsonl", Usage: "write to and go on from `FILE`"},
			&cli.StringFlag{Name: "to", Usage: "write the sources that are found into `DIR`"},
			&cli.IntFlag{Name: "parallel", Value: 16, Usage: "look at `N` sites at a time"},
			&cli.BoolFlag{Name: "again", Usage: "look again at sites that stand in the report"},
		}, probeFlags()...),
		Action: p.discoverSources,
	}
}

// discovered is one line of the report.
type discovered struct {
	ID      string         `json:"id"`
	Name    string         `json:"name"`
	AGS     string         `json:"ags,omitempty"`
	State   string         `json:"state"`
	At      time.Time      `json:"at"`
	Finding *probe.Finding `json:"finding"`
}

func (p *program) discoverSources(ctx context.Context, cmd *cli.Command) error {
	if n := cmd.Int("parallel"); n < 1 || n > 64 {
		return usagef("--parallel %d: want 1 to 64", n)
	}
	all, err := p.subjects(cmd)
	if err != nil {
		return err
	}
	file := cmd.String("report")
	known := map[string]discovered{}
	if !cmd.Bool("again") {
		if known, err = readReport(file); err != nil {
			return err
		}
	}
	report, err := openReport(file, cmd.Bool("again"))
	if err != nil {
		return err
	}
	defer report.Close()
	l, err := p.looker(ctx, cmd)
	if err != nil {
		return err
	}
	var mu sync.Mutex // guards known, report, output
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(cmd.Int("parallel"))
	for _, s := range all {
		if _, done := known[s.ID]; done {
			continue
		}
		g.Go(func() error {
			f, err := l.look(gctx, s)
			if err != nil {
				return err
			}
			d := discovered{s.ID, s.Name, s.AGS, s.State, l.now.UTC().Truncate(time.Second), f}
			mu.Lock()
			defer mu.Unlock()
			known[s.ID] = d
			fmt.Fprintf(p.stderr, "%s: %s (%s): %s\n", s.ID, f.State, plural(f.Requests, "request"), f.Reason)
			return writeLine(report, d)
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	dir := cmd.String("to")
	if dir == "" && !cmd.Bool("land") {
		if dir = p.ownSources(); dir == "" {
			return usagef("no home directory to write sources to: give --to DIR")
		}
	}
	return p.viewDiscovered(all, known, dir)
}

// viewDiscovered writes the sources that were found, and counts.
func (p *program) viewDiscovered(all []subject, known map[string]discovered, dir string) error {
	counts, requests := map[string]int{}, 0
	for _, s := range all {
		d, ok := known[s.ID]
		if !ok {
			continue
		}
		counts[d.Finding.State]++
		requests += d.Finding.Requests
		if dir == "" {
			continue
		}
		if err := keepFinding(dir, d); err != nil {
			return err
		}
	}
	w := p.table()
	fmt.Fprintln(w, "SITES\tSTATE")
	for _, state := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(w, "%d\t%s\n", counts[state], state)
	}
	fmt.Fprintf(w, "%d\tin all, %.1f requests a site\n", len(all), float64(requests)/float64(max(len(all), 1)))
	return w.Flush()
}

// keepFinding writes what was found into a directory of sources: the source, or why there is none. What somebody wrote there stays.
func keepFinding(dir string, d discovered) error {
	name := filepath.Join(dir, d.ID+".yaml")
	text, err := os.ReadFile(name)
	if err == nil && !source.StatusOnly(text) {
		return nil // written before
	}
	st := source.Status{Is: d.Finding.State, Date: d.At.Format(time.DateOnly), Reason: d.Finding.Reason}
	if d.Finding.OK() {
		if err == nil {
			err = os.Remove(name)
		} else if errors.Is(err, os.ErrNotExist) {
			err = nil
		}
		if err == nil {
			_, err = saveSource(d.Finding, probe.Identity{ID: d.ID, Name: d.Name, AGS: d.AGS, State: d.State}, dir)
		}
		if err != nil {
			return err
		}
		st.Is = source.Unverified // until its pages were crawled
	}
	return source.SetStatus(dir, d.ID, st)
}

// subjects are the sites to look at.
func (p *program) subjects(cmd *cli.Command) (all []subject, err error) {
	if cmd.Bool("land") {
		for _, s := range land.New().Sites {
			all = append(all, subject{ID: s.ID, Name: s.Name, State: "NW", Home: s.Home})
		}
	} else if all, err = p.unverified(cmd.Args().Slice()); err != nil {
		return nil, err
	}
	if ids := cmd.Args().Slice(); cmd.Bool("land") && len(ids) > 0 {
		all = slices.DeleteFunc(all, func(s subject) bool { return !slices.Contains(ids, s.ID) })
	}
	if want := cmd.String("state"); want != "" {
		all = slices.DeleteFunc(all, func(s subject) bool { return !strings.EqualFold(s.State, want) })
	}
	if len(all) == 0 {
		return nil, usagef("sources discover: no source to look for (see: kreispresse sources list)")
	}
	return all, nil
}

// unverified are the sources with the given ids; without any those that nobody has seen work.
func (p *program) unverified(ids []string) (all []subject, err error) {
	sources, err := p.sources()
	if err == nil && len(ids) > 0 {
		sources, err = choose(sources, ids)
	}
	for _, s := range sources {
		if len(ids) == 0 && s.Works() {
			continue
		}
		one := subject{ID: s.ID, Name: s.Name, AGS: s.AGS, State: s.State, Home: s.Base}
		for _, l := range s.Plan().Listings {
			one.Press = append(one.Press, l.URL)
		}
		if one.Press = append(one.Press, s.Plan().Feeds...); s.Press != "" && !slices.Contains(one.Press, s.Press) {
			one.Press = append(one.Press, s.Press)
		}
		all = append(all, one)
	}
	return all, err
}

// readReport reads what was found before; a report that is not there yet is empty. A last line that was cut off is left out.
func readReport(name string) (map[string]discovered, error) {
	known := map[string]discovered{}
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return known, nil
	}
	if err != nil {
		return nil, &schemas.Error{
			Op: "sources discover", Kind: schemas.KindStorage, Thing: name, Err: schemas.Pathless(err),
			Hint: "name another file with --report",
		}
	}
	defer f.Close()
	r := bufio.NewReader(f)
	for n := 1; ; n++ {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return known, nil
		}
		var d discovered
		if err == nil {
			err = json.Unmarshal(line, &d)
		}
		if err != nil || d.ID == "" || d.Finding == nil {
			return nil, invalid("sources discover", fmt.Sprintf("%s:%d", name, n), "name another file with --report, or give --again", errors.New("no line of a report"))
		}
		known[d.ID] = d
	}
}

// openReport opens the report to be written on, behind the last whole line.
func openReport(name string, anew bool) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err == nil {
		err = toLastLine(f, anew)
	}
	if err != nil {
		return nil, &schemas.Error{
			Op: "sources discover", Kind: schemas.KindStorage, Thing: name, Err: schemas.Pathless(err),
			Hint: "name another file with --report",
		}
	}
	return f, nil
}

// toLastLine cuts off what was not written to its end, all of it when anew, and goes there.
func toLastLine(f *os.File, anew bool) error {
	end := int64(0)
	if !anew {
		text, err := io.ReadAll(f)
		if err != nil {
			return err
		}
		end = int64(strings.LastIndexByte(string(text), '\n') + 1)
	}
	if err := f.Truncate(end); err != nil {
		return err
	}
	_, err := f.Seek(end, io.SeekStart)
	return err
}

package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/retention"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) retentionCommand() *cli.Command {
	return &cli.Command{
		Name:      "retention",
		Usage:     "remove what is older than it may become, which run does at night by itself",
		ArgsUsage: "[SOURCE…]",
		Description: "The ages stand under retention: in the configuration file, and in the files of sources for these. Pages go but the last of each and those\n" +
			"that something still needs; releases are erased as by forget, with the reason \"retention\". First it says how much is due, then it goes;\n" +
			"receipts are kept (kreispresse runs --event expired, --event erased). It may be interrupted and repeated, and be used while run runs." + examples(
			"kreispresse --config /etc/kreispresse.yaml retention --dry-run",
			"kreispresse --config /etc/kreispresse.yaml retention kreis-musterau",
		),
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "dry-run", Usage: "only say how much is due"},
			&cli.BoolFlag{Name: "json", Usage: "one JSON object a source"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if err := p.config.Retention.Check(); err != nil {
				return err
			}
			sources, err := p.sources()
			if err != nil {
				return err
			}
			bus, err := p.operatorBus(ctx)
			if err != nil {
				return err
			}
			defer bus.Close()
			c := &clearing{program: p, bus: bus, line: p.newLine(bus), sources: byID(sources), json: cmd.Bool("json")}
			return c.run(ctx, cmd.Args().Slice(), cmd.Bool("dry-run"))
		},
	}
}

// clearing removes what is due by its age.
type clearing struct {
	*program
	bus     *publisher.Bus
	line    *pipeline.Line
	sources map[string]*source.Source
	json    bool
}

func byID(list []*source.Source) map[string]*source.Source {
	m := make(map[string]*source.Source, len(list))
	for _, s := range list {
		m[s.ID] = s
	}
	return m
}

// known are the sources of which something is there, in order.
func (c *clearing) known(ctx context.Context) ([]string, error) {
	ids := map[string]bool{}
	err := c.bus.Sources().EachLine(ctx, func(id string, _ schemas.LineState) error { ids[id] = true; return nil })
	return slices.Sorted(maps.Keys(ids)), err
}

func (c *clearing) policy(id string) retention.Policy { return c.config.Retention.Of(c.sources[id]) }

// work is one go for one source, for retention.Keeper.
func (c *clearing) work(ctx context.Context, id string) (bool, error) {
	if !c.policy(id).Empty() {
		if err := c.bus.MayErase(ctx); err != nil {
			return false, err
		}
	}
	done, err := c.line.Retain(ctx, id, c.policy(id), false)
	if done.Releases > 0 || done.Snapshots > 0 {
		c.log.Info("removed what was due by its age", "source", id, "releases", done.Releases, "pages", done.Snapshots, "bytes", done.Bytes)
	}
	return done.More, err
}

func (c *clearing) run(ctx context.Context, named []string, dry bool) error {
	ids, err := c.known(ctx)
	if err != nil {
		return err
	}
	for _, id := range named {
		if !slices.Contains(ids, id) {
			return &schemas.Error{
				Op: "retention", Kind: schemas.KindNotFound, Thing: id, Err: errors.New("nothing is known of this source"), Hint: "name one that was crawled",
			}
		}
	}
	if len(named) > 0 {
		ids = named
	}
	due, err := c.due(ctx, ids)
	if err != nil || dry {
		return err
	}
	if err := c.bus.MayErase(ctx); err != nil {
		return err
	}
	for _, id := range due {
		if err := c.clear(ctx, id); err != nil {
			return err
		}
	}
	return c.compact(ctx, c.bus)
}

// due says how much is due of which source, and gives those of which something is.
func (c *clearing) due(ctx context.Context, ids []string) (due []string, err error) {
	var sum pipeline.Cleared
	kept := true
	for _, id := range ids {
		kept = kept && c.policy(id).Empty()
		one, err := c.line.Retain(ctx, id, c.policy(id), true)
		if err != nil {
			return nil, err
		}
		if one.Releases == 0 && one.Snapshots == 0 {
			continue
		}
		due = append(due, id)
		sum.Releases, sum.Snapshots, sum.Bytes = sum.Releases+one.Releases, sum.Snapshots+one.Snapshots, sum.Bytes+one.Bytes
		if err := c.view(one, "due"); err != nil {
			return nil, err
		}
	}
	if kept {
		fmt.Fprintln(c.stderr, "Everything is kept for ever: there is no retention: in the configuration file, nor in that of a source.")
	}
	if !c.json {
		_, err = fmt.Fprintf(c.stdout, "due: %s, %s, %s of %s\n",
			plural(sum.Releases, "release"), plural(sum.Snapshots, "page"), size(sum.Bytes), plural(len(due), "source"))
	}
	return due, err
}

// clear removes what is due of a source, one go after the other.
func (c *clearing) clear(ctx context.Context, id string) error {
	sum := pipeline.Cleared{Source: id}
	for {
		one, err := c.line.Retain(ctx, id, c.policy(id), false)
		if err != nil {
			return err
		}
		sum.Releases, sum.Snapshots, sum.Bytes = sum.Releases+one.Releases, sum.Snapshots+one.Snapshots, sum.Bytes+one.Bytes
		if !one.More {
			return c.view(sum, "removed")
		}
	}
}

func (c *clearing) view(one pipeline.Cleared, word string) error {
	if c.json {
		return writeLine(c.stdout, struct {
			Did string `json:"did"` // due or removed
			pipeline.Cleared
		}{word, one})
	}
	_, err := fmt.Fprintf(c.stdout, "%s\t%s\t%s, %s, %s\n", word, one.Source, plural(one.Releases, "release"), plural(one.Snapshots, "page"), size(one.Bytes))
	return err
}

// keeper removes at night what is due, while the sources are crawled.
func (r *runner) keeper() (*retention.Keeper, error) {
	if err := r.config.Retention.Check(); err != nil {
		return nil, err
	}
	c := &clearing{program: r.program, bus: r.bus, line: r.line}
	return retention.NewKeeper(r.config.Retention, retention.Keeper{
		Memory: r.bus.Sources(), Holder: polite.Holder(), Log: r.log, Sources: c.tonight, Work: c.work, Finish: c.finish,
	})
}

// finish has what erasures left on disk go.
func (c *clearing) finish(ctx context.Context) error {
	if err := c.bus.Settle(ctx); err != nil { // what a process that died has begun
		return err
	}
	_, err := c.bus.Compact(ctx)
	return err
}

// tonight are the known sources; their files are read anew. While these cannot be read nothing is removed: they may say that it is kept.
func (c *clearing) tonight(ctx context.Context) ([]string, error) {
	all, err := c.program.sources()
	if err != nil {
		return nil, err
	}
	c.sources = byID(all)
	return c.known(ctx)
}

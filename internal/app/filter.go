package app

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/when"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// filterFlags are the flags by which tail and replay choose events.
func filterFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "source", Usage: "only releases of the source with this `ID`"},
		&cli.StringFlag{Name: "state", Usage: "only releases of this Land, by its two-letter `CODE`"},
		&cli.StringFlag{Name: "type", Usage: "only events of this `TYPE`: " + strings.Join(eventNames(), ", ")},
	}
}

// eventNames are the short names of the event types, in the order of a release's life.
func eventNames() []string {
	order := []string{"published", "corrected", "reextracted", "withdrawn"}
	for _, name := range slices.Sorted(maps.Keys(schemas.EventTypes)) {
		if !slices.Contains(order, name) {
			order = append(order, name)
		}
	}
	return order
}

// eventType is the event type that a user's word names, "" for "".
func eventType(word string) (string, error) {
	if word == "" {
		return "", nil
	}
	if t, ok := schemas.EventTypes[word]; ok {
		return t, nil
	}
	if slices.Contains(slices.Collect(maps.Values(schemas.EventTypes)), word) {
		return word, nil
	}
	return "", usagef("unknown event type %q: one of %s", word, strings.Join(eventNames(), ", "))
}

// parseWhen reads the moment that a flag names, see when.Parse.
func parseWhen(flag, s string, now time.Time) (time.Time, error) {
	t, err := when.Parse(s, now)
	if err != nil {
		return t, usagef("--%s %v", flag, err)
	}
	return t, nil
}

// limitFlag bounds how many events tail and replay print.
func limitFlag() cli.Flag {
	return &cli.IntFlag{Name: "limit", Aliases: []string{"n"}, HideDefault: true, Usage: "end after `N` events"}
}

// errEnough ends a reading of the feed after --limit events.
var errEnough = errors.New("enough")

// limited is each, ending with errEnough after --limit events.
func limited(cmd *cli.Command, each func(e *schemas.Event, release []byte) error) (func(*schemas.Event, []byte) error, error) {
	limit, n := cmd.Int("limit"), 0
	switch {
	case !cmd.IsSet("limit"):
		return each, nil
	case limit <= 0:
		return nil, usagef("--limit %d: want a number of events, at least 1", limit)
	}
	return func(e *schemas.Event, release []byte) error {
		if n++; n >= limit {
			return errors.Join(each(e, release), errEnough)
		}
		return each(e, release)
	}, nil
}

// enough takes the end by --limit for the success it is. An error of the last event stays one: standard output remembers it.
func enough(err error) error {
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// knownSource wants id to be a source of the registry, or one that has releases in the feed: one that is neither is a typo, and a filter
// that cannot match would look like a feed without news.
func (p *program) knownSource(ctx context.Context, bus *publisher.Bus, id string) error {
	if id == "" {
		return nil
	}
	all, err := p.sources()
	if err != nil {
		return err
	}
	known := make([]string, len(all))
	for i, s := range all {
		known[i] = s.ID
	}
	if slices.Contains(known, id) {
		return nil
	}
	n, err := bus.Count(ctx, publisher.Filter{Source: id, Last: true})
	if err != nil || n > 0 {
		return err
	}
	return noSource(id, known)
}

// noSource is the error for a source that does not exist; it names those that do.
func noSource(id string, known []string) error {
	hint := "known: " + strings.Join(known, ", ")
	if len(known) > shownSources {
		hint = "see: kreispresse sources list"
		if near := nearest(id, known); near != "" {
			hint = "did you mean " + near + "? " + hint
		}
	}
	return &schemas.Error{Op: "sources", Kind: schemas.KindNotFound, Thing: id, Err: errors.New("no such source"), Hint: hint}
}

// shownSources is how many sources an error names; the registry may have hundreds.
const shownSources = 12

// nearest is the word with the least edit distance, "" when none is near.
func nearest(word string, words []string) string {
	best, least := "", max(len(word)/2, 1)+1
	for _, w := range words {
		if d := distance(word, w); d < least {
			best, least = w, d
		}
	}
	return best
}

// distance is Levenshtein's, in bytes: ids are ASCII.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}

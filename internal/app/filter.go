package app

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
	"github.com/urfave/cli/v3"
)

// filterFlags are the flags by which tail and replay choose events.
func filterFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "source", Usage: "only releases of the source with this `ID`"},
		&cli.StringFlag{Name: "state", Usage: "only releases of this Land, by its two-letter `CODE`"},
		&cli.StringFlag{Name: "type", Usage: "only events of this `TYPE`: " + strings.Join(eventNames(), ", ")},
	}
}

func eventNames() []string { return []string{"published", "corrected", "reextracted", "withdrawn"} }

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

// parseWhen reads a moment as users write it: RFC 3339, a day (its start, local time), or how long ago ("90m", "36h", "7d").
func parseWhen(flag, s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, now.Location()); err == nil {
		return t, nil
	}
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if d, err := time.ParseDuration(days + "h"); err == nil && d >= 0 {
			return now.Add(-24 * d), nil
		}
	}
	if d, err := time.ParseDuration(s); err == nil && d >= 0 {
		return now.Add(-d), nil
	}
	return time.Time{}, usagef("--%s %q: want a day (2026-03-12), a time (2026-03-12T18:00:00+01:00) or how long ago (90m, 36h, 7d)", flag, s)
}

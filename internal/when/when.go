// Package when reads moments as people write them.
package when

import (
	"fmt"
	"strings"
	"time"
)

// Parse reads a moment: RFC 3339, a day (its start, in now's zone), or how long ago ("90m", "36h", "7d"). The zero time is "".
func Parse(s string, now time.Time) (time.Time, error) {
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
	return time.Time{}, fmt.Errorf("%q: want a day (2026-03-12), a time (2026-03-12T18:00:00+01:00) or how long ago (90m, 36h, 7d)", s)
}

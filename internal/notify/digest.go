package notify

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
)

// clock is a time of day in a zone.
type clock struct {
	zone         *time.Location
	hour, minute int
}

// day is the day whose digest is due at a moment: today, or yesterday before the time of day has come.
func (c clock) day(now time.Time) string {
	local := now.In(c.zone)
	y, m, d := local.Date()
	if local.Before(time.Date(y, m, d, c.hour, c.minute, 0, 0, c.zone)) {
		d--
	}
	return time.Date(y, m, d, 12, 0, 0, 0, c.zone).Format(time.DateOnly)
}

// Told is what is remembered of digests by all processes.
type Told struct {
	Day string `json:"day"` // of the last one
}

// keyTold is where it stands among what is remembered of sources.
const keyTold = "notify.digest"

// due is the day whose digest is to be told now; "" when it was told. The first one is told when its time has come, not at once.
func (c clock) due(now time.Time, t Told, known bool) (day string, tell bool) {
	day = c.day(now)
	return day, known && day > t.Day
}

// State is how everything is.
type State struct {
	Verdicts  map[string]health.Verdict // by source
	Yesterday int                       // releases that say they were published then
}

// Digest is the message of a day.
func Digest(s State, now time.Time) Message {
	var sick []string
	for _, source := range slices.Sorted(maps.Keys(s.Verdicts)) {
		if v := s.Verdicts[source]; v.State != health.Healthy {
			sick = append(sick, fmt.Sprintf("%s %s: %s", v.State, oneLine(source), oneLine(v.Says)))
		}
	}
	title := fmt.Sprintf("all %d sources are healthy", len(s.Verdicts))
	if len(sick) > 0 {
		title = fmt.Sprintf("%d of %d sources need attention", len(sick), len(s.Verdicts))
	}
	text := fmt.Sprintf("%d releases of yesterday are in the feed.", s.Yesterday)
	return newMessage(TypeDigest, now, title, lines(text, strings.Join(sick, "\n")))
}

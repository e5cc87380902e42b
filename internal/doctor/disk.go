package doctor

import (
	"fmt"
	"math"
	"time"

	"github.com/kreispresse/kreispresse/publisher"
)

const (
	leastRoom  = 1 << 30             // bytes below which a crawl may stop any day
	soonFull   = 60 * 24 * time.Hour // before which somebody should think of it
	leastTrend = 24 * time.Hour      // of history, before which a forecast says nothing
)

// disk says how much room there is and, from how the streams have grown, for how long.
func (p *Patient) disk(st *publisher.Status) Finding {
	free, err := freeBytes(p.DataDir)
	if err != nil {
		return Finding{Warn, "disk", "the room on " + p.DataDir + " cannot be told: " + err.Error(), ""}
	}
	var perDay float64
	for _, s := range st.Streams {
		if span := s.LastTime.Sub(s.FirstTime); s.Messages > 0 && span > leastTrend {
			perDay += float64(s.Bytes) / (span.Hours() / 24)
		}
	}
	return judgeDisk(p.DataDir, free, perDay)
}

// judgeDisk is disk from the figures: bytes that are free, bytes that are written a day (0: not known).
func judgeDisk(dir string, free uint64, perDay float64) Finding {
	says := fmt.Sprintf("%.1f GiB free on %s", float64(free)/(1<<30), dir)
	days := math.Inf(1)
	if perDay > 0 {
		days = float64(free) / perDay
		says += fmt.Sprintf(", %.1f MiB a day: enough for %.0f days", perDay/(1<<20), days)
	}
	switch {
	case free < leastRoom:
		return Finding{Fail, "disk", says, "make room: a full disk stops all crawling"}
	case days < soonFull.Hours()/24:
		return Finding{Warn, "disk", says, "plan a larger disk"}
	}
	return Finding{OK, "disk", says, ""}
}

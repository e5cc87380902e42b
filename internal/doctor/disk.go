package doctor

import (
	"context"
	"fmt"
	"time"

	"github.com/kreispresse/kreispresse/publisher"
)

const soonFull = 60 * 24 * time.Hour // before which somebody should think of it

// disk says how much room there is and, from how the streams have grown of late, for how long; nothing when nobody knows.
func (p *Patient) disk(ctx context.Context) []Finding {
	r, ok := p.Bus.Room(ctx)
	if !ok {
		if p.DataDir == "" {
			return nil // a server elsewhere without a limit
		}
		return []Finding{{Warn, "disk", "the room on " + p.DataDir + " cannot be told", ""}}
	}
	return []Finding{judgeDisk(r)}
}

// judgeDisk is disk from the figures.
func judgeDisk(r publisher.Room) Finding {
	days, known := r.Days()
	switch {
	case r.Low():
		says := fmt.Sprintf("%s, less than the %s below which nothing is crawled", r, publisher.Bytes(r.Floor))
		return Finding{Fail, "disk", says, "make room (kreispresse retention, a larger disk), or set a lower --min-free; it goes on by itself"}
	case known && days < soonFull.Hours()/24:
		return Finding{Warn, "disk", r.String(), "plan a larger disk, or set ages: retention in docs/operations.md"}
	}
	return Finding{OK, "disk", r.String(), ""}
}

package doctor

import (
	"context"
	"math"
	"time"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

const soonFull = 60 * 24 * time.Hour // before which somebody should think of it

// disk says how much room there is and, from how the streams have grown of late, for how long; nothing when nobody knows.
func (p *Patient) disk(ctx context.Context) []Finding {
	r, ok := p.Bus.Room(ctx)
	if !ok {
		if p.DataDir == "" {
			return nil // a server elsewhere without a limit
		}
		return []Finding{find(Warn, "disk", "disk.unknown", schemas.With{"Where": p.DataDir}, nil)}
	}
	return []Finding{judgeDisk(r)}
}

// judgeDisk is disk from the figures.
func judgeDisk(r publisher.Room) Finding {
	days, known := r.Days()
	with := schemas.With{"Where": r.Where, "Free": int(r.Free), "Floor": int(r.Floor)}
	if known {
		with["PerDay"], with["Days"] = int(r.PerDay), int(min(days, math.MaxInt32))
	}
	english := schemas.With{"Room": r.String(), "Least": publisher.Bytes(r.Floor)}
	switch {
	case r.Low():
		return find(Fail, "disk", "disk.low", with, english)
	case known && days < soonFull.Hours()/24:
		return find(Warn, "disk", "disk.soon", with, english)
	}
	return find(OK, "disk", "disk.enough", with, english)
}

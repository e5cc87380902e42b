package doctor

import (
	"context"
	"fmt"

	"github.com/kreispresse/kreispresse/internal/fleet"
	"github.com/kreispresse/kreispresse/internal/schedule"
	"github.com/kreispresse/kreispresse/schemas"
)

// Agreed compares source files with those that the processes on a cluster have agreed on.
func Agreed(ctx context.Context, memory schedule.Memory, own fleet.Set) Finding {
	const name = "source files"
	var a fleet.Agreement
	switch _, err := memory.Get(ctx, fleet.Key, &a); {
	case schemas.KindOf(err) == schemas.KindNotFound:
		return Finding{OK, name, fmt.Sprintf("%s, version %d; no process on a cluster has told of its own", own.Sum(), own.Version), ""}
	case err != nil:
		return ofError(name, err)
	}
	if differ := own.Differ(a.Set); len(differ) > 0 || a.Sum() != own.Sum() {
		r := &fleet.Refused{Own: own, Agreed: a.Set, By: a.By, Sources: append(differ, a.Differ(own)...)}
		return Finding{Warn, name, r.Error(), r.Hint()}
	}
	return Finding{OK, name, fmt.Sprintf("%s, version %d, as all processes have them", a.Sum(), a.Version), ""}
}

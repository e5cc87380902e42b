package doctor

import (
	"context"

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
		return find(OK, name, "files.alone", schemas.With{"Sum": own.Sum(), "Version": own.Version}, nil)
	case err != nil:
		return ofError(name, "files", err)
	}
	if differ := own.Differ(a.Set); len(differ) > 0 || a.Sum() != own.Sum() {
		r := &fleet.Refused{Own: own, Agreed: a.Set, By: a.By, Sources: append(differ, a.Differ(own)...)}
		return told(Warn, name, "files.differ", schemas.With{"By": a.By}, r.Error(), r.Hint())
	}
	return find(OK, name, "files.together", schemas.With{"Sum": a.Sum(), "Version": a.Version}, nil)
}

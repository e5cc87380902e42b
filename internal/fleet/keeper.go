package fleet

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/internal/schedule"
	"github.com/kreispresse/kreispresse/schemas"
)

// DefaultLasts is how long an agreement outlives the processes that keep it; until then another set of the same version is refused.
const DefaultLasts = 3 * time.Minute

// affirmations are how often an agreement is affirmed in the time that it lasts.
const affirmations = 3

// Keeper is one process' part in the agreement. It is safe for concurrent use; a nil one, of a process that is alone, admits everything.
type Keeper struct {
	memory schedule.Memory
	me     string
	lasts  time.Duration
	log    *slog.Logger

	mu      sync.Mutex
	own     Set
	refused *Refused
	said    string // what was logged last
}

// New makes a Keeper for the process me. Lasts 0 is DefaultLasts.
func New(memory schedule.Memory, me string, own Set, lasts time.Duration, log *slog.Logger) *Keeper {
	if lasts == 0 {
		lasts = DefaultLasts
	}
	return &Keeper{memory: memory, me: me, own: own, lasts: lasts, log: log}
}

// Use takes another set from now on.
func (k *Keeper) Use(own Set) {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.own = own
}

// Refused is why some sources are not crawled here, as of the last look; nil when all are.
func (k *Keeper) Refused() *Refused {
	if k == nil {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.refused
}

// Admit reports whether this process may crawl a source now, and keeps the agreement alive. A set without agreement, with a higher version,
// or of the same version as one that nobody keeps any more, becomes the agreement.
func (k *Keeper) Admit(ctx context.Context, id string) (bool, error) {
	if k == nil {
		return true, nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for {
		a, conflict, err := k.look(ctx)
		if err != nil {
			return false, err
		}
		if !conflict {
			return k.judge(a, id), nil
		}
	}
}

// look reads the agreement, and writes it when it has to be. conflict: another process was quicker.
func (k *Keeper) look(ctx context.Context) (a Agreement, conflict bool, err error) {
	rev, err := k.memory.Get(ctx, Key, &a)
	switch kind := schemas.KindOf(err); {
	case kind == schemas.KindNotFound, kind == schemas.KindStorage && rev > 0: // none, or none that can be read
		a = Agreement{}
	case err != nil:
		return a, false, err
	}
	now, err := k.memory.Now(ctx)
	if err != nil {
		return a, false, err
	}
	if !k.mayWrite(a, now) {
		return a, false, nil
	}
	version := max(k.own.Version, a.Version)
	a = Agreement{Set: k.own, By: k.me, At: now.UTC()}
	a.Version = version
	_, err = k.memory.Put(ctx, Key, a, rev)
	return a, schemas.KindOf(err) == schemas.KindConflict, ifOther(err)
}

// ifOther is err unless it is a conflict.
func ifOther(err error) error {
	if schemas.KindOf(err) == schemas.KindConflict {
		return nil
	}
	return err
}

// mayWrite reports whether the own set is to be written over what is agreed.
func (k *Keeper) mayWrite(a Agreement, now time.Time) bool {
	age := now.Sub(a.At).Abs() // a time far ahead is that of a clock that was set back
	switch {
	case a.Sources == nil || k.own.Version > a.Version:
		return true
	case a.Sum() == k.own.Sum():
		return age > k.lasts/affirmations
	}
	return k.own.Version == a.Version && age > k.lasts
}

// judge says, once for each change, where this process differs.
func (k *Keeper) judge(a Agreement, id string) bool {
	differ := k.own.Differ(a.Set)
	if k.refused = nil; len(differ) > 0 {
		k.refused = &Refused{Own: k.own, Agreed: a.Set, By: a.By, Sources: differ}
	}
	switch now := strings.Join(differ, " "); {
	case now == k.said:
	case k.refused != nil:
		k.log.Error(k.refused.Error(), "hint", k.refused.Hint())
		k.said = now
	default:
		k.log.Warn("all processes have the same source files again", "version", k.own.Version, "files", k.own.Sum())
		k.said = ""
	}
	return a.Sources[id] == k.own.Sources[id]
}

// Run keeps the agreement alive until ctx ends, also while no source is due.
func (k *Keeper) Run(ctx context.Context) error {
	if k == nil {
		return nil
	}
	tick := time.NewTicker(k.lasts / affirmations / 2)
	defer tick.Stop()
	for {
		if _, err := k.Admit(ctx, ""); err != nil && ctx.Err() == nil {
			k.log.Info("the agreement on the source files cannot be read now", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Leave tells the others that this process has ended: the agreement ends sooner, but not before those who share it can affirm it.
func (k *Keeper) Leave(ctx context.Context) {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	var a Agreement
	rev, err := k.memory.Get(ctx, Key, &a)
	if err != nil || a.By != k.me {
		return
	}
	now, err := k.memory.Now(ctx)
	if err != nil {
		return
	}
	a.At = now.Add(-k.lasts / 2).UTC()
	_, _ = k.memory.Put(ctx, Key, a, rev) // else it runs out
}

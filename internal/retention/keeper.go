package retention

import (
	"context"
	"log/slog"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// Memory is what is remembered, shared by all processes; values are JSON. publisher.Sources is one.
type Memory interface {
	// Get reads a value into the pointer into and returns its revision; KindNotFound when there is none.
	Get(ctx context.Context, key string, into any) (rev uint64, err error)
	// Put writes a value if rev is still its revision (0: if there is none); else KindConflict.
	Put(ctx context.Context, key string, value any, rev uint64) (uint64, error)
}

// Night is what is remembered of the work of a night by all processes.
type Night struct {
	Day    string    `json:"day"`             // that it began on, in Europe/Berlin
	Done   bool      `json:"done,omitempty"`  // all sources had their turn
	After  string    `json:"after,omitempty"` // the source that was done last; the next night goes on behind it when this one was too short
	Holder string    `json:"holder,omitempty"`
	Until  time.Time `json:"until,omitzero"` // when the holder's claim ends
}

// keyNight is where it stands among what is remembered of sources.
const keyNight = "retention.night"

const (
	lookEvery = time.Minute      // at the clock
	claimTime = 10 * time.Minute // after which another process may go on
	// longestClaim is how far ahead a claim can end when clocks differ a little. One that ends later is of a clock that is wrong, and would
	// keep all others from work for as long as that one was ahead.
	longestClaim = 2 * claimTime
)

// Keeper removes what is due while nobody publishes: one process does it, a source after the other, in goes of seconds between which it lets
// itself be told to end. It never keeps a crawl waiting.
type Keeper struct {
	Memory Memory
	Window source.Window
	Zone   *time.Location
	Holder string // names this process
	Log    *slog.Logger

	Sources func(context.Context) ([]string, error)                     // ids, in order
	Work    func(ctx context.Context, id string) (more bool, err error) // one go for one source
	Finish  func(context.Context) error                                 // when all sources are done; nil: nothing

	now  func() time.Time
	tick <-chan time.Time
}

// NewKeeper completes a keeper by when the configuration lets it work.
func NewKeeper(c *Config, k Keeper) (*Keeper, error) {
	var err error
	if k.Window, err = c.window(); err != nil {
		return nil, err
	}
	if k.Zone, err = time.LoadLocation(source.DefaultTimeZone); err != nil {
		return nil, err
	}
	if k.Log == nil {
		k.Log = slog.New(slog.DiscardHandler)
	}
	k.now = time.Now
	return &k, nil
}

// Run works at night until ctx ends.
func (k *Keeper) Run(ctx context.Context) error {
	if k.tick == nil {
		t := time.NewTicker(lookEvery)
		defer t.Stop()
		k.tick = t.C
	}
	for {
		if err := k.look(ctx); err != nil && ctx.Err() == nil {
			k.Log.Warn("what is due by its age stays for now", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-k.tick:
		}
	}
}

// look works if it is night and nobody else does.
func (k *Keeper) look(ctx context.Context) error {
	now := k.now().In(k.Zone)
	if !k.Window.In(now) {
		return nil
	}
	var n Night
	rev, err := k.Memory.Get(ctx, keyNight, &n)
	if err != nil && schemas.KindOf(err) != schemas.KindNotFound {
		return err
	}
	today := now.Format(time.DateOnly)
	switch {
	case n.Day == today && n.Done:
		return nil
	case n.Holder != k.Holder && n.Until.After(now) && n.Until.Sub(now) <= longestClaim:
		return nil
	case n.Day != today:
		if n.Done {
			n.After = ""
		}
		n.Day, n.Done = today, false
	}
	return k.work(ctx, &n, rev)
}

// work goes through the sources, those behind the last one first, until the night is over.
func (k *Keeper) work(ctx context.Context, n *Night, rev uint64) error {
	note := func() (err error) {
		n.Holder, n.Until = k.Holder, k.now().Add(claimTime).UTC()
		if n.Done {
			n.Holder, n.Until = "", time.Time{}
		}
		rev, err = k.Memory.Put(ctx, keyNight, n, rev)
		return err
	}
	if err := note(); err != nil {
		return lost(err)
	}
	ids, err := k.Sources(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if id <= n.After {
			continue
		}
		if over, err := k.source(ctx, id, note); err != nil || over {
			return lost(err)
		}
		n.After = id
		if err := note(); err != nil {
			return lost(err)
		}
	}
	if k.Finish != nil {
		if err := k.Finish(ctx); err != nil {
			return err
		}
	}
	n.Done = true
	return lost(note())
}

// source works on one source until nothing of it is due; over: it was told to end, or the night is over.
func (k *Keeper) source(ctx context.Context, id string, note func() error) (over bool, err error) {
	for {
		if ctx.Err() != nil || !k.Window.In(k.now().In(k.Zone)) {
			return true, nil
		}
		more, err := k.Work(ctx, id)
		switch kind := schemas.KindOf(err); {
		case err == nil && !more:
			return false, nil
		case kind == schemas.KindUnavailable || kind == schemas.KindStorage || kind == schemas.KindLocked || ctx.Err() != nil:
			return true, err
		case err != nil: // it is this source's; the others have their turn
			k.Log.Warn("what is due of a source stays for now", "source", id, "error", err)
			return false, nil
		}
		if err := note(); err != nil {
			return true, err
		}
	}
}

// lost is no error when another process has taken the work over.
func lost(err error) error {
	if schemas.KindOf(err) == schemas.KindConflict {
		return nil
	}
	return err
}

package retention

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// town is what several keepers work on, with one clock.
type town struct {
	memory *publisher.Sources
	mu     sync.Mutex
	now    time.Time
	did    []string
	left   map[string]int // goes of a source
	fail   map[string]error
	ended  int
	each   func() // after a go
}

func newTown(t *testing.T, now string) *town {
	t.Helper()
	b, err := publisher.Open(t.Context(), publisher.Config{DataDir: t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	w := &town{memory: b.Sources(), left: map[string]int{"a": 1, "b": 3, "c": 1}, fail: map[string]error{}}
	w.set(t, now)
	return w
}

// set moves the clock, in Berlin.
func (w *town) set(t *testing.T, local string) {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", local, zone)
	if err != nil {
		t.Fatal(err)
	}
	w.now = at
}

func (w *town) keeper(t *testing.T, holder string) *Keeper {
	t.Helper()
	k, err := NewKeeper(nil, Keeper{
		Memory: w.memory, Holder: holder,
		Sources: func(context.Context) ([]string, error) { return []string{"a", "b", "c"}, nil },
		Work:    w.work,
		Finish:  func(context.Context) error { w.ended++; return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	k.now = func() time.Time { w.mu.Lock(); defer w.mu.Unlock(); return w.now }
	return k
}

func (w *town) work(_ context.Context, id string) (bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.did = append(w.did, id)
	if w.each != nil {
		w.each()
	}
	if err := w.fail[id]; err != nil {
		return false, err
	}
	w.left[id]--
	return w.left[id] > 0, nil
}

// want compares what was done since the last time.
func (w *town) want(t *testing.T, k *Keeper, want string) {
	t.Helper()
	w.did = nil
	err := k.look(t.Context())
	if got := fmt.Sprint(w.did); got != want {
		t.Errorf("%s at %s: %s, %v, want %s", k.Holder, w.now.Format(time.DateTime), got, err, want)
	}
}

// TestKeeper: it works at night, once, each source until nothing is due, and again the next night.
func TestKeeper(t *testing.T) {
	w := newTown(t, "2026-11-26 00:59")
	k, other := w.keeper(t, "one"), w.keeper(t, "two")
	w.want(t, k, "[]")
	w.set(t, "2026-11-26 01:00")
	w.want(t, k, "[a b b b c]")
	w.want(t, k, "[]")
	w.want(t, other, "[]")
	if w.ended != 1 {
		t.Errorf("finished %d times", w.ended)
	}
	w.set(t, "2026-11-27 04:59")
	w.want(t, other, "[a b c]")
	w.set(t, "2027-03-28 01:30") // the night in which an hour is missing
	w.want(t, k, "[a b c]")
	w.set(t, "2027-03-28 03:30")
	w.want(t, k, "[]")
}

// TestKeeperMorning: when the night is over it stops, and the next night goes on where it was.
func TestKeeperMorning(t *testing.T) {
	w := newTown(t, "2026-11-26 04:58")
	w.left["b"] = 100
	w.each = func() { w.now = w.now.Add(time.Minute) }
	k := w.keeper(t, "one")
	w.want(t, k, "[a b]")
	w.each = nil
	w.set(t, "2026-11-27 01:00")
	w.left["b"] = 2
	w.want(t, k, "[b b c]")
	w.set(t, "2026-11-28 01:00")
	w.want(t, k, "[a b c]")
}

// TestKeeperTakenOver: another process does nothing while one works, and goes on behind what was done when that one has died.
func TestKeeperTakenOver(t *testing.T) {
	w := newTown(t, "2026-11-26 01:00")
	dead, other := w.keeper(t, "dead"), w.keeper(t, "other")
	w.fail["b"] = &schemas.Error{Op: "erase", Kind: schemas.KindUnavailable, Err: errors.New("gone away")}
	w.want(t, dead, "[a b]")
	w.fail["b"] = nil
	w.want(t, other, "[]")
	w.now = w.now.Add(claimTime + time.Second)
	w.want(t, other, "[b b b c]")
	w.want(t, dead, "[]")
}

// TestKeeperWrongClock: a process whose clock was years ahead keeps nobody from work for years.
func TestKeeperWrongClock(t *testing.T) {
	w := newTown(t, "2031-11-26 01:00")
	w.fail["b"] = &schemas.Error{Op: "erase", Kind: schemas.KindUnavailable, Err: errors.New("gone away")}
	w.want(t, w.keeper(t, "ahead"), "[a b]")
	w.fail["b"] = nil
	w.set(t, "2026-11-26 01:00")
	w.want(t, w.keeper(t, "other"), "[b b b c]")
}

// TestKeeperError: what is wrong with one source is no reason to leave the others.
func TestKeeperError(t *testing.T) {
	w := newTown(t, "2026-11-26 01:00")
	w.fail["a"] = &schemas.Error{Op: "operate", Kind: schemas.KindNotFound}
	w.want(t, w.keeper(t, "one"), "[a b b b c]")
}

// TestKeeperTogether: of several that begin at once one does the work.
func TestKeeperTogether(t *testing.T) {
	w := newTown(t, "2026-11-26 01:00")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var wg sync.WaitGroup
	ticks, finished := make(chan time.Time), make(chan struct{}, 4)
	for i := range 4 {
		k := w.keeper(t, fmt.Sprint(i))
		k.tick = ticks
		k.Finish = func(context.Context) error { finished <- struct{}{}; return nil }
		wg.Go(func() {
			if err := k.Run(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	for working := true; working; { // the others look again and again meanwhile
		select {
		case ticks <- w.now:
		case <-finished:
			working = false
		}
	}
	for range 20 {
		ticks <- w.now
	}
	stop()
	wg.Wait()
	if slices.Sort(w.did); fmt.Sprint(w.did) != "[a b b b c]" {
		t.Errorf("%v", w.did)
	}
}

package schedule

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// TestMostOverdueFirst: after a night in which nothing ran, what waits longest is crawled first, and what works before what failed.
func TestMostOverdueFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, list := newShelf(), sources(t, 400)
		now := time.Now()
		due := map[string]time.Time{}
		for i, s := range rand.New(rand.NewPCG(1, 0)).Perm(len(list)) {
			id := list[s].ID
			st := State{Last: now.Add(-10*time.Hour - time.Duration(i)*time.Second), Ended: now}
			if i%10 == 0 {
				st.Last, st.Failures = now.Add(-70*time.Minute), 2 // since they were to be asked 22 minutes have passed
			}
			due[id] = Due(now, PlanOf(list[s]), st)
			if _, err := m.Put(t.Context(), Key(id), st, 0); err != nil {
				t.Fatal(err)
			}
		}
		var order []string
		l := New(m, func(_ context.Context, s *source.Source) (Result, error) {
			order = append(order, s.ID)
			return result(), nil
		}, Options{Workers: 1})
		if err := l.Run(t.Context(), list, true); err != nil {
			t.Fatal(err)
		}
		if len(order) != len(list) {
			t.Fatalf("%d turns", len(order))
		}
		failed := func(id string) bool { return now.Sub(due[id]) < time.Hour }
		want := slices.SortedFunc(slices.Values(order), func(a, b string) int {
			if fa, fb := failed(a), failed(b); fa != fb {
				return map[bool]int{true: 1, false: -1}[fa]
			}
			return due[a].Compare(due[b])
		})
		if !slices.EqualFunc(order, want, func(a, b string) bool { return due[a].Equal(due[b]) && failed(a) == failed(b) }) {
			t.Errorf("not by what waits longest: %v", order[:20])
		}
	})
}

// TestNobodyStarves: huge sources that take hours, and broken ones that take a quarter of an hour to fail, each more than there are workers,
// do not keep 368 others waiting.
func TestNobodyStarves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, list := newShelf(), sources(t, 400)
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Hour)
		defer cancel()
		began := time.Now()
		var mu sync.Mutex
		last, worst := map[string]time.Time{}, time.Duration(0)
		l := New(m, func(ctx context.Context, s *source.Source) (Result, error) {
			var n int
			if _, err := fmt.Sscanf(s.ID, "kreis-%d", &n); err != nil {
				return Result{}, err
			}
			started, takes := time.Now(), 20*time.Second
			switch {
			case n < 20:
				takes = 3 * time.Hour
			case n < 40:
				takes = 15 * time.Minute
			default:
				mu.Lock()
				if from, ok := last[s.ID]; ok {
					worst = max(worst, started.Sub(from))
				} else {
					worst = max(worst, started.Sub(began))
				}
				last[s.ID] = started
				mu.Unlock()
			}
			select {
			case <-ctx.Done():
				return Result{}, ctx.Err()
			case <-time.After(takes):
			}
			return Result{Started: started, Ended: time.Now(), Failed: n >= 20 && n < 40, Requests: 1}, nil
		}, Options{Plan: func(s *source.Source) Plan {
			p := PlanOf(s)
			p.Idle = p.Every // it is always office hours
			return p
		}})
		_ = l.Run(ctx, list, false)
		if len(last) != 360 || worst > 30*time.Minute {
			t.Errorf("%d of 360 sources had a turn, one waited for %v", len(last), worst)
		}
		t.Logf("the longest from one turn to the next, or to the first: %v", worst)
	})
}

// TestReloadWhileItRuns: reading the sources anew does not run one a second time that is being run.
func TestReloadWhileItRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, list := newShelf(), sources(t, 1)
		ctx, cancel := context.WithCancel(t.Context())
		runs, started, end := 0, make(chan bool), make(chan bool)
		l := New(m, func(ctx context.Context, _ *source.Source) (Result, error) {
			runs++
			started <- true
			select {
			case <-end:
			case <-ctx.Done():
				t.Error("the run was ended")
			}
			return result(), nil
		}, Options{})
		ended := make(chan error)
		go func() { ended <- l.Run(ctx, list, false) }()
		<-started
		for range 3 {
			l.Reload(sources(t, 1))
			synctest.Wait()
			time.Sleep(time.Minute)
		}
		if runs != 1 {
			t.Errorf("%d runs", runs)
		}
		end <- true
		<-started // and afterwards it is due again
		end <- true
		cancel()
		<-ended
		var st State
		if _, err := m.Get(t.Context(), Key("kreis-0"), &st); err != nil || st.Failures != 0 || runs != 2 {
			t.Errorf("%+v, %v after %d runs", st, err, runs)
		}
	})
}

package schedule

import (
	"context"
	"hash/fnv"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// morning is a run of many sources through fake time, and what it found.
type morning struct {
	memory        *shelf
	mu            sync.Mutex
	lags          []time.Duration // from when a source was due to its turn
	most, running int
}

// run takes from 5 to 35 seconds; one in a hundred fails, one in five hundred takes 20 minutes.
func (m *morning) run(ctx context.Context, s *source.Source) (Result, error) {
	started := time.Now()
	h := fnv.New32a()
	_, _ = h.Write([]byte(s.ID + started.String()))
	n := h.Sum32()
	var st State
	if _, err := m.memory.Get(ctx, Key(s.ID), &st); err != nil {
		return Result{}, err
	}
	m.begin(started.Sub(Due(started, PlanOf(s), st)))
	defer m.end()
	takes := 5*time.Second + time.Duration(n%30_000)*time.Millisecond
	if n%500 == 0 {
		takes = 20 * time.Minute
	}
	select {
	case <-ctx.Done():
		return Result{}, ctx.Err()
	case <-time.After(takes):
	}
	return Result{Started: started, Ended: time.Now(), Failed: n%100 == 1, Requests: 2}, nil
}

func (m *morning) begin(lag time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lags = append(m.lags, lag)
	m.running++
	m.most = max(m.most, m.running)
}

func (m *morning) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running--
}

// late is the lag that a share of the turns did not exceed.
func (m *morning) late(share float64) time.Duration {
	slices.Sort(m.lags)
	return m.lags[int(share*float64(len(m.lags)-1))].Round(time.Second)
}

// TestTenThousand lives a morning of 10,000 sources, from six to eight by the clock on the wall. It prints how late sources are and what
// memory the loop takes.
func TestTenThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	const many, hours = 10_000, 2
	list := sources(t, many)
	before := memoryInUse()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2000, 1, 3, 5, 0, 0, 0, time.UTC))) // a Monday, six o'clock in Berlin
		m, now := &morning{memory: newShelf()}, time.Now()
		for i, s := range list {
			last := now.Add(-time.Duration(i) * 2 * time.Hour / many)
			if _, err := m.memory.Put(t.Context(), Key(s.ID), State{Last: last, Ended: last}, 0); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), hours*time.Hour)
		defer cancel()
		var used int64
		time.AfterFunc(hours*time.Hour-time.Minute, func() { used = memoryInUse() - before })
		_ = New(m.memory, m.run, Options{}).Run(ctx, list, false)
		t.Logf("%d runs in %d hours, at most %d at a time; late by %v (median), %v (99 %%), %v (at most)",
			len(m.lags), hours, m.most, m.late(.5), m.late(.99), m.late(1))
		if len(m.lags) < 4*many || m.late(.99) > 15*time.Minute {
			t.Error("sources wait too long")
		}
		t.Logf("the loop with %d crawls and what is remembered of the sources: %d MiB", m.most, used>>20)
	})
	runtime.KeepAlive(list)
}

// memoryInUse is the memory in use.
func memoryInUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

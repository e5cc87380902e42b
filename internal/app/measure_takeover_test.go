package app

import (
	"slices"
	"syscall"
	"testing"
	"time"
)

// TestMeasureTakeover ends one of two replicas in the middle of its crawls, with the usual times, and measures when the other asks its sites:
// killed, which the other one sees since it runs on the same machine, and stopped for ever, which looks as a machine that is gone.
func TestMeasureTakeover(t *testing.T) {
	measured(t, "takeover")
	for name, end := range map[string]syscall.Signal{"killed": syscall.SIGKILL, "gone": syscall.SIGSTOP} {
		t.Run(name, func(t *testing.T) {
			f := &faults{t: t, rnd: killMoments(t), dir: t.TempDir(), sources: t.TempDir(), count: map[string]int{}, slow: true}
			f.land = newPressLand(t, 16, 800, 500*time.Millisecond)
			f.land.writeSources(f.sources)
			f.cluster = startCluster(t)
			for i := range 2 {
				f.replicas = append(f.replicas, f.newReplica(i))
			}
			lost := f.replicas[0]
			var theirs []*pressSite
			f.cluster.until("crawls everything", func() bool {
				theirs = nil
				for _, s := range f.land.sites {
					if s.asker() == "" {
						return false
					}
					if s.asker() == lost.name {
						theirs = append(theirs, s)
					}
				}
				return len(theirs) > 0
			})
			time.Sleep(f.upTo(30 * time.Second)) // some time between two renewals
			began := time.Now()
			lost.stop(end)
			var took []time.Duration
			for len(took) < len(theirs) {
				took = took[:0]
				for _, s := range theirs {
					if s.asker() != lost.name {
						took = append(took, s.since().Sub(began))
					}
				}
				time.Sleep(100 * time.Millisecond)
			}
			slices.Sort(took)
			t.Logf("%d sites were taken over after %v to %v", len(took), took[0].Round(time.Second), took[len(took)-1].Round(time.Second))
			f.judgeSites()
		})
	}
}

// asker is who asked last, since is when somebody else began to.
func (s *pressSite) asker() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.by
}

func (s *pressSite) since() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

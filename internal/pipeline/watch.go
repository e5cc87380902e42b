package pipeline

import (
	"context"
	"strings"

	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/schemas"
)

// fill counts which fields a release has that this run published.
func (r *sourceRun) fill(rd *reading, o Outcome) {
	if o != Published && o != Corrected || rd.release == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.filled.Add(rd.release, o == Published, r.now())
}

// watch learns from a run how the source is, and tells when something is wrong that was not before, or is no more.
func (r *sourceRun) watch(ctx context.Context, rep *Report) error {
	if rep.Interrupted {
		return nil // what it did not come to says nothing of the source
	}
	var alarm *health.Alarm
	var err error
	for range attempts {
		var m health.Memory
		rev, e := r.broker.Sources.Get(ctx, health.Key(r.src.ID), &m)
		if e != nil && schemas.KindOf(e) != schemas.KindNotFound {
			return e
		}
		m = m.Learn(Health(rep))
		m, alarm = m.Watch(r.src.ID, m.Judge(rep.Finished), rep.Finished)
		if _, err = r.broker.Sources.Put(ctx, health.Key(r.src.ID), m, rev); schemas.KindOf(err) != schemas.KindConflict {
			break
		}
	}
	if err != nil || alarm == nil {
		return err
	}
	r.log.Warn("health of a source", "source", r.src.ID, "state", alarm.State, "says", alarm.Says)
	if _, err = r.broker.Runs.PublishRun(ctx, r.src.ID, schemas.RunHealth, alarm); err == nil && r.Alarm != nil {
		r.Alarm(*alarm)
	}
	return err
}

// Health is what a manifest says of the health of its source.
func Health(rep *Report) health.Run {
	run := health.Run{At: rep.Finished, Discovered: rep.Discovered, Filled: rep.Filled}
	if rep.Failed() {
		run.Failed, run.Causes = strings.Join(rep.reasons(), "; "), rep.causes()
	}
	for _, h := range rep.Starts {
		run.Challenge = run.Challenge || h.Pages == 0 && strings.Contains(h.Error, "challenge")
	}
	return run
}

package health

import (
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Incident is something wrong with a source, from when it was seen first.
type Incident struct {
	State string    `json:"state"`
	Says  string    `json:"says"`
	Since time.Time `json:"since"`
}

// Alarm is an event of PRESS_RUNS: an incident has begun, or is over.
type Alarm struct {
	Source        string          `json:"source"`
	State         string          `json:"state"`
	Says          string          `json:"says"`
	Do            string          `json:"do,omitempty"`
	schemas.Cause                 // Says as a code; recovered: of how it is now
	Causes        []schemas.Cause `json:"causes,omitempty"`
	Since         time.Time       `json:"since"`               // of the incident
	At            time.Time       `json:"at"`                  // of this event
	Recovered     bool            `json:"recovered,omitempty"` // it is over
}

// Watch is the memory after a judgement, and the alarm to give: one when an incident begins or becomes worse, one when it is over, none in
// between.
func (m Memory) Watch(source string, v Verdict, now time.Time) (Memory, *Alarm) {
	old := m.Incident
	switch {
	case v.State == Healthy && old == nil:
		return m, nil
	case v.State == Healthy:
		m.Incident = nil
		return m, &Alarm{Source: source, State: Healthy, Says: "recovered: " + v.Says, Cause: v.Cause, Since: old.Since, At: now, Recovered: true}
	case old != nil && grave[v.State] <= grave[old.State]:
		return m, nil
	}
	m.Incident = &Incident{State: v.State, Says: v.Says, Since: now}
	if old != nil {
		m.Incident.Since = old.Since
	}
	return m, &Alarm{Source: source, State: v.State, Says: v.Says, Do: v.Do, Cause: v.Cause, Causes: v.Causes, Since: m.Incident.Since, At: now}
}

// grave orders the states: one incident may get worse, and is told again only then.
var grave = map[string]int{Healthy: 0, Silent: 1, Degraded: 1, Broken: 2}

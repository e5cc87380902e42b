package schedule

import "time"

// State is what is remembered of a source's runs, one entry of the press_sources bucket with the key "<source>.schedule". Nothing is lost
// with it: without it the source is due at once.
type State struct {
	Last     time.Time `json:"last,omitzero"`       // when the last run began
	Ended    time.Time `json:"ended,omitzero"`      // and ended
	Failures int       `json:"failures,omitempty"`  // runs in a row that failed
	Since    time.Time `json:"since,omitzero"`      // when the first of them began
	Reason   string    `json:"reason,omitempty"`    // why the last one did
	Day      string    `json:"day,omitempty"`       // the day that Requests were sent on, in the source's zone
	Requests int       `json:"requests,omitempty"`  // sent on that day
	Cost     float64   `json:"cost,omitempty"`      // requests of a run, the last ones counting most
	Rhythm   Rhythm    `json:"rhythm,omitempty"`    // when it publishes
	Paused   string    `json:"paused,omitempty"`    // why somebody paused the source; then it is not due
	Resume   time.Time `json:"resume,omitzero"`     // when the pause ends by itself; zero: when somebody ends it
	Holder   string    `json:"holder,omitempty"`    // the process that crawls it now
	Until    time.Time `json:"held_until,omitzero"` // when its claim ends by itself
}

// Result is what came of a run. Its times are those of this machine's clock.
type Result struct {
	Started, Ended time.Time
	Failed         bool
	Reason         string // why it failed
	Requests       int    // that were sent
	Releases       int    // published for the first time
	First          bool   // nothing was known of the source before: what it published says nothing of when it publishes

	Later time.Time // there was no run, since another process asks the host; tried again then. Zero: there was one
}

// After is the state when a run has ended.
func (s State) After(p Plan, r Result) State {
	passed := r.Ended.Sub(s.Ended)
	if s.Ended.IsZero() {
		passed = 0
	}
	releases := r.Releases
	if r.First {
		releases = 0
	}
	s.Rhythm = s.Rhythm.learn(r.Ended.In(p.Zone), releases, passed)
	s.Last, s.Ended = r.Started.UTC(), r.Ended.UTC()
	if day := p.day(r.Ended); day != s.Day {
		s.Day, s.Requests = day, 0
	}
	s.Requests += r.Requests
	if s.Cost == 0 {
		s.Cost = float64(r.Requests)
	} else {
		s.Cost += costWeight * (float64(r.Requests) - s.Cost)
	}
	if !r.Failed {
		s.Failures, s.Since, s.Reason = 0, time.Time{}, ""
		return s
	}
	if s.Failures++; s.Failures == 1 {
		s.Since = s.Last
	}
	s.Reason = r.Reason
	return s
}

// costWeight is how much the newest run counts in Cost.
const costWeight = 0.2

package schedule

import (
	"hash/fnv"
	"time"
)

const (
	// maxBackoff is how long a broken source is left alone at most: it is asked ever more rarely and never forgotten.
	maxBackoff = 24 * time.Hour
	// jitter is the share of an interval by which a run may begin sooner, so that sources of one plan do not stay in step.
	jitter = 0.1
	// skew is how far another machine's clock may be ahead before its times are not believed.
	skew = 2 * time.Minute
)

// Due is when the source is to be crawled next; a moment that is not after now means at once, the zero time never. A state whose times
// lie in the future (a clock jumped) is not believed: the source is due.
func Due(now time.Time, p Plan, s State) time.Time {
	switch {
	case s.Paused != "" && !now.After(s.Resume):
		return s.Resume
	case s.Paused != "" && s.Resume.IsZero():
		return time.Time{}
	case s.Last.IsZero() || s.Last.After(now.Add(skew)):
		return now
	}
	due := s.Last.Add(p.Idle - p.early(p.Idle, s.Last))
	if s.Failures > 0 {
		due = s.Last.Add(backoff(p.Every, s.Failures))
	} else if soon, ok := p.soon(now, s); ok && soon.Before(due) {
		due = soon
	}
	if s.spent(p, due) {
		tomorrow := p.nextDay(due)
		due = tomorrow.Add(p.spread(p.Idle, tomorrow)) // not everybody at midnight
	}
	return due
}

// soon is the first busy moment at which the plan's shorter interval has passed.
func (p *Plan) soon(now time.Time, s State) (time.Time, bool) {
	every := p.stretched(now, s)
	at := s.Last.Add(every - p.early(every, s.Last))
	busy, ok := p.nextBusy(at, s.Rhythm)
	if ok && busy.After(at) { // the day begins: not everybody in its first minute
		busy = busy.Add(p.spread(p.Every, busy))
	}
	return busy, ok
}

// stretched is the interval in office hours, longer when what is left of the day's requests would not last.
func (p *Plan) stretched(now time.Time, s State) time.Duration {
	if p.Requests == 0 || s.Cost <= 0 || s.Day != p.day(now) {
		return p.Every
	}
	runs := (float64(p.Requests) - float64(s.Requests)) / s.Cost
	if runs < 1 {
		return p.Every // spent moves it to the next day
	}
	return max(p.Every, time.Duration(float64(p.busyLeft(now, s.Rhythm))/runs))
}

// spent reports whether the requests of the day in which at lies are used up.
func (s *State) spent(p Plan, at time.Time) bool {
	return p.Requests > 0 && s.Day == p.day(at) && s.Requests >= p.Requests
}

// backoff doubles with each failure.
func backoff(every time.Duration, failures int) time.Duration {
	for ; failures > 0 && every < maxBackoff; failures-- {
		every *= 2
	}
	return min(every, maxBackoff)
}

// early is by how much a run begins before its interval is over.
func (p *Plan) early(interval time.Duration, run time.Time) time.Duration {
	return time.Duration(jitter * float64(p.spread(interval, run)))
}

// spread is a part of an interval, the same for the same source and moment, whoever asks.
func (p *Plan) spread(interval time.Duration, at time.Time) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(p.Seed + at.UTC().Format(time.RFC3339)))
	return time.Duration(float64(interval) * float64(h.Sum32()) / (1 << 32))
}

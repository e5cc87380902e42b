package schedule

import "time"

// busy reports whether the source is likely to publish at a moment: in office hours, or in an hour of the week in which it did before.
func (p *Plan) busy(t time.Time, r Rhythm) bool {
	local := t.In(p.Zone)
	for _, w := range p.Hours {
		if w.In(local) {
			return true
		}
	}
	return r.likely(local)
}

// nextBusy is the first busy moment at or after t, and false when there is none within a week. It looks at quarters of an hour of the
// wall clock, so that an hour that a change to or from summer time takes or doubles does not matter.
func (p *Plan) nextBusy(t time.Time, r Rhythm) (time.Time, bool) {
	if p.busy(t, r) {
		return t, true
	}
	const step = 15 * time.Minute
	at := t.Truncate(step).Add(step)
	for end := t.Add(8 * 24 * time.Hour); at.Before(end); at = at.Add(step) {
		if p.busy(at, r) {
			return at, true
		}
	}
	return time.Time{}, false
}

// busyLeft is how much busy time is left of t's day.
func (p *Plan) busyLeft(t time.Time, r Rhythm) time.Duration {
	const step = 15 * time.Minute
	var left time.Duration
	for at, end := t, p.nextDay(t); at.Before(end); at = at.Add(step) {
		if p.busy(at, r) {
			left += min(step, end.Sub(at))
		}
	}
	return left
}

// nextDay is when the day after t begins.
func (p *Plan) nextDay(t time.Time) time.Time {
	y, m, d := t.In(p.Zone).Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, p.Zone)
}

func (p *Plan) day(t time.Time) string { return t.In(p.Zone).Format(time.DateOnly) }

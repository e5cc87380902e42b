package polite

import (
	"context"
	"time"
)

// Clock is one moment by two clocks: the one that all processes have in common, and ours. What is written down for others is a time of the
// first, so that a machine whose clock is wrong neither takes what is held nor keeps what is not.
type Clock struct{ Shared, Local time.Time }

// ReadClock asks for the common time.
func ReadClock(ctx context.Context, shared interface {
	Now(context.Context) (time.Time, error)
},
) (Clock, error) {
	t, err := shared.Now(ctx)
	return Clock{t, time.Now()}, err
}

// Ours is a moment of the common clock by ours; zero stays zero.
func (c Clock) Ours(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return c.Local.Add(t.Sub(c.Shared))
}

// Common is a moment of our clock by the common one; zero stays zero.
func (c Clock) Common(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return c.Shared.Add(t.Sub(c.Local)).UTC()
}

// Elapsed is the time since t, by the clock of this machine that says more: the monotonic one stands still while it is suspended, the other
// can be set.
func Elapsed(t time.Time) time.Duration {
	now := time.Now()
	return max(now.Sub(t), now.Round(0).Sub(t.Round(0)).Abs())
}

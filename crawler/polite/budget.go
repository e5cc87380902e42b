package polite

import (
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// longestRest is the longest rest that is believed: a typo in a date, or a clock that jumped, must not retire a source.
const longestRest = 24 * time.Hour

// budget is what one server is asked at most: one request at a time, a pause between two, and the rests it asked for.
type budget struct {
	slot chan struct{} // holds a token while a request is in flight

	mu     sync.Mutex
	last   time.Time // start of the last request
	rest   time.Time // not before: the host asked for it, or was overloaded
	closed bool      // no request before rest is over

	backoff *backoff.ExponentialBackOff // of the present streak
	streak  int                         // answers in a row that asked for a rest
	rested  time.Duration               // the rests of the streak
}

func newBudget() *budget { return &budget{slot: make(chan struct{}, 1)} }

// overloaded books an answer that asks for a rest: named is what the host asked for, 0 if it named nothing. It reports whether the
// same request should be tried again after the rest: not after maxTries such answers in a row, whatever the URLs were. When the
// rests since the last good answer come to more than maxRest, the host is closed to all requests until the rest is over.
func (b *budget) overloaded(named, interval time.Duration) (again bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.backoff == nil {
		b.backoff = backoff.NewExponentialBackOff()
		b.backoff.InitialInterval, b.backoff.Multiplier = max(2*interval, 100*time.Millisecond), 2
		b.backoff.RandomizationFactor, b.backoff.MaxInterval = 0.1, maxRest
	}
	rest := b.backoff.NextBackOff()
	if named > 0 {
		rest = min(named, longestRest)
	}
	b.streak++
	b.rested += rest
	b.closed = b.rested > maxRest
	b.rest = time.Now().Add(rest)
	return !b.closed && b.streak < maxTries
}

// well books a good answer: the past is forgiven.
func (b *budget) well() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.backoff, b.streak, b.rested, b.closed = nil, 0, 0, false
}

// resting is until when the host is left alone because it was waited for long enough; zero when it is not.
func (b *budget) resting() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed && time.Now().Before(b.rest) {
		return b.rest
	}
	return time.Time{}
}

// next is when the next request may start. No jump of the clock makes it later than one interval, or than the longest rest, from now.
func (b *budget) next(interval time.Duration) time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	var t time.Time
	if !b.last.IsZero() {
		t = earlier(b.last.Add(interval), now.Add(interval))
	}
	if rest := earlier(b.rest, now.Add(longestRest)); rest.After(t) {
		t = rest
	}
	return t
}

func (b *budget) started() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = time.Now()
}

// times are what outlives the process.
func (b *budget) times() (last, rest time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last, b.rest
}

// remember takes over what another process, or an earlier one, booked. What lies in the future is cut to what can be meant.
func (b *budget) remember(last, rest time.Time) {
	now := time.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	if last = earlier(last, now); last.After(b.last) {
		b.last = last
	}
	if rest = earlier(rest, now.Add(longestRest)); rest.After(b.rest) && rest.After(now) {
		b.rest, b.closed = rest, b.closed || rest.Sub(now) > maxRest
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

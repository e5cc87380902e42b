package api

import (
	"context"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// hourly remembers what was counted of a stream, by hours, so that a day is read once, and then only what is new: a country has half a million
// requests a day to account for.
type hourly[T any] struct {
	mu    sync.Mutex
	next  uint64 // the sequence to read on from; 0: nothing was read
	hours map[time.Time]*T
}

// reading reads a stream: from a sequence on or, when that is 0, what was written since a moment. The other one is zero.
type reading func(ctx context.Context, from uint64, since time.Time) error

// upTo reads what is new, forgets what was before start, and gives what is left by the beginnings of the hours.
func (h *hourly[T]) upTo(ctx context.Context, start time.Time, read reading) (map[time.Time]*T, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for at := range h.hours {
		if at.Before(start) {
			delete(h.hours, at)
		}
	}
	if h.next > 0 {
		err := read(ctx, h.next, time.Time{})
		if schemas.KindOf(err) != schemas.KindNotFound {
			return h.hours, err
		}
		h.next, h.hours = 0, nil // the stream is another one than before
	}
	err := read(ctx, 0, start)
	return h.hours, err
}

// seen notes that a message was read, and gives the count of its hour; nil when that is not of interest. Called by a reading.
func (h *hourly[T]) seen(seq uint64, at, start time.Time) *T {
	h.next = seq + 1
	at = at.Truncate(time.Hour)
	if at.Before(start) {
		return nil // restored or relived: written later than it was
	}
	if h.hours == nil {
		h.hours = map[time.Time]*T{}
	}
	if h.hours[at] == nil {
		h.hours[at] = new(T)
	}
	return h.hours[at]
}

package api

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// journal is a stream of moments, from the sequence first on.
type journal struct {
	first  uint64
	times  []time.Time
	read   []uint64 // what was read, in all
	broken bool     // it ends after the next one
}

func (j *journal) reading(h *hourly[int], start time.Time) reading {
	return func(_ context.Context, from uint64, _ time.Time) error {
		if from > 0 && (from < j.first || from > j.first+uint64(len(j.times))) {
			return &schemas.Error{Op: "read", Kind: schemas.KindNotFound}
		}
		for i, at := range j.times {
			seq := j.first + uint64(i)
			if seq < from {
				continue
			}
			j.read = append(j.read, seq)
			if n := h.seen(seq, at, start); n != nil {
				*n++
			}
			if j.broken {
				return errors.New("the line is cut")
			}
		}
		return nil
	}
}

// TestHourly counts a stream that grows, breaks off, is made anew, and whose hours pass.
func TestHourly(t *testing.T) {
	start := time.Date(2026, 3, 29, 10, 0, 0, 0, time.UTC)
	minute := func(n int) time.Time { return start.Add(time.Duration(n) * time.Minute) }
	var h hourly[int]
	j := &journal{first: 7, times: []time.Time{minute(-1), minute(0), minute(59), minute(60)}}
	counts := func(start time.Time) (list []int, err error) {
		j.read = nil
		hours, err := h.upTo(t.Context(), start, j.reading(&h, start))
		for i := range 3 {
			n := 0
			if c := hours[start.Add(time.Duration(i)*time.Hour)]; c != nil {
				n = *c
			}
			list = append(list, n)
		}
		return list, err
	}
	want := func(when string, start time.Time, read []uint64, wanted ...int) {
		t.Helper()
		if got, err := counts(start); err != nil || !slices.Equal(got, wanted) || !slices.Equal(j.read, read) {
			t.Errorf("%s: %v of %v, want %v of %v: %v", when, got, j.read, wanted, read, err)
		}
	}
	want("at first", start, []uint64{7, 8, 9, 10}, 2, 1, 0)
	want("nothing new", start, nil, 2, 1, 0)
	j.times = append(j.times, minute(61), minute(121))
	j.broken = true
	if _, err := counts(start); err == nil {
		t.Error("what broke off is not told")
	}
	j.broken = false
	want("each once after it broke off", start, []uint64{12}, 2, 2, 1)
	want("an hour later", start.Add(time.Hour), nil, 2, 1, 0)
	j = &journal{first: 1, times: []time.Time{minute(62)}}
	want("another stream", start.Add(time.Hour), []uint64{1}, 1, 0, 0)
}

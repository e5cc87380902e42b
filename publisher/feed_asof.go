package publisher

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strconv"
	"time"
)

// asOf calls fn for the events that were the newest of their subjects at a moment, in the order of the stream: the feed as it looked
// then. The stream is read twice, first without its data; what must be remembered of each release are forty bytes.
func (b *Bus) asOf(ctx context.Context, f Filter, headers bool, fn func(*stored) error) error {
	want := f.reading()
	want.stop, want.until, want.headers = true, f.AsOf, true
	newest := map[[16]byte]uint64{}
	err := b.each(ctx, want, func(m *stored) error {
		newest[subjectKey(m.subject)] = m.seq
		return nil
	})
	if err != nil || len(newest) == 0 {
		return err
	}
	seqs := make([]uint64, 0, len(newest))
	for _, seq := range newest {
		seqs = append(seqs, seq)
	}
	clear(newest)
	slices.Sort(seqs)
	want.from, want.loose, want.until, want.headers = seqs[0], true, time.Time{}, headers
	err = b.each(ctx, want, func(m *stored) error {
		for len(seqs) > 0 && seqs[0] < m.seq { // erased since it was seen
			seqs = seqs[1:]
		}
		if len(seqs) == 0 {
			return errAll
		}
		if m.seq != seqs[0] {
			return nil
		}
		seqs = seqs[1:]
		return fn(m)
	})
	if errors.Is(err, errAll) {
		return nil
	}
	return err
}

// errAll ends a reading when all that is wanted has come.
var errAll = errors.New("all")

func subjectKey(subject string) [16]byte {
	sum := sha256.Sum256([]byte(subject))
	return [16]byte(sum[:16])
}

// Measure is how much a filter chooses.
type Measure struct {
	Events int
	Bytes  int64 // of the releases as stored, without headers
	First  uint64
	Last   uint64 // sequences; 0: nothing is chosen
	Oldest time.Time
	Newest time.Time // when they were stored
}

// Measure counts what Replay would give, exactly, without reading the releases.
func (b *Bus) Measure(ctx context.Context, f Filter) (Measure, error) {
	var m Measure
	if err := f.check("measure"); err != nil {
		return m, err
	}
	err := b.chosen(ctx, f, true, func(s *stored) error {
		if m.Events++; m.Events == 1 {
			m.First, m.Oldest = s.seq, s.time
		}
		m.Last, m.Newest = s.seq, s.time
		m.Bytes += s.size()
		return nil
	})
	return m, err
}

// chosen calls fn for every message that a filter chooses until the stream ends, with or without its data.
func (b *Bus) chosen(ctx context.Context, f Filter, headers bool, fn func(*stored) error) error {
	one := func(m *stored) error {
		if f.Type != "" && percentDecode(first(m.header, ceType)) != f.Type {
			return nil
		}
		return fn(m)
	}
	if !f.AsOf.IsZero() {
		return b.asOf(ctx, f, headers, one)
	}
	want := f.reading()
	want.stop, want.headers = true, headers
	return b.each(ctx, want, one)
}

// headerSize is how the broker says, without the data, how much there is.
const headerSize = "Nats-Msg-Size"

// size is the number of bytes of a message's data, which need not have come.
func (m *stored) size() int64 {
	if len(m.data) > 0 {
		return int64(len(m.data))
	}
	n, _ := strconv.ParseInt(first(m.header, headerSize), 10, 64)
	return n
}

package publisher

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/nats-io/nats.go"
)

// What a key-value bucket replaces or deletes stays on disk until the broker compacts the block that it is in, which it does when half of the
// block is free, and with the newest block never. After an erasure the buckets are therefore moved: what they hold is written once more,
// behind a new block, so that the old blocks hold nothing any more and their files go.

// remembering are the buckets that hold what pages said: titles in the states of pages and of holds, the pages of lists, addresses that a host
// was asked for.
var remembering = []string{streamPages, streamSources, streamHosts}

// noteResidue writes down that values which were replaced or deleted so far may be left on disk.
func (b *Bus) noteResidue(ctx context.Context) error {
	upTo := map[string]uint64{}
	for _, stream := range remembering {
		info, err := b.lookAt(ctx, "erase", stream)
		if err != nil {
			return err
		}
		upTo[stream] = info.State.LastSeq
	}
	return b.account(ctx, func(e *erasures) error {
		if e.Residue == nil {
			e.Residue = map[string]uint64{}
		}
		maps.Copy(e.Residue, upTo)
		return nil
	})
}

// Compact has what erasures left in the blocks of buckets go. It writes each value once more that was not written since, a thousand in a
// second or so. It may be interrupted and repeated, and goes on beside everything else. False: some values are claims of processes that work
// just now and stay where they are; repeat it when they have ended.
func (b *Bus) Compact(ctx context.Context) (done bool, err error) {
	e, err := b.erasuresNow(ctx)
	if err != nil {
		return false, err
	}
	done = true
	for _, stream := range slices.Sorted(maps.Keys(e.Residue)) {
		left, err := b.move(ctx, stream, e.Residue[stream])
		if err != nil {
			return false, err
		}
		if left > 0 {
			done = false
			continue
		}
		err = b.account(ctx, func(now *erasures) error {
			if now.Residue[stream] == e.Residue[stream] { // else more was erased meanwhile
				delete(now.Residue, stream)
			}
			return nil
		})
		if err != nil {
			return false, err
		}
	}
	return done, nil
}

// move writes each value of a bucket once more that is in the blocks up to a sequence, and returns how many it had to leave there.
func (b *Bus) move(ctx context.Context, stream string, upTo uint64) (left int, err error) {
	values := reading{stream: stream, subject: "$KV." + strings.TrimPrefix(stream, "KV_") + ".>", stop: true}
	old, begun := 0, false
	err = b.each(ctx, values, func(m *stored) error {
		switch {
		case m.seq > upTo:
			return errEnough
		case claimed(m):
			old++
			return nil
		}
		old++
		begun = true
		return errEnough
	})
	if err != nil && !errors.Is(err, errEnough) {
		return 0, err
	}
	if old == 0 {
		return 0, nil // everything was written since
	}
	if !begun {
		return old, nil
	}
	end, err := b.beginBlock(ctx, values)
	if err != nil {
		return 0, err
	}
	err = b.each(ctx, values, func(m *stored) error {
		switch {
		case m.seq > end:
			return errEnough
		case claimed(m):
			left++
			return nil
		}
		return b.writeAgain(ctx, stream, m, 0)
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return left, err
}

// padding stands in a value that is longer than it needs to be, so that the block it is in is full.
const (
	padding   = "Kp-Padding"
	blockSize = 4 << 20  // of buckets, in nats-server 2.15; where they are smaller, a little more than one is begun
	padSize   = 60 << 10 // headers may have 64 KiB
)

// beginBlock fills the newest block of a bucket, so that what is written next goes to a new one, and returns the last sequence before that.
func (b *Bus) beginBlock(ctx context.Context, values reading) (uint64, error) {
	var one *stored
	err := b.each(ctx, values, func(m *stored) error {
		if claimed(m) {
			return nil
		}
		one = m
		return errEnough
	})
	if err == nil || !errors.Is(err, errEnough) {
		return 0, err
	}
	pad := int(min(padSize, b.nc.MaxPayload()-int64(len(one.data))-messageMargin))
	if pad < messageMargin {
		pad = messageMargin
	}
	for range blockSize/pad + 2 {
		if err := b.writeAgain(ctx, values.stream, one, pad); err != nil {
			return 0, err
		}
		if one, err = b.last(ctx, values.stream, one.subject); err != nil || one == nil {
			return 0, err
		}
	}
	return one.seq, nil
}

// writeAgain writes a value as it is; one that somebody has written meanwhile need not be.
func (b *Bus) writeAgain(ctx context.Context, stream string, m *stored, pad int) error {
	msg := nats.NewMsg(m.subject)
	msg.Data = m.data
	for k, v := range m.header {
		if k == kvOperation {
			msg.Header[k] = v
		}
	}
	if pad > 0 {
		msg.Header.Set(padding, strings.Repeat("x", pad))
	}
	_, _, err := b.swap(ctx, "compact", stream, msg, swap{
		expect: m.seq,
		same:   func(last *stored) bool { return last.seq != m.seq },
		next: func(last *stored) (*nats.Msg, error) {
			if last == nil || last.seq != m.seq {
				return nil, nil
			}
			return msg, nil
		},
	})
	return err
}

// claimed reports a value that a process holds by its revision.
func claimed(m *stored) bool {
	var v struct {
		Holder string `json:"holder"`
	}
	return json.Unmarshal(m.data, &v) == nil && v.Holder != ""
}

// Left reports whether erasures have left something in the blocks of buckets, see Compact.
func (b *Bus) Left(ctx context.Context) (bool, error) {
	e, err := b.erasuresNow(ctx)
	return len(e.Residue) > 0, err
}

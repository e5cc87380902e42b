package publisher

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// bucket is a key-value bucket of NATS (ADR-8) whose values are all of one type, as JSON. Reads ask the leader, and a write that was
// stored although its acknowledgement was lost is recognised, which the bucket of nats.go does not do.
type bucket[T any] struct {
	b    *Bus
	name string // of the bucket
	op   string // in errors
}

// Headers by which a bucket notes that a key was deleted.
const (
	kvOperation = "KV-Operation"
	kvDelete    = "DEL"
)

func (k bucket[T]) stream() string            { return "KV_" + k.name }
func (k bucket[T]) subject(key string) string { return "$KV." + k.name + "." + key }
func (k bucket[T]) key(subject string) string { return strings.TrimPrefix(subject, k.subject("")) }

// get reads a value and its revision. KindNotFound when there is none, KindStorage when it cannot be read.
func (k bucket[T]) get(ctx context.Context, key string) (v T, rev uint64, err error) {
	m, err := k.b.last(ctx, k.stream(), k.subject(key))
	if err != nil {
		return v, 0, err
	}
	if m == nil || deleted(m) {
		return v, 0, &schemas.Error{Op: k.op, Thing: key, Kind: schemas.KindNotFound}
	}
	v, err = k.decode(m)
	return v, m.seq, err
}

func (k bucket[T]) decode(m *stored) (v T, err error) {
	if err := json.Unmarshal(m.data, &v); err != nil {
		return v, k.unreadable(k.key(m.subject), err)
	}
	return v, nil
}

func (k bucket[T]) unreadable(key string, err error) error {
	return &schemas.Error{
		Op: k.op, Thing: key, Kind: schemas.KindStorage, Err: schemas.OneLine(err),
		Hint: "delete the key " + key + " of the bucket " + k.name + ": what it holds is then found out anew",
	}
}

// put writes a value if rev is still its revision; 0 means that there is none yet. It returns the new revision. KindConflict when
// somebody else was faster. Writing the same value again after a lost acknowledgement succeeds.
func (k bucket[T]) put(ctx context.Context, key string, v T, rev uint64) (uint64, error) {
	m := nats.NewMsg(k.subject(key))
	var err error
	if m.Data, err = json.Marshal(v); err != nil {
		return 0, errorf(schemas.KindInvalid, k.op, key, "%w", err)
	}
	return k.write(ctx, key, m, rev)
}

// delete removes a value if rev is still its revision. KindConflict when somebody else was faster.
func (k bucket[T]) delete(ctx context.Context, key string, rev uint64) error {
	m := nats.NewMsg(k.subject(key))
	m.Header.Set(kvOperation, kvDelete)
	_, err := k.write(ctx, key, m, rev)
	return err
}

func (k bucket[T]) write(ctx context.Context, key string, m *nats.Msg, rev uint64) (uint64, error) {
	conflict := &schemas.Error{Op: k.op, Thing: key, Kind: schemas.KindConflict, Hint: "read it again and repeat"}
	uncertain := false
	seq, _, err := k.b.swap(ctx, k.op, k.stream(), m, swap{
		expect: rev,
		onOpen: func() { uncertain = true },
		same: func(last *stored) bool {
			return uncertain && last.seq != rev && deleted(last) == (first(m.Header, kvOperation) != "") && bytes.Equal(last.data, m.Data)
		},
		next: func(last *stored) (*nats.Msg, error) {
			switch {
			case last == nil && rev == 0, last != nil && last.seq == rev, last != nil && rev == 0 && deleted(last):
				return m, nil
			}
			return nil, conflict
		},
	})
	return seq, err
}

// deleted reports a marker in place of a value: the key is not known.
func deleted(m *stored) bool { return first(m.header, kvOperation) != "" }

// each calls fn for every value whose key matches filter and that was written after the revision after, least recently written first, until fn
// returns an error, which is returned. At
// most n are read when n > 0. What is written meanwhile may be given as it was, or not at all.
func (k bucket[T]) each(ctx context.Context, filter string, after uint64, n int, fn func(key string, v T, rev uint64) error) error {
	want := reading{stream: k.stream(), subject: k.subject(filter), stop: true, most: n}
	if after > 0 {
		want.from, want.loose = after+1, true
	}
	return k.b.each(ctx, want, func(m *stored) error { return k.give(m, fn) })
}

// give calls fn for one message, unless it says that its key was deleted.
func (k bucket[T]) give(m *stored, fn func(key string, v T, rev uint64) error) error {
	if deleted(m) {
		return nil
	}
	v, err := k.decode(m)
	if err != nil {
		return err
	}
	return fn(k.key(m.subject), v, m.seq)
}

// singles is how many values are asked for one by one at most: a consumer takes more requests than these.
const singles = 4

// behind is each for at most n > 0 values. seen is the revision up to which every value was given, more says that there may be others behind
// it. A few are asked for one by one, of the leader: what it does not have nobody has, and that there is nothing takes two requests.
func (k bucket[T]) behind(ctx context.Context, filter string, after uint64, n int, fn func(key string, v T, rev uint64) error) (
	seen uint64, more bool, err error,
) {
	if n > singles {
		return k.window(ctx, filter, after, n, fn)
	}
	end, err := k.b.lastOf(ctx, k.op, k.stream())
	if err != nil {
		return after, true, err
	}
	for seen = after; n > 0; n-- {
		m, err := k.b.next(ctx, k.stream(), k.subject(filter), seen+1)
		switch {
		case err != nil:
			return seen, true, err
		case m == nil && seen == 0: // there is none at all, or the first cannot be read: a consumer tells the two apart
			return k.window(ctx, filter, 0, n, fn)
		case m == nil:
			return max(seen, end), false, nil
		}
		if err := k.give(m, fn); err != nil {
			return seen, true, err
		}
		seen = m.seq
	}
	return seen, true, nil
}

// window is behind by a consumer, which may be on a replica that has not caught up: seen is never ahead of what came.
func (k bucket[T]) window(ctx context.Context, filter string, after uint64, n int, fn func(key string, v T, rev uint64) error) (
	seen uint64, more bool, err error,
) {
	seen, took := after, 0
	want := reading{stream: k.stream(), subject: k.subject(filter), stop: true, most: n, from: after + 1, loose: true}
	err = k.b.each(ctx, want, func(m *stored) error {
		if err := k.give(m, fn); err != nil {
			return err
		}
		seen, took = m.seq, took+1
		return nil
	})
	return seen, took == n, err
}

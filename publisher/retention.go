package publisher

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// old is a snapshot that may be too old to be kept.
type old struct {
	seq   uint64
	bytes uint64
	body  string // its name in the object store
	gone  bool   // it says that the page is gone
	late  bool   // it is young enough to stay
}

// Expire removes snapshots of a source that were stored before a moment, at most limit of them: never the newest one of a page (and, when
// that one says that the page is gone, the last one that the page was in), none behind the sequence upTo, and none that keep names. A
// receipt without content is in PRESS_RUNS before anything goes. A dry run says what would go, and looks at everything.
func (b *Bus) Expire(ctx context.Context, source string, x schemas.Retention) (schemas.Expired, error) {
	var e schemas.Expired
	list, err := b.outdated(ctx, source, x, &e)
	if err != nil || len(list) == 0 || x.DryRun {
		return e, err
	}
	gone, err := b.goneWith(ctx, list, &e)
	if err != nil {
		return e, err
	}
	receipt, err := json.Marshal(schemas.Expiry{At: x.Now.UTC(), Before: x.Before.UTC(), Messages: e.Snapshots, Bytes: e.Bytes, Gone: gone})
	if err != nil {
		return e, err
	}
	return e, b.erase(ctx, erasure{Source: source, Event: schemas.RunExpired, Receipt: receipt, Gone: gone})
}

// outdated lists what is to go. A snapshot is past when a newer one of its page was met.
func (b *Bus) outdated(ctx context.Context, source string, x schemas.Retention, e *schemas.Expired) (list []old, err error) {
	newest := map[string][]old{} // of each page: those that stay if nothing newer comes
	want := reading{stream: schemas.StreamRaw, subject: schemas.RawSubject(source, "*"), stop: true, headers: true}
	young := 0 // pages with a snapshot that is old enough and still the newest
	err = b.each(ctx, want, func(m *stored) error {
		late := !m.time.Before(x.Before) || m.seq > x.UpTo
		if late && young == 0 {
			return errEnough
		}
		page := token(m.subject, 4)
		now := old{seq: m.seq, bytes: sizeOf(m), body: first(m.header, rawObject), gone: isGone(m.header), late: late}
		kept, past := succeed(newest[page], now)
		young += countOld(kept) - countOld(newest[page])
		newest[page] = kept
		for _, o := range past {
			if o.late || x.Keep[o.seq] {
				continue
			}
			if !x.DryRun && len(list) == x.Limit {
				e.More = true
				return errEnough
			}
			list = append(list, o)
			e.Snapshots, e.Bytes = e.Snapshots+1, e.Bytes+o.bytes
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return list, err
}

// errEnough ends a reading.
var errEnough = errors.New("enough")

// succeed adds a snapshot to those of its page that stay, and gives those that need not any more.
func succeed(kept []old, now old) (stay, past []old) {
	if !now.gone {
		return []old{now}, kept
	}
	for i := len(kept) - 1; i >= 0; i-- {
		if !kept[i].gone {
			return []old{kept[i], now}, slices.Delete(slices.Clone(kept), i, i+1)
		}
	}
	return []old{now}, kept
}

func countOld(list []old) (n int) {
	for _, o := range list {
		if !o.late {
			n++
		}
	}
	return n
}

func isGone(h nats.Header) bool {
	s := schemas.Snapshot{}
	s.Status, _ = strconv.Atoi(first(h, rawStatus))
	return s.Gone()
}

// sizeOf is the size of a message that was asked for without its data, in bytes.
func sizeOf(m *stored) uint64 {
	n := uint64(len(m.subject))
	for k, v := range m.header {
		if k == headerSize {
			continue
		}
		for _, s := range v {
			n += uint64(len(k) + len(s) + 4)
		}
	}
	return n + uint64(max(m.size(), 0))
}

// goneWith is what goes with snapshots: they, and the large bodies that no other snapshot has.
func (b *Bus) goneWith(ctx context.Context, list []old, e *schemas.Expired) (map[string][]schemas.Range, error) {
	var raw, chunks []uint64
	going, bodies := map[uint64]bool{}, map[string]bool{}
	for _, o := range list {
		raw, going[o.seq] = append(raw, o.seq), true
		if o.body != "" {
			bodies[o.body] = true
		}
	}
	if err := b.orphaned(ctx, bodies, going); err != nil {
		return nil, err
	}
	p := &picking{b: b, ctx: ctx}
	for _, name := range slices.Sorted(maps.Keys(bodies)) {
		p.body(name)
	}
	for _, x := range p.list {
		chunks = append(chunks, x.Sequence)
	}
	e.Bytes += p.bytes
	gone := map[string][]schemas.Range{schemas.StreamRaw: schemas.Ranges(raw)}
	if len(chunks) > 0 {
		gone[streamBodies] = schemas.Ranges(chunks)
	}
	return gone, p.err
}

// Settle ends an erasure that another process has begun and not ended.
func (b *Bus) Settle(ctx context.Context) error { return b.finishErasing(ctx) }

package publisher

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math/bits"

	"github.com/kreispresse/kreispresse/schemas"
)

// The ledger says of every stream which of its sequences were taken out on purpose: it is how a gap that is right is told from one that is
// damage. It is written before anything goes, so it never says less than is gone. Its second place are the receipts in PRESS_RUNS, from
// which it is made anew when press_sources is lost.
//
// It is kept as bitmaps, in press_sources under "_gone.<stream>.<n>": a stream of ten million snapshots of which every other one has
// gone takes 150 keys of a few kilobytes, and a reader asks for the one that it needs.
const (
	goneBits = 1 << 16 // sequences of one key
	keyGone  = "_gone."
)

// gonePage is one key of the ledger.
type gonePage struct {
	Count uint64 `json:"count"` // of the bits that are set
	Bits  []byte `json:"bits"`  // goneBits bits, little endian, zstd
}

type bitmap [goneBits / 64]uint64

func (m *bitmap) has(seq uint64) bool { return m[seq%goneBits/64]&(1<<(seq%64)) != 0 }
func (m *bitmap) set(seq uint64)      { m[seq%goneBits/64] |= 1 << (seq % 64) }

func (m *bitmap) count() (n uint64) {
	for _, w := range m {
		n += uint64(bits.OnesCount64(w))
	}
	return n
}

func goneKey(stream string, page uint64) string { return fmt.Sprintf("%s%s.%d", keyGone, stream, page) }

// gonePage reads one key of the ledger; an empty bitmap when there is none.
func (b *Bus) gonePage(ctx context.Context, stream string, page uint64) (m *bitmap, rev uint64, err error) {
	m = new(bitmap)
	var p gonePage
	rev, err = b.Sources().Get(ctx, goneKey(stream, page), &p)
	if schemas.KindOf(err) == schemas.KindNotFound {
		return m, 0, nil
	}
	if err != nil {
		return m, rev, err
	}
	return m, rev, b.unpackGone(m, p)
}

func (b *Bus) unpackGone(m *bitmap, p gonePage) error {
	raw, err := b.pack.dec.DecodeAll(p.Bits, nil)
	if err == nil && len(raw) != goneBits/8 {
		err = errors.New("it is not whole")
	}
	if err != nil {
		return errorf(schemas.KindStorage, "read", "the ledger of erasures", "%w", err)
	}
	for i := range m {
		m[i] = binary.LittleEndian.Uint64(raw[8*i:])
	}
	return nil
}

func (b *Bus) packGone(m *bitmap) gonePage {
	raw := make([]byte, 0, goneBits/8)
	for _, w := range m {
		raw = binary.LittleEndian.AppendUint64(raw, w)
	}
	return gonePage{Count: m.count(), Bits: b.pack.enc.EncodeAll(raw, nil)}
}

// noteGone adds sequences to the ledger. Repeating it changes nothing.
func (b *Bus) noteGone(ctx context.Context, stream string, list []schemas.Range) error {
	pages := map[uint64][]schemas.Range{}
	for _, r := range list {
		for from := r[0]; from <= r[1]; {
			page := from / goneBits
			to := min(r[1], (page+1)*goneBits-1)
			pages[page] = append(pages[page], schemas.Range{from, to})
			from = to + 1
		}
	}
	for page, ranges := range pages {
		if err := b.noteGonePage(ctx, stream, page, ranges); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bus) noteGonePage(ctx context.Context, stream string, page uint64, ranges []schemas.Range) (err error) {
	for range maxConflicts {
		m, rev, err := b.gonePage(ctx, stream, page)
		if err != nil {
			return err
		}
		before := m.count()
		for _, r := range ranges {
			for s := r[0]; s <= r[1]; s++ {
				m.set(s)
			}
		}
		if m.count() == before {
			return nil
		}
		if _, err = b.Sources().Put(ctx, goneKey(stream, page), b.packGone(m), rev); schemas.KindOf(err) != schemas.KindConflict {
			return err
		}
	}
	return err
}

// countGone is how many sequences of a stream the ledger names.
func (b *Bus) countGone(ctx context.Context, stream string) (n uint64, err error) {
	err = b.eachGone(ctx, stream, func(_ uint64, p gonePage) error { n += p.Count; return nil })
	return n, err
}

func (b *Bus) eachGone(ctx context.Context, stream string, fn func(page uint64, p gonePage) error) error {
	return b.Sources().each(ctx, keyGone+stream+".*", 0, 0, func(key string, raw json.RawMessage, _ uint64) error {
		var page uint64
		var p gonePage
		if _, err := fmt.Sscanf(key[len(keyGone)+len(stream)+1:], "%d", &page); err != nil {
			return b.Sources().unreadable(key, err)
		}
		if err := json.Unmarshal(raw, &p); err != nil {
			return b.Sources().unreadable(key, err)
		}
		return fn(page, p)
	})
}

// allGone is everything that the ledger names of a stream.
func (b *Bus) allGone(ctx context.Context, stream string) (list []schemas.Range, err error) {
	var all []uint64
	err = b.eachGone(ctx, stream, func(page uint64, p gonePage) error {
		var m bitmap
		if err := b.unpackGone(&m, p); err != nil {
			return err
		}
		for s := page * goneBits; s < (page+1)*goneBits; s++ {
			if m.has(s) {
				all = append(all, s)
			}
		}
		return nil
	})
	return schemas.Ranges(all), err
}

// everythingGone is the whole ledger.
func (b *Bus) everythingGone(ctx context.Context) (map[string][]schemas.Range, error) {
	all := map[string][]schemas.Range{}
	for _, c := range table(1) {
		list, err := b.allGone(ctx, c.Name)
		if err != nil {
			return nil, err
		}
		if len(list) > 0 {
			all[c.Name] = list
		}
	}
	return all, nil
}

// excuses tells a reader which gaps are right. The zero value asks the ledger when the first gap is met.
type excuses struct {
	asked, off bool
	pages      map[uint64]*bitmap
}

// unexplained are the sequences of a gap that the ledger does not name; off: nothing can be said of this stream.
func (x *excuses) unexplained(ctx context.Context, b *Bus, stream string, from, to uint64) (list []uint64, off bool, err error) {
	if !x.asked {
		if x.off, err = b.inexact(ctx, stream); err != nil {
			return nil, true, err
		}
		x.asked, x.pages = true, map[uint64]*bitmap{}
	}
	if x.off {
		return nil, true, nil
	}
	fresh := map[uint64]bool{}
	for s := from; s <= to; s++ {
		page := s / goneBits
		if m := x.pages[page]; m != nil && m.has(s) {
			continue
		}
		if !fresh[page] { // it may have been erased since the ledger was read
			m, _, err := b.gonePage(ctx, stream, page)
			if err != nil {
				return nil, true, err
			}
			x.pages[page], fresh[page] = m, true
		}
		if !x.pages[page].has(s) {
			list = append(list, s)
		}
	}
	return list, false, nil
}

// inexact reports a stream of which the ledger does not know all that was taken out: it may not be read by this user, or losses were
// accepted before there was a ledger.
func (b *Bus) inexact(ctx context.Context, stream string) (bool, error) {
	m, err := b.readMarks(ctx)
	if _, ok := errors.AsType[*denied](err); ok {
		return true, nil
	}
	if err != nil {
		return true, err
	}
	return m.Streams[stream].Erased > 0 || m.inexact, nil
}

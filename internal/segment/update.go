package segment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"

	"github.com/kreispresse/kreispresse/schemas"
)

// update is one way through what is new.
type update struct {
	a     *Archive
	rep   *Report
	next  uint64 // sequence expected next
	chain link
	days  *days
	w     *writer // nil: between two segments
}

// begin goes on behind the sealed segments.
func (a *Archive) begin(rep *Report) *update {
	u := &update{a: a, rep: rep, next: 1, days: daysOf(a.m)}
	if sealed := a.m.sealed(); len(sealed) > 0 {
		s := sealed[len(sealed)-1]
		u.next = s.To + 1
		u.chain, _ = parseLink(s.Chain)
		u.days.resume(s, u.chain)
	}
	return u
}

// take adds an event, after what is missing before it.
func (u *update) take(ctx context.Context, feed Feed, ev *schemas.Event, release []byte) error {
	if ev.Sequence < u.next {
		return fmt.Errorf("sequence %d came after %d", ev.Sequence, u.next-1)
	}
	if err := u.missing(ctx, feed, ev.Sequence); err != nil {
		return err
	}
	if u.a.m.Stream.ID == "" { // the first event makes the identity
		leaf := leafOf(ev, release)
		sum := sha256.Sum256(append([]byte("kreispresse-stream/1\n"), leaf[:]...))
		u.a.m.Stream = Stream{Name: schemas.StreamPress, ID: hex.EncodeToString(sum[:16])}
	}
	if err := u.start(); err != nil {
		return err
	}
	if err := u.w.add(ev, release); err != nil {
		return storage(u.a.dir, err)
	}
	u.rep.Events++
	u.a.m.Updated = stamp(ev.Time)
	return u.step(ev, leafOf(ev, release))
}

// missing accounts for the sequences before upTo that did not come: each was erased, or is lost.
func (u *update) missing(ctx context.Context, feed Feed, upTo uint64) error {
	for asked := false; u.next < upTo; {
		seq := u.next
		sum, erased := u.a.gone[seq]
		switch {
		case !erased && !asked: // erased since the receipts were read?
			asked = true
			if err := u.a.readReceipts(ctx, feed); err != nil {
				return err
			}
			continue
		case !erased && !u.a.opt.AcceptLost:
			return &schemas.Error{
				Op: "archive", Thing: fmt.Sprintf("%s %d", schemas.StreamPress, seq), Kind: schemas.KindStorage,
				Err:  fmt.Errorf("the event is missing, and no receipt says that it was erased"),
				Hint: "restore a backup; or, when it is lost for good, say so with kreispresse archive --accept-lost",
			}
		}
		if err := u.start(); err != nil {
			return err
		}
		s := u.w.seg
		if erased {
			leaf := goneLeaf("erased", seq, sum)
			s.Erased = append(s.Erased, Gone{seq, leaf.String(), sum})
			if err := u.step(nil, leaf); err != nil {
				return err
			}
			continue
		}
		leaf := goneLeaf("lost", seq, "")
		s.Lost = append(s.Lost, Gone{Sequence: seq, Leaf: leaf.String()})
		if err := u.step(nil, leaf); err != nil {
			return err
		}
	}
	return nil
}

// start begins the segment of the next sequence, unless it is begun.
func (u *update) start() (err error) {
	if u.w != nil {
		return nil
	}
	size := u.a.m.Size
	from := u.next
	seg := &Segment{From: from, To: (from-1)/size*size + size, Version: 1}
	if u.w, err = newWriter(u.a.dir, seg, u.a.opt.Table); err != nil {
		return storage(u.a.dir, err)
	}
	return nil
}

// step books a sequence, and seals the segment when it was the last one.
func (u *update) step(ev *schemas.Event, leaf link) error {
	seq := u.next
	// What an earlier version of this segment says of a sequence that was erased since holds: its leaf was signed.
	if ev == nil {
		leaf = u.before(seq, leaf)
	}
	u.chain = u.chain.and(leaf)
	u.days.add(seq, ev, u.chain)
	u.next++
	if seq < u.w.seg.To {
		return nil
	}
	return u.seal(false)
}

// before is the leaf by which the open segment so far knew a sequence that is gone now.
func (u *update) before(seq uint64, leaf link) link {
	for _, g := range u.a.m.openErased() {
		if g.Sequence == seq {
			if l, ok := parseLink(g.Leaf); ok {
				s := u.w.seg
				for _, list := range [][]Gone{s.Erased, s.Lost} {
					if n := len(list); n > 0 && list[n-1].Sequence == seq {
						list[n-1].Leaf = g.Leaf
					}
				}
				return l
			}
		}
	}
	return leaf
}

// openErased is what is gone of the open segment.
func (m *Manifest) openErased() []Gone {
	if n := len(m.Segments); n > 0 && m.Segments[n-1].Open {
		return slices.Concat(m.Segments[n-1].Erased, m.Segments[n-1].Lost)
	}
	return nil
}

// seal ends the segment and puts it into the manifest.
func (u *update) seal(open bool) error {
	seg := u.w.seg
	seg.Open, seg.To, seg.Chain = open, u.next-1, u.chain.String()
	m := u.a.m
	if old := len(m.Segments) - 1; old >= 0 && m.Segments[old].Open {
		seg.Version, seg.Supersedes = m.Segments[old].Version, m.Segments[old].Supersedes
	}
	if err := u.w.seal(); err != nil {
		return storage(u.a.dir, err)
	}
	u.w = nil
	m.Segments = append(slices.Clone(m.sealed()), seg)
	m.Next = u.next
	if open {
		return nil
	}
	u.rep.Sealed++
	if u.a.opt.Sealed != nil {
		u.a.opt.Sealed(seg)
	}
	return u.a.save()
}

// finish writes the open segment, closes the day that is over, and saves.
func (u *update) finish() error {
	if u.w != nil {
		if err := u.seal(true); err != nil {
			return err
		}
	} else {
		u.a.m.Segments = u.a.m.sealed()
		u.a.m.Next = u.next
	}
	u.days.end(u.a.opt.Now())
	if u.a.m.Stream.ID == "" {
		return &schemas.Error{
			Op: "archive", Thing: u.a.dir, Kind: schemas.KindNotFound, Err: fmt.Errorf("the feed has no event yet"), Hint: "run kreispresse crawl first",
		}
	}
	return u.a.save()
}

func (u *update) drop() {
	if u.w != nil {
		u.w.drop()
	}
}

// sourceOf is the id of an event's source.
func sourceOf(ev *schemas.Event) string { return path.Base(ev.Source) }

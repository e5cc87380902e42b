package segment

import (
	"context"
	"slices"
	"sort"

	"github.com/kreispresse/kreispresse/schemas"
)

// forget takes out of the segments what was erased since they were written. Each gets a new version, and a receipt under the hash of the old
// one, whose files are removed. The chain stays as it was: an erased event leaves its leaf.
func (a *Archive) forget(rep *Report) error {
	for i, s := range a.m.Segments {
		out := a.erasedOf(s)
		if len(out) == 0 {
			continue
		}
		now, err := a.without(s, out)
		if err != nil {
			return err
		}
		for _, f := range s.Files {
			now.Supersedes = append(now.Supersedes, f.SHA256)
			if err := a.writeReceipt(f.SHA256, now); err != nil {
				return err
			}
		}
		a.m.Segments[i] = now
		rep.Replaced++
		rep.Erased += len(out)
		// The manifest first, then the old files go: a reader finds what the manifest names.
		if err := a.save(); err != nil {
			return err
		}
	}
	if rep.Replaced == 0 {
		return nil
	}
	return a.tidy()
}

// erasedOf are the sequences that a segment has still and that were erased.
func (a *Archive) erasedOf(s *Segment) map[uint64]bool {
	out := map[uint64]bool{}
	for seq := range a.gone {
		if seq >= s.From && seq <= s.To && !holds(s.Erased, seq) && !holds(s.Lost, seq) {
			out[seq] = true
		}
	}
	return out
}

func holds(list []Gone, seq uint64) bool {
	i := sort.Search(len(list), func(i int) bool { return list[i].Sequence >= seq })
	return i < len(list) && list[i].Sequence == seq
}

// without writes a segment anew, without some of its events.
func (a *Archive) without(s *Segment, out map[uint64]bool) (*Segment, error) {
	now := &Segment{
		From: s.From, To: s.To, Open: s.Open, Version: s.Version + 1, Chain: s.Chain, Erased: slices.Clone(s.Erased), Lost: s.Lost,
		Supersedes: slices.Clone(s.Supersedes),
	}
	w, err := newWriter(a.dir, now, a.opt.Table)
	if err != nil {
		return nil, storage(a.dir, err)
	}
	err = readSegment(context.Background(), DirStore(a.dir), s, func(ev *schemas.Event, release []byte) error {
		if !out[ev.Sequence] {
			return w.add(ev, release)
		}
		now.Erased = append(now.Erased, Gone{ev.Sequence, leafOf(ev, release).String(), a.gone[ev.Sequence]})
		return nil
	})
	if err != nil {
		w.drop()
		return nil, storage(a.dir, err)
	}
	slices.SortFunc(now.Erased, func(a, b Gone) int { return int(int64(a.Sequence) - int64(b.Sequence)) })
	if err := w.seal(); err != nil {
		return nil, storage(a.dir, err)
	}
	return now, nil
}

// erasedSequences are all that were erased.
func (m *Manifest) erasedSequences() map[uint64]Gone {
	all := map[uint64]Gone{}
	for _, s := range m.Segments {
		for _, g := range s.Erased {
			all[g.Sequence] = g
		}
	}
	return all
}

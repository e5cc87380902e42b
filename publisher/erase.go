package publisher

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// keyErased is where the account of erasures stands in press_sources.
const keyErased = "_erased"

// erasures is the account of what was taken out on purpose. It is written before anything goes: a process that dies in between leaves an
// account of what is still to be done, and a store that misses no more than it says.
type erasures struct {
	Counts   map[string]uint64 `json:"counts"`              // by stream, as the ledger has them
	Ledger   bool              `json:"ledger"`              // the ledger names each of them
	UnderWay *erasure          `json:"under_way,omitempty"` // of one at a time; whoever comes next ends it first
	Residue  map[string]uint64 `json:"residue,omitempty"`   // by bucket: values up to this sequence may be left on disk, see Compact
}

// erasure is what is to go, and the receipt for it.
type erasure struct {
	ID      string                     `json:"id"`
	Source  string                     `json:"source"`
	Event   string                     `json:"event"` // of PRESS_RUNS
	Receipt json.RawMessage            `json:"receipt"`
	Gone    map[string][]schemas.Range `json:"gone"`             // by stream
	Secure  bool                       `json:"secure,omitempty"` // what is on disk is overwritten
}

// erase takes messages out: account, ledger and receipt first, then they go. Whatever another process has begun is ended before.
func (b *Bus) erase(ctx context.Context, x erasure) error {
	x.ID = rand.Text()
	for {
		if err := b.finishErasing(ctx); err != nil {
			return err
		}
		err := b.announce(ctx, &x)
		if errors.Is(err, errBegun) {
			continue
		}
		if err != nil {
			return err
		}
		return b.finishErasing(ctx)
	}
}

// announce writes down what is to go.
func (b *Bus) announce(ctx context.Context, x *erasure) error {
	for stream, list := range x.Gone {
		if err := b.noteGone(ctx, stream, list); err != nil {
			return err
		}
	}
	return b.account(ctx, func(e *erasures) error {
		if e.UnderWay != nil {
			return errBegun
		}
		e.UnderWay = x
		return b.tally(ctx, e, x.Gone)
	})
}

// tally counts what is to go, once.
func (b *Bus) tally(ctx context.Context, e *erasures, gone map[string][]schemas.Range) error {
	for stream, list := range gone {
		if !e.Ledger { // of a store that is older than the ledger
			for _, r := range list {
				e.Counts[stream] += r.Len()
			}
			continue
		}
		n, err := b.countGone(ctx, stream)
		if err != nil {
			return err
		}
		e.Counts[stream] = n
	}
	return nil
}

// errBegun says that somebody else has begun an erasure meanwhile.
var errBegun = errors.New("another erasure is under way")

// finishErasing removes what is announced.
func (b *Bus) finishErasing(ctx context.Context) error {
	e, _, err := b.readErasures(ctx)
	if err != nil || e.UnderWay == nil {
		return err
	}
	x := e.UnderWay
	if _, err := b.PublishRun(ctx, x.Source, x.Event, x.Receipt); err != nil {
		return err
	}
	for stream, list := range x.Gone {
		for _, r := range list {
			for seq := r[0]; seq <= r[1]; seq++ {
				if err := b.patiently(ctx, func() error { return b.eraseOne(ctx, stream, seq, x.Secure) }); err != nil {
					return err
				}
			}
		}
	}
	return b.account(ctx, func(e *erasures) error {
		if e.UnderWay != nil && e.UnderWay.ID == x.ID { // else another process has ended it
			e.UnderWay = nil
		}
		return nil
	})
}

// eraseOne takes one message out; one that is gone already is as it should be.
func (b *Bus) eraseOne(ctx context.Context, stream string, seq uint64, secure bool) error {
	ctx, cancel := b.request(ctx, stream, "")
	defer cancel()
	s, err := b.stream(ctx, stream)
	if err == nil && secure {
		err = s.SecureDeleteMsg(ctx, seq)
	} else if err == nil {
		err = s.DeleteMsg(ctx, seq)
	}
	if err != nil { // the server has no word of its own for a message that is not there
		if m, e := b.bySequence(ctx, stream, seq); m == nil && e == nil {
			return nil
		}
	}
	return b.fail(ctx, "erase", stream, err)
}

// account changes the account of erasures; change may be called several times, on what is newest, and ends it with an error.
func (b *Bus) account(ctx context.Context, change func(*erasures) error) (err error) {
	for range maxConflicts {
		e, rev, err := b.readErasures(ctx)
		if err != nil {
			return err
		}
		if err := change(&e); err != nil {
			return err
		}
		if _, err = b.Sources().Put(ctx, keyErased, e, rev); schemas.KindOf(err) != schemas.KindConflict {
			return err
		}
	}
	return err
}

// readErasures reads the account; where there is none it and the ledger are made anew from the receipts.
func (b *Bus) readErasures(ctx context.Context) (e erasures, rev uint64, err error) {
	rev, err = b.Sources().Get(ctx, keyErased, &e)
	if schemas.KindOf(err) == schemas.KindNotFound {
		e, rev, err = b.recover(ctx)
	}
	if e.Counts == nil {
		e.Counts = make(map[string]uint64)
	}
	return e, rev, err
}

// erasedCounts is how many messages of each stream are missing on purpose; inexact: the ledger does not name them all.
func (b *Bus) erasedCounts(ctx context.Context) (counts map[string]uint64, inexact bool, err error) {
	m, err := b.oneMark(ctx, streamSources, b.Sources().subject(keyErased))
	if err != nil {
		return nil, false, err
	}
	if m == nil {
		gone, err := b.receipts(ctx)
		b.unsettled.Store(len(gone) > 0)
		return countRanges(gone), len(gone) > 0, err
	}
	var e erasures
	if err := json.Unmarshal(m.data, &e); err != nil {
		b.log.Warn("the account of erasures cannot be read", "error", err)
	}
	b.unsettled.Store(e.UnderWay != nil)
	return e.Counts, !e.Ledger, nil
}

// erasuresNow is the account as it stands, whatever is wrong with it.
func (b *Bus) erasuresNow(ctx context.Context) (e erasures, err error) {
	m, err := b.oneMark(ctx, streamSources, b.Sources().subject(keyErased))
	if err != nil || m == nil {
		return e, err
	}
	if err := json.Unmarshal(m.data, &e); err != nil {
		b.log.Warn("the account of erasures cannot be read", "error", err)
	}
	return e, nil
}

// receipts is what the receipts in PRESS_RUNS say to be gone, by stream. It costs two questions when nothing was ever erased.
func (b *Bus) receipts(ctx context.Context) (map[string][]schemas.Range, error) {
	all := map[string][]schemas.Range{}
	for _, event := range []string{schemas.RunErased, schemas.RunExpired} {
		m, err := b.oneMark(ctx, schemas.StreamRuns, schemas.RunSubject("*", event))
		if err != nil {
			return nil, err
		}
		if m == nil {
			continue
		}
		err = b.EachRun(ctx, "", event, func(_, event string, _ time.Time, data []byte) error {
			gone, err := schemas.ReadReceipt(event, data)
			if err != nil {
				b.log.Warn("a receipt of what was erased cannot be read", "error", err)
			}
			for stream, list := range gone {
				all[stream] = append(all[stream], list...)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for stream, list := range all {
		all[stream] = schemas.JoinRanges(list)
	}
	return all, nil
}

func countRanges(gone map[string][]schemas.Range) map[string]uint64 {
	counts := map[string]uint64{}
	for stream, list := range gone {
		for _, r := range list {
			counts[stream] += r.Len()
		}
	}
	return counts
}

// recover makes account and ledger anew, of a store that has lost press_sources, or begins them.
func (b *Bus) recover(ctx context.Context) (e erasures, rev uint64, err error) {
	gone, err := b.receipts(ctx)
	if err != nil {
		return e, 0, err
	}
	e = erasures{Counts: countRanges(gone), Ledger: true}
	if len(gone) == 0 {
		return e, 0, nil
	}
	b.log.Warn("the account of what was erased was lost, it is made anew from the receipts")
	for stream, list := range gone {
		if err := b.noteGone(ctx, stream, list); err != nil {
			return e, 0, err
		}
	}
	rev, err = b.Sources().Put(ctx, keyErased, e, 0)
	return e, rev, err
}

// settleErasures is for the start: a lost account is made anew, and what a process that died has begun is ended.
func (b *Bus) settleErasures(ctx context.Context) error {
	if !b.cfg.ManageStreams || b.cfg.Damaged || !b.unsettled.Load() {
		return nil
	}
	err := b.finishErasing(ctx)
	if schemas.KindOf(err) == schemas.KindConflict { // somebody else does it
		err = nil
	}
	b.unsettled.Store(false)
	return err
}

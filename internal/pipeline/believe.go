package pipeline

import (
	"context"

	"github.com/kreispresse/kreispresse/schemas"
)

// believe looks at held changes whose pages said the same again, without having been archived again, and lets through what may be
// believed now.
func (r *sourceRun) believe(ctx context.Context, v Verdict) error {
	for page, h := range r.held {
		h.Last = r.now()
		if h.Last.Before(h.Since) { // a clock that went back proves nothing
			h.Last = h.Since
		}
		s, err := r.broker.Archive.Snapshot(ctx, h.Sequence)
		if err != nil {
			return err
		}
		rd, err := r.read(ctx, h.Sequence, s)
		if err != nil {
			return err
		}
		if !r.ripe(rd, h, v) {
			if err := r.setHold(ctx, rd, h); err != nil {
				return err
			}
			continue
		}
		o, err := r.apply(ctx, rd, v, true)
		if err != nil {
			return err
		}
		r.book(o)
		r.log.Info("a held change is believed", "source", r.src.ID, "page", page, "url", h.URL, "since", h.Since)
	}
	return nil
}

// ripe reports whether a held change may be believed by itself.
func (r *sourceRun) ripe(rd *reading, h schemas.Hold, v Verdict) bool {
	switch {
	case v.Suspect || rd.err != nil:
		return false
	case h.Kind == schemas.HoldSuspect:
		return true
	}
	return h.Believed(r.src.Belief.HeldFor) && !r.seen.standsIn(h.Says) && !r.probed(h.Says)
}

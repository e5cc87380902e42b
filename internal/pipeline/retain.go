package pipeline

import (
	"context"
	"errors"

	"github.com/kreispresse/kreispresse/internal/retention"
	"github.com/kreispresse/kreispresse/schemas"
)

// ReasonRetention is the reason that subscribers read of a release that was erased by its age.
const ReasonRetention = "retention"

// Bounds of one go of Retain. A go takes seconds; what is left is for the next one.
const (
	retainReleases  = 200
	retainSnapshots = 5000
)

// Cleared is what has gone of a source by its age, or would go.
type Cleared struct {
	Source   string `json:"source"`
	Releases int    `json:"releases"` // erased
	schemas.Expired
}

// Retain removes what is older than a policy lets it become: releases are erased as by Forget, and of the pages those snapshots go that
// nothing needs any more. It does a bounded amount of work, the rest at the next call: More says that there is some. A dry run removes
// nothing and counts everything. An erasure in which a process has died, by age or by hand, is ended, too.
func (l *Line) Retain(ctx context.Context, id string, p retention.Policy, dry bool) (Cleared, error) {
	c := Cleared{Source: id}
	if p.Empty() {
		return c, nil
	}
	r, st, err := l.operator(ctx, id)
	if err != nil {
		return c, err
	}
	if err := r.retainReleases(ctx, p, st.Erasing, dry, &c); err != nil {
		return c, err
	}
	if p.Raw <= 0 {
		return c, nil
	}
	x := schemas.Retention{Now: r.now(), Before: r.now().Add(-p.Raw), UpTo: st.Extracted, Limit: retainSnapshots, DryRun: true}
	more := c.More
	if c.Expired, err = r.broker.Archive.Expire(ctx, id, x); err != nil || c.Snapshots == 0 {
		c.More = more
		return c, err
	}
	if x.Keep, err = r.needed(ctx, st); err != nil {
		return c, err
	}
	x.DryRun = dry
	c.Expired, err = r.broker.Archive.Expire(ctx, id, x)
	c.More = c.More || more
	return c, err
}

// retainReleases erases what is due, and ends the erasures that were begun.
func (r *sourceRun) retainReleases(ctx context.Context, p retention.Policy, begun map[string]string, dry bool, c *Cleared) error {
	if p.Releases <= 0 && p.Police <= 0 && len(begun) == 0 {
		return nil
	}
	var due []*schemas.Event
	err := r.broker.Releases.EachCurrent(ctx, r.src.ID, func(e *schemas.Event) error {
		_, unended := begun[e.Subject]
		switch {
		case !unended && (e.Type == schemas.EventErased || !p.Due(e.Release, r.now())):
		case !dry && len(due) == retainReleases:
			c.More = true
			return errEnough
		default:
			due = append(due, &schemas.Event{Subject: e.Subject, Type: e.Type, Release: bare(e.Release), Revision: e.Revision, Sequence: e.Sequence})
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	if dry {
		c.Releases = len(due)
		return nil
	}
	pages, err := r.carriers(ctx, due)
	if err != nil {
		return err
	}
	for _, cur := range due {
		reason, unended := begun[cur.Subject]
		if !unended {
			reason = ReasonRetention
		}
		if _, err := r.forget(ctx, cur, pages[cur.Subject], reason); err != nil {
			return err
		}
		c.Releases++
	}
	return nil
}

// bare is what an erasure needs of a release.
func bare(r *schemas.Release) *schemas.Release {
	return &schemas.Release{ID: r.ID, Source: r.Source, URL: r.URL, CanonicalURL: r.CanonicalURL, Provenance: r.Provenance}
}

// needed are the snapshots that something refers to: the current release that was read from it, a held change, a dead letter.
func (r *sourceRun) needed(ctx context.Context, st schemas.LineState) (map[uint64]bool, error) {
	keep := map[uint64]bool{}
	for _, h := range st.Held {
		keep[h.Sequence] = true
	}
	for _, d := range st.Dead {
		keep[d.Sequence] = true
	}
	err := r.broker.Pages.Each(ctx, r.src.ID, func(_ string, p schemas.PageState, _ uint64) error {
		if keep[p.RawSequence] = true; p.Held != nil {
			keep[p.Held.Sequence] = true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = r.broker.Releases.EachCurrent(ctx, r.src.ID, func(e *schemas.Event) error {
		keep[e.Release.Provenance.RawSequence] = true
		return nil
	})
	return keep, err
}

package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/kreispresse/kreispresse/internal/crash"
	"github.com/kreispresse/kreispresse/schemas"
)

// withdraw takes back the releases of pages that are gone: missing in a row for long enough, in a run that is believed, and carried by
// no other page that is there.
func (r *sourceRun) withdraw(ctx context.Context, v Verdict) error {
	if v.Suspect {
		return nil
	}
	for _, m := range r.missing {
		if m.state.Gone || !m.state.Miss.Gone(r.src.Belief.GoneAfter) {
			continue
		}
		if err := r.leave(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// leave withdraws the release of one page that is gone, unless another page carries it, and remembers that the page is gone.
func (r *sourceRun) leave(ctx context.Context, m missing) error {
	cur, err := r.broker.Releases.Current(ctx, r.ref, m.state.Release)
	if err != nil {
		return err
	}
	if live(cur) {
		elsewhere, err := r.elsewhere(ctx, m.page, cur.Release)
		if err != nil {
			return err
		}
		if !elsewhere {
			if err := r.bury(ctx, m, cur); err != nil {
				return err
			}
			crash.Here(crash.Withdrawn)
		}
	}
	err = r.broker.updatePage(ctx, r.src.ID, m.page, func(st *schemas.PageState) bool {
		if st.Miss == nil { // it came back meanwhile
			return false
		}
		st.Gone, st.Held = true, nil
		return true
	})
	if err != nil {
		return err
	}
	return r.over(ctx, m.page, "the page is gone")
}

// bury archives the tombstone of a page and publishes that of its release.
func (r *sourceRun) bury(ctx context.Context, m missing, cur *schemas.Event) error {
	s := &schemas.Snapshot{
		Source: r.ref, URL: m.state.URL, FetchedAt: m.state.Miss.Last, FirstSeen: m.state.FirstSeen, Run: r.run, Status: 410,
		Hints: m.state.Hints, Previous: m.state.RawSequence,
	}
	if m.state.Miss.Status == 404 {
		s.Status = 404
	}
	seq, err := r.broker.Archive.Append(ctx, s)
	if err != nil {
		return err
	}
	crash.Here(crash.TombstoneArchived)
	o, err := r.withdrawn(ctx, cur, seq, s.FetchedAt, goneReason(m.state.Miss))
	if err == nil && o == Withdrawn {
		r.book(o)
		r.events++
	}
	return err
}

func goneReason(m *schemas.Miss) string {
	what := fmt.Sprintf("answers %d", m.Status)
	if m.Status >= 300 && m.Status < 400 {
		what = fmt.Sprintf("redirects (%d) to the home page or a list", m.Status)
	}
	return fmt.Sprintf("%s since %s, seen %d times", what, m.First.UTC().Format(time.RFC3339), m.Count)
}

// withdrawn publishes a tombstone on top of cur; a release that somebody published anew meanwhile stays.
func (l *Line) withdrawn(ctx context.Context, cur *schemas.Event, seq uint64, at time.Time, reason string) (Outcome, error) {
	for range attempts {
		if !live(cur) || seq > 0 && cur.Release.Provenance.RawSequence > seq {
			return Unchanged, nil
		}
		ev := schemas.NextEvent(cur, schemas.EventWithdrawn, schemas.Tombstone(cur.Release, seq, at), l.now())
		ev.Reason = reason
		err := l.broker.Releases.Publish(ctx, cur, ev)
		if schemas.KindOf(err) != schemas.KindConflict {
			return Withdrawn, err
		}
		if cur, err = l.broker.Releases.Current(ctx, cur.Release.Source, cur.Release.ID); err != nil {
			return "", err
		}
	}
	return "", &schemas.Error{Op: "withdraw", Kind: schemas.KindConflict, Thing: cur.Release.URL, Err: errors.New("somebody else publishes it again and again")}
}

// elsewhere reports whether another page that is there carries the release. Only a page that carries it itself makes all pages of the
// source be looked through, and that happens once for each release that is withdrawn.
func (r *sourceRun) elsewhere(ctx context.Context, page string, rel *schemas.Release) (bool, error) {
	there := func(st schemas.PageState) bool { return st.Release == rel.ID && !st.Gone && st.Miss == nil }
	if c := carrier(rel); c != page {
		st, rev, err := r.broker.page(ctx, r.src.ID, c)
		if err != nil || rev > 0 && there(st) {
			return err == nil, err
		}
	}
	found := false
	err := r.broker.Pages.Each(ctx, r.src.ID, func(p string, st schemas.PageState, _ uint64) error {
		if p != page && there(st) {
			found = true
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return found, err
}

// tombstone is a page's tombstone met in the archive: after a crash between archive and feed, in the archive of an older version, or
// when the archive is extracted anew. It counts unless the page was archived again after it.
func (r *sourceRun) tombstone(ctx context.Context, rd *reading) (Outcome, error) {
	last, err := r.broker.Archive.LastSnapshotOf(ctx, r.src.ID, rd.page)
	if err != nil {
		return "", err
	}
	if last > rd.seq {
		return Superseded, nil
	}
	id := rd.state.Release
	if id == "" {
		if id, err = r.buried(ctx, rd.snapshot); err != nil {
			return "", err
		}
	}
	cur, err := r.broker.Releases.Current(ctx, r.ref, id)
	if err != nil || !live(cur) { // withdrawn by the run that archived it
		return settled, err
	}
	if elsewhere, err := r.elsewhere(ctx, rd.page, cur.Release); err != nil || elsewhere {
		return Unchanged, err
	}
	return r.withdrawn(ctx, cur, rd.seq, rd.snapshot.FetchedAt, fmt.Sprintf("answers %d", rd.snapshot.Status))
}

// buried is the id of the release that a page held which nobody remembers: its last snapshot says so.
func (r *sourceRun) buried(ctx context.Context, s *schemas.Snapshot) (string, error) {
	if s.Previous > 0 {
		last, err := r.broker.Archive.Snapshot(ctx, s.Previous)
		switch {
		case err == nil:
			if rel, err := parse(last); err == nil {
				return rel.ID, nil
			}
		case schemas.KindOf(err) != schemas.KindNotFound:
			return "", err
		}
	}
	url, err := schemas.CanonicalURL(s.URL)
	if err != nil {
		url = s.URL
	}
	return schemas.ReleaseID(s.Source.ID, url), nil
}

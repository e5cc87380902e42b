package pipeline

import (
	"context"
	"errors"
	"fmt"

	"github.com/kreispresse/kreispresse/internal/crash"
	"github.com/kreispresse/kreispresse/schemas"
)

// apply gives one reading its outcome under a verdict. forced lets through what would be held: somebody, or time, has decided.
func (r *sourceRun) apply(ctx context.Context, rd *reading, v Verdict, forced bool) (o Outcome, err error) {
	for range attempts {
		if o, err = r.decide(ctx, rd, v, forced); schemas.KindOf(err) != schemas.KindConflict {
			break
		}
		if err := r.again(ctx, rd); err != nil { // somebody else has published on this subject
			return "", err
		}
	}
	if err != nil && fate(err) == FateDeadLetter {
		return r.putAside(ctx, rd, err)
	}
	return o, err
}

func (r *sourceRun) decide(ctx context.Context, rd *reading, v Verdict, forced bool) (Outcome, error) {
	switch {
	case rd.snapshot.Gone():
		return r.tombstone(ctx, rd)
	case schemas.KindOf(rd.err) == schemas.KindNoRelease:
		return r.refused(ctx, rd)
	case rd.err != nil:
		return "", rd.err
	case rd.twin:
		return Twin, r.carries(ctx, rd)
	case rd.state.Barred != "":
		return Barred, nil
	}
	if why := r.doubts(rd, v); why.kind != "" && !forced {
		return Held, r.hold(ctx, rd, why)
	}
	switch rd.relation {
	case schemas.RelationUnchanged:
		return Unchanged, r.carries(ctx, rd)
	case schemas.RelationOlder:
		return Superseded, nil
	case schemas.RelationReextracted:
		return Reextracted, r.publish(ctx, rd, schemas.EventReextracted)
	case schemas.RelationCorrected, schemas.RelationReplaced:
		return Corrected, r.publish(ctx, rd, schemas.EventCorrected)
	case schemas.RelationNew, schemas.RelationReturned:
		return Published, r.publish(ctx, rd, schemas.EventPublished)
	}
	return "", fmt.Errorf("relation %q has no outcome", rd.relation)
}

type why struct{ kind, code, reason string }

// doubts says why a reading is not believed at once; the zero why when it is. It is the table of docs/adr/0011.
func (r *sourceRun) doubts(rd *reading, v Verdict) why {
	changes := rd.relation == schemas.RelationCorrected || rd.relation == schemas.RelationNew || rd.relation == schemas.RelationReturned
	switch h := rd.state.Held; {
	case h != nil && h.Kind == schemas.HoldSuspect && h.Sequence == rd.seq && changes: // met again in the archive
		return why{h.Kind, h.Code, h.Reason}
	case rd.relation == schemas.RelationReplaced:
		if r.confirmed(rd, v) {
			return why{}
		}
		return why{schemas.HoldReplaced, schemas.WhyReplaced, "says something entirely different from the release"}
	case changes && v.Suspect:
		return why{schemas.HoldSuspect, schemas.WhySuspect, "was found by a run that is not believed"}
	case rd.relation == schemas.RelationNew && r.probed(rd.says):
		return why{schemas.HoldReplaced, schemas.WhyNowhere, "says what the site answers for an address that does not exist"}
	}
	return why{}
}

// confirmed reports whether a page has said its new words for long enough, and no other page of the source says them too.
func (r *sourceRun) confirmed(rd *reading, v Verdict) bool {
	wait := r.src.Belief.HeldFor
	if v.Suspect || r.seen.standsIn(rd.says) || r.probed(rd.says) {
		return false
	}
	if wait <= 0 {
		return true
	}
	h := rd.state.Held
	if h == nil || h.Says != rd.says {
		return false
	}
	again := *h
	again.Last = rd.snapshot.FetchedAt
	return again.Believed(wait)
}

// publish makes a reading the newest revision of its release.
func (r *sourceRun) publish(ctx context.Context, rd *reading, typ string) error {
	ev := schemas.NextEvent(rd.current, typ, rd.release, r.now())
	if err := r.broker.Releases.Publish(ctx, rd.current, ev); err != nil {
		return err
	}
	crash.Here(crash.Published)
	if err := r.note(ctx, ev); err != nil {
		return err
	}
	return r.carries(ctx, rd)
}

// Released is a part of the list of what a run published, an event of PRESS_RUNS.
type Released struct {
	Run  string            `json:"run"`
	Part int               `json:"part"` // from 1
	IDs  map[string]string `json:"ids"`  // release → content hash
}

// releasedPart is how many releases one part names: 100 bytes each, a fifth of what a message may hold.
const releasedPart = 2000

// note books what the run published, part by part: a first crawl of a large source has more than one message holds.
func (r *sourceRun) note(ctx context.Context, ev *schemas.Event) error {
	r.mu.Lock()
	r.ids[ev.Subject] = ev.Hash
	r.touched[ev.Subject] = true
	r.events++
	full := len(r.ids) >= releasedPart
	r.mu.Unlock()
	if !full {
		return nil
	}
	return r.released(ctx)
}

// takeIDs empties the list for the next part.
func (r *sourceRun) takeIDs() (ids map[string]string, part int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.ids) == 0 {
		return nil, 0
	}
	ids, r.ids = r.ids, map[string]string{}
	r.part++
	return ids, r.part
}

func (r *sourceRun) released(ctx context.Context) error {
	ids, part := r.takeIDs()
	if part == 0 {
		return nil
	}
	_, err := r.broker.Runs.PublishRun(ctx, r.src.ID, schemas.RunReleased, Released{Run: r.run, Part: part, IDs: ids})
	return err
}

// carries remembers which release a page carries; a hold and a dead letter of the page are over.
func (r *sourceRun) carries(ctx context.Context, rd *reading) error {
	r.touch(rd.page)
	err := r.broker.updatePage(ctx, r.src.ID, rd.page, func(st *schemas.PageState) bool {
		if rd.noted(st) {
			return false
		}
		r.introduce(st, rd)
		st.Release, st.Held = rd.release.ID, nil
		rd.describe(st)
		return true
	})
	if err != nil {
		return err
	}
	crash.Here(crash.Carried)
	return r.over(ctx, rd.page, "a later snapshot says what the feed says")
}

// noted reports whether the state of a page says already that it carries what was read, and nothing else.
func (rd *reading) noted(st *schemas.PageState) bool {
	return st.Release == rd.release.ID && st.Held == nil && st.URL != "" && (st.Content == rd.content() || st.RawSequence != rd.seq)
}

// introduce fills in the state of a page that the crawler died before remembering.
func (r *sourceRun) introduce(st *schemas.PageState, rd *reading) {
	if st.URL == "" {
		u, err := schemas.CanonicalURL(rd.snapshot.URL)
		if err != nil {
			u = rd.snapshot.URL
		}
		st.URL, st.FirstSeen = u, rd.snapshot.FirstSeen
	}
}

// refused is a page that is no release. If it carried one, the page is held: the release stays as it is, and somebody can look.
func (r *sourceRun) refused(ctx context.Context, rd *reading) (Outcome, error) {
	r.log.Info("page is no release", "url", rd.snapshot.URL, "reason", rd.err)
	if rd.state.Release == "" {
		err := r.broker.updatePage(ctx, r.src.ID, rd.page, func(st *schemas.PageState) bool { return st.URL != "" && rd.describe(st) })
		return NoRelease, errors.Join(err, r.over(ctx, rd.page, "a later snapshot is no release"))
	}
	return NoRelease, r.hold(ctx, rd, why{schemas.HoldReplaced, schemas.WhyNoRelease, "is no release any more: " + reasonOf(rd.err)})
}

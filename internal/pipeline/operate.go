package pipeline

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/crash"
	"github.com/kreispresse/kreispresse/schemas"
)

// Audit is what an operator did, an event of PRESS_RUNS.
type Audit struct {
	At     time.Time `json:"at"`
	Act    string    `json:"act"` // the command, e.g. "held release"
	Thing  string    `json:"thing,omitempty"`
	Reason string    `json:"reason,omitempty"`
	Count  int       `json:"count"`        // releases, pages or snapshots that it touched
	By     string    `json:"by,omitempty"` // who, when somebody did it in the console
}

type actorKey struct{}

// WithActor is a context in which somebody acts: what is done in it is audited with the name.
func WithActor(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, actorKey{}, name)
}

// Record audits what somebody did with a source beside the line: paused it, said that a quote has the wrong speaker.
func (l *Line) Record(ctx context.Context, source string, a Audit) error {
	return l.broker.audit(ctx, source, l.now(), a)
}

// operator is a run without a crawl: somebody decides what the line would not decide by itself.
func (l *Line) operator(ctx context.Context, id string) (*sourceRun, schemas.LineState, error) {
	st, rev, err := l.broker.line(ctx, id)
	if err != nil {
		return nil, st, err
	}
	if rev == 0 {
		return nil, st, &schemas.Error{
			Op: "operate", Kind: schemas.KindNotFound, Thing: id, Err: errors.New("nothing is known of this source"),
			Hint: "name a source that was crawled",
		}
	}
	r := l.newSourceRun(&source.Source{
		ID: id, State: st.Ref.State, Name: st.Ref.Name, AGS: st.Ref.AGS,
		Belief: source.Belief{GoneAfter: source.DefaultGoneAfter, HeldFor: source.DefaultHeldFor}, // what is not decided by hand is not believed sooner
	})
	r.ref = st.Ref
	r.recall(st)
	return r, st, nil
}

func (r *sourceRun) audit(ctx context.Context, a Audit) error {
	return r.broker.audit(ctx, r.src.ID, r.now(), a)
}

func (b Broker) audit(ctx context.Context, source string, at time.Time, a Audit) error {
	a.At = at.UTC()
	if name, ok := ctx.Value(actorKey{}).(string); ok && a.By == "" {
		a.By = name
	}
	_, err := b.Runs.PublishRun(ctx, source, schemas.RunAudit, a)
	return err
}

// nothing is the error for a page or release that an operator named and that is not there.
func nothing(op, thing, what string) error {
	return &schemas.Error{Op: op, Kind: schemas.KindNotFound, Thing: thing, Err: errors.New(what)}
}

// ReleaseHeld lets the held change of a page into the feed.
func (l *Line) ReleaseHeld(ctx context.Context, id, page string) (Outcome, error) {
	r, st, err := l.operator(ctx, id)
	if err != nil {
		return "", err
	}
	h, ok := st.Held[page]
	if !ok {
		return "", nothing("held release", page, "no held change of this page")
	}
	o, err := r.letThrough(ctx, h.Sequence)
	if err != nil {
		return "", err
	}
	return o, r.audit(ctx, Audit{Act: "held release", Thing: h.URL, Count: 1})
}

// letThrough applies a snapshot whatever speaks against it.
func (r *sourceRun) letThrough(ctx context.Context, seq uint64) (Outcome, error) {
	s, err := r.broker.Archive.Snapshot(ctx, seq)
	if err != nil {
		return "", err
	}
	rd, err := r.read(ctx, seq, s)
	if err != nil {
		return "", err
	}
	return r.apply(ctx, rd, Verdict{}, true)
}

// DropHeld forgets the held change of a page: the release stays as it is, until the page says something else again.
func (l *Line) DropHeld(ctx context.Context, id, page string) error {
	r, st, err := l.operator(ctx, id)
	if err != nil {
		return err
	}
	h, ok := st.Held[page]
	if !ok {
		return nothing("held drop", page, "no held change of this page")
	}
	err = r.broker.updatePage(ctx, id, page, func(p *schemas.PageState) bool {
		p.Held = nil
		return true
	})
	if err == nil {
		err = r.over(ctx, page, "dropped by an operator")
	}
	return errors.Join(err, r.audit(ctx, Audit{Act: "held drop", Thing: h.URL, Count: 1}))
}

// RetryDead reads the snapshot of a dead letter again, with the parser as it is now.
func (l *Line) RetryDead(ctx context.Context, id, page string) (Outcome, error) {
	r, st, err := l.operator(ctx, id)
	if err != nil {
		return "", err
	}
	d, ok := st.Dead[page]
	if !ok {
		return "", nothing("dead retry", page, "no dead letter of this page")
	}
	o, err := r.letThrough(ctx, d.Sequence)
	if err != nil {
		return "", err
	}
	return o, r.audit(ctx, Audit{Act: "dead retry", Thing: d.URL, Count: 1})
}

// DropDead ends a dead letter without an outcome. The snapshot stays in the archive.
func (l *Line) DropDead(ctx context.Context, id, page string) error {
	r, st, err := l.operator(ctx, id)
	if err != nil {
		return err
	}
	d, ok := st.Dead[page]
	if !ok {
		return nothing("dead drop", page, "no dead letter of this page")
	}
	return errors.Join(r.over(ctx, page, "dropped by an operator"), r.audit(ctx, Audit{Act: "dead drop", Thing: d.URL, Count: 1}))
}

// Accept says that what a source shows now is right, though a run of it was not believed: held changes are let through, pages that
// are missing are gone, and the suspicion ends. It returns what became of it.
func (l *Line) Accept(ctx context.Context, id string) (map[Outcome]int, error) {
	r, st, err := l.operator(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, page := range slices.Sorted(maps.Keys(st.Held)) {
		o, err := r.letThrough(ctx, st.Held[page].Sequence)
		if err != nil {
			return r.count, err
		}
		r.book(o)
	}
	var gone []missing
	err = r.broker.Pages.Each(ctx, id, func(page string, p schemas.PageState, _ uint64) error {
		if p.Miss != nil && !p.Gone && p.Release != "" {
			gone = append(gone, missing{page, p})
		}
		return nil
	})
	if err != nil {
		return r.count, err
	}
	for _, m := range gone {
		if err := r.leave(ctx, m); err != nil {
			return r.count, err
		}
	}
	err = r.broker.updateLine(ctx, id, func(st *schemas.LineState) { st.Suspect, st.Retired = nil, "" })
	return r.count, errors.Join(err, r.audit(ctx, Audit{Act: "sources accept", Thing: id, Count: len(st.Held) + len(gone)}))
}

// Withdraw takes a release back by hand, for a reason that subscribers read. Its pages are barred: whatever they say, the release does
// not come back by itself.
func (l *Line) Withdraw(ctx context.Context, id, release, reason string) error {
	r, _, err := l.operator(ctx, id)
	if err != nil {
		return err
	}
	cur, err := r.broker.Releases.Current(ctx, r.ref, release)
	if err != nil {
		return err
	}
	if !live(cur) {
		return nothing("withdraw", release, "no current release of this id")
	}
	if err := r.takeBack(ctx, cur, reason); err != nil {
		return err
	}
	return r.audit(ctx, Audit{Act: "withdraw", Thing: cur.Release.URL, Reason: reason, Count: 1})
}

func (r *sourceRun) takeBack(ctx context.Context, cur *schemas.Event, reason string) error {
	if _, err := r.withdrawn(ctx, cur, 0, time.Time{}, reason); err != nil {
		return err
	}
	return r.broker.updatePage(ctx, r.src.ID, carrier(cur.Release), func(p *schemas.PageState) bool {
		if p.URL == "" {
			return false
		}
		p.Barred, p.Held = reason, nil
		return true
	})
}

// Retire gives a source up: all its releases are withdrawn with the reason, and it is not crawled any more until it is accepted again.
// It returns how many releases were withdrawn.
func (l *Line) Retire(ctx context.Context, id, reason string) (int, error) {
	r, _, err := l.operator(ctx, id)
	if err != nil {
		return 0, err
	}
	if err := r.broker.updateLine(ctx, id, func(st *schemas.LineState) { st.Retired = reason }); err != nil {
		return 0, err
	}
	list, err := r.living(ctx)
	if err != nil {
		return 0, err
	}
	for n, cur := range list {
		if _, err := r.withdrawn(ctx, cur, 0, time.Time{}, "the source was retired: "+reason); err != nil {
			return n, err
		}
	}
	return len(list), r.audit(ctx, Audit{Act: "sources retire", Thing: id, Reason: reason, Count: len(list)})
}

// living are the current releases of the source that can be read, without their texts.
func (r *sourceRun) living(ctx context.Context) (list []*schemas.Event, err error) {
	err = r.broker.Releases.EachCurrent(ctx, r.src.ID, func(e *schemas.Event) error {
		if live(e) && e.Release.Source.State == r.ref.State {
			list = append(list, e)
		}
		return nil
	})
	return list, err
}

// Relocate moves a source with its releases to another id or state: each release is withdrawn where it was, with the reason, and
// published where it is now, with the same id and the next revisions. What is remembered of its pages moves along. It returns how many
// releases moved; after an interruption it can be repeated.
func (l *Line) Relocate(ctx context.Context, from string, to schemas.Source) (int, error) {
	r, st, err := l.operator(ctx, from)
	if err != nil {
		return 0, err
	}
	if err := errors.Join(schemas.CheckToken(to.ID), schemas.CheckState(to.State)); err != nil {
		return 0, &schemas.Error{Op: "sources", Kind: schemas.KindInvalid, Thing: to.ID, Err: err}
	}
	list, err := r.living(ctx)
	if err != nil {
		return 0, err
	}
	reason := fmt.Sprintf("moved to the source %s, state %s", to.ID, to.State)
	for n, cur := range list {
		if err := r.relocate(ctx, cur, to, reason); err != nil {
			return n, err
		}
	}
	if from != to.ID {
		if err := r.movePages(ctx, to.ID); err != nil {
			return len(list), err
		}
	}
	st.Ref = to
	if err := r.broker.updateLine(ctx, to.ID, func(x *schemas.LineState) {
		x.Ref, x.Base, x.Extracted = to, st.Base, max(x.Extracted,
			st.Extracted)
	}); err != nil {
		return len(list), err
	}
	if from != to.ID {
		if err := r.broker.updateLine(ctx, from, func(x *schemas.LineState) { x.Retired, x.Held, x.Dead, x.Suspect = reason, nil, nil, nil }); err != nil {
			return len(list), err
		}
	}
	return len(list), r.audit(ctx, Audit{Act: "sources move", Thing: to.ID + " " + to.State, Count: len(list)})
}

func (r *sourceRun) relocate(ctx context.Context, cur *schemas.Event, to schemas.Source, reason string) error {
	there, err := r.broker.Releases.Current(ctx, to, cur.Subject)
	if err != nil {
		return err
	}
	rel := *cur.Release
	rel.Source = to
	if !live(there) {
		// Revisions count on over the move: the tombstone takes the next one, the release the one after it.
		ev := schemas.NextEvent(&schemas.Event{Revision: max(cur.Revision+1, revisionOf(there))}, schemas.EventPublished, &rel, r.now())
		if err := r.broker.Releases.Publish(ctx, there, ev); err != nil {
			return err
		}
		crash.Here(crash.MovedTo)
	}
	_, err = r.withdrawn(ctx, cur, 0, time.Time{}, reason)
	return err
}

func revisionOf(e *schemas.Event) int {
	if e == nil {
		return 0
	}
	return e.Revision
}

// movePages writes what is remembered of the pages under the new source.
func (r *sourceRun) movePages(ctx context.Context, to string) error {
	var all []schemas.PageState
	err := r.broker.Pages.Each(ctx, r.src.ID, func(_ string, st schemas.PageState, _ uint64) error {
		all = append(all, st)
		return nil
	})
	if err != nil {
		return err
	}
	for _, old := range all {
		old.Held = nil
		page := schemas.PageID(to, old.URL)
		for _, ref := range []*string{&old.MovedTo, &old.MovedFrom} {
			*ref = "" // pages of the old source
		}
		err := r.broker.updatePage(ctx, to, page, func(st *schemas.PageState) bool {
			if st.URL != "" {
				return false
			}
			*st = old
			return true
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Lift ends the bar on a release that was withdrawn by hand: what its page says now is published again.
func (l *Line) Lift(ctx context.Context, id, release string) (Outcome, error) {
	r, _, err := l.operator(ctx, id)
	if err != nil {
		return "", err
	}
	cur, err := r.broker.Releases.Current(ctx, r.ref, release)
	if err != nil {
		return "", err
	}
	if cur == nil || cur.Type != schemas.EventWithdrawn {
		return "", nothing("withdraw", release, "no withdrawn release of this id")
	}
	page := carrier(cur.Release)
	err = r.broker.updatePage(ctx, id, page, func(p *schemas.PageState) bool {
		was := p.Barred
		p.Barred = ""
		return was != ""
	})
	if err != nil {
		return "", err
	}
	seq, err := r.broker.Archive.LastSnapshotOf(ctx, id, page)
	if err != nil || seq == 0 {
		return "", errors.Join(err, nothing("withdraw", cur.Release.URL, "no snapshot of its page"))
	}
	o, err := r.letThrough(ctx, seq)
	return o, errors.Join(err, r.audit(ctx, Audit{Act: "withdraw --lift", Thing: cur.Release.URL, Count: 1}))
}

package publisher

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// Outcome is what became of a release that was offered.
type Outcome string

// The outcomes of PublishRelease and Withdraw.
const (
	Published   Outcome = "published"   // new, or back after a withdrawal
	Corrected   Outcome = "corrected"   // the source changed it
	Reextracted Outcome = "reextracted" // the same page, read differently by another version of the parser
	Withdrawn   Outcome = "withdrawn"   // gone from the source
	Unchanged   Outcome = "unchanged"   // says what the current revision says; nothing was written
	Superseded  Outcome = "superseded"  // the current revision was read from a page fetched later; nothing was written
)

// PublishRelease makes r the current revision of its release, unless that says the same already. It sets r.Revision to the revision
// that r now is. The event is nil when nothing was written.
//
// The newest revision is compared by content hash. A differing one is corrected, or reextracted when it was read from the very same
// bytes (a page that changed while the parser did, too, is corrected). A release that was withdrawn is published again, with the next revision: a subscriber has dropped it. What was fetched before
// the page of the current revision never replaces it, so snapshots may be extracted in any order.
//
// Errors: KindInvalid when r does not satisfy the schema; else as the broker's. After an error nothing is known to be written;
// offering r again is always safe.
func (b *Bus) PublishRelease(ctx context.Context, r *schemas.Release) (Outcome, *schemas.Event, error) {
	if err := checkRelease(r); err != nil {
		return "", nil, err
	}
	r.Normalise()
	p := &publication{b: b, subject: schemas.ReleaseSubject(r.Source.State, r.Source.ID, r.ID), r: r, hash: schemas.ContentHash(r), now: time.Now().UTC()}
	return p.run(ctx, "publish")
}

// Withdraw says that a release is gone from its source: a tombstone becomes its current revision, with identity, source, URL and
// title of the release, and no text. at is when the page was found gone. A release that is withdrawn already, that never was
// published, or that was seen after at, is left alone.
func (b *Bus) Withdraw(ctx context.Context, source schemas.Source, id string, at time.Time) (Outcome, *schemas.Event, error) {
	if err := checkIdentity(source, id); err != nil {
		return "", nil, err
	}
	p := &publication{b: b, subject: schemas.ReleaseSubject(source.State, source.ID, id), gone: at, now: time.Now().UTC()}
	return p.run(ctx, "withdraw")
}

// Current reads the current revision of a release: the newest event, which may be a tombstone. KindNotFound when there is none.
func (b *Bus) Current(ctx context.Context, state, source, id string) (*schemas.Event, error) {
	if err := checkIdentity(schemas.Source{ID: source}, id); err != nil {
		return nil, err
	}
	subject := schemas.ReleaseSubject(state, source, id)
	m, err := b.last(ctx, schemas.StreamPress, subject)
	if err != nil {
		return nil, err
	}
	if m == nil {
		return nil, &schemas.Error{Op: "read", Thing: subject, Kind: schemas.KindNotFound}
	}
	return m.event()
}

// event decodes a message of PRESS.
func (m *stored) event() (*schemas.Event, error) {
	ev, err := decodeEvent(m.header, m.data)
	if err != nil {
		return nil, corrupt("read", fmt.Sprintf("event %d", m.seq), err)
	}
	ev.Sequence = m.seq
	return ev, nil
}

// publication is one attempt to make a release, or its tombstone, the current revision.
type publication struct {
	b       *Bus
	subject string
	r       *schemas.Release // nil: withdraw
	gone    time.Time
	hash    string
	now     time.Time

	outcome Outcome // of what next decided
	event   *schemas.Event
}

func (p *publication) run(ctx context.Context, op string) (Outcome, *schemas.Event, error) {
	last, err := p.b.last(ctx, schemas.StreamPress, p.subject)
	if err != nil {
		return "", nil, err
	}
	msg, err := p.next(last)
	if err != nil {
		return "", nil, err
	}
	if msg == nil {
		return p.outcome, nil, nil
	}
	expect := uint64(0)
	if last != nil {
		expect = last.seq
	}
	seq, wrote, err := p.b.swap(ctx, op, schemas.StreamPress, msg, swap{expect: expect, same: p.same, next: p.next})
	if err != nil {
		return "", nil, err
	}
	if !wrote {
		if p.event != nil { // somebody else wrote the same
			p.outcome, p.event = Unchanged, nil
		}
		return p.outcome, nil, nil
	}
	p.event.Sequence = seq
	return p.outcome, p.event, nil
}

// same reports whether last is the message that next made: equal in content, type and revision.
func (p *publication) same(last *stored) bool {
	return p.event != nil && first(last.header, ceHash) == p.event.Hash && first(last.header, ceType) == p.event.Type &&
		first(last.header, ceRevision) == strconv.Itoa(p.event.Revision)
}

// next decides what follows on the newest event of the release; nil means that it shall stay.
func (p *publication) next(last *stored) (*nats.Msg, error) {
	p.event = nil
	var cur *schemas.Event
	if last != nil {
		var err error
		if cur, err = last.event(); err != nil {
			return nil, err
		}
	}
	var r *schemas.Release
	var kind string
	if p.r == nil {
		r, p.outcome = p.tombstone(cur)
		kind = schemas.EventWithdrawn
	} else {
		r = p.r
		kind, p.outcome = p.compare(cur)
	}
	if p.outcome == Unchanged || p.outcome == Superseded {
		if p.r != nil && cur != nil {
			p.r.Revision = cur.Revision
		}
		return nil, nil
	}
	r.Revision = 1
	if cur != nil {
		r.Revision = cur.Revision + 1
	}
	hash := p.hash
	if p.r == nil {
		hash = schemas.ContentHash(r)
	}
	p.event = &schemas.Event{
		ID: r.ID + "/" + strconv.Itoa(r.Revision), Type: kind, Source: "/sources/" + r.Source.ID, Subject: r.ID,
		Time: p.now, Hash: hash, Revision: r.Revision, Release: r,
	}
	msg, err := encodeEvent(p.subject, p.event)
	if err != nil {
		return nil, &schemas.Error{Op: "publish", Thing: r.URL, Kind: schemas.KindInvalid, Err: err}
	}
	if err := errors.Join(schemas.Validate(msg.Data), r.Check()); err != nil {
		return nil, &schemas.Error{Op: "publish", Thing: r.URL, Kind: schemas.KindInvalid, Err: oneLine(err), Hint: "this is a fault of the parser: report it with the page"}
	}
	return msg, nil
}

// compare decides what r is to the current event.
func (p *publication) compare(cur *schemas.Event) (kind string, outcome Outcome) {
	switch {
	case cur == nil:
		return schemas.EventPublished, Published
	case cur.Type != schemas.EventWithdrawn && cur.Hash == p.hash:
		return "", Unchanged
	case cur.Release != nil && before(p.r.Provenance.FetchedAt, cur.Release.Provenance.FetchedAt):
		return "", Superseded
	case cur.Type == schemas.EventWithdrawn:
		return schemas.EventPublished, Published
	case cur.Release != nil && p.r.Provenance.Snapshot != "" && cur.Release.Provenance.Snapshot == p.r.Provenance.Snapshot:
		return schemas.EventReextracted, Reextracted
	}
	return schemas.EventCorrected, Corrected
}

// tombstone is what remains of the current revision.
func (p *publication) tombstone(cur *schemas.Event) (*schemas.Release, Outcome) {
	if cur == nil || cur.Type == schemas.EventWithdrawn || cur.Release == nil {
		return nil, Unchanged
	}
	at := formatTime(p.gone)
	if before(at, cur.Release.Provenance.FetchedAt) {
		return nil, Superseded
	}
	c := cur.Release
	t := &schemas.Release{
		ID: c.ID, Source: c.Source, URL: c.URL, CanonicalURL: c.CanonicalURL, Language: c.Language, Title: c.Title, Published: c.Published,
		Provenance: schemas.Provenance{Snapshot: c.Provenance.Snapshot, FetchedAt: at, FirstSeen: c.Provenance.FirstSeen, Parser: c.Provenance.Parser},
	}
	t.Normalise()
	return t, Withdrawn
}

// before compares two RFC 3339 times; an unknown one is before nothing.
func before(a, b string) bool {
	ta, err1 := time.Parse(time.RFC3339Nano, a)
	tb, err2 := time.Parse(time.RFC3339Nano, b)
	return err1 == nil && err2 == nil && ta.Before(tb)
}

func checkIdentity(source schemas.Source, id string) error {
	if err := schemas.CheckToken(source.ID); err != nil {
		return &schemas.Error{Op: "publish", Kind: schemas.KindInvalid, Err: fmt.Errorf("source: %w", err)}
	}
	if err := schemas.CheckReleaseID(id); err != nil {
		return &schemas.Error{Op: "publish", Kind: schemas.KindInvalid, Err: err}
	}
	return nil
}

func checkRelease(r *schemas.Release) error { return checkIdentity(r.Source, r.ID) }

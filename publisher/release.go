package publisher

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// Current reads the newest event of a release, which may be a tombstone; nil when nothing was ever published on its subject. It asks
// the stream's leader.
func (b *Bus) Current(ctx context.Context, source schemas.Source, id string) (*schemas.Event, error) {
	if err := checkIdentity(source, id); err != nil {
		return nil, err
	}
	m, err := b.last(ctx, schemas.StreamPress, schemas.ReleaseSubject(source.State, source.ID, id))
	if err != nil || m == nil {
		return nil, err
	}
	return m.event()
}

// Publish writes ev, made by schemas.NextEvent on top of cur, as the newest event of its release and sets ev.Sequence. What a release
// is to the current one is the caller's decision; Publish only makes sure that cur is still the newest when ev is written.
//
// Errors: KindConflict when somebody else has published meanwhile: read Current again and decide again. KindInvalid when the record
// does not satisfy the schema, KindTooLarge when it is larger than a message may be; both will not get better by repeating. Else as the
// broker's: nothing is known to be written, and repeating the same call is safe, since an event that is there already is recognised.
func (b *Bus) Publish(ctx context.Context, cur, ev *schemas.Event) error {
	r := ev.Release
	if err := checkIdentity(r.Source, r.ID); err != nil {
		return err
	}
	msg, err := b.eventMessage(ev)
	if err != nil {
		return err
	}
	expect := uint64(0)
	if cur != nil {
		expect = cur.Sequence
	}
	conflict := &schemas.Error{Op: "publish", Thing: r.URL, Kind: schemas.KindConflict, Err: errors.New("another event of this release came first")}
	seq, ours, err := b.swap(ctx, "publish", schemas.StreamPress, msg, swap{
		expect: expect, together: true,
		same: func(last *stored) bool {
			return first(last.header, ceHash) == ev.Hash && first(last.header, ceType) == ev.Type && first(last.header, ceRevision) == strconv.Itoa(ev.Revision)
		},
		next: func(last *stored) (*nats.Msg, error) {
			if last == nil && expect == 0 || last != nil && last.seq == expect { // the write was lost, nothing else came
				return msg, nil
			}
			return nil, conflict
		},
	})
	if err != nil {
		return err
	}
	if !ours { // somebody else has published the same
		return conflict
	}
	ev.Sequence = seq
	return nil
}

// eventMessage encodes an event and refuses what must not be published.
func (b *Bus) eventMessage(ev *schemas.Event) (*nats.Msg, error) {
	r := ev.Release
	r.Normalise()
	msg, err := encodeEvent(schemas.ReleaseSubject(r.Source.State, r.Source.ID, r.ID), ev)
	if err != nil {
		return nil, &schemas.Error{Op: "publish", Thing: r.URL, Kind: schemas.KindInvalid, Err: err}
	}
	if size, most := int64(msg.Size())+messageMargin, b.nc.MaxPayload(); size > most {
		return nil, errorf(schemas.KindTooLarge, "publish", r.URL, "the record has %d bytes, a message may have %d", size, most)
	}
	if err := errors.Join(schemas.Validate(msg.Data), r.Check()); err != nil {
		return nil, &schemas.Error{Op: "publish", Thing: r.URL, Kind: schemas.KindInvalid, Err: schemas.OneLine(err)}
	}
	return msg, nil
}

// event decodes a message of PRESS.
func (m *stored) event() (*schemas.Event, error) { return m.decoded(m.data) }

// envelope is the event without its release.
func (m *stored) envelope() (*schemas.Event, error) { return m.decoded(nil) }

func (m *stored) decoded(release []byte) (*schemas.Event, error) {
	ev, err := decodeEvent(m.header, release)
	if err != nil {
		return nil, corrupt("read", fmt.Sprintf("event %d", m.seq), err)
	}
	ev.Sequence = m.seq
	return ev, nil
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

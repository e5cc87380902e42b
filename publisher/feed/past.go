package feed

import (
	"context"
	"errors"
	"fmt"
	"path"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/internal/segment"
	"github.com/kreispresse/kreispresse/schemas"
)

// manifests is how often the manifest of an archive is read when its files are replaced under a reader.
const manifests = 8

// past deals with what an archive has from a cursor on, and returns the cursor at which the broker goes on.
func (s *subscriber) past(ctx context.Context, from uint64) (uint64, error) {
	store, err := segment.StoreOf(s.o.Segments)
	if err != nil {
		return 0, err
	}
	for range manifests {
		m, err := segment.ReadManifest(ctx, store)
		if err != nil {
			return 0, err
		}
		if err := s.same(ctx, m, from); err != nil {
			return 0, err
		}
		next, err := segment.Read(ctx, store, m, from, func(ev *schemas.Event, data []byte) error {
			if err := s.archived(ctx, ev, data); err != nil {
				return err
			}
			from = ev.Sequence + 1
			return nil
		})
		if schemas.KindOf(err) == schemas.KindNotFound { // a file was replaced since the manifest was read
			continue
		}
		if err != nil {
			return 0, err
		}
		return next, nil
	}
	return 0, unavailable(s.o.Segments, errors.New("its files are replaced faster than they can be read"))
}

// archived gives an event of an archive to the handler, when it is wanted.
func (s *subscriber) archived(ctx context.Context, ev *schemas.Event, data []byte) error {
	if s.o.Source != "" && path.Base(ev.Source) != s.o.Source || !s.o.wants(ev) {
		return nil
	}
	if err := release(ev, data); err != nil {
		return &schemas.Error{Op: "subscribe", Kind: schemas.KindStorage, Thing: fmt.Sprintf("event %d", ev.Sequence), Err: err}
	}
	if s.o.State != "" && ev.Release.Source.State != s.o.State {
		return nil
	}
	return s.fn(ctx, ev)
}

// same refuses an archive of another feed, whose sequences say nothing here, and one that ends before the feed begins. It compares the newest event of the
// archive that the feed still has.
func (s *subscriber) same(ctx context.Context, m *segment.Manifest, from uint64) error {
	info, err := s.stream.Info(ctx)
	if err != nil {
		return s.refused(ctx, err)
	}
	if m.Next > info.State.LastSeq+1 {
		return otherFeed("the archive ends at %d and the feed at %d", m.Next-1, info.State.LastSeq)
	}
	if next := max(from, m.Next); next < info.State.FirstSeq {
		return tooOld(next, info.State.FirstSeq)
	}
	for i := len(m.Segments) - 1; i >= 0; i-- {
		a := m.Segments[i].Anchor
		if a == nil || a.Sequence < info.State.FirstSeq {
			continue
		}
		msg, err := s.stream.GetMsg(ctx, a.Sequence)
		if errors.Is(err, jetstream.ErrMsgNotFound) { // erased since
			continue
		}
		if err != nil {
			return s.refused(ctx, err)
		}
		ev, err := decode(msg.Sequence, msg.Header, msg.Data)
		if err != nil {
			return err
		}
		if segment.Leaf(ev, msg.Data) != a.Leaf {
			return otherFeed("event %d of the archive is another one than that of the feed", a.Sequence)
		}
		return nil
	}
	return nil
}

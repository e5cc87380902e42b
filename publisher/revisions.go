package publisher

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// Newest is the newest event of a release, which may be a tombstone, whatever its source is called now. KindNotFound when nothing was ever
// published under the id. After a move the release has a tombstone where it was: what counts is the higher revision.
func (b *Bus) Newest(ctx context.Context, id string) (*schemas.Event, error) {
	subjects, err := b.subjectsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	var newest *schemas.Event
	for _, subject := range subjects {
		m, err := b.last(ctx, schemas.StreamPress, subject)
		if err != nil {
			return nil, err
		}
		if m == nil { // erased between two questions
			continue
		}
		ev, err := m.event()
		if err != nil {
			return nil, err
		}
		if newest == nil || byRevision(newest, ev) < 0 {
			newest = ev
		}
	}
	if newest == nil {
		return nil, noRelease(id)
	}
	return newest, nil
}

// Revisions are all events of a release that are kept, oldest first. KindNotFound when there is none.
func (b *Bus) Revisions(ctx context.Context, id string) (list []*schemas.Event, err error) {
	subjects, err := b.subjectsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, subject := range subjects {
		want := reading{stream: schemas.StreamPress, subject: subject, stop: true}
		err := b.each(ctx, want, decodedBy(func(ev *schemas.Event) error {
			list = append(list, ev)
			return nil
		}))
		if err != nil {
			return nil, err
		}
	}
	if len(list) == 0 {
		return nil, noRelease(id)
	}
	slices.SortFunc(list, byRevision)
	return list, nil
}

func byRevision(a, b *schemas.Event) int {
	return cmp.Or(cmp.Compare(a.Revision, b.Revision), cmp.Compare(a.Sequence, b.Sequence))
}

func noRelease(id string) error {
	return &schemas.Error{
		Op: "read", Thing: id, Kind: schemas.KindNotFound, Err: errors.New("no release has this id"), Hint: "look the id up in the feed or by a search",
	}
}

// subjectsOf are the subjects that a release was ever published on, in alphabetical order: one, unless its source has moved.
func (b *Bus) subjectsOf(ctx context.Context, id string) ([]string, error) {
	if err := schemas.CheckReleaseID(id); err != nil {
		return nil, &schemas.Error{Op: "read", Kind: schemas.KindInvalid, Err: err}
	}
	req, err := json.Marshal(map[string]string{"subjects_filter": schemas.ReleaseFilterOf(id)})
	if err != nil {
		return nil, err
	}
	var resp struct {
		Error *jetstream.APIError `json:"error"`
		State struct {
			Subjects map[string]uint64 `json:"subjects"`
		} `json:"state"`
	}
	err = b.patiently(ctx, func() error {
		ctx, cancel := b.request(ctx, schemas.StreamPress, "")
		defer cancel()
		reply, err := b.nc.RequestWithContext(ctx, "$JS.API.STREAM.INFO."+schemas.StreamPress, req)
		if err == nil {
			err = json.Unmarshal(reply.Data, &resp)
		}
		if err == nil && resp.Error != nil {
			err = resp.Error
		}
		return b.fail(ctx, "read", schemas.StreamPress, err)
	})
	return slices.Sorted(maps.Keys(resp.State.Subjects)), err
}

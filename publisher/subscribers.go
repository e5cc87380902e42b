package publisher

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// Subscriber is a durable consumer of PRESS.
type Subscriber struct {
	Name        string    `json:"name"`
	Filters     []string  `json:"filters,omitempty"` // subjects; none: all
	Created     time.Time `json:"created,omitzero"`
	Delivered   uint64    `json:"delivered"`             // PRESS sequence of the last event that was handed over
	Done        uint64    `json:"done"`                  // PRESS sequence up to which all are acknowledged
	Waiting     uint64    `json:"waiting"`               // events that were not handed over yet
	Unacked     int       `json:"unacked"`               // handed over and not acknowledged
	Redelivered int       `json:"redelivered,omitempty"` // of these more than once
	Oldest      time.Time `json:"oldest,omitzero"`       // when the oldest event that is not done was published; zero: all are
	LastAck     time.Time `json:"last_ack,omitzero"`
	Connected   bool      `json:"connected"` // somebody asks for more just now
}

// Subscribers are the durable consumers of PRESS, by name. Those that pass, such as a reader of ours, are none.
func (b *Bus) Subscribers(ctx context.Context) (list []Subscriber, err error) {
	err = b.patiently(ctx, func() error {
		ctx, cancel := b.request(ctx, schemas.StreamPress, "")
		defer cancel()
		s, err := b.stream(ctx, schemas.StreamPress)
		if err != nil {
			return b.fail(ctx, "subscribers", schemas.StreamPress, err)
		}
		list = nil
		all := s.ListConsumers(ctx)
		for info := range all.Info() {
			if info.Config.Durable != "" {
				list = append(list, subscriber(info))
			}
		}
		return b.fail(ctx, "subscribers", schemas.StreamPress, all.Err())
	})
	for i := range list {
		if err == nil && list[i].Waiting+uint64(list[i].Unacked) > 0 {
			list[i].Oldest, err = b.oldest(ctx, &list[i])
		}
	}
	slices.SortFunc(list, func(a, b Subscriber) int { return cmp.Compare(a.Name, b.Name) })
	return list, err
}

func subscriber(info *jetstream.ConsumerInfo) Subscriber {
	s := Subscriber{
		Name: info.Name, Filters: info.Config.FilterSubjects, Created: info.Created, Delivered: info.Delivered.Stream, Done: info.AckFloor.Stream,
		Waiting: info.NumPending, Unacked: info.NumAckPending, Redelivered: info.NumRedelivered, Connected: info.NumWaiting > 0 || info.PushBound,
	}
	if f := info.Config.FilterSubject; f != "" {
		s.Filters = []string{f}
	}
	if at := info.AckFloor.Last; at != nil {
		s.LastAck = *at
	}
	return s
}

// oldest is when the first event behind those that a subscriber is done with was published.
func (b *Bus) oldest(ctx context.Context, s *Subscriber) (at time.Time, err error) {
	filters := s.Filters
	if len(filters) == 0 {
		filters = []string{schemas.SubjectsRelease}
	}
	for _, f := range filters {
		m, err := leaderGet(ctx, b.nc, schemas.StreamPress, map[string]any{"seq": s.Done + 1, "next_by_subj": f})
		if err != nil {
			return at, b.fail(ctx, "subscribers", fmt.Sprintf("event %d", s.Done+1), err)
		}
		if m != nil && (at.IsZero() || m.time.Before(at)) {
			at = m.time
		}
	}
	return at, nil
}

package publisher

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestRevisions: a release is found by its id alone, with all its revisions, also after its source has moved to another state.
func TestRevisions(t *testing.T) {
	b := openTest(t)
	first := publishVersion(t, b, testSource, 1, 0)
	publishVersion(t, b, testSource, 2, 0)
	publishVersion(t, b, testSource, 1, 1)
	id := first.Release.ID
	ev, err := b.Newest(t.Context(), id)
	if err != nil || ev.Revision != 2 || ev.Sequence != 3 {
		t.Fatalf("%+v, %v", ev, err)
	}
	list, err := b.Revisions(t.Context(), id)
	if err != nil || len(list) != 2 || list[0].Revision != 1 || list[1].Revision != 2 {
		t.Fatal(list, err)
	}

	moved := *ev.Release
	moved.Source.State = "NI"
	to := schemas.NextEvent(&schemas.Event{Revision: 3}, schemas.EventPublished, &moved, time.Now())
	if err := b.Publish(t.Context(), nil, to); err != nil {
		t.Fatal(err)
	}
	if _, err := withdraw(t.Context(), b, testSource, id, 0); err != nil {
		t.Fatal(err)
	}
	ev, err = b.Newest(t.Context(), id)
	if err != nil || ev.Revision != 4 || ev.Release.Source.State != "NI" {
		t.Errorf("after the move: %+v, %v", ev, err)
	}
	list, err = b.Revisions(t.Context(), id)
	if err != nil || len(list) != 4 {
		t.Fatal(len(list), err)
	}
	for i, e := range list {
		if e.Revision != i+1 {
			t.Errorf("revision %d at %d", e.Revision, i)
		}
	}
	for bad, kind := range map[string]schemas.Kind{"": schemas.KindInvalid, "*": schemas.KindInvalid, "aaaaaaaaaaaaaaaaaaaaaaaaaa": schemas.KindNotFound} {
		_, err := b.Newest(t.Context(), bad)
		wantKind(t, err, kind)
		_, err = b.Revisions(t.Context(), bad)
		wantKind(t, err, kind)
	}
	noConsumers(t, b, schemas.StreamPress)
}

// TestPage: pages of whatever size put together are the feed, for every filter, and the place behind the end is where what comes is.
func TestPage(t *testing.T) {
	b := openTest(t)
	for n := range 6 {
		publishVersion(t, b, testSource, n, 0)
	}
	publishVersion(t, b, anderau, 7, 0)
	publishVersion(t, b, testSource, 2, 1)
	for _, f := range []Filter{{}, {Source: anderau.ID}, {State: "NW"}, {Type: "corrected"}, {Type: "erased"}} {
		for _, limit := range []int{1, 2, 3, 100} {
			var want, got []uint64
			if _, err := b.Replay(t.Context(), f, func(e *schemas.Event) error { want = append(want, e.Sequence); return nil }); err != nil {
				t.Fatal(err)
			}
			f := f
			for pages := 0; ; pages++ {
				p, err := b.Page(t.Context(), f, limit, 1<<20)
				if err != nil || len(p.Events) > limit || pages > 10 {
					t.Fatal(pages, p, err)
				}
				for _, e := range p.Events {
					got = append(got, e.Sequence)
				}
				if f.From = p.Next; p.Next > p.Last {
					break
				}
			}
			if !slices.Equal(got, want) || f.From != 9 {
				t.Errorf("%+v by %d: %v, want %v", f, limit, got, want)
			}
		}
	}
	p, err := b.Page(t.Context(), Filter{}, 100, 1)
	if err != nil || len(p.Events) != 1 || p.Next != 2 || p.Last != 8 {
		t.Errorf("of one byte: %+v, %v", p, err)
	}
	if r := p.Events[0]; len(r.JSON) == 0 || r.Release != nil || r.ID == "" {
		t.Errorf("%+v", r)
	}
	_, err = b.Page(t.Context(), Filter{From: 10}, 1, 1)
	wantKind(t, err, schemas.KindNotFound, "ahead of the stream")
	_, err = b.Page(t.Context(), Filter{Last: true}, 1, 1)
	wantKind(t, err, schemas.KindInvalid)
	noConsumers(t, b, schemas.StreamPress)
}

// TestLatest: the newest events of a rare source are found however far back they are, and no more than asked for.
func TestLatest(t *testing.T) {
	b := openTest(t)
	for n := range 3 {
		publishVersion(t, b, anderau, n, 0)
	}
	for n := range 2*firstWindow + 40 {
		publishVersion(t, b, testSource, n, 0)
	}
	publishVersion(t, b, testSource, 5, 1)
	for _, c := range []struct {
		f    Filter
		n    int
		want []uint64
	}{
		{Filter{Source: anderau.ID}, 2, []uint64{2, 3}},
		{Filter{Source: anderau.ID}, 9, []uint64{1, 2, 3}},
		{Filter{}, 2, []uint64{2*firstWindow + 43, 2*firstWindow + 44}},
		{Filter{Type: "corrected"}, 3, []uint64{2*firstWindow + 44}},
		{Filter{Source: "kreis-nirgendwo"}, 3, nil},
	} {
		list, err := b.Latest(t.Context(), c.f, c.n)
		var got []uint64
		for _, e := range list {
			got = append(got, e.Sequence)
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v, %v", c.f, got, c.want, err)
		}
	}
	noConsumers(t, b, schemas.StreamPress)
}

func TestLatestRuns(t *testing.T) {
	b := openTest(t)
	if list, err := b.LatestRuns(t.Context(), "", "", 3); err != nil || len(list) != 0 {
		t.Error(list, err)
	}
	for n := range 9 {
		for _, source := range []string{"a", "b"} {
			if _, err := b.PublishRun(t.Context(), source, schemas.RunAudit, map[string]int{"n": n}); err != nil {
				t.Fatal(err)
			}
		}
	}
	list, err := b.LatestRuns(t.Context(), "a", schemas.RunAudit, 2)
	if err != nil || len(list) != 2 || string(list[0].Data) != `{"n":7}` || list[1].Source != "a" || list[1].Event != schemas.RunAudit {
		t.Errorf("%+v, %v", list, err)
	}
	n := 0
	err = b.EachRunSince(t.Context(), schemas.RunAudit, 0, list[0].At, func(e RunEvent) error { n++; return nil })
	if err != nil || n != 4 { // a and b, twice
		t.Error(n, err)
	}
}

// TestSubscribers: how far behind somebody is, in events and in time.
func TestSubscribers(t *testing.T) {
	b := openTest(t)
	for n := range 4 {
		publishVersion(t, b, testSource, n, 0)
	}
	s, err := b.js.Stream(t.Context(), schemas.StreamPress)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), calm.Long)
	defer cancel()
	for _, name := range []string{"newsroom", "archive"} {
		if _, err := s.CreateConsumer(ctx, jetstream.ConsumerConfig{
			Durable: name, FilterSubject: schemas.ReleaseFilter("NW", ""), AckPolicy: jetstream.AckExplicitPolicy,
		}); err != nil {
			t.Fatal(err)
		}
	}
	cons, err := s.Consumer(ctx, "newsroom")
	if err != nil {
		t.Fatal(err)
	}
	batch, err := cons.Fetch(2)
	if err != nil {
		t.Fatal(err)
	}
	for m := range batch.Messages() {
		if meta, err := m.Metadata(); err != nil || meta.Sequence.Stream > 1 {
			continue
		}
		if err := m.DoubleAck(ctx); err != nil {
			t.Fatal(err)
		}
	}
	list, err := b.Subscribers(ctx)
	if err != nil || len(list) != 2 || list[0].Name != "archive" {
		t.Fatalf("%+v, %v", list, err)
	}
	second, err := b.bySequence(ctx, schemas.StreamPress, 2)
	if err != nil {
		t.Fatal(err)
	}
	n := list[1]
	if got := fmt.Sprint(n.Delivered, n.Done, n.Waiting, n.Unacked, n.Oldest.Equal(second.time)); got != "2 1 2 1 true" {
		t.Errorf("%+v: %s", n, got)
	}
	if a := list[0]; a.Waiting != 4 || a.Oldest.IsZero() || a.Done != 0 {
		t.Errorf("%+v", a)
	}
}

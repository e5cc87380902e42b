package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/internal/segment"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/publisher/feed"
	"github.com/kreispresse/kreispresse/schemas"
)

// newsroom is a NATS server with a feed, and who publishes on it.
type newsroom struct {
	t   *testing.T
	url string
	bus *publisher.Bus
}

func newNewsroom(t *testing.T) *newsroom {
	t.Helper()
	n := &newsroom{t: t, url: startNATS(t, t.TempDir())}
	bus, err := publisher.Open(t.Context(), publisher.Config{URL: n.url, ManageStreams: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bus.Close() })
	n.bus = bus
	return n
}

var twoSources = []schemas.Source{
	{ID: "kreis-musterau", Name: "Kreis Musterau", State: "NW"}, {ID: "kreis-anderau", Name: "Kreis Anderau", State: "BY"},
}

// publish publishes release i, new or in its next revision; even ones are of NW, odd ones of BY.
func (n *newsroom) publish(list ...int) {
	for _, i := range list {
		src := twoSources[i%2]
		u := fmt.Sprintf("https://www.%s.example/presse/%d", src.ID, i)
		r := &schemas.Release{
			ID: schemas.ReleaseID(src.ID, u), Source: src, URL: u, CanonicalURL: u, Language: "de", Title: fmt.Sprint("Meldung ", i), Text: "Die Brücke ist gesperrt.",
			Provenance: schemas.Provenance{
				Snapshot: strings.Repeat("0", 64), RawSequence: 1, FetchedAt: "2026-03-04T05:06:07Z", Parser: "test/1",
			},
		}
		r.Blocks = []schemas.Block{{Type: schemas.BlockParagraph, Start: 0, End: len([]rune(r.Text))}}
		cur, err := n.bus.Current(n.t.Context(), src, r.ID)
		if err != nil {
			n.t.Error(err)
			return
		}
		typ := schemas.EventPublished
		if cur != nil {
			typ = schemas.EventCorrected
			r.Title += fmt.Sprint(", Fassung ", cur.Revision+1)
		}
		if err := n.bus.Publish(n.t.Context(), cur, schemas.NextEvent(cur, typ, r, time.Now())); err != nil {
			n.t.Error(err)
			return
		}
	}
}

func upto(n int) (list []int) {
	for i := range n {
		list = append(list, i)
	}
	return list
}

// archive brings an archive of the feed up to date.
func (n *newsroom) archive(dir string) {
	n.t.Helper()
	a, err := segment.Open(dir, segment.Options{Size: 20})
	if err != nil {
		n.t.Error(err)
		return
	}
	defer a.Close()
	if _, err := a.Update(n.t.Context(), archiveFeed{n.bus}); err != nil {
		n.t.Error(err)
	}
}

// taken subscribes until so many events came, and gives their sequences.
func (n *newsroom) taken(want int, o feed.Options, each func(*schemas.Event)) ([]uint64, error) {
	n.t.Helper()
	ctx, stop := context.WithCancel(n.t.Context())
	defer stop()
	var got []uint64
	err := feed.Subscribe(ctx, n.url, o, func(_ context.Context, ev *schemas.Event) error {
		got = append(got, ev.Sequence)
		if each != nil {
			each(ev)
		}
		if len(got) == want {
			stop()
		}
		return nil
	})
	return got, err
}

func (n *newsroom) mustTake(want []uint64, o feed.Options, each func(*schemas.Event)) {
	n.t.Helper()
	got, err := n.taken(len(want), o, each)
	if err != nil || !slices.Equal(got, want) {
		n.t.Errorf("%+v: sequences %v, want %v; %v", o, got, want, err)
	}
}

func seqs(from, to int) (list []uint64) {
	for i := from; i <= to; i++ {
		list = append(list, uint64(i))
	}
	return list
}

// TestFeedFromSegments goes from an archive to the live feed while both grow: every event comes once, in order.
func TestFeedFromSegments(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	dir := t.TempDir()
	n.publish(upto(45)...)
	n.archive(dir)
	web := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer web.Close()
	const all = 160
	busy := make(chan struct{})
	go func() { // publishes, and archives what was published, all the while
		defer close(busy)
		for i := 45; i < all; i++ {
			n.publish(i)
			if i%9 == 0 {
				n.archive(dir)
			}
		}
	}()
	n.mustTake(seqs(1, all), feed.Options{Start: feed.Everything, Segments: web.URL}, func(ev *schemas.Event) {
		if ev.Release.Title != fmt.Sprint("Meldung ", ev.Sequence-1) {
			t.Errorf("event %d is %q", ev.Sequence, ev.Release.Title)
		}
	})
	<-busy
	n.mustTake(seqs(33, all), feed.Options{From: 33, Segments: dir}, nil)
	var south []uint64
	for s := uint64(2); s <= all; s += 2 {
		south = append(south, s)
	}
	n.mustTake(south, feed.Options{Start: feed.Everything, State: "by", Segments: dir}, nil)
	n.mustTake(south, feed.Options{Start: feed.Everything, Source: twoSources[1].ID, Segments: web.URL, Name: "archive"}, nil)
}

func TestFeedStarts(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.publish(0, 1, 2, 3, 0, 2) // 5 corrects 1, 6 corrects 3
	n.mustTake(seqs(1, 6), feed.Options{Start: feed.Everything}, nil)
	n.mustTake([]uint64{2, 4, 5, 6}, feed.Options{Start: feed.Present}, nil)
	n.mustTake(seqs(3, 6), feed.Options{From: 3}, nil)
	n.mustTake([]uint64{5, 6}, feed.Options{Start: feed.Everything, Types: []string{"corrected"}}, nil)
	n.mustTake([]uint64{2, 4, 7}, feed.Options{Start: feed.Present, State: "BY"}, func(ev *schemas.Event) {
		if ev.Sequence == 4 {
			n.publish(1) // goes on live
		}
	})
	if _, err := n.taken(1, feed.Options{From: 99}, nil); !errors.Is(err, feed.ErrOtherFeed) {
		t.Error(err)
	}
	for _, o := range []feed.Options{
		{State: "XX"},
		{Source: "Kreis Düren"},
		{Types: []string{"geändert"}},
		{Start: "tomorrow"},
		{From: 1, Start: feed.Present},
		{From: 1, Name: "a"},
		{Segments: "x"},
		{Name: "a b"},
	} {
		if _, err := n.taken(1, o, nil); schemas.KindOf(err) != schemas.KindInvalid {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

// TestFeedDurable: the broker remembers; what was not dealt with comes again; another filter is another subscriber.
func TestFeedDurable(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.publish(0, 1, 2, 3)
	o := feed.Options{Name: "newsroom", Start: feed.Present}
	broken := errors.New("disk full")
	count := 0
	err := feed.Subscribe(t.Context(), n.url, o, func(context.Context, *schemas.Event) error {
		if count++; count == 3 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	n.publish(4)
	n.redeliver(o.Durable())
	got, err := n.taken(3, o, nil)
	slices.Sort(got) // what comes again may come after what is new
	if err != nil || !slices.Equal(got, seqs(3, 5)) {
		t.Errorf("%v, %v", got, err)
	}
	changed := o
	changed.State = "BY"
	if changed.Durable() == o.Durable() || !strings.HasPrefix(changed.Durable(), "newsroom-") {
		t.Errorf("%q and %q", changed.Durable(), o.Durable())
	}
	n.mustTake([]uint64{2, 4}, changed, nil)
}

// redeliver has what was given and not acknowledged given again now, and not after the minute that the subscriber has for it.
func (n *newsroom) redeliver(durable string) {
	n.t.Helper()
	js := n.jetstream()
	s, err := js.Stream(n.t.Context(), schemas.StreamPress)
	if err != nil {
		n.t.Fatal(err)
	}
	c, err := s.Consumer(n.t.Context(), durable)
	if err != nil {
		n.t.Fatal(err)
	}
	cfg := c.CachedInfo().Config
	cfg.AckWait = 10 * time.Millisecond
	if _, err := s.UpdateConsumer(n.t.Context(), cfg); err != nil {
		n.t.Fatal(err)
	}
}

func (n *newsroom) jetstream() jetstream.JetStream {
	n.t.Helper()
	nc, err := nats.Connect(n.url)
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		n.t.Fatal(err)
	}
	return js
}

// TestFeedTooOld: what the broker has no more is told, and comes from an archive.
func TestFeedTooOld(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	dir, other := t.TempDir(), t.TempDir()
	n.publish(upto(25)...)
	n.archive(dir)
	s, err := n.jetstream().Stream(t.Context(), schemas.StreamPress)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Purge(t.Context(), jetstream.WithPurgeSequence(11)); err != nil {
		t.Fatal(err)
	}
	_, err = n.taken(1, feed.Options{From: 5}, nil)
	if !errors.Is(err, feed.ErrCursorTooOld) || schemas.KindOf(err) != schemas.KindNotFound || !strings.Contains(err.Error(), "the oldest is 11") {
		t.Error(err)
	}
	n.mustTake(seqs(5, 25), feed.Options{From: 5, Segments: dir}, nil)
	m := newNewsroom(t)
	m.publish(1, 3, 5, 7, 9, 11)
	m.archive(other)
	if got, err := n.taken(1, feed.Options{From: 1, Segments: other}, nil); !errors.Is(err, feed.ErrCursorTooOld) || len(got) > 0 {
		t.Errorf("an archive that ends before the feed begins: %v, %v", got, err)
	}
	m.publish(upto(40)...)
	m.archive(other)
	n.publish(upto(40)...)
	if got, err := n.taken(1, feed.Options{From: 1, Segments: other}, nil); !errors.Is(err, feed.ErrOtherFeed) || len(got) > 0 {
		t.Errorf("an archive of another feed: %v, %v", got, err)
	}
	k := newNewsroom(t)
	k.publish(1)
	if got, err := k.taken(1, feed.Options{From: 1, Segments: dir}, nil); !errors.Is(err, feed.ErrOtherFeed) || len(got) > 0 {
		t.Errorf("an archive that is longer than the feed: %v, %v", got, err)
	}
}

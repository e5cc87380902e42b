package publisher

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestAppendIsIdempotent(t *testing.T) {
	b := openTest(t)
	s := testSnapshot(1, "eins")
	one := mustAppend(t, b, s)
	if again := mustAppend(t, b, s); again != one {
		t.Errorf("the same snapshot at %d and %d", one, again)
	}
	// The crawl died before it wrote the page's state: it fetches the page again and does not know of the snapshot.
	later := testSnapshot(1, "eins")
	later.FetchedAt, later.Run = s.FetchedAt.Add(time.Hour), "run-2"
	if again := mustAppend(t, b, later); again != one {
		t.Errorf("the same page at %d and %d", one, again)
	}
	changed := testSnapshot(1, "zwei")
	changed.Previous = one
	two := mustAppend(t, b, changed)
	if two == one {
		t.Error("a changed page is taken for the old one")
	}
	charset := testSnapshot(1, "zwei")
	charset.ContentType = "text/html; charset=iso-8859-1"
	if three := mustAppend(t, b, charset); three == two {
		t.Error("another charset is taken for the same page")
	}
	gone := testSnapshot(1, "")
	gone.Status, gone.Previous = 410, two
	if four, again := mustAppend(t, b, gone), mustAppend(t, b, gone); four != again || four <= two {
		t.Errorf("tombstone at %d and %d", four, again)
	}
	back := testSnapshot(1, "eins")
	back.Previous = two
	if five := mustAppend(t, b, back); five == one {
		t.Error("a page that came back is taken for its old snapshot")
	}
}

func TestAppendInvalid(t *testing.T) {
	b := openTest(t)
	s := testSnapshot(1, "x")
	s.Source.ID = "Kreis.*"
	_, err := b.Append(t.Context(), s)
	wantKind(t, err, schemas.KindInvalid, "no id")
	s = testSnapshot(1, "x")
	s.URL = "presse/1"
	_, err = b.Append(t.Context(), s)
	wantKind(t, err, schemas.KindInvalid, "presse/1")
}

// TestBigBody stores what does not fit into a message, compressed: noise does not shrink.
func TestBigBody(t *testing.T) {
	b := openTest(t)
	noise := make([]byte, 3<<20)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(noise)
	s := testSnapshot(1, string(noise))
	seq := mustAppend(t, b, s)
	got, err := b.Snapshot(t.Context(), seq)
	if err != nil || !bytes.Equal(got.Body, noise) {
		t.Fatalf("%d bytes, %v", len(got.Body), err)
	}
	other := testSnapshot(2, string(noise)) // the same body on another page is stored once
	mustAppend(t, b, other)
	store, err := b.js.ObjectStore(t.Context(), schemas.BucketBodies)
	if err != nil {
		t.Fatal(err)
	}
	list, err := store.List(t.Context())
	if err != nil || len(list) != 1 || list[0].Name != "sha256-"+s.Digest() {
		t.Fatalf("objects %v, %v", list, err)
	}
	if err := store.Delete(t.Context(), list[0].Name); err != nil {
		t.Fatal(err)
	}
	_, err = b.Snapshot(t.Context(), seq)
	wantKind(t, err, schemas.KindStorage, fmt.Sprintf("snapshot %d", seq), "restore")

	huge := testSnapshot(3, "x")
	huge.Header.ETag = string(bytes.Repeat([]byte("x"), 2<<20))
	_, err = b.Append(t.Context(), huge)
	wantKind(t, err, schemas.KindTooLarge)
}

func TestSnapshotFaultsInStore(t *testing.T) {
	b := openTest(t)
	_, err := b.Snapshot(t.Context(), 1)
	wantKind(t, err, schemas.KindNotFound, "snapshot 1")
	m := b.pack.encode(schemas.RawSubject("demo", "x"), testSnapshot(1, "x"))
	m.Data = m.Data[1:]
	ack, err := b.js.PublishMsg(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Snapshot(t.Context(), ack.Sequence)
	wantKind(t, err, schemas.KindStorage, "snapshot 1", "corrupt body")
	if err := b.nc.PublishMsg(nats.NewMsg(schemas.RawSubject("demo", "y"))); err != nil {
		t.Fatal(err)
	}
	if err := b.nc.Flush(); err != nil {
		t.Fatal(err)
	}
	good := mustAppend(t, b, testSnapshot(2, "x"))
	var kinds []schemas.Kind
	if err := b.EachSnapshot(t.Context(), RawFilter{}, func(seq uint64, s *schemas.Snapshot, err error) error {
		kinds = append(kinds, schemas.KindOf(err))
		if (err == nil) != (seq == good) || (s == nil) != (err != nil) {
			t.Errorf("%d: %v, %v", seq, s, err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]schemas.Kind{schemas.KindStorage, schemas.KindStorage, ""}, kinds); diff != "" {
		t.Error(diff)
	}
}

func TestEachSnapshot(t *testing.T) {
	b := openTest(t)
	var previous uint64
	for i := range 6 {
		s := testSnapshot(i%3, fmt.Sprintf("Seite %d, Stand %d", i%3, i/3))
		if i%3 == 2 {
			s.Source.ID = "kreis-anderau"
		}
		previous = mustAppend(t, b, s)
	}
	page := func(n int) string {
		s := testSnapshot(n, "")
		p, err := pageOf(s)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for name, c := range map[string]struct {
		f    RawFilter
		want []uint64
	}{
		"all":           {RawFilter{}, []uint64{1, 2, 3, 4, 5, 6}},
		"source":        {RawFilter{Source: "kreis-anderau"}, []uint64{3, 6}},
		"page":          {RawFilter{Source: testSource.ID, Page: page(1)}, []uint64{2, 5}},
		"last":          {RawFilter{Last: true}, []uint64{4, 5, 6}},
		"from":          {RawFilter{From: 5}, []uint64{5, 6}},
		"no such":       {RawFilter{Source: "kreis-nirgendwo"}, nil},
		"in the future": {RawFilter{Since: time.Now().Add(time.Hour)}, nil},
	} {
		var got []uint64
		if err := b.EachSnapshot(t.Context(), c.f, func(seq uint64, s *schemas.Snapshot, err error) error {
			if err != nil || len(s.Body) == 0 {
				t.Errorf("%s: %d: %v", name, seq, err)
			}
			got = append(got, seq)
			return nil
		}); err != nil {
			t.Fatal(name, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	stop := errors.New("stop")
	if err := b.EachSnapshot(t.Context(), RawFilter{}, func(uint64, *schemas.Snapshot, error) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
	err := b.EachSnapshot(t.Context(), RawFilter{From: previous + 2}, func(uint64, *schemas.Snapshot, error) error { return nil })
	wantKind(t, err, schemas.KindNotFound, "ahead of the stream")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.EachSnapshot(ctx, RawFilter{}, func(uint64, *schemas.Snapshot, error) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

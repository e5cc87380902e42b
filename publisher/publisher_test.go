package publisher

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestMain(m *testing.M) {
	if child() {
		return
	}
	calm.Main(m)
}

// openTest opens an embedded bus on a directory of its own and closes it with the test.
func openTest(t testing.TB, change ...func(*Config)) *Bus {
	t.Helper()
	cfg := Config{DataDir: t.TempDir()}
	for _, f := range change {
		f(&cfg)
	}
	b, err := Open(t.Context(), cfg, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func testLog(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
}

var testSource = schemas.Source{ID: "kreis-musterau", Name: "Kreis Musterau", AGS: "05999", State: "NW"}

func testSnapshot(n int, body string) *schemas.Snapshot {
	at := time.Date(2026, 3, 4, 5, 6, 7, 890, time.UTC).Add(time.Duration(n) * time.Minute)
	return &schemas.Snapshot{
		Source: testSource, URL: fmt.Sprintf("https://www.kreis-musterau.de/presse/meldung-%d", n), FetchedAt: at, FirstSeen: at,
		Run: "run-1", Status: 200, ContentType: "text/html; charset=utf-8", Body: []byte(body),
	}
}

// testRelease is what a parser would make of a snapshot whose body is the text.
func testRelease(s *schemas.Snapshot, text string) *schemas.Release {
	u, err := schemas.CanonicalURL(s.URL)
	if err != nil {
		panic(err)
	}
	return &schemas.Release{
		ID: schemas.ReleaseID(s.Source.ID, u), Revision: 1, Source: s.Source, URL: s.URL, CanonicalURL: u, Language: "de",
		Title: "Brücke über die Mühlenau wird saniert", Text: text,
		Blocks: []schemas.Block{{Type: schemas.BlockParagraph, Start: 0, End: len([]rune(text))}},
		Provenance: schemas.Provenance{
			Snapshot: s.Digest(), RawSequence: uint64(s.FetchedAt.Unix()), FetchedAt: s.FetchedAt.Format(time.RFC3339Nano), Parser: "test/1",
		},
	}
}

func mustPublish(t testing.TB, b *Bus, r *schemas.Release, want schemas.Relation) *schemas.Event {
	t.Helper()
	got, ev, err := publishRelease(t.Context(), b, r)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Fatalf("outcome %s, want %s", got, want)
	}
	return ev
}

func mustAppend(t testing.TB, b *Bus, s *schemas.Snapshot) uint64 {
	t.Helper()
	seq, err := b.Append(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func wantKind(t testing.TB, err error, kind schemas.Kind, parts ...string) {
	t.Helper()
	if schemas.KindOf(err) != kind {
		t.Fatalf("error of kind %q, want %q: %v", schemas.KindOf(err), kind, err)
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("error %q does not say %q", err, p)
		}
	}
	if strings.ContainsAny(err.Error(), "\n\r") {
		t.Errorf("error of several lines: %q", err)
	}
}

func TestLine(t *testing.T) {
	b := openTest(t)
	for i := range 20 {
		mustAppend(t, b, testSnapshot(i, fmt.Sprintf("Seite %d", i)))
	}
	if err := b.EachSnapshotOf(t.Context(), testSource.ID, 0, func(_ uint64, s *schemas.Snapshot, err error) error {
		if err == nil {
			_, _, err = publishRelease(t.Context(), b, testRelease(s, string(s.Body)))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	rest := 0
	if err := b.EachSnapshotOf(t.Context(), testSource.ID, 17, func(uint64, *schemas.Snapshot, error) error { rest++; return nil }); err != nil || rest != 3 {
		t.Errorf("%d snapshots after the 17th of 20, %v", rest, err)
	}
	if err := b.EachSnapshotOf(t.Context(), testSource.ID, 20, func(uint64, *schemas.Snapshot, error) error {
		t.Error("one after the " +
			"last")
		return nil
	}); err != nil {
		t.Error(err)
	}
	texts := make(map[string]bool)
	n, err := b.Replay(t.Context(), Filter{}, func(ev *schemas.Event) error { texts[ev.Release.Text] = true; return nil })
	if err != nil || n != 20 || len(texts) != 20 {
		t.Fatalf("replay gave %d events, %d texts, %v", n, len(texts), err)
	}
	st, err := b.Status(t.Context())
	if err != nil || st.Releases[testSource.ID] != 20 {
		t.Fatalf("status %+v, %v", st, err)
	}
}

func TestReleaseLife(t *testing.T) {
	b := openTest(t)
	feed, err := b.Feed(t.Context(), Filter{})
	if err != nil {
		t.Fatal(err)
	}
	defer feed.Close()
	s1, s2 := testSnapshot(1, "eins"), testSnapshot(1, "zwei")
	s2.FetchedAt = s2.FetchedAt.Add(time.Hour)
	r1 := testRelease(s1, "Erster Text")
	mustPublish(t, b, r1, schemas.RelationNew)
	mustPublish(t, b, r1, schemas.RelationUnchanged)
	ev := mustPublish(t, b, testRelease(s1, "Erster Text, besser gelesen"), schemas.RelationReextracted)
	if ev.Revision != 2 || ev.Sequence != 2 {
		t.Fatalf("event %+v", ev)
	}
	r2 := testRelease(s2, "Zweiter Text, ganz anders")
	mustPublish(t, b, r2, schemas.RelationCorrected)
	mustPublish(t, b, testRelease(s1, "Erster Text"), schemas.RelationOlder)
	ev, err = withdraw(t.Context(), b, testSource, r1.ID, uint64(s2.FetchedAt.Add(time.Hour).Unix()))
	if err != nil || ev.Release.Text != "" || ev.Release.Title == "" {
		t.Fatal(ev, err)
	}
	mustPublish(t, b, r2, schemas.RelationOlder) // archived before it was found gone
	late := schemas.NextEvent(&schemas.Event{Revision: 3}, schemas.EventWithdrawn, schemas.Tombstone(r2, 0, time.Time{}), time.Now())
	wantKind(t, b.Publish(t.Context(), &schemas.Event{Sequence: 3}, late), schemas.KindConflict, "came first")
	s3 := testSnapshot(1, "zwei")
	s3.FetchedAt = s2.FetchedAt.Add(3 * time.Hour)
	ev = mustPublish(t, b, testRelease(s3, "Zweiter Text, ganz anders"), schemas.RelationReturned)
	if ev.Revision != 5 {
		t.Fatalf("revision %d", ev.Revision)
	}
	cur, err := b.Current(t.Context(), testSource, r1.ID)
	if err != nil || cur.Sequence != ev.Sequence || cur.Hash != ev.Hash {
		t.Fatal(cur, err)
	}
	var kinds []string
	ctx, cancel := context.WithCancel(t.Context())
	if err := feed.Each(ctx, func(ev *schemas.Event) error {
		kinds = append(kinds, strings.Split(ev.Type, ".")[3])
		if len(kinds) == 5 {
			cancel()
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(kinds, " "); got != "published reextracted corrected withdrawn published" {
		t.Fatal(got)
	}
}

func TestPages(t *testing.T) {
	b := openTest(t)
	p := b.Pages()
	_, _, err := p.Get(t.Context(), "kreis-musterau", "aaa")
	wantKind(t, err, schemas.KindNotFound)
	st := schemas.PageState{URL: "https://example.org/ä", FirstSeen: time.Unix(1, 0).UTC()}
	rev, err := p.Put(t.Context(), "kreis-musterau", "aaa", st, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Put(t.Context(), "kreis-musterau", "aaa", st, 0)
	wantKind(t, err, schemas.KindConflict)
	st.Failures = 1
	rev2, err := p.Put(t.Context(), "kreis-musterau", "aaa", st, rev)
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Put(t.Context(), "kreis-musterau", "aaa", st, rev)
	wantKind(t, err, schemas.KindConflict)
	if _, err := p.Put(t.Context(), "kreis-zwei", "bbb", st, 0); err != nil {
		t.Fatal(err)
	}
	var seen []string
	if err := p.Each(t.Context(), "kreis-musterau", func(page string, got schemas.PageState, rev uint64) error {
		seen = append(seen, page)
		if got != st || rev != rev2 {
			t.Errorf("got %+v at %d, want %+v at %d", got, rev, st, rev2)
		}
		return nil
	}); err != nil || len(seen) != 1 {
		t.Fatal(seen, err)
	}
}

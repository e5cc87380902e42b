package index

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestFollow follows live: what is published, corrected, withdrawn and published again is found as it is.
func TestFollow(t *testing.T) {
	bus, x := fill(t, shelf()...)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- x.Follow(ctx, bus) }()
	r := release{n: 50, source: duren, title: "Neu im Amt", text: "Der Landrat grüßt.", published: "2026-04-01"}
	ev := publish(t, bus, r.record(t))
	await(t, x, ev.Sequence)
	if got := titles(t, x, Query{Text: "grüßt"}); got != "Neu im Amt" {
		t.Errorf("new: %q", got)
	}
	r.title, r.text = "Neu im Dienst", "Der Landrat winkt."
	ev = publish(t, bus, r.record(t))
	await(t, x, ev.Sequence)
	if got := titles(t, x, Query{Text: "landrat grüßt"}) + titles(t, x, Query{Text: "winkt"}); got != "Neu im Dienst" {
		t.Errorf("corrected: %q", got)
	}
	h, err := x.Hit(t.Context(), ev.Subject)
	if err != nil || h.Type != "corrected" || h.Revision != 2 || h.Sequence != ev.Sequence || !h.Recorded.Equal(ev.Time) {
		t.Errorf("hit %+v, %v", h, err)
	}
	ev = publishAs(t, bus, ev, schemas.EventWithdrawn, schemas.Tombstone(ev.Release, 0, time.Time{}))
	await(t, x, ev.Sequence)
	if got := titles(t, x, Query{Text: "winkt"}) + titles(t, x, Query{Text: "dienst"}); got != "" {
		t.Errorf("withdrawn: %q", got)
	}
	if got := titles(t, x, Query{Type: "withdrawn", Text: "dienst"}); got != "Neu im Dienst" {
		t.Errorf("withdrawn, by its type: %q", got)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// await waits until the index has an event.
func await(t testing.TB, x *Index, sequence uint64) {
	t.Helper()
	for {
		at, err := x.Cursor(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if at >= sequence {
			return
		}
		select {
		case <-t.Context().Done():
			t.Fatal("the index does not follow")
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// TestMoved has a release move to another source, before its tombstone and behind it: it is where the higher revision is.
func TestMoved(t *testing.T) {
	x := openIndex(t, filepath.Join(t.TempDir(), FileName))
	here := release{n: 1, source: anderau, title: "Umgezogen", text: "Etwas."}.record(t)
	first := schemas.NextEvent(nil, schemas.EventPublished, here, recorded)
	moved := release{n: 1, source: duren, title: "Umgezogen", text: "Etwas."}.record(t)
	moved.ID = here.ID
	there := schemas.NextEvent(first, schemas.EventPublished, moved, recorded)
	there.Revision = 3
	stone := schemas.NextEvent(first, schemas.EventWithdrawn, schemas.Tombstone(here, 0, time.Time{}), recorded)
	for i, ev := range []*schemas.Event{first, there, stone} {
		ev.Sequence = uint64(i + 1)
		if err := x.apply(t.Context(), &batch{changes: []*change{changeOf(ev)}, last: ev}); err != nil {
			t.Fatal(err)
		}
	}
	h, err := x.Hit(t.Context(), here.ID)
	if err != nil || h.Source != duren.ID || h.Type != "published" || h.Revision != 3 {
		t.Errorf("%+v, %v", h, err)
	}
	if at, err := x.Cursor(t.Context()); err != nil || at != 3 {
		t.Errorf("the cursor is %d, %v", at, err)
	}
}

// TestRenewed gives an index files that cannot be its own: each is made anew from the stream.
func TestRenewed(t *testing.T) {
	bus, x := fill(t, shelf()...)
	want := titles(t, x, Query{})
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(x.path)
	if err != nil {
		t.Fatal(err)
	}
	other, _ := fill(t, release{title: "Woanders", text: "Etwas."}, release{title: "Anderswo", text: "Etwas."})
	for name, spoil := range map[string]func(t *testing.T, path string){
		"no database": func(t *testing.T, path string) {
			write(t, path, []byte("Dies ist keine Datenbank, sondern ein Text von einiger Länge."))
		},
		"half a file": func(t *testing.T, path string) { write(t, path, whole[:len(whole)/2]) },
		"zeros": func(t *testing.T, path string) {
			write(t, path, append(whole[:8192:8192], make([]byte, len(whole)-8192)...))
		},
		"empty": func(t *testing.T, path string) { write(t, path, nil) },
		"other version": func(t *testing.T, path string) {
			write(t, path, whole)
			alter(t, path, "UPDATE meta SET value = '0' WHERE name = 'version'")
		},
		"other tables": func(t *testing.T, path string) { alter(t, path, "CREATE TABLE something (a)") },
		"cursor ahead": func(t *testing.T, path string) {
			write(t, path, whole)
			alter(t, path, "UPDATE meta SET value = '99' WHERE name = 'cursor'")
		},
		"cursor of another event": func(t *testing.T, path string) {
			write(t, path, whole)
			alter(t, path, "UPDATE meta SET value = 'x/1 00' WHERE name = 'event'")
		},
		"cursor is no number": func(t *testing.T, path string) {
			write(t, path, whole)
			alter(t, path, "UPDATE meta SET value = 'x' WHERE name = 'cursor'")
		},
		"other stream": func(t *testing.T, path string) {
			y := openIndex(t, path)
			catchUp(t, y, other)
			if err := y.Close(); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), FileName)
			spoil(t, path)
			x := openIndex(t, path)
			catchUp(t, x, bus)
			if got := titles(t, x, Query{}); got != want {
				t.Errorf("the index has %q, want %q", got, want)
			}
			catchUp(t, x, bus)
			if got := titles(t, x, Query{Text: "woanders"}); got != "" {
				t.Errorf("the index still has %q", got)
			}
		})
	}
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// alter runs SQL on a file.
func alter(t *testing.T, path, query string) {
	t.Helper()
	db, err := sqlOpen(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
}

// TestDamageThatReadersMeet zeroes the root of a table that opening does not look at: the question fails with the way out, and the next time
// the index is followed it is made anew.
func TestDamageThatReadersMeet(t *testing.T) {
	bus, x := fill(t, shelf()...)
	var page, size int64
	if err := x.w.conn.QueryRowContext(t.Context(), "SELECT rootpage FROM sqlite_schema WHERE name = 'releases'").Scan(&page); err != nil {
		t.Fatal(err)
	}
	if err := x.w.conn.QueryRowContext(t.Context(), "PRAGMA page_size").Scan(&size); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(x.path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt(make([]byte, size), (page-1)*size); err != nil {
		t.Fatal(err)
	}
	y := openIndex(t, x.path)
	catchUp(t, y, bus)
	_, err = y.Search(t.Context(), Query{Text: "Düren"})
	wantKind(t, err, schemas.KindStorage, x.path, "remove the file")
	catchUp(t, y, bus)
	if got := titles(t, y, Query{Text: "Marktplatz"}); got != "Düren feiert" {
		t.Errorf("made anew, the index has %q", got)
	}
}

// TestSecondProcess has two who have the file open: one follows, the other answers, and follows when the first has gone.
func TestSecondProcess(t *testing.T) {
	bus, x := fill(t, shelf()...)
	y := openIndex(t, x.path)
	if got, want := titles(t, y, Query{}), titles(t, x, Query{}); got != want {
		t.Errorf("the second reads %q, want %q", got, want)
	}
	publish(t, bus, release{n: 60, source: anderau, title: "Später", text: "Etwas."}.record(t))
	if err := y.CatchUp(t.Context(), bus, time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if n, err := y.Behind(t.Context(), bus); err != nil || n != 1 {
		t.Errorf("behind by %d, %v; want 1: the first has the right to write", n, err)
	}
	catchUp(t, x, bus)
	if got := titles(t, y, Query{Text: "Etwas"}); got != "Später" {
		t.Errorf("the second reads %q", got)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	publish(t, bus, release{n: 61, source: anderau, title: "Noch später", text: "Etwas."}.record(t))
	catchUp(t, y, bus)
	if n, err := y.Behind(t.Context(), bus); err != nil || n != 0 {
		t.Errorf("behind by %d, %v", n, err)
	}
}

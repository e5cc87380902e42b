package index

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestDiskFull has SQLite run out of pages: the index says so, keeps what it has, and goes on when there is room.
func TestDiskFull(t *testing.T) {
	bus, x := fill(t, shelf()...)
	before, err := x.Cursor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	limit := func(pragma string) {
		t.Helper()
		if _, err := x.w.conn.ExecContext(t.Context(), pragma); err != nil {
			t.Fatal(err)
		}
	}
	limit("PRAGMA max_page_count = 1") // what there is already stays
	publish(t, bus, release{n: 70, source: anderau, title: "Zu groß", text: strings.Repeat("Sehr viel Text steht hier. ", 5000)}.record(t))
	for range 2 {
		err = x.CatchUp(t.Context(), bus, 0)
		wantKind(t, err, schemas.KindStorage, "no space left", "free space", x.path)
	}
	if at, err := x.Cursor(t.Context()); err != nil || at != before {
		t.Errorf("the cursor is %d, %v; want %d", at, err, before)
	}
	if got := titles(t, x, Query{Text: "Düren"}); !strings.HasPrefix(got, "Düren feiert") {
		t.Errorf("with a full disk %q is found", got)
	}
	limit("PRAGMA max_page_count = 1000000")
	catchUp(t, x, bus)
	if got := titles(t, x, Query{Text: "groß"}); got != "Zu groß" {
		t.Errorf("with room again %q is found", got)
	}
}

// TestOneTransaction interrupts a batch between its parts: nothing of it is there, the cursor neither.
func TestOneTransaction(t *testing.T) {
	_, x := fill(t, shelf()...)
	before, err := x.Cursor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ev := schemas.NextEvent(nil, schemas.EventPublished, release{n: 80, source: duren, title: "Halb", text: "Halbes."}.record(t), recorded)
	ev.Sequence = before + 1
	killed := errors.New("killed")
	err = x.w.in(t.Context(), func() {
		x.w.write([]*change{changeOf(ev)})
		x.w.setCursor(ev.Sequence, mark(ev))
		x.w.err = killed
	})
	if !errors.Is(err, killed) {
		t.Fatal(err)
	}
	if at, err := x.Cursor(t.Context()); err != nil || at != before {
		t.Errorf("the cursor is %d, %v; want %d", at, err, before)
	}
	if got := titles(t, x, Query{Text: "Halbes"}) + titles(t, x, Query{Text: "Halb"}); got != "" {
		t.Errorf("found %q", got)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := x.apply(ctx, &batch{changes: []*change{changeOf(ev)}, last: ev}); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if err := x.apply(t.Context(), &batch{changes: []*change{changeOf(ev)}, last: ev}); err != nil {
		t.Fatal(err)
	}
	if got := titles(t, x, Query{Text: "Halbes"}); got != "Halb" {
		t.Errorf("then %q is found", got)
	}
}

package publisher

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// pageOfSnapshot is the page that a snapshot of testSnapshot is of.
func pageOfSnapshot(t *testing.T, s *schemas.Snapshot) string {
	t.Helper()
	page, err := pageOf(s)
	mustDo(t, err)
	return page
}

// deleteUnasked takes a message out by nobody's order.
func deleteUnasked(t *testing.T, b *Bus, stream string, seq uint64) {
	t.Helper()
	s, err := b.stream(t.Context(), stream)
	mustDo(t, err)
	mustDo(t, s.DeleteMsg(t.Context(), seq))
}

// threeVersions publishes a release three times and five others, and gives what an erasure of it is.
func threeVersions(t *testing.T, b *Bus) (*schemas.Snapshot, *schemas.Receipt) {
	t.Helper()
	s := testSnapshot(1, "Seite")
	mustAppend(t, b, s)
	var id string
	for _, text := range []string{"erste Fassung", "zweite Fassung", "dritte Fassung"} {
		_, ev, err := publishRelease(t.Context(), b, testRelease(s, text))
		mustDo(t, err)
		id = ev.Subject
	}
	fillNumbered(t, b, 10, 5)
	return s, &schemas.Receipt{Release: id, Pages: []string{pageOfSnapshot(t, s)}}
}

// TestEraseInterrupted: an erasure that died after it was announced is neither damage nor forgotten: the next one ends it.
func TestEraseInterrupted(t *testing.T) {
	dir := t.TempDir()
	b := openTest(t, func(c *Config) { c.DataDir = dir })
	_, rec := threeVersions(t, b)
	list, err := b.erasable(t.Context(), testSource, rec.Release, rec.Pages)
	if err != nil || len(list) != 3 {
		t.Fatalf("%v, %v, want two events and a snapshot", list, err)
	}
	rec.Erased = list
	text, err := json.Marshal(rec)
	mustDo(t, err)
	x := erasure{ID: "x", Source: testSource.ID, Event: schemas.RunErased, Receipt: text, Gone: rec.Gone(), Secure: true}
	mustDo(t, b.announce(t.Context(), &x))
	mustDo(t, b.eraseOne(t.Context(), list[0].Stream, list[0].Sequence, true)) // and here the process dies
	b.Close()

	b = openTest(t, func(c *Config) { c.DataDir = dir })
	again := &schemas.Receipt{Release: rec.Release, Pages: rec.Pages}
	if err := b.Erase(t.Context(), testSource, again); err != nil || len(again.Erased) != 0 {
		t.Errorf("the second time %v, %v", again.Erased, err)
	}
	if _, err := b.Mark(t.Context()); err != nil {
		t.Error(err)
	}
	if n := whole(t, b); n != 1+5 {
		t.Errorf("%d events, want the newest one and those of others", n)
	}
	receipts := 0
	mustDo(t, b.EachRun(t.Context(), "", schemas.RunErased, func(_, _ string, _ time.Time, data []byte) error {
		gone, err := schemas.ReadReceipt(schemas.RunErased, data)
		receipts += len(gone[schemas.StreamPress]) + len(gone[schemas.StreamRaw])
		return err
	}))
	if receipts != 2 {
		t.Errorf("%d runs of sequences have a receipt, want 2", receipts)
	}
	b.Close()
	openTest(t, func(c *Config) { c.DataDir = dir }) // and it is no damage
}

// TestEraseTogether: of two that erase at once each takes out what it is to, and nothing is counted twice.
func TestEraseTogether(t *testing.T) {
	b := openTest(t)
	fillNumbered(t, b, 0, 12)
	done := make(chan error)
	for i := range 2 {
		go func() {
			var err error
			for n := i; n < 8 && err == nil; n += 2 {
				s := testSnapshot(n, "")
				page, _ := pageOf(s)
				err = b.Erase(t.Context(), testSource, &schemas.Receipt{Release: testRelease(s, "x").ID, Pages: []string{page}})
			}
			done <- err
		}()
	}
	for range 2 {
		mustDo(t, <-done)
	}
	e, _, err := b.readErasures(t.Context())
	if err != nil || e.Counts[schemas.StreamRaw] != 8 || e.UnderWay != nil {
		t.Errorf("%+v, %v, want 8 snapshots", e, err)
	}
	whole(t, b)
}

// TestErasedCounted: a message that is missing beyond those that were erased is damage as before: at the start by number, on reading by name.
func TestErasedCounted(t *testing.T) {
	dir := t.TempDir()
	b := openTest(t, func(c *Config) { c.DataDir = dir })
	_, rec := threeVersions(t, b) // events 1 to 3 of it, 4 to 8 of others
	mustDo(t, b.Erase(t.Context(), testSource, rec))
	deleteUnasked(t, b, schemas.StreamPress, 6)
	_, err := b.Replay(t.Context(), Filter{}, func(*schemas.Event) error { return nil })
	wantKind(t, err, schemas.KindStorage, "1 of ", "damaged", "sequence 6")
	b.Close()
	_, err = Open(t.Context(), Config{DataDir: dir}, testLog(t))
	wantKind(t, err, schemas.KindStorage, "1 of 8 messages are missing")
	b = openTest(t, func(c *Config) { c.DataDir, c.Damaged = dir, true })
	mustDo(t, b.AcceptLoss(t.Context()))
	if n := whole(t, b); n != 5 {
		t.Errorf("%d events, want 5: of eight two were erased and one was lost", n)
	}
	deleteUnasked(t, b, schemas.StreamPress, 7) // a further loss is one
	_, err = b.Replay(t.Context(), Filter{}, func(*schemas.Event) error { return nil })
	wantKind(t, err, schemas.KindStorage, "sequence 7")
}

// TestLedgerLost: the account of erasures is made anew from the receipts when press_sources is lost, and hides no damage.
func TestLedgerLost(t *testing.T) {
	dir := t.TempDir()
	b := openTest(t, func(c *Config) { c.DataDir = dir })
	_, rec := threeVersions(t, b)
	mustDo(t, b.Erase(t.Context(), testSource, rec))
	b.Close()
	lose := func() {
		t.Helper()
		mustDo(t, os.RemoveAll(filepath.Join(dir, "jetstream", "$G", "streams", streamSources)))
	}
	lose()
	b = openTest(t, func(c *Config) { c.DataDir = dir })
	if n := whole(t, b); n != 6 {
		t.Errorf("%d events", n)
	}
	_, err := b.Mark(t.Context())
	mustDo(t, err)
	deleteUnasked(t, b, schemas.StreamRaw, 3)
	b.Close()
	lose()
	_, err = Open(t.Context(), Config{DataDir: dir}, testLog(t))
	wantKind(t, err, schemas.KindStorage, "PRESS_RAW", "1 of 6 messages are missing")
}

// TestEraseWhileRead: what goes while somebody reads is no damage to him, with a filter and without.
func TestEraseWhileRead(t *testing.T) {
	b := openTest(t)
	fillNumbered(t, b, 0, 40)
	for _, subject := range []string{schemas.SubjectsRaw, schemas.RawSubject(testSource.ID, "*")} {
		r, err := b.open(t.Context(), reading{stream: schemas.StreamRaw, subject: subject, stop: true})
		mustDo(t, err)
		list, err := b.missing(t.Context(), schemas.StreamRaw)
		mustDo(t, err)
		next := uint64(2)
		for _, x := range list {
			next = max(next, x[1]+2)
		}
		gone := map[string][]schemas.Range{schemas.StreamRaw: {{next, next}, {next + 4, next + 6}}}
		mustDo(t, b.erase(t.Context(), erasure{Source: testSource.ID, Event: schemas.RunExpired, Receipt: []byte(`{}`), Gone: gone}))
		mustDo(t, r.each(t.Context(), func(*stored) error { return nil }))
		r.close()
	}
	whole(t, b)
}

// TestEraseSharedBody: a large body stays as long as a page of any source has it.
func TestEraseSharedBody(t *testing.T) {
	b := openTest(t)
	body := bigBody(3 << 20)
	one, two := testSnapshot(1, body), testSnapshot(2, body)
	two.Source.ID, two.URL = "kreis-anderswo", "https://www.anderswo.example/presse/meldung"
	mustAppend(t, b, one)
	seq := mustAppend(t, b, two)
	mustDo(t, b.Erase(t.Context(), one.Source, &schemas.Receipt{Release: "x", Pages: []string{pageOfSnapshot(t, one)}}))
	if s, err := b.Snapshot(t.Context(), seq); err != nil || string(s.Body) != body {
		t.Fatalf("the other source's page: %v", err)
	}
	mustDo(t, b.Erase(t.Context(), two.Source, &schemas.Receipt{Release: "x", Pages: []string{pageOfSnapshot(t, two)}}))
	info, err := b.lookAt(t.Context(), "test", streamBodies)
	if err != nil || info.State.Msgs != 0 {
		t.Errorf("%d messages of the body are left, %v", info.State.Msgs, err)
	}
	whole(t, b)
}

// TestGoneRanges holds the ledger over the border of its keys.
func TestGoneRanges(t *testing.T) {
	b := openTest(t)
	want := []schemas.Range{{1, 1}, {goneBits - 2, goneBits + 3}, {3 * goneBits, 3 * goneBits}}
	for range 2 {
		mustDo(t, b.noteGone(t.Context(), "PRESS", want))
	}
	got, err := b.allGone(t.Context(), "PRESS")
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
	if n, err := b.countGone(t.Context(), "PRESS"); n != 8 || err != nil {
		t.Errorf("%d, %v, want 8", n, err)
	}
	x := excuses{asked: true, pages: map[uint64]*bitmap{}}
	list, _, err := x.unexplained(t.Context(), b, "PRESS", goneBits-3, goneBits+4)
	if err != nil || fmt.Sprint(list) != fmt.Sprint([]uint64{goneBits - 3, goneBits + 4}) {
		t.Errorf("%v, %v", list, err)
	}
}

// bigBody is a body of n bytes that do not shrink.
func bigBody(n int) string {
	body := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{7}).Read(body)
	return string(body)
}

// TestEraseFirst: whoever reads from the beginning reads on when the first event was erased, and not when it was lost.
func TestEraseFirst(t *testing.T) {
	b := openTest(t)
	_, rec := threeVersions(t, b)
	mustDo(t, b.Erase(t.Context(), testSource, rec)) // events 1 and 2
	n, err := b.Replay(t.Context(), Filter{From: 1}, func(*schemas.Event) error { return nil })
	if err != nil || n != 6 {
		t.Errorf("%d events, %v, want 6", n, err)
	}
	deleteUnasked(t, b, schemas.StreamPress, 3)
	_, err = b.Replay(t.Context(), Filter{From: 1}, func(*schemas.Event) error { return nil })
	wantKind(t, err, schemas.KindNotFound, "sequence 1 is gone, the oldest kept is 4")
}

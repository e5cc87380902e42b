package pipeline_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/retention"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

const day = 24 * time.Hour

// archived are the sequences of the snapshots that are there, by the path of their page.
func (h *house) archived() map[string][]uint64 {
	h.t.Helper()
	all := map[string][]uint64{}
	err := h.bus.EachSnapshot(h.t.Context(), publisher.RawFilter{}, func(seq uint64, s *schemas.Snapshot, err error) error {
		if err == nil {
			path := strings.TrimPrefix(s.URL, h.srv.URL)
			all[path] = append(all[path], seq)
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return all
}

// whole wants a store without damage.
func (h *house) whole() {
	h.t.Helper()
	if _, err := h.bus.Verify(h.t.Context(), func(f publisher.Finding) { h.t.Errorf("%s %d %s: %s", f.Stream, f.Sequence, f.Thing, f.What) }); err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.bus.Mark(h.t.Context()); err != nil {
		h.t.Error(err)
	}
}

func (h *house) retain(p retention.Policy, dry bool) pipeline.Cleared {
	h.t.Helper()
	c, err := h.line().Retain(h.t.Context(), h.src.ID, p, dry)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

func another(i, version int) http.HandlerFunc {
	return html(title(i), "", append(paragraphs(i), fmt.Sprintf("Nachtrag %d zur Brücke %d: Der Termin wurde verschoben.", version, i))...)
}

func flohmarkt(n int) http.HandlerFunc {
	return html(fmt.Sprintf("Flohmarkt %d zieht um", n), "",
		fmt.Sprintf("Am Samstag verkaufen %d Vereine in der Stadthalle von Wallbrück, was sie nicht brauchen.", n))
}

// TestRetainPages: of each page stays what is newest, what its release was read from, what is held, and, of a page that is gone, the last
// that it said. Nothing of it is seen by readers of the feed or by the next crawl.
func TestRetainPages(t *testing.T) {
	h := newHouse(t)
	h.releases(9)
	h.crawl()
	step := func(change func()) {
		h.later(25 * time.Hour)
		change()
		h.crawl()
	}
	for v := range 3 { // m1 is corrected three times, m2 says something else twice, and both changes are held
		step(func() {
			h.put("/presse/m1", another(1, v))
			if v > 0 {
				h.put("/presse/m2", flohmarkt(v))
				h.put("/presse/m3", status(404))
				h.put("/presse/m4", another(4, 1))
			}
		})
	}
	before := h.archived()
	if len(before["/presse/m1"]) != 4 || len(before["/presse/m2"]) != 3 || len(before["/presse/m3"]) != 2 || len(before["/presse/m4"]) != 2 {
		t.Fatalf("%v: the test does not make what it is to look at", before)
	}
	events := h.events()
	h.now = time.Now().Add(500 * day) // when a snapshot was stored the broker says, which has the time of the machine

	p := retention.Policy{Raw: 400 * day}
	dry := h.retain(p, true)
	if dry.Snapshots != 5 || dry.Bytes < 1000 || !maps.EqualFunc(before, h.archived(), slices.Equal) {
		t.Errorf("dry run: %+v, or something has gone", dry)
	}
	if done := h.retain(p, false); done.Expired != dry.Expired {
		t.Errorf("%+v has gone, want %+v", done, dry)
	}
	want := maps.Clone(before)
	want["/presse/m1"] = before["/presse/m1"][3:]
	want["/presse/m2"] = []uint64{before["/presse/m2"][0], before["/presse/m2"][2]}
	want["/presse/m4"] = before["/presse/m4"][1:]
	if got := h.archived(); !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("left is\n%v, want\n%v", got, want)
	}
	h.whole()
	if again := h.retain(p, false); again.Snapshots != 0 {
		t.Errorf("the second time: %+v", again)
	}
	if _, err := h.line().ReleaseHeld(t.Context(), h.src.ID, h.heldPage()); err != nil {
		t.Errorf("the held change: %v", err)
	}
	h.crawl()
	if _, err := h.line().Reparse(t.Context(), h.src.ID, pipeline.Reparsing{}); err != nil {
		t.Error(err)
	}
	if n := len(h.events()); n != len(events)+1 {
		t.Errorf("%d events after a crawl and after the archive was read again, want one more than %d: the held change", n, len(events))
	}
	h.whole()
}

// TestRetainYoung: nothing goes that is young, that has no outcome yet, or where nothing is said.
func TestRetainYoung(t *testing.T) {
	h := newHouse(t)
	h.releases(2)
	h.crawl()
	h.put("/presse/m1", another(1, 1))
	h.crawl()
	h.now = time.Now()
	for _, p := range []retention.Policy{{}, {Raw: day}, {Releases: 365 * 100 * day}} {
		if c := h.retain(p, false); c.Snapshots != 0 || c.Releases != 0 {
			t.Errorf("%v: %+v", p, c)
		}
	}
	var st schemas.LineState
	rev, err := h.bus.Sources().Get(t.Context(), h.src.ID+".line", &st)
	if err != nil {
		t.Fatal(err)
	}
	st.Extracted = 0
	if _, err := h.bus.Sources().Put(t.Context(), h.src.ID+".line", st, rev); err != nil {
		t.Fatal(err)
	}
	h.later(400 * day)
	if c := h.retain(retention.Policy{Raw: day}, false); c.Snapshots != 0 {
		t.Errorf("a snapshot without outcome has gone: %+v", c)
	}
}

// TestRetainReleases: releases of the class police are erased with the reason and a receipt, others stay, and no crawl brings them back.
func TestRetainReleases(t *testing.T) {
	h := newHouse(t)
	h.releases(3)
	h.put("/presse/m9", html("Polizeibericht vom 9. März 2026", "",
		"In Wallbrück hat ein Unbekannter ein Fahrrad vom Hof der Schule gestohlen, sagt die Polizei."))
	h.crawl()
	h.later(100 * day)
	p := retention.Policy{Police: 180 * day}
	if c := h.retain(p, false); c.Releases != 0 {
		t.Fatalf("too early: %+v", c)
	}
	h.later(100 * day)
	if c := h.retain(p, true); c.Releases != 1 {
		t.Fatalf("dry run: %+v", c)
	}
	h.want(events{"published": 4})
	if c := h.retain(p, false); c.Releases != 1 || c.More {
		t.Errorf("%+v", c)
	}
	h.want(events{"published": 3, "erased": 1})
	for _, e := range h.events() {
		if e.Type == schemas.EventErased && (e.Reason != pipeline.ReasonRetention || e.Release.Title != schemas.ErasedTitle) {
			t.Errorf("%q, because %q", e.Release.Title, e.Reason)
		}
	}
	if _, there := h.archived()["/presse/m9"]; there {
		t.Error("its page is in the archive")
	}
	receipts := 0
	err := h.bus.EachRun(t.Context(), h.src.ID, schemas.RunErased, func(_, _ string, _ time.Time, data []byte) error {
		receipts++
		if !strings.Contains(string(data), `"reason":"retention"`) || strings.Contains(string(data), "Polizei") {
			t.Errorf("receipt %s", data)
		}
		return nil
	})
	if err != nil || receipts != 1 {
		t.Errorf("%d receipts, %v", receipts, err)
	}
	h.whole()
	h.later(7 * day)
	h.crawl()
	if c := h.retain(p, false); c.Releases != 0 {
		t.Errorf("again: %+v", c)
	}
	h.want(events{"published": 3, "erased": 1})
}

// dying is an Eraser whose process dies when it is asked.
type dying struct{}

func (dying) Erase(context.Context, schemas.Source, *schemas.Receipt) error { return context.Canceled }

// TestRetainEndsWhatWasBegun: when a process dies between the tombstone and the erasure, by age or by hand, the next go ends it, once.
func TestRetainEndsWhatWasBegun(t *testing.T) {
	h := newHouse(t)
	h.releases(3)
	h.put("/presse/m9", html("Polizeibericht vom 9. März 2026", "",
		"In Wallbrück hat ein Unbekannter ein Fahrrad vom Hof der Schule gestohlen, sagt die Polizei."))
	h.crawl()
	byHand := schemas.ReleaseID(h.src.ID, h.srv.URL+"/presse/m1")
	h.later(200 * day)
	p := retention.Policy{Police: 180 * day}
	h.eraser = dying{}
	if _, err := h.line().Forget(t.Context(), h.src.ID, byHand, ""); err == nil {
		t.Fatal("it did not die")
	}
	if _, err := h.line().Retain(t.Context(), h.src.ID, p, false); err == nil {
		t.Fatal("it did not die")
	}
	h.want(events{"published": 4, "erased": 2}) // each is told, none is gone
	h.eraser = h.bus
	if c := h.retain(p, true); c.Releases != 2 {
		t.Errorf("dry run: %+v", c)
	}
	if c := h.retain(p, false); c.Releases != 2 {
		t.Errorf("%+v", c)
	}
	h.want(events{"published": 2, "erased": 2})
	if n := len(h.archived()); n != 2 {
		t.Errorf("%d pages are archived: %v", n, h.archived())
	}
	if left := h.lineState().Erasing; len(left) != 0 {
		t.Errorf("unended: %v", left)
	}
	if c := h.retain(p, false); c.Releases != 0 {
		t.Errorf("again: %+v", c)
	}
	h.whole()
}

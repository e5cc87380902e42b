package pipeline_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/compare"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestReparse: the archive read again changes nothing; what the feed has lost comes back from it, held changes stay held.
func TestReparse(t *testing.T) {
	h := newHouse(t)
	h.releases(3)
	h.crawl()
	h.put("/presse/m1", html(title(1), "", append(paragraphs(1), "Berichtigung: Es ist die Brücke daneben.")...))
	h.put("/presse/m2", otherText)
	h.put("/presse/m3", status(404))
	for range 2 {
		h.crawl()
		h.later(25 * time.Hour)
	}
	before := h.events()
	done, err := h.line().Reparse(t.Context(), h.src.ID, pipeline.Reparsing{Dry: true})
	if err != nil || done.Outcomes[pipeline.Published]+done.Outcomes[pipeline.Corrected]+done.Outcomes[pipeline.Reextracted] != 0 {
		t.Errorf("dry run: %v, %v", done, err)
	}
	if _, err := h.line().Reparse(t.Context(), h.src.ID, pipeline.Reparsing{}); err != nil {
		t.Fatal(err)
	}
	if after := h.events(); len(after) != len(before) {
		t.Errorf("%d events, then %d", len(before), len(after))
	}
}

// readOtherwise makes the feed hold what another parser has read from the same pages.
func (h *house) readOtherwise(change func(*schemas.Release)) {
	h.t.Helper()
	for _, cur := range h.current() {
		r := *cur.Release
		r.Quotes = slices.Clone(r.Quotes)
		change(&r)
		r.Provenance.Parser = "0.0.7"
		if err := h.bus.Publish(h.t.Context(), cur, schemas.NextEvent(cur, schemas.EventReextracted, &r, h.now)); err != nil {
			h.t.Fatal(err)
		}
	}
}

func speakerless(r *schemas.Release) {
	for i := range r.Quotes {
		r.Quotes[i].Speaker = nil
	}
}

// chatty gives a release quotes that the parser does not read in it.
func chatty(r *schemas.Release) {
	for _, s := range []string{"Der Kreis Musterau", "saniert", "von Montag an"} {
		at := strings.Index(r.Text, s) // the text before it is ASCII
		r.Quotes = append(r.Quotes, schemas.Quote{Text: s, Kind: schemas.QuoteFragment, Spans: []schemas.Span{{Start: at, End: at + len(s)}}})
	}
}

// TestReparseSaysWhatItWouldDo: a dry run shows who gains a speaker and publishes nothing; then only real differences are published, with
// the parser that read them before.
func TestReparseSaysWhatItWouldDo(t *testing.T) {
	h := newHouse(t)
	h.releases(5)
	h.crawl()
	h.readOtherwise(speakerless)
	before := len(h.events())

	done, err := h.line().Reparse(t.Context(), h.src.ID, pipeline.Reparsing{Dry: true, Samples: 2})
	if err != nil {
		t.Fatal(err)
	}
	if done.Outcomes[pipeline.Reextracted] != 5 || done.Report.Counts[compare.SpeakerGained] != 5 || len(done.Report.Samples[compare.SpeakerGained]) != 2 {
		t.Errorf("a dry run: %+v", done)
	}
	if got := done.Report.Samples[compare.SpeakerGained][0]; got.After != "Änne Österholt" || got.Snapshot == 0 || got.Release == "" {
		t.Errorf("a sample: %+v", got)
	}
	if n := len(h.events()); n != before {
		t.Fatalf("the dry run published %d events", n-before)
	}
	if done, err = h.line().Reparse(t.Context(), h.src.ID, pipeline.Reparsing{Workers: 3, Chunk: 2}); err != nil || done.Outcomes[pipeline.Reextracted] != 5 {
		t.Fatal(done, err)
	}
	for _, e := range h.current() {
		if e.Type != schemas.EventReextracted || e.PreviousParser != "0.0.7" || e.Release.Provenance.Parser != parser.Version || e.RawSequence == 0 {
			t.Errorf("%s: %s after %q from snapshot %d", e.ID, e.Type, e.PreviousParser, e.RawSequence)
		}
		if e.Release.Quotes[0].Speaker == nil {
			t.Errorf("%s has no speaker", e.ID)
		}
	}
	done, err = h.line().Reparse(t.Context(), h.src.ID, pipeline.Reparsing{})
	if err != nil || done.Outcomes[pipeline.Unchanged] != 5 || done.Report.Differ != 0 || done.From != 0 {
		t.Errorf("once more: %+v, %v", done, err)
	}
	var audits int
	err = h.bus.EachRun(t.Context(), h.src.ID, schemas.RunAudit, func(string, string, time.Time, []byte) error { audits++; return nil })
	if err != nil || audits != 2 {
		t.Errorf("%d audits, %v", audits, err)
	}
}

// TestReparseKeepsHolds: what the line does not believe yet, the archive read again does not let through.
func TestReparseKeepsHolds(t *testing.T) {
	h := newHouse(t)
	h.releases(3)
	h.crawl()
	h.put("/presse/m2", otherText)
	h.crawl()
	h.want(map[string]int{"published": 3})
	for _, dry := range []bool{true, false} {
		done, err := h.line().Reparse(t.Context(), h.src.ID, pipeline.Reparsing{Dry: dry})
		if err != nil || done.Outcomes[pipeline.Held] != 1 {
			t.Errorf("%+v, %v", done, err)
		}
	}
	h.want(map[string]int{"published": 3})
	if st := h.lineState(); len(st.Held) != 1 {
		t.Errorf("held: %v", st.Held)
	}
}

// TestReparseFloor: what would lose many quotes stops before it publishes, until somebody allows it.
func TestReparseFloor(t *testing.T) {
	h := newHouse(t)
	h.releases(4)
	h.crawl()
	h.readOtherwise(chatty)
	before := len(h.events())
	_, err := h.line().Reparse(t.Context(), h.src.ID, pipeline.Reparsing{})
	if !errors.Is(err, pipeline.ErrFloor) || schemas.KindOf(err) != schemas.KindPolicy {
		t.Fatal(err)
	}
	if n := len(h.events()); n != before {
		t.Errorf("%d events were published", n-before)
	}
	done, err := h.line().Reparse(t.Context(), h.src.ID, pipeline.Reparsing{Floor: 1})
	if err != nil || done.Outcomes[pipeline.Reextracted] != 4 || done.Report.Counts[compare.QuoteLost] != 12 {
		t.Errorf("with the floor lifted: %+v, %v", done, err)
	}
}

// TestReparseGoesOn: an interrupted reparse goes on behind what was done, and counts it.
func TestReparseGoesOn(t *testing.T) {
	h := newHouse(t)
	h.releases(6)
	h.crawl()
	h.readOtherwise(speakerless)
	ctx, stop := context.WithCancel(t.Context())
	how := pipeline.Reparsing{Chunk: 2, Progress: func(done int, _ uint64) {
		if done == 4 {
			stop()
		}
	}}
	if _, err := h.line().Reparse(ctx, h.src.ID, how); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	done, err := h.line().Reparse(t.Context(), h.src.ID, pipeline.Reparsing{Chunk: 2})
	if err != nil || done.From == 0 || done.Outcomes[pipeline.Reextracted] != 6 {
		t.Fatalf("%+v, %v", done, err)
	}
	if done.Outcomes[pipeline.Unchanged] != 0 {
		t.Errorf("what was done was read again: %+v", done)
	}
	h.want(map[string]int{"published": 6, "reextracted": 12})
}

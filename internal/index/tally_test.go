package index

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestTally: what the file counts of names and sources is what its tables hold, though a batch writes each only once: with names that one
// batch mentions often, loses by corrections and withdrawals, and meets again.
func TestTally(t *testing.T) {
	x, p := openIndex(t, filepath.Join(t.TempDir(), FileName)), newPress(7)
	const n = 900 // of 400 sources, so that each source's people come again
	events := make([]*schemas.Event, n)
	first := &batch{ticks: map[tick]int{}}
	for i := range events {
		ev, doc := p.event(i + 1)
		if err := first.add(raw{ev, doc}); err != nil {
			t.Fatal(err)
		}
		events[i] = ev
	}
	second := &batch{ticks: map[tick]int{}}
	for i, ev := range events {
		next := *ev
		next.Sequence, next.Revision = uint64(n+2*i+1), ev.Revision+1
		r := *ev.Release
		switch i % 3 {
		case 0:
			next.Type, r.People, r.Quotes = schemas.EventCorrected, nil, nil
		case 1:
			next.Type = schemas.EventWithdrawn
		default:
			next.Type = schemas.EventReextracted
		}
		doc, err := json.Marshal(&r)
		if err != nil {
			t.Fatal(err)
		}
		next.Release = nil
		if err := second.add(raw{&next, doc}); err != nil {
			t.Fatal(err)
		}
	}
	for _, b := range []*batch{first, second} {
		if err := x.apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		for what, query := range map[string]string{
			"names that are counted wrong":       "SELECT count(*) FROM names WHERE mentions <> (SELECT count(*) FROM people WHERE name_id = names.id)",
			"people of a name that is not there": "SELECT count(*) FROM people WHERE name_id NOT IN (SELECT id FROM names)",
			"words of a name that is not there":  "SELECT count(*) FROM name_words WHERE name_id NOT IN (SELECT id FROM names)",
			"sources that are counted wrong": `SELECT count(*) FROM sources s WHERE live + withdrawn <> (SELECT count(*) FROM releases WHERE source = s.id) OR
				withdrawn <> (SELECT count(*) FROM releases WHERE source = s.id AND type = 'withdrawn') OR name IS NULL OR state IS NULL`,
			"counts without names": "SELECT max(mentions) < 3 FROM names",
		} {
			var got int
			if !x.w.one(query, nil, &got) || got != 0 {
				t.Errorf("%s: %d, %v", what, got, x.w.err)
			}
		}
	}
}

// TestBrieflyEnds: a batch whose context ends writes nothing, though none of its statements is watched.
func TestBrieflyEnds(t *testing.T) {
	x, p := openIndex(t, filepath.Join(t.TempDir(), FileName)), newPress(7)
	b := &batch{ticks: map[tick]int{}}
	ev, doc := p.event(1)
	if err := b.add(raw{ev, doc}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	err := x.w.briefly(ctx, func() {
		x.w.write(b.changes)
		stop()
		x.w.setCursor(1, mark(ev))
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	var n int
	x.w.ctx = t.Context()
	if !x.w.one("SELECT count(*) FROM releases", nil, &n) || n != 0 {
		t.Errorf("%d releases stayed: %v", n, x.w.err)
	}
	if err := x.apply(t.Context(), b); err != nil {
		t.Errorf("the batch once more: %v", err)
	}
}

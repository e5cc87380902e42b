package export_test

import (
	"io"
	"testing"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestFilter: the days are those of publication as on the page; both readings of a release, decoded and as stored, choose the same.
func TestFilter(t *testing.T) {
	full := example(t, "full", schemas.EventPublished)       // 2026-03-04T09:30:00+01:00, Änne Österholt, Kreis Musterau
	minimal := example(t, "minimal", schemas.EventPublished) // no day, nobody
	minimal.Release.Published = nil
	for _, c := range []struct {
		filter export.Filter
		want   int
	}{
		{export.Filter{}, 2},
		{export.Filter{From: "2026-03-04"}, 1},
		{export.Filter{From: "2026-03-05"}, 0},
		{export.Filter{To: "2026-03-04"}, 1},
		{export.Filter{To: "2026-03-03"}, 0},
		{export.Filter{From: "2026-03-04", To: "2026-03-04"}, 1},
		{export.Filter{Speaker: "Österholt"}, 1},
		{export.Filter{Speaker: "oesterholt"}, 1},
		{export.Filter{Speaker: "Dr. Änne Österholt"}, 1},
		{export.Filter{Speaker: "Änne"}, 1},
		{export.Filter{Speaker: "Österholt Änne"}, 0},
		{export.Filter{Speaker: "Holt"}, 0},
		{export.Filter{Speaker: "kreis musterau"}, 1},
		{export.Filter{Speaker: "Österholt", From: "2026-03-05"}, 0},
	} {
		for _, format := range []string{"jsonl", "csv"} { // as stored, decoded
			n, err := export.Count(t.Context(), &feed{events: []*schemas.Event{full, minimal}}, c.filter, export.Find(format))
			if err != nil {
				t.Fatal(err)
			}
			var m int
			m, err = export.Run(t.Context(), &feed{events: []*schemas.Event{full, minimal}}, c.filter, export.Find(format), export.Options{}, io.Discard)
			if err != nil || n != c.want || m != c.want {
				t.Errorf("%s %+v: %d and %d, want %d: %v", format, c.filter, n, m, c.want, err)
			}
		}
	}
	for _, f := range []export.Filter{{From: "2026-3-4"}, {To: "heute"}, {From: "2026-03-05", To: "2026-03-04"}, {Speaker: "Dr."}, {From: "2026-02-30"}} {
		if err := f.Check(); schemas.KindOf(err) != schemas.KindInvalid {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

package parquet_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	pq "github.com/parquet-go/parquet-go"

	"github.com/kreispresse/kreispresse/internal/export/parquet"
	"github.com/kreispresse/kreispresse/schemas"
)

// example is a release of the schema's examples as an event.
func example(t testing.TB, name string) *schemas.Event {
	t.Helper()
	doc, err := os.ReadFile("../../../schemas/testdata/valid/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var r schemas.Release
	if err := json.Unmarshal(doc, &r); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 5, 10, 0, 1, 500_000_000, time.UTC)
	return &schemas.Event{
		Sequence: 7, Type: schemas.EventCorrected, Time: at, Hash: "ab", Revision: r.Revision, Release: &r,
		Changes: []schemas.Change{{Field: "title", Class: schemas.ChangeTypo}},
	}
}

func file(t testing.TB, events ...*schemas.Event) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewWriter(&b)
	for _, ev := range events {
		if err := w.Write(ev); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestReadBack: every column of an event comes back as it went in, nulls too.
func TestReadBack(t *testing.T) {
	events := []*schemas.Event{example(t, "full"), example(t, "minimal"), example(t, "dates"), example(t, "tombstone")}
	b := file(t, events...)
	rows, err := pq.Read[parquet.Row](bytes.NewReader(b), int64(len(b)))
	if err != nil || len(rows) != len(events) {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	for i, ev := range events {
		want := parquet.Of(ev)
		if d := cmp.Diff(*want, rows[i], cmpopts.EquateEmpty()); d != "" {
			t.Errorf("row %d (-want +got):\n%s", i, d)
		}
	}
	r := rows[0]
	if r.PublishedOn == nil || time.Unix(int64(*r.PublishedOn)*86400, 0).UTC().Format(time.DateOnly) != "2026-03-04" {
		t.Errorf("published_date: %v", r.PublishedOn)
	}
	if r.PublishedAt == nil || time.UnixMicro(*r.PublishedAt).UTC().Format(time.RFC3339) != "2026-03-04T08:30:00Z" {
		t.Errorf("published_at: %v", r.PublishedAt)
	}
	if r.ModifiedAt == nil || time.UnixMicro(*r.ModifiedAt).UTC().Format(time.RFC3339) != "2026-03-05T07:00:00Z" {
		t.Errorf("modified_at, to the minute: %v", r.ModifiedAt)
	}
	if q := r.Quotes; len(q) != 3 || len(q[0].Spans) != 2 || q[0].Speaker != "Änne Österholt" || *q[0].SpeakerPerson != 0 || *q[2].Of != 0 || q[2].Speaker != "" {
		t.Errorf("quotes: %+v", q)
	}
	if p := r.People; len(p) != 1 || p[0].Roles[0] != "Landrätin" || p[0].Mentions[0].Start != 133 {
		t.Errorf("people: %+v", p)
	}
	if d := r.Dates; len(d) != 3 || d[0].From == nil || d[2].From != nil || d[2].Quant != "every" {
		t.Errorf("dates: %+v", d)
	}
}

// TestColumns holds the names and types that docs/export.md promises: queries of others stand on them.
func TestColumns(t *testing.T) {
	got := pq.SchemaOf(new(parquet.Row)).String() + "\n"
	want, err := os.ReadFile("testdata/columns.txt")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("a column changed; others read them by name. If it was only added at the end, add it to testdata/columns.txt (-want +got):\n%s\n%s", d, got)
	}
}

// TestSameBytes: one feed is one file, and what is written is bounded by the group, not by the file.
func TestSameBytes(t *testing.T) {
	var events []*schemas.Event
	for range 200 {
		events = append(events, example(t, "full"), example(t, "picture"))
	}
	if !bytes.Equal(file(t, events...), file(t, events...)) {
		t.Error("the same events gave other bytes")
	}
}

// TestHostile: a title of a megabyte ends a row group early, bytes that are no UTF-8 become U+FFFD, NUL and controls stay what they are.
func TestHostile(t *testing.T) {
	var events []*schemas.Event
	for range 40 {
		ev := example(t, "full")
		ev.Release.Title = strings.Repeat("x", 1<<20)
		ev.Release.Kicker = "\xff\x00\u202e=1+1"
		events = append(events, ev)
	}
	b := file(t, events...)
	f, err := pq.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.RowGroups()); n != 2 {
		t.Errorf("%d row groups of 40 MiB, want 2", n)
	}
	rows, err := pq.Read[parquet.Row](bytes.NewReader(b), int64(len(b)))
	if err != nil || len(rows) != 40 || rows[39].Kicker != "\uFFFD\x00\u202e=1+1" || len(rows[0].Title) != 1<<20 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	if len(b) > 1<<20 {
		t.Errorf("%d bytes: the long titles stand uncompressed somewhere, in the footer perhaps", len(b))
	}
}

func TestEmpty(t *testing.T) {
	b := file(t)
	if rows, err := pq.Read[parquet.Row](bytes.NewReader(b), int64(len(b))); err != nil || len(rows) != 0 {
		t.Errorf("%d rows: %v", len(rows), err)
	}
}

package export_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/schemas"
)

// BenchmarkExport writes releases as every format does; one operation is one release. docs/export.md says how its figures were measured:
//
//	go test -run '^$' -bench 'Export/csv$' -benchtime 1000000x ./internal/export
func BenchmarkExport(b *testing.B) {
	for _, f := range export.Formats() {
		b.Run(f.Name, func(b *testing.B) { benchmark(b, &f) })
	}
}

func benchmark(b *testing.B, f *export.Format) {
	pool, pages := goldenReleases(b)
	out := &written{}
	w, err := f.New(out, export.Options{
		Temp: b.TempDir(), Snapshot: func(seq uint64) (*schemas.Snapshot, error) {
			s := *pages[seq%uint64(len(pages))]
			s.URL = fmt.Sprintf("https://www.kreis-musterau.example/presse/%d.html", seq)
			return &s, nil
		},
	})
	if err != nil {
		b.Fatal(err)
	}
	if d, ok := w.(interface{ Discard() }); ok {
		defer d.Discard()
	}
	if err := w.Begin(); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		ev := nth(pool, n)
		n++
		if raw, ok := w.(export.RawWriter); ok {
			err = raw.WriteRaw(&schemas.Event{ID: ev.ID, Type: ev.Type, Source: ev.Source, Subject: ev.Subject, Time: ev.Time, Sequence: ev.Sequence}, ev.doc)
		} else {
			err = w.Write(&ev.Event)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(out.n)/1e6/b.Elapsed().Seconds(), "MB/s")
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "releases/s")
	b.ReportMetric(float64(out.n)/1e6, "MB")
	b.ReportMetric(peakMemory(b), "peak-MiB")
}

// written counts what an export writes.
type written struct{ n int64 }

func (w *written) Write(b []byte) (int, error) { w.n += int64(len(b)); return len(b), nil }

var _ io.Writer = (*written)(nil)

// golden is a release of the pool with its JSON.
type golden struct {
	schemas.Event
	doc []byte
}

// goldenReleases are the records of the parser's golden pages, and pages to stand for what they were read from.
func goldenReleases(b *testing.B) (pool []golden, pages []*schemas.Snapshot) {
	b.Helper()
	files, err := filepath.Glob("../../parser/testdata/golden/*.json")
	if err != nil {
		b.Fatal(err)
	}
	for _, file := range files {
		doc, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		var r schemas.Release
		if json.Unmarshal(doc, &r) != nil || r.ID == "" || r.Text == "" {
			continue
		}
		line, err := json.Marshal(&r)
		if err != nil {
			b.Fatal(err)
		}
		at := time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)
		pool = append(pool, golden{schemas.Event{Type: schemas.EventPublished, Source: "/sources/" + r.Source.ID, Time: at, Release: &r}, line})
		if page, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".html"); err == nil {
			pages = append(pages, &schemas.Snapshot{Source: r.Source, FetchedAt: at, Status: 200, ContentType: "text/html; charset=utf-8", Body: page})
		}
	}
	if len(pool) < 50 || len(pages) < 50 {
		b.Fatalf("%d releases and %d pages in the pool", len(pool), len(pages))
	}
	return pool, pages
}

// nth is the nth release of an endless feed: one of the pool with an identity of its own.
func nth(pool []golden, n int) *golden {
	g := &pool[n%len(pool)]
	r := g.Release
	r.ID, r.Provenance.RawSequence = fmt.Sprintf("%026d", n), uint64(n+1)
	g.ID, g.Subject, g.Sequence, g.Time = r.ID+"/1", r.ID, uint64(n+1), g.Time.Add(time.Second)
	return g
}

// peakMemory is the most memory that this process ever had resident, in MiB; 0 where the system does not say.
func peakMemory(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kib float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kib); n == 1 {
			return kib / 1024
		}
	}
	return 0
}

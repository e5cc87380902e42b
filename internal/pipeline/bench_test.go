package pipeline_test

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// benchPages are the pages of the directory BENCH_PAGES, else the golden ones of the parser.
func benchPages(b *testing.B) (pages []*schemas.Snapshot) {
	b.Helper()
	dir := os.Getenv("BENCH_PAGES")
	if dir == "" {
		dir = filepath.Join("..", "..", "parser", "testdata", "golden")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil || len(files) == 0 {
		b.Fatal(dir, err)
	}
	at := time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC)
	for i, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		url := fmt.Sprintf("https://www.kreis-messau.de/presse/m%d", i)
		s := &schemas.Snapshot{
			Source: schemas.Source{ID: "kreis-messau", State: "NW"}, URL: url, Status: 200, FetchedAt: at, FirstSeen: at,
			ContentType: "text/html; charset=utf-8", Body: body,
		}
		if _, err := parser.Parse(s); err == nil {
			pages = append(pages, s)
		}
	}
	return pages
}

// BenchmarkReparse reads an archive again whose releases all say what the feed says, beside the same pages in Parse alone on as many
// processors: the first may take a ninth more.
func BenchmarkReparse(b *testing.B) {
	pages := benchPages(b)
	b.Run("parse", func(b *testing.B) {
		for b.Loop() {
			var g errgroup.Group
			g.SetLimit(runtime.GOMAXPROCS(0))
			for _, s := range pages {
				g.Go(func() error {
					_, err := parser.Parse(s)
					return err
				})
			}
			if err := g.Wait(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N*len(pages))/b.Elapsed().Seconds(), "pages/s")
	})
	b.Run("reparse", func(b *testing.B) {
		bus, err := publisher.Open(b.Context(), publisher.Config{DataDir: b.TempDir()}, nil)
		if err != nil {
			b.Fatal(err)
		}
		defer bus.Close()
		for _, s := range pages {
			if _, err := bus.Append(b.Context(), s); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := bus.Sources().Put(b.Context(), "kreis-messau.line", schemas.LineState{Ref: pages[0].Source}, 0); err != nil {
			b.Fatal(err)
		}
		l := pipeline.New(pipeline.Broker{Archive: bus, Releases: bus, Pages: bus.Pages(), Sources: bus.Sources(), Runs: bus}, nil, slog.New(slog.DiscardHandler))
		if _, err := l.Reparse(b.Context(), "kreis-messau", pipeline.Reparsing{}); err != nil { // the feed has lost them: they are published
			b.Fatal(err)
		}
		for b.Loop() {
			done, err := l.Reparse(b.Context(), "kreis-messau", pipeline.Reparsing{})
			if err != nil || done.Outcomes[pipeline.Published]+done.Outcomes[pipeline.Reextracted] > 0 {
				b.Fatal(done, err)
			}
		}
		b.ReportMetric(float64(b.N*len(pages))/b.Elapsed().Seconds(), "pages/s")
	})
}

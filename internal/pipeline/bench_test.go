//go:build unix

package pipeline_test

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
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

// processor is the time that this process has had of the processors, which does not grow with what else the machine has to do.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// spent is what one way of reading all pages took: by the clock, and of the processors.
type spent struct{ wall, cpu time.Duration }

func (s *spent) of(b *testing.B, do func()) {
	b.Helper()
	at, cpu := time.Now(), processor(b)
	do()
	s.wall, s.cpu = s.wall+time.Since(at), s.cpu+processor(b)-cpu
}

// BenchmarkReparse reads an archive again whose releases all say what the feed says, and the same pages by Parse alone on as many processors, in
// turns, so that what else the machine does weighs on both: of-parse is how fast the first is beside the second, 1 as fast.
func BenchmarkReparse(b *testing.B) {
	pages := benchPages(b)
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
	var alone, again spent
	for b.Loop() {
		alone.of(b, func() { parseAll(b, pages) })
		again.of(b, func() {
			done, err := l.Reparse(b.Context(), "kreis-messau", pipeline.Reparsing{})
			if err != nil || done.Outcomes[pipeline.Published]+done.Outcomes[pipeline.Reextracted] > 0 {
				b.Fatal(done, err)
			}
		})
	}
	read := float64(b.N * len(pages))
	b.ReportMetric(read/again.wall.Seconds(), "pages/s")
	b.ReportMetric(read/alone.wall.Seconds(), "parsed/s")
	b.ReportMetric(alone.wall.Seconds()/again.wall.Seconds(), "of-parse")
	b.ReportMetric(alone.cpu.Seconds()/again.cpu.Seconds(), "of-parse-cpu")
}

// parseAll parses pages on all processors.
func parseAll(b *testing.B, pages []*schemas.Snapshot) {
	b.Helper()
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

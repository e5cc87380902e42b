//go:build unix

package index

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
)

// TestMeasure builds an index of INDEX_RELEASES releases (300000 for the figures in docs/search.md) and asks it. The file is kept at
// INDEX_FILE when that is set, and used again when it is there.
func TestMeasure(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("INDEX_RELEASES"))
	if n == 0 {
		t.Skip("set INDEX_RELEASES to measure")
	}
	path := os.Getenv("INDEX_FILE")
	if path == "" {
		path = filepath.Join(t.TempDir(), FileName)
	}
	x := openIndex(t, path)
	if at, _ := x.Cursor(t.Context()); at < uint64(n) {
		started, busy := time.Now(), processor()
		build(t, x, int(at), n)
		took := time.Since(started)
		t.Logf("%d releases in %s: %.0f/s", n-int(at), took.Round(time.Second), float64(n-int(at))/took.Seconds())
		t.Logf("processor time %s a release, the making of the releases included", ((processor() - busy) / time.Duration(n-int(at))).Round(time.Microsecond))
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	t.Logf("file %d MB, heap %d MB, from the system %d MB, resident at most %s", info.Size()>>20, mem.HeapAlloc>>20, mem.Sys>>20, peak())
	p := newPress(7)
	for _, kind := range []struct {
		name string
		q    func() Query
	}{
		{"one rare word", func() Query { return Query{Text: p.vocab[2000+p.rand.IntN(50000)]} }},
		{"two words", func() Query { return Query{Text: p.word() + " " + p.vocab[p.zipf.Uint64()]} }},
		{"three words", func() Query {
			return Query{Text: pick(p.rand, office) + " " + pick(p.rand, office) + " " + p.vocab[p.zipf.Uint64()]}
		}},
		{"frequent word", func() Query { return Query{Text: pick(p.rand, office)} }},
		{"two frequent words", func() Query { return Query{Text: pick(p.rand, office) + " " + pick(p.rand, office)} }},
		{"phrase", func() Query { return Query{Text: `"` + pick(p.rand, office) + " " + pick(p.rand, office) + `"`} }},
		{"function words", func() Query { return Query{Text: pick(p.rand, little) + " " + pick(p.rand, little)} }},
		{"beginning", func() Query { return Query{Text: pick(p.rand, firstParts) + "*"} }},
		{"short beginning", func() Query { return Query{Text: string([]rune(pick(p.rand, firstParts))[:3]) + "*"} }},
		{"source", func() Query { return Query{Source: p.sources[p.rand.IntN(400)].ID} }},
		{"source and word", func() Query { return Query{Source: p.sources[p.rand.IntN(400)].ID, Text: pick(p.rand, office)} }},
		{"Land, days, word", func() Query {
			return Query{State: "NW", From: "2019-01-01", To: "2019-06-30", Text: pick(p.rand, office)}
		}},
		{"person", func() Query { return Query{Person: p.people[p.rand.IntN(400)][0].Name} }},
		{"speaker and word", func() Query { return Query{Speaker: pick(p.rand, familyParts), Text: pick(p.rand, office)} }},
		{"all, newest", func() Query { return Query{} }},
	} {
		measure(t, kind.name, func() error { _, err := x.Search(t.Context(), kind.q()); return err })
	}
	measure(t, "quotes by speaker", func() error {
		_, err := x.Quotes(t.Context(), QuoteQuery{Speaker: p.people[p.rand.IntN(400)][0].Name})
		return err
	})
	measure(t, "quotes by key", func() error {
		i := p.rand.IntN(400)
		_, err := x.Quotes(t.Context(), QuoteQuery{Key: personKey(p.people[i][0].Name, p.sources[i].ID)})
		return err
	})
	measure(t, "quotes by word", func() error { _, err := x.Quotes(t.Context(), QuoteQuery{Text: p.word()}); return err })
	measure(t, "people", func() error { _, err := x.People(t.Context(), pick(p.rand, familyParts), 20); return err })
	measure(t, "counts", func() error {
		_, err := x.Counts(t.Context(), time.Unix(1.5e9+int64(n)*900, 0).AddDate(0, 0, -7))
		return err
	})
}

// TestMeasureFilling tells what filling an index costs, step by step, in processor time: reading an event, and writing it, which go on
// beside each other.
func TestMeasureFilling(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("INDEX_RELEASES"))
	if n == 0 {
		t.Skip("set INDEX_RELEASES to measure")
	}
	n = max(batchEvents, min(n, 20000)/batchEvents*batchEvents)
	x, p := openIndex(t, filepath.Join(t.TempDir(), FileName)), newPress(7)
	var reading, writing time.Duration
	for from := 0; from < n; from += batchEvents {
		var events []raw
		for i := range batchEvents {
			ev, b := p.event(from + i + 1)
			events = append(events, raw{ev, b})
		}
		runtime.GC()
		started := processor()
		b := &batch{ticks: map[tick]int{}}
		for _, e := range events {
			if err := b.add(e); err != nil {
				t.Fatal(err)
			}
		}
		read := processor()
		if err := x.apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		reading, writing = reading+read-started, writing+processor()-read
	}
	t.Logf("reading %s, writing %s a release", (reading / time.Duration(n)).Round(time.Microsecond), (writing / time.Duration(n)).Round(time.Microsecond))
}

// measure asks a hundred times.
func measure(t *testing.T, name string, ask func() error) {
	var took []time.Duration
	before := processor()
	for range 100 {
		started := time.Now()
		if err := ask(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		took = append(took, time.Since(started))
	}
	slices.Sort(took)
	at := func(i int) time.Duration { return took[i].Round(10 * time.Microsecond) }
	t.Logf("%-20s median %8s   p95 %8s   most %8s   processor %s", name, at(50), at(94), at(99), ((processor() - before) / 100).Round(10*time.Microsecond))
}

// build writes events as they come from the feed, without one.
func build(t testing.TB, x *Index, from, to int) {
	t.Helper()
	g, ctx := errgroup.WithContext(context.WithoutCancel(t.Context()))
	events, batches := make(chan raw, 256), make(chan *batch, 1)
	g.Go(func() error {
		defer close(events)
		p := newPress(7)
		for n := from + 1; n <= to; n++ {
			ev, b := p.event(n)
			select {
			case events <- raw{ev, b}:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	g.Go(func() error { defer close(batches); return gather(ctx, events, batches) })
	g.Go(func() error { return x.take(ctx, batches) })
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	started := time.Now()
	if err := x.tidy(t.Context(), func() bool { return false }); err != nil {
		t.Fatal(err)
	}
	t.Logf("merged in %s", time.Since(started).Round(time.Second))
}

// peak is the most memory that this process ever had, as Linux tells it.
func peak() string {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "?"
	}
	var kb int
	for line := range strings.Lines(string(b)) {
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kb); err == nil {
			break
		}
	}
	return fmt.Sprintf("%d MB", kb>>10)
}

// processor is the time that this process has had of the processors: it does not grow with what else the machine has to do.
func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

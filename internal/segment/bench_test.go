package segment

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/export/parquet"
	"github.com/kreispresse/kreispresse/schemas"
)

// endless is a feed of so many events of about 5 KiB, made when they are asked for.
type endless struct {
	n    int
	peak uint64 // bytes of heap in use, looked at every thousand events
}

func (f *endless) Last(context.Context) (uint64, error) { return uint64(f.n), nil }

func (f *endless) At(context.Context, uint64) (*schemas.Event, []byte, error) { return nil, nil, nil }

func (f *endless) Receipts(context.Context, func(schemas.Erased) error) error { return nil }

func (f *endless) Each(_ context.Context, from uint64, fn func(*schemas.Event, []byte) error) error {
	for i := from; i <= uint64(f.n); i++ {
		var text strings.Builder
		for j := range 60 {
			fmt.Fprintf(&text, "Satz %d der Meldung %d nennt die Zahl %d und den Kreistag von Musterau. ", j, i, i*uint64(j)%9973)
		}
		r := &schemas.Release{
			ID: fmt.Sprintf("aaaaaaaaaaaaaaaaaa%08d", i%90_000_000), Source: schemas.Source{ID: "kreis-musterau", Name: "Kreis Musterau", State: "NW"},
			URL: fmt.Sprint("https://www.kreis-musterau.example/", i), Title: fmt.Sprint("Meldung ", i), Text: text.String(),
		}
		r.Normalise()
		data, err := json.Marshal(r)
		if err != nil {
			return err
		}
		ev := &schemas.Event{
			ID: r.ID + "/1", Type: schemas.EventPublished, Source: "/sources/kreis-musterau", Subject: r.ID, Sequence: i, Revision: 1,
			Time: begin.Add(time.Duration(i) * time.Minute), Hash: strings.Repeat("ab", 32),
		}
		if err := fn(ev, data); err != nil {
			return err
		}
		if i%1000 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			f.peak = max(f.peak, m.HeapInuse)
		}
	}
	return nil
}

// BenchmarkArchive archives feeds of 10,000 and 50,000 events: events/s and, what should be the same for both, the peak of the heap.
func BenchmarkArchive(b *testing.B) {
	for _, events := range []int{10_000, 50_000} {
		for name, table := range map[string]func(io.Writer) Table{"lines": nil, "rows": func(w io.Writer) Table { return parquet.NewWriter(w) }} {
			b.Run(fmt.Sprint(name, "/", events), func(b *testing.B) {
				f := &endless{n: events}
				for b.Loop() {
					a, err := Open(b.TempDir(), Options{Table: table})
					if err != nil {
						b.Fatal(err)
					}
					if _, err := a.Update(b.Context(), f); err != nil {
						b.Fatal(err)
					}
					a.Close()
				}
				b.ReportMetric(float64(events*b.N)/b.Elapsed().Seconds(), "events/s")
				b.ReportMetric(float64(f.peak)/(1<<20), "peak-MiB")
			})
		}
	}
}

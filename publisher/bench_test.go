package publisher

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// benchBody is a page of about 40 KiB, as press pages are.
func benchBody(n int) string {
	var b strings.Builder
	for i := range 400 {
		fmt.Fprintf(&b, "<p class=\"SP-Paragraph\">Absatz %d der Meldung %d: Der Kreistag hat am %d. März beraten und beschlossen.</p>\n", i, n, i*n%31+1)
	}
	return b.String()
}

// benchText is a release of about 4 KiB.
func benchText(n int) string {
	return strings.Repeat(fmt.Sprintf("Meldung %d über die Mühlenau. ", n), 128)
}

func BenchmarkAppend(b *testing.B) {
	bus := openTest(b)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		s := testSnapshot(n, benchBody(n))
		b.SetBytes(int64(len(s.Body)))
		if _, err := bus.Append(b.Context(), s); err != nil {
			b.Fatal(err)
		}
		n++
	}
}

func BenchmarkPublishRelease(b *testing.B) {
	for _, c := range []struct {
		name     string
		releases int // 0: each one new
	}{{"new", 0}, {"unchanged", 100}} {
		b.Run(c.name, func(b *testing.B) {
			bus := openTest(b)
			publish := func(n int) {
				if _, _, err := publishRelease(b.Context(), bus, testRelease(testSnapshot(n, "x"), benchText(n))); err != nil {
					b.Fatal(err)
				}
			}
			for n := range c.releases {
				publish(n)
			}
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				if c.releases > 0 {
					n %= c.releases
				}
				publish(n)
				n++
			}
		})
	}
}

func BenchmarkPagesPut(b *testing.B) {
	bus := openTest(b)
	p := bus.Pages()
	rev, err := p.Put(b.Context(), "demo", "x", schemas.PageState{}, 0)
	if err != nil {
		b.Fatal(err)
	}
	st := schemas.PageState{URL: testSnapshot(1, "").URL, ETag: `"abc"`}
	for b.Loop() {
		st.Failures++
		if rev, err = p.Put(b.Context(), "demo", "x", st, rev); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReplay reads a feed of 2,000 events of about 5 KiB; events/s is the figure to look at.
func BenchmarkReplay(b *testing.B) {
	bus := openTest(b)
	const events = 2000
	for n := range events {
		if _, _, err := publishRelease(b.Context(), bus, testRelease(testSnapshot(n, "x"), benchText(n))); err != nil {
			b.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		f    Filter
	}{{"all", Filter{}}, {"last", Filter{Last: true}}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n, err := bus.Replay(b.Context(), c.f, func(*schemas.Event) error { return nil })
				if err != nil || n != events {
					b.Fatal(n, err)
				}
			}
			b.ReportMetric(float64(events*b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// BenchmarkExtract reads snapshots of 40 KiB from the archive, without parsing.
func BenchmarkExtract(b *testing.B) {
	bus := openTest(b)
	const pages = 1000
	for n := range pages {
		if _, err := bus.Append(b.Context(), testSnapshot(n, benchBody(n))); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		if err := bus.EachSnapshotOf(b.Context(), testSource.ID, 0, func(_ uint64, _ *schemas.Snapshot,
			err error,
		) error {
			n++
			return err
		}); err != nil || n != pages {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(float64(pages*b.N)/b.Elapsed().Seconds(), "snapshots/s")
}

func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		bus, err := Open(b.Context(), Config{DataDir: dir}, nil)
		if err != nil {
			b.Fatal(err)
		}
		bus.Close()
	}
}

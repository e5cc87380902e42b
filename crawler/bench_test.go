package crawler

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/crawler/source"
)

const benchPages = 200

// benchSite serves a listing of benchPages releases of about 40 KB.
func benchSite(b *testing.B) (*site, *source.Source) {
	s := newSite(b)
	paths := s.releases(benchPages)
	body := strings.Replace(release("Meldung"), "</html>", strings.Repeat("<p>Der Kreis Muster erneuert die Brücke.</p>\n", 900)+"</html>", 1)
	for i, p := range paths {
		etag := fmt.Sprintf(`"%d"`, i)
		s.on(p, func(w http.ResponseWriter, req *http.Request) {
			w.Header().Set("ETag", etag)
			if req.Header.Get("If-None-Match") == etag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			content("text/html; charset=utf-8", body)(w, req)
		})
	}
	return s, s.source(b, nil)
}

func pagesPerSecond(b *testing.B) {
	b.ReportMetric(float64(b.N*benchPages)/b.Elapsed().Seconds(), "pages/s")
}

// BenchmarkCrawl is a first crawl into memory, with no pause between requests.
func BenchmarkCrawl(b *testing.B) {
	_, src := benchSite(b)
	b.ReportAllocs()
	for b.Loop() {
		m := newMemory()
		sum, err := New(m, m, Config{}).Crawl(context.Background(), src, Options{})
		if err != nil || sum.Counts[OutcomeNew] != benchPages {
			b.Fatal(sum.Counts, err)
		}
	}
	pagesPerSecond(b)
}

// BenchmarkRecrawl is a crawl in which every page answers 304.
func BenchmarkRecrawl(b *testing.B) {
	_, src := benchSite(b)
	m := newMemory()
	c := New(m, m, Config{})
	if _, err := c.Crawl(context.Background(), src, Options{}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if sum, err := c.Crawl(context.Background(), src, Options{}); err != nil || sum.Counts[OutcomeUnchanged] != benchPages {
			b.Fatal(sum.Counts, err)
		}
	}
	pagesPerSecond(b)
}

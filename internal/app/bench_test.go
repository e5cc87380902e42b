package app

import (
	"context"
	"io"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gocolly/colly/v2"

	"github.com/kreispresse/kreispresse/crawler/demosite"
)

// benchSite serves the demo site and writes its source without a pause between requests.
func benchSite(b *testing.B) (srv *httptest.Server, sources string, pages int) {
	b.Helper()
	site := demosite.New()
	srv = httptest.NewServer(site.Handler())
	b.Cleanup(srv.Close)
	sources = b.TempDir()
	if err := writeSource(sources, srv.URL, "pace: 10ms", "pace: 0s"); err != nil {
		b.Fatal(err)
	}
	return srv, sources, len(site.Releases())
}

func mustRun(b *testing.B, args ...string) {
	b.Helper()
	if code := Run(context.Background(), args, strings.NewReader(""), io.Discard, io.Discard); code != ExitOK {
		b.Fatalf("%v: exit code %d", args, code)
	}
}

func perSecond(b *testing.B, n int, unit string) {
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), unit+"/s")
}

// BenchmarkLine is the whole line on an empty data directory: start of the embedded server, crawl, archive, parse, publish, all synced.
func BenchmarkLine(b *testing.B) {
	_, sources, pages := benchSite(b)
	for b.Loop() {
		mustRun(b, "--data", filepath.Join(b.TempDir(), "data"), "--sources", sources, "crawl")
	}
	perSecond(b, pages, "pages")
}

// BenchmarkRecrawl is a crawl of a site where nothing has changed.
func BenchmarkRecrawl(b *testing.B) {
	_, sources, pages := benchSite(b)
	data := filepath.Join(b.TempDir(), "data")
	mustRun(b, "--data", data, "--sources", sources, "crawl")
	for b.Loop() {
		mustRun(b, "--data", data, "--sources", sources, "crawl")
	}
	perSecond(b, pages, "pages")
}

// BenchmarkBareColly fetches the same pages with nothing but Colly, and keeps nothing.
func BenchmarkBareColly(b *testing.B) {
	srv, _, pages := benchSite(b)
	paths := demosite.New().Releases()
	for b.Loop() {
		c := colly.NewCollector()
		n := 0
		c.OnHTML("body", func(*colly.HTMLElement) { n++ })
		for _, p := range paths {
			if err := c.Visit(srv.URL + p.Path); err != nil {
				b.Fatal(err)
			}
		}
		if n != pages {
			b.Fatalf("%d of %d pages", n, pages)
		}
	}
	perSecond(b, pages, "pages")
}

// BenchmarkReplay reads every event of the demo site to standard output.
func BenchmarkReplay(b *testing.B) {
	_, sources, pages := benchSite(b)
	data := filepath.Join(b.TempDir(), "data")
	mustRun(b, "--data", data, "--sources", sources, "crawl")
	for b.Loop() {
		mustRun(b, "--data", data, "replay")
	}
	perSecond(b, pages, "events")
}

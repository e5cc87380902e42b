package bench

import (
	"bytes"
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gocolly/colly/v2"

	"github.com/kreispresse/kreispresse/crawler/demosite"
	"github.com/kreispresse/kreispresse/internal/app"
)

// bareColly visits the pages with nothing but Colly, one request at a time, and keeps nothing: no robots.txt, no state, no archive.
func bareColly(base string, releases []demosite.Release) (n int, err error) {
	c := colly.NewCollector()
	c.OnHTML("body", func(*colly.HTMLElement) { n++ })
	for _, p := range releases {
		if err := c.Visit(base + p.Path); err != nil {
			return n, err
		}
	}
	return n, nil
}

// line crawls, archives, reads and publishes the site on an embedded NATS server in dir.
func line(sources, dir string) (code int, out string) {
	var b bytes.Buffer
	code = app.Run(context.Background(), []string{"--data", dir, "--sources", sources, "crawl"}, strings.NewReader(""), &b, &b)
	return code, b.String()
}

var addressAndPace = regexp.MustCompile(`(?m)^(base|pace): .*$`)

// demoSource serves the demo site and writes its source file, without a pause between requests.
func demoSource(t testing.TB) (site *demosite.Site, base, sources string) {
	t.Helper()
	site, sources = demosite.New(), t.TempDir()
	srv := httptest.NewServer(site.Handler())
	t.Cleanup(srv.Close)
	text, err := os.ReadFile(filepath.Join("..", "crawler", "source", "sources", "demo.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	text = addressAndPace.ReplaceAllFunc(text, func(line []byte) []byte {
		if bytes.HasPrefix(line, []byte("pace")) {
			return []byte("pace: 0s")
		}
		return []byte("base: " + srv.URL + "/")
	})
	if err := os.WriteFile(filepath.Join(sources, "demo.yaml"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	return site, srv.URL, sources
}

// TestBothCrawl holds that the comparison compares: both get every page of the site.
func TestBothCrawl(t *testing.T) {
	site, base, sources := demoSource(t)
	releases := site.Releases()
	if n, err := bareColly(base, releases); err != nil || n != len(releases) {
		t.Errorf("Colly: %d of %d pages, %v", n, len(releases), err)
	}
	if code, out := line(sources, filepath.Join(t.TempDir(), "data")); code != app.ExitOK || site.Stats().Releases < 2*len(releases) {
		t.Errorf("kreispresse: exit code %d, %d requests for %d releases\n%s", code, site.Stats().Releases, len(releases), out)
	}
}

// BenchmarkCrawl fetches the demo site: the whole line, everything synced to disk, and Colly alone.
func BenchmarkCrawl(b *testing.B) {
	site, base, sources := demoSource(b)
	releases := site.Releases()
	perSecond := func(b *testing.B) { b.ReportMetric(float64(len(releases)*b.N)/b.Elapsed().Seconds(), "pages/s") }
	b.Run("kreispresse", func(b *testing.B) {
		for b.Loop() {
			if code, out := line(sources, filepath.Join(b.TempDir(), "data")); code != app.ExitOK {
				b.Fatal(code, out)
			}
		}
		perSecond(b)
	})
	b.Run("colly", func(b *testing.B) {
		for b.Loop() {
			if _, err := bareColly(base, releases); err != nil {
				b.Fatal(err)
			}
		}
		perSecond(b)
	})
}

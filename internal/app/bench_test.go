package app

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
)

// noPause takes the pause between requests out of the source.
var noPause = []string{"pace: 10ms", "pace: 0s"}

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
	site, _, sources := serveSite(b, nil, noPause...)
	for b.Loop() {
		mustRun(b, "--data", filepath.Join(b.TempDir(), "data"), "--sources", sources, "crawl")
	}
	perSecond(b, len(site.Releases()), "pages")
}

// BenchmarkRecrawl is a crawl of a site where nothing has changed.
func BenchmarkRecrawl(b *testing.B) {
	site, _, sources := serveSite(b, nil, noPause...)
	data := filepath.Join(b.TempDir(), "data")
	mustRun(b, "--data", data, "--sources", sources, "crawl")
	for b.Loop() {
		mustRun(b, "--data", data, "--sources", sources, "crawl")
	}
	perSecond(b, len(site.Releases()), "pages")
}

// BenchmarkReplay reads every event of the demo site to standard output.
func BenchmarkReplay(b *testing.B) {
	site, _, sources := serveSite(b, nil, noPause...)
	data := filepath.Join(b.TempDir(), "data")
	mustRun(b, "--data", data, "--sources", sources, "crawl")
	for b.Loop() {
		mustRun(b, "--data", data, "replay")
	}
	perSecond(b, len(site.Releases()), "events")
}

package bench

import (
	"bytes"
	"io"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/crawler/demosite"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

const address = "https://www.kreis-ahrenfels.example/presse/meldung.php"

// demoPages are the releases of the demo site as it serves them.
func demoPages(t testing.TB) [][]byte {
	t.Helper()
	site := demosite.New()
	srv := httptest.NewServer(site.Handler())
	defer srv.Close()
	var pages [][]byte
	for _, r := range site.Releases() {
		resp, err := srv.Client().Get(srv.URL + r.Path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || len(body) == 0 {
			t.Fatalf("%s: %d bytes, %v", r.Path, len(body), err)
		}
		pages = append(pages, body)
	}
	return pages
}

// pages are those of the directory in BENCH_PAGES, else those of the demo site.
func pages(b *testing.B) [][]byte {
	dir := os.Getenv("BENCH_PAGES")
	if dir == "" {
		return demoPages(b)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil || len(files) == 0 {
		b.Fatalf("BENCH_PAGES=%s: no *.html, %v", dir, err)
	}
	var list [][]byte
	for _, f := range files {
		p, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

func ours(page []byte) (*schemas.Release, error) {
	return parser.Parse(&schemas.Snapshot{URL: address, Body: page})
}

// theirs reads with go-trafilatura and its fallback, which gives text and metadata and no more.
func theirs(page []byte) (*trafilatura.ExtractResult, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	return trafilatura.Extract(bytes.NewReader(page), trafilatura.Options{OriginalURL: u, EnableFallback: true, IncludeImages: true})
}

// TestBothRead holds that the comparison compares: both find the text of the pages they are timed on.
func TestBothRead(t *testing.T) {
	both := 0
	list := demoPages(t)
	for i, p := range list {
		r, err := ours(p)
		if err != nil {
			t.Errorf("page %d: %v", i, err)
			continue
		}
		x, err := theirs(p)
		if err != nil {
			t.Logf("page %d: go-trafilatura: %v", i, err)
			continue
		}
		if words := strings.Fields(r.Text); len(words) > 5 && strings.Contains(strings.Join(strings.Fields(x.ContentText), " "),
			strings.Join(words[len(words)-5:], " ")) {
			both++
		}
	}
	if both < len(list)/2 {
		t.Errorf("both read the end of the text on %d of %d pages only", both, len(list))
	}
}

// BenchmarkRead is the reading of a page; ns/page are comparable. cpu-ns/page is what the process spent on it on all cores, collecting
// garbage included. "bare" is the HTML parse alone, the floor of every reader.
func BenchmarkRead(b *testing.B) {
	list := pages(b)
	for _, reader := range []struct {
		name string
		read func([]byte)
	}{
		{"bare", func(p []byte) { _, _ = html.Parse(bytes.NewReader(p)) }},
		{"kreispresse", func(p []byte) { _, _ = ours(p) }},
		{"trafilatura", func(p []byte) { _, _ = theirs(p) }},
	} {
		b.Run(reader.name, func(b *testing.B) {
			b.ReportAllocs()
			before := processorTime()
			for b.Loop() {
				for _, p := range list {
					reader.read(p)
				}
			}
			b.ReportMetric(float64(processorTime()-before)/float64(b.N)/float64(len(list)), "cpu-ns/page")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(list)), "ns/page")
		})
	}
}

// processorTime is what the process has used of the processors so far.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

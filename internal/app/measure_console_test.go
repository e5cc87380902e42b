package app

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/publisher"
)

// TestMeasureConsole asks the console for its pages, over 400 sources and 300,000 releases: while all sources are crawled for the first time
// since the start, and when they are at rest. The index is built before.
func TestMeasureConsole(t *testing.T) {
	measured(t, "console")
	const sites, pages = 400, 750
	data, dir := filepath.Join(t.TempDir(), "data"), t.TempDir()
	var land []*bigSite
	for i := range sites {
		s := newBigSite(t, i, pages, 12, 5*365*24*time.Hour/pages)
		land = append(land, s)
		text := fmt.Sprintf("id: %s\nname: Kreis %d\nstate: NW\nbase: %s/\nallow_private: true\npace: 2s\n", s.id, i, s.base)
		text += "start: {feeds: [/rss]}\naccept: ['^/presse/']\nschedule: {hours: [mon-sun 0-24]}\n"
		if err := os.WriteFile(filepath.Join(dir, s.id+".yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	fill(t, data, func(ctx context.Context, b *publisher.Bus, g *errgroup.Group) {
		for n := range int64(pages) {
			for _, s := range land {
				g.Go(func() error { return s.remember(ctx, b, n+1) })
			}
		}
	})
	fill(t, data, func(ctx context.Context, b *publisher.Bus, g *errgroup.Group) {
		for _, s := range land {
			g.Go(func() error { return s.settled(ctx, b) })
		}
	})
	t.Logf("filled in %v", time.Since(began).Round(time.Second))
	began = time.Now()
	if code, _, errs := run(t.Context(), "--data", data, "--sources", dir, "search", "Radweg"); code != ExitOK {
		t.Fatal(errs)
	}
	t.Logf("indexed in %v", time.Since(began).Round(time.Second))
	code, out, errs := run(t.Context(), "--data", data, "access", "add", "measure", "--role", "viewer")
	if code != ExitOK {
		t.Fatal(errs)
	}
	token := strings.TrimSpace(out)
	for _, word := range strings.Fields(out) {
		if strings.HasPrefix(word, "kp_") {
			token = word
		}
	}

	address := calm.Addresses(t, 1)[0].String()
	w := startWorker(t, "--data", data, "--sources", dir, "--contact", "redaktion@example.org", "run", "--listen", address)
	ready(t, address)
	look := &visitor{t, address, token}
	crawled := func() (n int) {
		for _, s := range land {
			if s.asked.Load() >= 2 { // robots.txt, the list
				n++
			}
		}
		return n
	}
	look.round("first crawl", func() bool { return crawled() == sites })
	until := time.Now().Add(time.Minute)
	look.round("at rest", func() bool { return time.Now().After(until) })
	t.Logf("peak %d MiB", w.end())
}

// ready waits for the program to be ready.
func ready(t *testing.T, address string) {
	t.Helper()
	for {
		resp, err := http.Get("http://" + address + "/readyz")
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// visitor asks for pages of the console.
type visitor struct {
	t              *testing.T
	address, token string
}

// round asks for each page by turns until it is done, and tells how long that took and what went over the line.
func (l *visitor) round(when string, done func() bool) {
	paths := []string{
		"/", "/sources", "/sources/kreis-007", "/releases", "/releases?q=Radweg", "/releases?q=Kreistag+beschlossen", "/said?speaker=M%C3%BCller",
		"/held", "/subscribers", "/system",
	}
	took, size := map[string][]time.Duration{}, map[string]int64{}
	for again := true; again; again = !done() {
		for _, p := range paths {
			d, n := l.get(p)
			took[p], size[p] = append(took[p], d), n
		}
	}
	for _, p := range paths {
		d := took[p]
		slices.Sort(d)
		l.t.Logf("%s: %-36s %5d times, median %8s, p95 %8s, most %8s, %d KB", when, p, len(d), d[len(d)/2].Round(time.Millisecond/10),
			d[len(d)*95/100].Round(time.Millisecond/10), d[len(d)-1].Round(time.Millisecond/10), size[p]>>10)
	}
}

// get gives how long a page took, and its bytes as they were sent.
func (l *visitor) get(path string) (time.Duration, int64) {
	l.t.Helper()
	req, err := http.NewRequest(http.MethodGet, "http://"+l.address+"/de"+path, nil)
	if err != nil {
		l.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+l.token)
	req.Header.Set("Accept-Encoding", "gzip") // said by us, it is not taken off by the client
	began := time.Now()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		l.t.Errorf("%s: %v", path, err)
		return time.Since(began), 0
	}
	defer resp.Body.Close()
	n, err := io.Copy(io.Discard, resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		l.t.Errorf("%s: %s, %v", path, resp.Status, err)
	}
	return time.Since(began), n
}

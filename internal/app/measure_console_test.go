package app

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/calm"
)

// TestMeasureConsole asks the console for its pages, over 400 sources and 300,000 releases: while all sources are crawled for the first time
// since the start, and when they are at rest. The index is built before.
func TestMeasureConsole(t *testing.T) {
	measured(t, "console")
	land, dir := hourLand(t)
	data := hourStore(t, land)
	began := time.Now()
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
	look.round("first crawl", func() bool { return crawled() == len(land) })
	until := time.Now().Add(time.Minute)
	look.round("at rest", func() bool { return time.Now().After(until) })
	t.Logf("peak %d MiB", w.end())
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

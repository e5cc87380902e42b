package app

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// running is a `run` in this process.
type running struct {
	t     *testing.T
	said  chan string
	ended chan int
	stop  context.CancelFunc
}

func startRun(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	r := &running{t: t, said: make(chan string, 10000), ended: make(chan int, 1), stop: stop}
	t.Cleanup(stop)
	args = append(args, "--log", "info", "run", "--listen", "127.0.0.1:0")
	go func() {
		r.ended <- Run(ctx, args, strings.NewReader(""), io.Discard, &lines{each: func(s string) { r.said <- s }})
	}()
	return r
}

// await waits until it says something, and gives the groups of the pattern.
func (r *running) await(pattern string) []string {
	r.t.Helper()
	re := regexp.MustCompile(pattern)
	for {
		select {
		case s := <-r.said:
			if m := re.FindStringSubmatch(s); m != nil {
				return m
			}
		case code := <-r.ended:
			r.t.Fatalf("ended with %d before it said %q", code, pattern)
		}
	}
}

func (r *running) end() {
	r.t.Helper()
	r.stop()
	if code := <-r.ended; code != ExitOK {
		r.t.Errorf("exit code %d", code)
	}
}

// TestReplicasWithOtherFiles: of two replicas with different source files the second says so, on /readyz and by doctor too, and crawls what
// both have alike; with a higher version it is the first that is refused.
func TestReplicasWithOtherFiles(t *testing.T) {
	url := startNATS(t, t.TempDir())
	_, _, first := serveSite(t, nil)
	second := t.TempDir()
	_, _, neighbour := serveSite(t, nil)
	text, err := os.ReadFile(filepath.Join(first, "demo.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.ReadFile(filepath.Join(neighbour, "demo.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	other = bytes.Replace(other, []byte("id: "+demoSource), []byte("id: kreis-musterau"), 1)
	other = regexp.MustCompile(`(?m)^name: .*$`).ReplaceAll(other, []byte("name: Kreis Musterau"))
	for name, data := range map[string][]byte{"demo.yaml": append(bytes.Clone(text), "\nschedule: {idle: 3h}\n"...), "other.yaml": other} {
		if err := os.WriteFile(filepath.Join(second, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a := startRun(t, "--nats", url, "--sources", first)
	a.await(`crawled source=` + demoSource)
	b := startRun(t, "--nats", url, "--sources", second)
	base := "http://" + b.await(`serving address=(\S+)`)[1]
	b.await(`other source files .* not crawled here are \[` + demoSource + ` kreis-musterau\]`)
	code, body := get(t, base+"/readyz")
	if code != http.StatusOK || !strings.Contains(body, "ready; other source files") || !strings.Contains(body, "sources_version to 1") {
		t.Errorf("/readyz: %d %s", code, body)
	}
	doctor := func(sources string, want ...string) {
		t.Helper()
		_, out, errs := run(t.Context(), "--nats", url, "--sources", sources, "doctor")
		for _, w := range want {
			if !strings.Contains(out, w) {
				t.Errorf("doctor does not say %q:\n%s%s", w, out, errs)
			}
		}
	}
	doctor(first, "as all processes have them")
	doctor(second, "warn  source files", demoSource, "kreis-musterau")
	b.end()

	b = startRun(t, "--nats", url, "--sources", second, "--sources-version", "1")
	b.await(`crawled source=kreis-musterau`)
	a.end()
	doctor(first, "warn  source files", "sources_version to 2")
	b.end()
	code, _, errs := run(t.Context(), "--nats", url, "--sources", second, "--sources-version", "new", "run")
	if code != ExitUsage || !strings.Contains(errs, "--sources-version") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

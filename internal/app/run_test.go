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
	"syscall"
	"testing"
)

// TestRun keeps a source crawled in this process, looks at it from outside, lets other commands use its store meanwhile, gives it
// another source, and ends it.
func TestRun(t *testing.T) {
	site, _, dir := serveSite(t, nil)
	data := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	said := make(chan string, 10000)
	ended := make(chan int, 1)
	go func() {
		args := []string{"--data", data, "--sources", dir, "--log", "info", "run", "--listen", "127.0.0.1:0"}
		ended <- Run(ctx, args, strings.NewReader(""), io.Discard, &lines{each: func(s string) { said <- s }})
	}()
	await := func(pattern string) []string {
		t.Helper()
		re := regexp.MustCompile(pattern)
		for {
			select {
			case s := <-said:
				if m := re.FindStringSubmatch(s); m != nil {
					return m
				}
			case code := <-ended:
				t.Fatalf("ended with %d before it said %q", code, pattern)
			}
		}
	}
	base := "http://" + await(`serving address=(\S+)`)[1]
	await(`crawled source=` + demoSource)
	code, out, errs := run(t.Context(), "--data", data, "tail", "--from", "1", "-n", "44")
	if code != ExitOK || strings.Count(out, demoSource) != len(site.Releases()) {
		t.Fatalf("tail while it runs: exit code %d, %d lines\n%s", code, strings.Count(out, "\n"), errs)
	}
	if code, out, errs := run(t.Context(), "--data", data, "status"); code != ExitOK || !strings.Contains(out, "embedded, in process ") {
		t.Errorf("status while it runs: exit code %d\n%s%s", code, out, errs)
	}
	for path, want := range map[string]string{"/healthz": "ok\n", "/readyz": "ready\n", "/metrics": "kreispresse_stream_last_sequence{stream=\"PRESS\"} 44\n"} {
		if code, body := get(t, base+path); code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d, without %q:\n%s", path, code, want, body)
		}
	}

	_, _, other := serveSite(t, nil)
	text, err := os.ReadFile(filepath.Join(other, "demo.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	second := bytes.Replace(text, []byte("id: "+demoSource), []byte("id: kreis-musterau"), 1)
	second = regexp.MustCompile(`(?m)^name: .*$`).ReplaceAll(second, []byte("name: Kreis Musterau"))
	if err := os.WriteFile(filepath.Join(dir, "second.yaml"), second, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	await(`crawled source=kreis-musterau`)
	if err := os.WriteFile(filepath.Join(dir, "third.yaml"), []byte("id: [\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	await(`the sources cannot be read, those from before stay in use`)
	stop()
	if code := <-ended; code != ExitOK {
		t.Errorf("exit code %d", code)
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

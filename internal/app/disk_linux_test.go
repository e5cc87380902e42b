package app

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/publisher"
)

// TestRunLowDisk: with too little room nothing is asked for, people are told, everything that can be asked says so, and with room again it
// goes on without a restart. It needs the right to mount a file system.
func TestRunLowDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=32m"); err != nil {
		t.Skipf("may not mount: %v", err)
	}
	defer syscall.Unmount(disk, syscall.MNT_DETACH)
	told := make(chan string, 100)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		told <- string(body)
	}))
	defer hook.Close()
	asked := make(chan string, 10000)
	_, _, dir := serveSite(t, func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked <- r.URL.Path
			h.ServeHTTP(w, r)
		})
	})
	config := filepath.Join(t.TempDir(), "c.yaml")
	text := fmt.Sprintf("min_free: 40MiB\nnotify: {after: 0s, webhooks: [{url: '%s', format: slack}]}\n", hook.URL)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	globals := []string{"--data", filepath.Join(disk, "data"), "--config", config, "--sources", dir}
	ctx, stop := context.WithCancel(t.Context())
	said, ended := make(chan string, 10000), make(chan int, 1)
	go func() {
		args := append(globals, "--log", "info", "run", "--listen", "127.0.0.1:0")
		ended <- Run(ctx, args, strings.NewReader(""), io.Discard, &lines{each: func(s string) { said <- s }})
	}()
	defer func() {
		stop()
		if code := <-ended; code != ExitOK {
			t.Errorf("exit code %d", code)
		}
	}()
	await := func(from <-chan string, pattern string) []string {
		t.Helper()
		for re := regexp.MustCompile(pattern); ; {
			select {
			case s := <-from:
				if m := re.FindStringSubmatch(s); m != nil {
					return m
				}
			case code := <-ended:
				ended <- code
				t.Fatalf("ended with %d before it said %q", code, pattern)
			}
		}
	}
	base := "http://" + await(said, `serving address=(\S+)`)[1]
	await(said, `nothing can be crawled now.*nothing is crawled below 40.0 MiB`)
	await(told, `nothing is crawled.*are free`)
	if code, body := get(t, base+"/readyz"); code != http.StatusServiceUnavailable || !strings.Contains(body, "nothing is crawled below 40.0 MiB") {
		t.Errorf("/readyz: %d %s", code, body)
	}
	if _, body := get(t, base+"/metrics"); !strings.Contains(body, "\nkreispresse_disk_floor_bytes 4.194304e+07\n") {
		t.Errorf("/metrics:\n%s", body)
	}
	code, out, _ := run(t.Context(), append(globals, "doctor")...)
	if code != ExitFailed || !strings.Contains(out, "less than the 40.0 MiB below which nothing is crawled") {
		t.Errorf("doctor: exit code %d\n%s", code, out)
	}
	if code, out, _ := run(t.Context(), append(globals, "status")...); code != ExitOK || !strings.Contains(out, "LOW DISK") {
		t.Errorf("status: exit code %d\n%s", code, out)
	}
	if len(asked) > 0 {
		t.Errorf("the site was asked for %s", <-asked)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size=128m"); err != nil {
		t.Fatal(err)
	}
	await(said, `crawling goes on`)
	await(told, `crawling goes on`)
	await(said, `crawled source=`+demoSource)
	if code, body := get(t, base+"/readyz"); code != http.StatusOK {
		t.Errorf("/readyz: %d %s", code, body)
	}
	calm.Until(t, "status --check says that the source is healthy", func() bool { // what was crawled is read next, then judged
		code, out, _ := run(t.Context(), append(globals, "status", "--check")...)
		return code == ExitOK && strings.HasPrefix(out, "OK: 1 of 1 source healthy")
	})
}

func TestCheckDisk(t *testing.T) {
	const gib = 1 << 30
	for _, c := range []struct {
		free   uint64
		perDay float64
		known  bool
		code   int
		says   string
	}{
		{100 * gib, gib, true, 0, ""},
		{14 * gib, gib, true, checkWarning, "enough for 13 days"},
		{gib - 1, 0, true, checkCritical, "nothing is crawled below 1.0 GiB"},
		{0, 0, false, 0, ""},
		{gib, 0, true, 0, ""},
	} {
		got := checkDisk(publisher.Room{Where: "/data", Free: c.free, Floor: gib, PerDay: c.perDay}, c.known)
		if got.code != c.code || !strings.Contains(got.says, c.says) || (got.says == "") != (c.says == "") {
			t.Errorf("%+v: %+v", c, got)
		}
	}
	wantError(t, ExitUsage, []string{"--min-free", "want a size such as 1GiB"}, "--data", t.TempDir(), "--min-free", "viel", "retention")
}

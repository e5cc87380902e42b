package app

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const kills = 30

// TestKill kills the program with SIGKILL at random moments of a crawl, thirty times, each time going on with what is there. In the end
// every release of the site must be in the feed once, with its first revision.
func TestKill(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	var asked atomic.Int64
	var mu sync.Mutex
	var onRequest func()
	site, url, sources := serveSite(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked.Add(1)
			mu.Lock()
			f := onRequest
			mu.Unlock()
			if f != nil {
				f()
			}
			next.ServeHTTP(w, r)
		})
	})
	data := filepath.Join(t.TempDir(), "data")
	command := func() *exec.Cmd { // this test binary under the program's name, see TestMain
		return exec.Command("kreispresse", "--data", data, "--sources", sources, "crawl")
	}

	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(uint64(seed), 0))
	killed := 0
	for attempt := 0; killed < kills; attempt++ {
		if attempt > 10*kills {
			t.Fatalf("only %d of %d runs could be killed", killed, attempt)
		}
		cmd := command()
		var errs bytes.Buffer
		cmd.Stderr = &errs
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// The moment: some requests into the crawl, and then up to 30 ms later, so that it may fall between any two writes.
		after, jitter := rnd.Int64N(60), time.Duration(rnd.Int64N(int64(30*time.Millisecond)))
		start := asked.Load()
		var once sync.Once
		mu.Lock()
		onRequest = func() {
			if asked.Load()-start >= after {
				once.Do(func() { time.AfterFunc(jitter, func() { _ = cmd.Process.Kill() }) })
			}
		}
		mu.Unlock()
		err := cmd.Wait()
		mu.Lock()
		onRequest = nil
		mu.Unlock()
		switch {
		case err == nil: // it was done before the moment came: start over with an empty store now and then
			if err := os.RemoveAll(data); err != nil {
				t.Fatal(err)
			}
		case cmd.ProcessState.ExitCode() == -1:
			killed++
		default:
			t.Fatalf("after %d kills: %v\n%s", killed, err, errs.String())
		}
	}
	if out, err := command().CombinedOutput(); err != nil {
		t.Fatalf("the last run: %v\n%s", err, out)
	}

	code, out, errs := run(t.Context(), "--data", data, "replay")
	if code != ExitOK {
		t.Fatalf("replay: exit code %d: %s", code, errs)
	}
	count := map[string]int{}
	for dec := json.NewDecoder(bytes.NewBufferString(out)); dec.More(); {
		var e jsonEvent
		if err := dec.Decode(&e); err != nil {
			t.Fatal(err)
		}
		if e.Revision != 1 || eventName(e.Type) != "published" {
			t.Errorf("%s revision %d of %s", e.Type, e.Revision, e.Data.URL)
		}
		count[e.Data.URL]++
	}
	for _, r := range site.Releases() {
		if n := count[url+r.Path]; n != 1 {
			t.Errorf("%s is in the feed %d times", r.Path, n)
		}
	}
	if len(count) != len(site.Releases()) {
		t.Errorf("%d releases in the feed, %d on the site", len(count), len(site.Releases()))
	}
}

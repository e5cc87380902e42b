package app

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/demosite"
	"github.com/kreispresse/kreispresse/schemas"
)

// How often and by which random numbers the program is killed: go test ./internal/app -run Kill -kills 300 -seed 1
var (
	killsFlag = flag.Int("kills", 30, "how often TestKill and TestKillLife kill the program, each")
	seedFlag  = flag.Int64("seed", 0, "seed of the moments at which they do; 0: the time, which is printed")
)

// killMoments gives the random numbers of a test and prints how to have them again.
func killMoments(t *testing.T) *rand.Rand {
	seed := *seedFlag
	if seed == 0 {
		seed = time.Now().UnixNano()
	}
	t.Logf("-seed %d", seed)
	return rand.New(rand.NewPCG(uint64(seed), 0))
}

// TestKill kills the program with SIGKILL at random moments of a crawl, again and again, each time going on with what is there. In the end
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

	rnd, kills := killMoments(t), *killsFlag
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
		if e.Revision != 1 || schemas.EventName(e.Type) != "published" {
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

// TestKillLife kills the program at random moments of everything it does with a store: crawls that meet corrections and withdrawals,
// replay and reparse. In the end every release is as the site has it, with each event once and revisions without a gap.
func TestKillLife(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	rnd, l := killMoments(t), newLife(t)
	commands := [][]string{{"crawl"}, {"crawl"}, {"crawl"}, {"reparse"}, {"replay"}, {"replay", "--last"}}
	var corrected, withdrawn []demosite.Release
	var todo []demosite.Release
	for killed, attempt := 0, 0; killed < *killsFlag; attempt++ {
		if attempt > 20**killsFlag {
			t.Fatalf("only %d of %d runs could be killed", killed, attempt)
		}
		if attempt == 3 {
			todo = l.site.Releases()
			rnd.Shuffle(len(todo), func(i, j int) { todo[i], todo[j] = todo[j], todo[i] })
		}
		if len(todo) > 0 && attempt > 3 && rnd.IntN(4) == 0 {
			r := todo[0]
			todo = todo[1:]
			if len(withdrawn) < 4 && rnd.IntN(3) == 0 { // more at once would not be believed
				withdrawn = append(withdrawn, r)
				if err := l.site.Withdraw(r.ID); err != nil {
					t.Fatal(err)
				}
			} else if corrected = append(corrected, r); l.site.Correct(r.ID) != nil {
				t.Fatal(r.ID)
			}
		}
		if l.killSometime(commands[rnd.IntN(len(commands))], rnd) {
			killed++
		}
	}
	for range 3 {
		if out, err := l.command("crawl").CombinedOutput(); err != nil {
			t.Fatalf("the last run: %v\n%s", err, out)
		}
	}
	t.Logf("%d corrected, %d withdrawn on the site", len(corrected), len(withdrawn))
	l.wantLife(withdrawn)
}

func (l *life) command(args ...string) *exec.Cmd {
	return exec.Command("kreispresse", append([]string{"--data", l.data, "--sources", l.sources}, args...)...)
}

// killSometime gives a command and kills it after a while; it reports whether that was before its end. Two of three times it should be, on any machine:
// the while is up to one and a half of what the command took when it was last let.
func (l *life) killSometime(args []string, rnd *rand.Rand) bool {
	l.t.Helper()
	name, cmd := strings.Join(args, " "), l.command(args...)
	after := time.Duration(rnd.Int64N(int64(cmp.Or(l.whiles[name], 900*time.Millisecond))))
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		l.t.Fatal(err)
	}
	began := time.Now()
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	err := cmd.Wait()
	timer.Stop()
	if err == nil {
		l.whiles[name] = time.Since(began) * 3 / 2
		return false
	}
	if cmd.ProcessState.ExitCode() == -1 {
		return true
	}
	if !strings.Contains(errs.String(), "nothing here yet") && !strings.Contains(errs.String(), "nothing is known") {
		l.t.Fatalf("%v: %v\n%s", args, err, errs.String())
	}
	return false
}

// wantLife compares the feed with the site: each release once and current, or withdrawn.
func (l *life) wantLife(withdrawn []demosite.Release) {
	l.t.Helper()
	revisions, last := map[string][]int{}, map[string]string{}
	for _, e := range l.jsonFeed() {
		path := strings.TrimPrefix(e.Data.URL, l.url)
		revisions[path] = append(revisions[path], e.Revision)
		last[path] = schemas.EventName(e.Type)
	}
	for path, list := range revisions {
		for i, n := range list {
			if n != i+1 {
				l.t.Errorf("revisions of %s: %v", path, list)
				break
			}
		}
		gone := slices.ContainsFunc(withdrawn, func(r demosite.Release) bool { return r.Path == path })
		if gone != (last[path] == "withdrawn") || len(list) > 3 {
			l.t.Errorf("%s: %d events, the last %s, gone from the site: %v", path, len(list), last[path], gone)
		}
	}
	if len(revisions) < 5 {
		l.t.Errorf("%d releases in the feed", len(revisions))
	}
}

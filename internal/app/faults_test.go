package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/schedule"
	"github.com/kreispresse/kreispresse/schemas"
)

// faultsVariable is how many faults TestFaults causes: TEST_FAULTS=200 go test ./internal/app -run TestFaults -v -timeout 1h -seed 1
const faultsVariable = "TEST_FAULTS"

// hasteVariable makes a child's leases short and its sources due all the time.
const hasteVariable = "TEST_HASTE"

// Times of a child in haste. What is held outlives its holder by the time of one request at least.
const (
	hastyLease = 3 * time.Second
	hastyLost  = 6 * time.Second
	hastyEvery = 2 * time.Second
)

func armHaste() {
	if os.Getenv(hasteVariable) == "" {
		return
	}
	usual = times{lease: hastyLease, lost: hastyLost, plan: func(s *source.Source) schedule.Plan {
		p := schedule.PlanOf(s)
		p.Every, p.Idle, p.Requests = hastyEvery, hastyEvery, 0
		return p
	}}
}

// replica is `run` in a process of its own that reaches the cluster through a network of its own, and is started again whenever it has
// ended, as systemd would.
type replica struct {
	name    string
	network []*cutter
	args    []string
	env     []string
	log     string // file
	gone    chan struct{}

	fault sync.Mutex // held while something is done to it
	mu    sync.Mutex
	cmd   *exec.Cmd
	away  time.Duration // before it is started again
	end   bool          // it shall not be
	codes []int         // with which it ended, by itself
}

func (f *faults) newReplica(i int) *replica {
	f.t.Helper()
	r := &replica{name: fmt.Sprintf("replica-%d", i), log: filepath.Join(f.dir, fmt.Sprintf("replica-%d.log", i)), gone: make(chan struct{})}
	var urls []string
	for n := range f.cluster.servers {
		c := newCutter(f.t, f.cluster.url(n))
		r.network = append(r.network, c)
		urls = append(urls, c.url())
	}
	if !f.slow {
		r.env = []string{hasteVariable + "=1"}
	}
	r.args = []string{"--nats", strings.Join(urls, ","), "--sources", f.sources, "--contact", r.name + "@example.org", "run"}
	cmd := r.start(f.t)
	go func() {
		defer close(r.gone)
		for cmd != nil {
			err := cmd.Wait()
			cmd = r.again(f.t, err, cmd.ProcessState.ExitCode())
		}
	}()
	f.t.Cleanup(func() { r.stop(syscall.SIGKILL); <-r.gone })
	return r
}

func (r *replica) start(t *testing.T) *exec.Cmd {
	out, err := os.OpenFile(r.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer out.Close()
	cmd := exec.Command("kreispresse", r.args...)
	cmd.Env = append(os.Environ(), r.env...)
	cmd.Stdout, cmd.Stderr = out, out
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := cmd.Start(); err != nil {
		t.Error(err)
		return nil
	}
	r.cmd = cmd
	return cmd
}

// again starts it once more after it has ended; nil when that was the end.
func (r *replica) again(t *testing.T, err error, code int) *exec.Cmd {
	r.mu.Lock()
	away, end := r.away, r.end
	r.away = 100 * time.Millisecond
	if code >= 0 { // not killed
		r.codes = append(r.codes, code)
	}
	r.mu.Unlock()
	if end {
		return nil
	}
	if code >= 0 && code != ExitUnavailable {
		t.Errorf("%s ended by itself: %v", r.name, err)
	}
	time.Sleep(away)
	return r.start(t)
}

// kill ends it as a power cut would, for a while.
func (r *replica) kill(away time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.away = away
	_ = r.cmd.Process.Kill()
}

// stop ends it for good.
func (r *replica) stop(s syscall.Signal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.end = true
	_ = r.cmd.Process.Signal(s)
}

func (r *replica) signal(s syscall.Signal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_ = r.cmd.Process.Signal(s)
}

// faults is a land of press sites, three replicas that crawl it, the cluster that they share, and the moments at which it goes wrong.
type faults struct {
	t            *testing.T
	rnd          *rand.Rand
	dir, sources string
	land         *pressLand
	cluster      *natsCluster
	replicas     []*replica
	slow         bool       // replicas have the usual times
	node         sync.Mutex // held while a server is down: two of three must be up
	count        map[string]int
	wg           sync.WaitGroup
}

// upTo makes a random time of at most d.
func (f *faults) upTo(d time.Duration) time.Duration { return time.Duration(f.rnd.Int64N(int64(d))) }

// cause makes one fault happen. What lasts goes on while the next begins.
func (f *faults) cause() {
	r, d := f.replicas[f.rnd.IntN(len(f.replicas))], f.upTo(3*hastyLease)
	streams := []string{schemas.StreamPress, schemas.StreamRaw, "KV_" + schemas.BucketPages, "KV_" + schemas.BucketHosts, "KV_" + schemas.BucketSources}
	stream := streams[f.rnd.IntN(len(streams))]
	kinds := []string{"kill", "kill", "stop", "stop", "step down", "server", "cut", "cut", "lost"}
	kind := kinds[f.rnd.IntN(len(kinds))]
	f.count[kind]++
	f.wg.Go(func() {
		switch kind {
		case "kill", "stop", "cut":
			r.fault.Lock()
			defer r.fault.Unlock()
			f.toReplica(kind, r, d)
		case "step down":
			_, _ = f.cluster.nc.Request("$JS.API.STREAM.LEADER.STEPDOWN."+stream, nil, 2*time.Second)
		case "server":
			f.node.Lock()
			defer f.node.Unlock()
			if i := f.cluster.leaderOf(stream); i >= 0 {
				f.cluster.down(i)
				time.Sleep(d / 3)
				f.cluster.up(i)
				f.cluster.until("is whole again", func() bool { return f.cluster.servers[i].JetStreamIsCurrent() })
			}
		case "lost":
			f.node.Lock()
			defer f.node.Unlock()
			_ = f.cluster.js.DeleteStream(f.t.Context(), map[bool]string{true: "KV_" + schemas.BucketHosts, false: "KV_" + schemas.BucketSources}[d > hastyLease])
		}
	})
}

func (f *faults) toReplica(kind string, r *replica, d time.Duration) {
	switch kind {
	case "kill":
		r.kill(d / 4)
	case "stop":
		r.signal(syscall.SIGSTOP)
		time.Sleep(d)
		r.signal(syscall.SIGCONT)
	case "cut":
		for _, c := range r.network {
			c.cut(true)
		}
		time.Sleep(d)
		for _, c := range r.network {
			c.cut(false)
		}
	}
}

// TestFaults runs three replicas on a cluster of three over 60 press sites, which publish and correct meanwhile, and lets everything go
// wrong that can: replicas killed and stopped, leaders that step down and servers that go, networks cut, buckets lost. Never may two
// replicas ask a site at a time, and in the end every release is in the feed, each revision once.
func TestFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	many := 10
	if s := os.Getenv(faultsVariable); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		many = n
	}
	f := &faults{t: t, rnd: killMoments(t), dir: t.TempDir(), sources: t.TempDir(), count: map[string]int{}}
	f.land = newPressLand(t, 60, 4, 300*time.Millisecond)
	f.land.writeSources(f.sources)
	f.cluster = startCluster(t)
	for i := range 3 {
		f.replicas = append(f.replicas, f.newReplica(i))
	}
	began := time.Now()
	f.cluster.until("has streams", func() bool {
		_, err := f.cluster.js.Stream(t.Context(), "OBJ_"+schemas.BucketBodies)
		return err == nil
	})
	for range many {
		time.Sleep(f.upTo(2 * time.Second))
		for range 8 { // the press offices go on
			s := f.land.sites[f.rnd.IntN(len(f.land.sites))]
			if f.rnd.IntN(2) == 0 {
				s.publish()
			} else {
				s.correct(f.rnd.IntN(4))
			}
		}
		f.cause()
	}
	f.wg.Wait()
	calm := time.Now()
	f.settle()
	t.Logf("%d faults in %v: %v; settled after %v more", many, calm.Sub(began).Round(time.Second), f.count, time.Since(calm).Round(time.Second))
	f.judgeSites()
	f.judgeFeed()
}

// settle waits until each site was read twice by replicas that nothing happens to any more, and ends them in order.
func (f *faults) settle() {
	f.t.Helper()
	for range 2 {
		from := time.Now()
		for _, s := range f.land.sites {
			f.cluster.until("has "+s.id+" crawled again", func() bool { return s.readSince(from) })
		}
	}
	for _, r := range f.replicas {
		r.stop(syscall.SIGTERM)
	}
	for _, r := range f.replicas {
		<-r.gone
		if n := len(r.codes); n == 0 || r.codes[n-1] != ExitOK {
			f.t.Errorf("%s ended with %v", r.name, r.codes)
		}
	}
	if f.t.Failed() {
		f.tellLogs()
	}
	code, out, errs := run(f.t.Context(), "--nats", f.cluster.urls(), "--sources", f.sources, "crawl", "--all") // what was under way when they were told to end
	if code != ExitOK {
		f.t.Errorf("the last crawl: exit code %d\n%s%s", code, out, errs)
	}
}

func (s *pressSite) readSince(t time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, at := range s.lists {
		if at.After(t) {
			return true
		}
	}
	return false
}

func (f *faults) tellLogs() {
	for _, r := range f.replicas {
		text, _ := os.ReadFile(r.log)
		f.t.Logf("%s:\n%s", r.name, text[max(0, len(text)-4000):])
	}
}

// judgeSites asks the oracle.
func (f *faults) judgeSites() {
	asked, changes := 0, 0
	for _, s := range f.land.sites {
		s.mu.Lock()
		asked, changes = asked+s.asked, changes+s.changes
		for _, w := range s.wrong {
			f.t.Errorf("%s: %s", s.id, w)
		}
		s.mu.Unlock()
	}
	f.t.Logf("%d requests; %d times another replica asked a site", asked, changes)
	if f.t.Failed() {
		f.tellLogs()
	}
}

// judgeFeed compares the feed with the sites: every release, each revision once and without a gap, the last as the site has it now.
func (f *faults) judgeFeed() {
	if code, out, errs := run(f.t.Context(), "--nats", f.cluster.urls(), "verify"); code != ExitOK {
		f.t.Errorf("verify: exit code %d\n%s%s", code, out, errs)
	}
	code, out, errs := run(f.t.Context(), "--nats", f.cluster.urls(), "replay")
	if code != ExitOK {
		f.t.Fatalf("replay: exit code %d: %s", code, errs)
	}
	last, events := map[string]jsonEvent{}, 0
	for dec := json.NewDecoder(bytes.NewBufferString(out)); dec.More(); events++ {
		var e jsonEvent
		if err := dec.Decode(&e); err != nil {
			f.t.Fatal(err)
		}
		was := last[e.Data.URL]
		if e.Revision != was.Revision+1 || e.ContentHash == was.ContentHash || (schemas.EventName(e.Type) == "published") != (e.Revision == 1) {
			f.t.Errorf("%s: %s revision %d with %s after revision %d with %s", e.Data.URL, e.Type, e.Revision, e.ContentHash, was.Revision, was.ContentHash)
		}
		last[e.Data.URL] = e
	}
	releases := 0
	for _, s := range f.land.sites {
		for _, r := range s.releases {
			releases++
			if e := last[s.base+r.path]; e.Revision > r.version+1 || !strings.Contains(e.Data.Text, r.text()) {
				f.t.Errorf("%s%s: revision %d says %q, want %q", s.base, r.path, e.Revision, e.Data.Text, r.text())
			}
		}
	}
	if len(last) != releases {
		f.t.Errorf("%d releases in the feed, %d on the sites", len(last), releases)
	}
	f.t.Logf("%d releases, %d events", releases, events)
}

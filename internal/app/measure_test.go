package app

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// measureVariable says what is measured: TEST_MEASURE=hour,start,huge go test ./internal/app -run TestMeasure -v -timeout 3h
// The figures are printed and not judged: they depend on the machine. docs/operations.md has those of ours.
//
// storeVariable names a directory in which the stores that were filled are kept: the next measurement begins with a copy, so that what is
// compared began with the same. sitesVariable is how many sources TestMeasureHour has, minutesVariable for how long it looks, pagesVariable how
// many pages the source of TestMeasureHuge has, profileVariable a directory for profiles.
const (
	measureVariable = "TEST_MEASURE"
	storeVariable   = "TEST_MEASURE_STORE"
	sitesVariable   = "TEST_MEASURE_SOURCES"
	minutesVariable = "TEST_MEASURE_MINUTES"
	pagesVariable   = "TEST_MEASURE_PAGES"
	profileVariable = "TEST_PROFILE"
)

func measured(t *testing.T, what string) {
	t.Helper()
	if !strings.Contains(","+os.Getenv(measureVariable)+",", ","+what+",") {
		t.Skipf("set %s=%s", measureVariable, what)
	}
}

// worker is the program in a process of its own, looked at from outside.
type worker struct {
	t     *testing.T
	cmd   *exec.Cmd
	log   *bytes.Buffer
	ended chan error
}

func startWorker(t *testing.T, args ...string) *worker {
	t.Helper()
	return startProgram(t, io.Discard, "kreispresse", args...)
}

func startProgram(t *testing.T, out io.Writer, name string, args ...string) *worker {
	t.Helper()
	w := &worker{t: t, cmd: exec.Command(name, args...), log: new(bytes.Buffer), ended: make(chan error, 1)}
	w.cmd.Stdout, w.cmd.Stderr = out, w.log
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { w.ended <- w.cmd.Wait() }()
	return w
}

// wait waits, and fails when the program has ended meanwhile.
func (w *worker) wait(d time.Duration) {
	w.t.Helper()
	select {
	case err := <-w.ended:
		w.t.Fatalf("it has ended: %v\n%s", err, w.log)
	case <-time.After(d):
	}
}

// end stops it in order and gives its peak of memory, in MiB.
func (w *worker) end() (peak int64) {
	w.t.Helper()
	_ = w.cmd.Process.Signal(syscall.SIGTERM)
	if err := <-w.ended; err != nil {
		w.t.Errorf("%v\n%s", err, w.log)
	}
	return w.cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss >> 10
}

// cpu is the processor time that it has used.
func (w *worker) cpu() time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", w.cmd.Process.Pid))
	if err != nil {
		w.t.Skip(err)
	}
	f := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+2:]))
	user, _ := strconv.ParseInt(f[11], 10, 64)
	system, _ := strconv.ParseInt(f[12], 10, 64)
	const hertz = 100 // USER_HZ, of every Linux
	return time.Duration(user+system) * time.Second / hertz
}

var rssLine = regexp.MustCompile(`(?m)^Vm(RSS|HWM):\s+(\d+) kB`)

// memory is what it has resident now, and had at most, in MiB.
func (w *worker) memory() (now, most int64) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", w.cmd.Process.Pid))
	for _, m := range rssLine.FindAllSubmatch(text, 2) {
		kb, _ := strconv.ParseInt(string(m[2]), 10, 64)
		if mb := kb >> 10; string(m[1]) == "RSS" {
			now = mb
		} else {
			most = mb
		}
	}
	return now, most
}

// resident is memory for people.
func (w *worker) resident() string {
	now, most := w.memory()
	return fmt.Sprintf("%d MiB (peak %d)", now, most)
}

// filling writes a part of a store.
type filling func(ctx context.Context, b *publisher.Bus, g *errgroup.Group)

// filled gives a data directory with what the parts wrote, one after the other; a copy when it was kept under that name.
func filled(t *testing.T, name string, parts ...filling) (data string) {
	t.Helper()
	began := time.Now()
	data = filepath.Join(t.TempDir(), "data")
	dir := os.Getenv(storeVariable)
	kept := filepath.Join(dir, name)
	if _, err := os.Stat(kept); dir != "" && err == nil {
		copyStore(t, data, kept)
		t.Logf("copied in %v", time.Since(began).Round(time.Second))
		return data
	}
	for _, part := range parts {
		fill(t, data, part)
	}
	t.Logf("filled in %v", time.Since(began).Round(time.Second))
	if dir != "" {
		copyStore(t, kept, data)
	}
	return data
}

func copyStore(t *testing.T, to, from string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// fill writes a store quickly, on a server that does not wait for the disk, and closes it.
func fill(t *testing.T, data string, write filling) {
	t.Helper()
	srv, err := natsServer(data)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { srv.Shutdown(); srv.WaitForShutdown() }()
	b, err := publisher.Open(t.Context(), publisher.Config{URL: srv.ClientURL(), ManageStreams: true, Patience: 5 * time.Minute}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	g, ctx := errgroup.WithContext(t.Context())
	g.SetLimit(32)
	write(ctx, b, g)
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
}

// remember stores a page as a crawl would have: archived, published, known, and looked at some time in its interval.
func (s *bigSite) remember(ctx context.Context, b *publisher.Bus, n int64) error {
	body, day := s.page(n), s.day(n)
	canonical, err := schemas.CanonicalURL(s.url(n))
	if err != nil {
		return err
	}
	ref := schemas.Source{ID: s.id, Name: s.id, State: "NW"}
	snap := &schemas.Snapshot{
		Source: ref, URL: s.url(n), FetchedAt: day, FirstSeen: day, Run: "before", Status: 200, ContentType: "text/html; charset=utf-8", Body: []byte(body),
	}
	seq, err := b.Append(ctx, snap)
	if err != nil {
		return err
	}
	id, err := s.release(ctx, b, n, seq)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(body))
	_, err = b.Pages().Put(ctx, s.id, schemas.PageID(s.id, canonical), schemas.PageState{
		URL: s.url(n), ETag: fmt.Sprintf(`"m%d"`, n), BodyHash: hex.EncodeToString(sum[:]), RawSequence: seq, FirstSeen: day, LastChecked: lookedAt(day), Release: id,
		Hints: schemas.Hints{Title: s.title(n), Published: day.Format(time.DateOnly)},
	}, 0)
	return err
}

// settled is what is remembered of a source that was crawled and extracted.
func (s *bigSite) settled(ctx context.Context, b *publisher.Bus, last map[string]uint64) error {
	if _, err := b.Sources().Put(ctx, s.id+".line", schemas.LineState{Extracted: last[schemas.StreamRaw]}, 0); err != nil {
		return err
	}
	_, err := b.Sources().Put(ctx, s.id+".crawl", schemas.CrawlMemory{Known: int(s.first), Listed: 20}, 0)
	return err
}

// release publishes a page.
func (s *bigSite) release(ctx context.Context, b *publisher.Bus, n int64, raw uint64) (id string, err error) {
	canonical, err := schemas.CanonicalURL(s.url(n))
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("Der Kreistag hat beschlossen, %d Kilometer Radweg zu bauen.", n%40+2)
	r := &schemas.Release{
		ID: schemas.ReleaseID(s.id, canonical), Revision: 1, Source: schemas.Source{ID: s.id, Name: s.id, State: "NW"}, URL: s.url(n), CanonicalURL: canonical,
		Language: "de", Title: s.title(n), Text: text, Blocks: []schemas.Block{{Type: schemas.BlockParagraph, End: len([]rune(text))}},
		Provenance: schemas.Provenance{
			Snapshot: strings.Repeat("ab", sha256.Size), RawSequence: raw, FetchedAt: s.day(n).UTC().Format(time.RFC3339Nano), Parser: "measure/1",
		},
	}
	return r.ID, b.Publish(ctx, nil, schemas.NextEvent(nil, schemas.EventPublished, r, s.day(n)))
}

// lookedAt is a moment at which a page of that day may have been looked at last, by the intervals that are the default: the shortest of them
// are a quarter shorter, and nothing is overdue.
func lookedAt(day time.Time) time.Time {
	age, every := time.Since(day), 137*24*time.Hour
	switch {
	case age < 7*24*time.Hour:
		every = 17 * time.Hour
	case age < 60*24*time.Hour:
		every = 5 * 24 * time.Hour
	case age < 365*24*time.Hour:
		every = 22 * 24 * time.Hour
	}
	return time.Now().Add(-time.Duration(rand.Int64N(int64(every))))
}

// hourSites are the sources of the ordinary hour, unless sitesVariable says another number, and hourPages how many pages of each are known.
const hourSites, hourPages = 400, 750

// number is what a variable says.
func number(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv(variable), strconv.Itoa(otherwise)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// hourLand serves them and writes their files.
func hourLand(t *testing.T) (land []*bigSite, dir string) {
	t.Helper()
	dir = t.TempDir()
	for i := range number(t, sitesVariable, hourSites) {
		s := newBigSite(t, i, hourPages, 12, 5*365*24*time.Hour/hourPages)
		land = append(land, s)
		text := fmt.Sprintf("id: %s\nname: %s\nstate: NW\nbase: %s/\nallow_private: true\npace: 2s\n", s.id, s.id, s.base)
		text += "start: {feeds: [/rss]}\naccept: ['^/presse/']\nschedule: {hours: [mon-sun 0-24]}\n" // whenever this is measured, it is office hours
		if err := os.WriteFile(filepath.Join(dir, s.id+".yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, out, errs := run(t.Context(), "--sources", dir, "sources", "list"); code != ExitOK {
		t.Fatalf("%s%s", out, errs)
	}
	return land, dir
}

// hourStore is a store in which their pages are known, archived and published.
func hourStore(t *testing.T, land []*bigSite) (data string) {
	t.Helper()
	return filled(t, fmt.Sprintf("hour-%d", len(land)), func(ctx context.Context, b *publisher.Bus, g *errgroup.Group) {
		for n := range int64(hourPages) {
			for _, s := range land {
				g.Go(func() error { return s.remember(ctx, b, n+1) })
			}
		}
	}, func(ctx context.Context, b *publisher.Bus, g *errgroup.Group) {
		last, err := b.Mark(ctx) // and all of it is extracted
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range land {
			g.Go(func() error { return s.settled(ctx, b, last) })
		}
	})
}

// TestMeasureHour runs the program on 400 sources with 750 known pages each for an hour, when all have been crawled once.
func TestMeasureHour(t *testing.T) {
	measured(t, "hour")
	land, dir := hourLand(t)
	data := hourStore(t, land)
	asked := func() (n int64) {
		for _, s := range land {
			n += s.asked.Load()
		}
		return n
	}
	debug := calm.Addresses(t, 1)[0].String()
	w := startWorker(t, "--data", data, "--sources", dir, "--contact", "redaktion@example.org", "run", "--debug-listen", debug)
	began := time.Now()
	for _, s := range land {
		for s.asked.Load() < 2 { // robots.txt, the list
			w.wait(100 * time.Millisecond)
		}
	}
	t.Logf("all crawled once after %v: %d requests, %v of processor time, %s", time.Since(began).Round(time.Second), asked(), w.cpu(), w.resident())
	profile(t, debug, "heap", "hour-first")
	w.wait(time.Minute) // what the first crawls found to do is done
	minutes := number(t, minutesVariable, 60)
	profiled := make(chan struct{})
	go func() {
		defer close(profiled)
		profile(t, debug, fmt.Sprintf("profile?seconds=%d", minutes*60), "hour")
	}()
	before, cpu, most, from := asked(), w.cpu(), int64(0), time.Now()
	for i := range minutes * 60 {
		if i%60 == 0 { // a new release a minute
			land[rand.IntN(len(land))].pages.Add(1)
		}
		w.wait(time.Until(from.Add(time.Duration(i+1) * time.Second)))
		now, _ := w.memory()
		most = max(most, now)
		if i%300 == 299 {
			t.Logf("after %d minutes: %d requests, %v of processor time, %s", i/60+1, asked()-before, w.cpu()-cpu, w.resident())
		}
	}
	perHour := float64(time.Hour) / float64(time.Since(from))
	t.Logf("in %d minutes: %d requests, %v of processor time, at most %d MiB", minutes, asked()-before, w.cpu()-cpu, most)
	t.Logf("in an hour: %.0f requests, %.0f s of processor time", perHour*float64(asked()-before), perHour*(w.cpu()-cpu).Seconds())
	profile(t, debug, "heap", "hour-last")
	<-profiled
	t.Logf("peak of the whole run: %d MiB", w.end())
}

// TestMeasureStart starts the program on a store of 1,000,000 releases.
func TestMeasureStart(t *testing.T) {
	measured(t, "start")
	const sites, releases = 400, 2500
	dir, now := t.TempDir(), time.Now()
	data := filled(t, "start", func(ctx context.Context, b *publisher.Bus, g *errgroup.Group) {
		for n := range int64(releases) {
			for i := range sites {
				s := &bigSite{id: fmt.Sprintf("kreis-%03d", i), from: now, first: releases, every: 18 * time.Hour}
				s.base = "https://www." + s.id + ".example"
				g.Go(func() error { _, err := s.release(ctx, b, n+1, uint64(n)+1); return err })
			}
		}
	})
	s := newBigSite(t, 900, 1, 1, time.Hour)
	text := fmt.Sprintf("id: kreis-none\nname: Kreis\nstate: NW\nbase: %s/\nallow_private: true\nstart: {feeds: [/rss]}\n", s.base)
	if err := os.WriteFile(filepath.Join(dir, "land.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	const settling = 30 * time.Second
	free := calm.Addresses(t, 2)
	address, debug := free[0].String(), free[1].String()
	for _, how := range []string{"first", "after an end in order", "after a kill"} {
		began := time.Now()
		w := startWorker(t, "--data", data, "--sources", dir, "run", "--listen", address, "--debug-listen", debug)
		ready(t, address)
		t.Logf("%s: ready after %v, %v of processor time, %s", how, time.Since(began).Round(10*time.Millisecond), w.cpu(), w.resident())
		profile(t, debug, "heap", "start")
		w.wait(settling)
		t.Logf("%s: after %v %v of processor time, %s", how, settling, w.cpu(), w.resident())
		profile(t, debug, "heap", "settled")
		if how == "after an end in order" {
			_ = w.cmd.Process.Kill()
			<-w.ended
			continue
		}
		t.Logf("%s: peak %d MiB", how, w.end())
	}
	measureBare(t, data)
}

// measureBare is what of it is the NATS server's.
func measureBare(t *testing.T, data string) {
	out, said := io.Pipe()
	began := time.Now()
	w := startProgram(t, said, "bare-nats", data)
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	t.Logf("NATS alone: ready after %v, %v of processor time, %s", time.Since(began).Round(10*time.Millisecond), w.cpu(), w.resident())
	w.wait(30 * time.Second)
	t.Logf("NATS alone: after 30s %v of processor time, %s", w.cpu(), w.resident())
	w.end()
	said.Close()
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

// profile writes a profile of a worker, when somebody wants profiles.
func profile(t *testing.T, debug, what, name string) {
	dir := os.Getenv(profileVariable)
	if dir == "" {
		return
	}
	resp, err := http.Get("http://" + debug + "/debug/pprof/" + what)
	if err != nil {
		t.Log(err)
		return
	}
	defer resp.Body.Close()
	kind, _, _ := strings.Cut(what, "?")
	text, err := io.ReadAll(resp.Body)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+"."+kind), text, 0o600)
	}
	if err != nil {
		t.Log(err)
	}
}

// TestMeasureHuge crawls a source of 100,000 pages from nothing, and once more when nothing has changed.
func TestMeasureHuge(t *testing.T) {
	measured(t, "huge")
	pages := number(t, pagesVariable, 100_000)
	data, dir := filepath.Join(t.TempDir(), "data"), t.TempDir()
	s := newBigSite(t, 901, pages, 12, 2*time.Hour)
	text := fmt.Sprintf("id: %s\nname: Kreis\nstate: NW\nbase: %s/\nallow_private: true\npace: 0s\naccept: ['^/presse/']\n", s.id, s.base)
	text += fmt.Sprintf("limits: {pages: %d, duration: 6h}\n", pages)
	text += "start: {sitemaps: [/sitemap-0.xml, /sitemap-1.xml, /sitemap-2.xml, /sitemap-3.xml]}\n"
	if err := os.WriteFile(filepath.Join(dir, "land.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"new", "again"} {
		began, asked := time.Now(), s.asked.Load()
		debug := calm.Addresses(t, 1)[0].String()
		args := []string{"--data", data, "--sources", dir, "--contact", "redaktion@example.org", "run", "--once", "--debug-listen", debug}
		if how == "again" {
			args = append(args[:6:6], "crawl", s.id) // it is not due yet
		}
		w := startWorker(t, args...)
		for done := false; !done; {
			select {
			case err := <-w.ended:
				if err != nil {
					t.Fatalf("%v\n%s", err, w.log)
				}
				done = true
			case <-time.After(30 * time.Second):
				t.Logf("%s: after %v %d requests, %s", how, time.Since(began).Round(time.Second), s.asked.Load()-asked, w.resident())
				if how == "new" {
					profile(t, debug, "heap", how)
				}
			}
		}
		u := w.cmd.ProcessState
		t.Logf("%s: %v, %d requests, %v of processor time, peak %d MiB", how, time.Since(began).Round(time.Second), s.asked.Load()-asked,
			u.UserTime()+u.SystemTime(), u.SysUsage().(*syscall.Rusage).Maxrss>>10)
	}
}

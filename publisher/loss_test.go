package publisher

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestLostAck cuts the connection after the server has stored a message and before the client has heard of it.
func TestLostAck(t *testing.T) {
	t.Parallel()
	srv := testServer(t)
	direct := openURL(t, Config{URL: srv.ClientURL(), ManageStreams: true})
	p := startProxy(t, srv.ClientURL())
	b := openURL(t, Config{URL: p.url()})
	cut := func(stream string, do func()) {
		t.Helper()
		before := p.cut()
		p.cutNext(`{"stream":"` + stream + `"`)
		do()
		if p.cut() != before+1 {
			t.Fatalf("the acknowledgement of %s was not cut", stream)
		}
	}
	messages := func(stream string, want uint64) {
		t.Helper()
		s, err := direct.js.Stream(t.Context(), stream)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.CachedInfo().State.Msgs; got != want {
			t.Fatalf("%s has %d messages, want %d", stream, got, want)
		}
	}

	s := testSnapshot(1, "eins")
	cut(schemas.StreamRaw, func() {
		if seq := mustAppend(t, b, s); seq != 1 {
			t.Errorf("sequence %d", seq)
		}
	})
	messages(schemas.StreamRaw, 1)

	r := testRelease(s, "Erster Text")
	cut(schemas.StreamPress, func() {
		if ev := mustPublish(t, b, r, schemas.RelationNew); ev.Sequence != 1 {
			t.Errorf("%+v", ev)
		}
	})
	messages(schemas.StreamPress, 1)
	later := testSnapshot(1, "zwei")
	later.FetchedAt = s.FetchedAt.Add(time.Hour)
	cut(schemas.StreamPress, func() { mustPublish(t, b, testRelease(later, "Zweiter Text"), schemas.RelationCorrected) })
	messages(schemas.StreamPress, 2)
	cut(schemas.StreamPress, func() {
		if ev, err := withdraw(t.Context(), b, testSource, r.ID, 0); err != nil || ev.Revision != 3 {
			t.Error(ev, err)
		}
	})
	messages(schemas.StreamPress, 3)

	pages := b.Pages()
	var rev uint64
	var err error
	cut(streamPages, func() {
		if rev, err = pages.Put(t.Context(), "demo", "x", schemas.PageState{URL: "a"}, 0); err != nil {
			t.Fatal(err)
		}
	})
	cut(streamPages, func() {
		if rev, err = pages.Put(t.Context(), "demo", "x", schemas.PageState{URL: "b"}, rev); err != nil {
			t.Fatal(err)
		}
	})
	if st, have, err := direct.Pages().Get(t.Context(), "demo", "x"); err != nil || st.URL != "b" || have != rev {
		t.Fatal(st, have, err)
	}
	cut(schemas.StreamRuns, func() {
		if _, err := b.PublishRun(t.Context(), "demo", schemas.RunFetched, map[string]int{"new": 1}); err != nil {
			t.Fatal(err)
		}
	})
	messages(schemas.StreamRuns, 1)

	// A read that is cut is repeated.
	cutRead := func(match string, do func() error) {
		t.Helper()
		before := p.cut()
		p.cutNext(match)
		if err := do(); err != nil || p.cut() != before+1 {
			t.Fatalf("%v; cut %d times", err, p.cut()-before)
		}
	}
	cutRead("stream_msg_get_response", func() error { _, _, err := pages.Get(t.Context(), "demo", "x"); return err })
	cutRead("stream_msg_get_response", func() error { _, err := b.Current(t.Context(), r.Source, r.ID); return err })
}

// TestTailAcrossCuts follows a feed while its connection is cut again and again.
func TestTailAcrossCuts(t *testing.T) {
	t.Parallel()
	srv := testServer(t)
	direct := openURL(t, Config{URL: srv.ClientURL(), ManageStreams: true})
	p := startProxy(t, srv.ClientURL())
	b := openURL(t, Config{URL: p.url()})
	feed, err := b.Feed(t.Context(), Filter{})
	if err != nil {
		t.Fatal(err)
	}
	defer feed.Close()
	p.cutNext("HMSG") // before it has given anything: this is where starting with "new" would lose events
	const all = 30
	publish := make(chan int, all)
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := range publish {
			s := testSnapshot(n, "x")
			if _, _, err := publishRelease(t.Context(), direct, testRelease(s, "x")); err != nil {
				t.Error(err)
			}
		}
	})
	publish <- 0
	next, stop := uint64(1), errors.New("enough")
	err = feed.Each(t.Context(), func(ev *schemas.Event) error {
		if ev.Sequence != next {
			return fmt.Errorf("sequence %d, want %d", ev.Sequence, next)
		}
		if next++; next > all {
			return stop
		}
		if next == 3 {
			p.cutNext("HMSG")
		}
		publish <- int(next - 1)
		return nil
	})
	close(publish)
	wg.Wait()
	if !errors.Is(err, stop) || p.cut() != 2 {
		t.Fatalf("%v after %d cuts", err, p.cut())
	}
}

// TestServerRestart: what is written while the server is away waits and then succeeds, once.
func TestServerRestart(t *testing.T) {
	t.Parallel()
	dir, host, port := t.TempDir(), calm.Aside(t), -1
	start := func() *server.Server {
		return testServer(t, func(o *server.Options) { o.StoreDir, o.Host, o.Port = dir, host, port })
	}
	srv := start()
	port = srv.Addr().(*net.TCPAddr).Port
	b := openURL(t, Config{URL: srv.ClientURL(), ManageStreams: true})
	impatient := openURL(t, Config{URL: srv.ClientURL(), Patience: time.Millisecond})
	mustAppend(t, b, testSnapshot(0, "x"))
	srv.Shutdown()
	srv.WaitForShutdown()
	s := testSnapshot(1, "x")
	_, err := impatient.Append(t.Context(), s)
	wantKind(t, err, schemas.KindUnavailable, "check that the NATS server runs")
	ctx, cancel := context.WithCancelCause(t.Context())
	interrupted := make(chan error, 1)
	go func() { _, err := b.Append(ctx, testSnapshot(2, "x")); interrupted <- err }()
	cancel(context.Canceled)
	if err := <-interrupted; !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	done := make(chan error, 1)
	go func() {
		_, err1 := b.Append(t.Context(), s)
		_, _, err2 := publishRelease(t.Context(), b, testRelease(s, "x"))
		_, err3 := b.Pages().Put(t.Context(), "demo", "x", schemas.PageState{}, 0)
		done <- errors.Join(err1, err2, err3)
	}()
	start()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if n, err := b.Count(t.Context(), Filter{}); err != nil || n != 1 {
		t.Errorf("%d events, %v", n, err)
	}
}

// TestConcurrentWriters: several processes offer the same and differing releases at once.
func TestConcurrentWriters(t *testing.T) {
	srv := testServer(t)
	const writers = 6
	buses := make([]*Bus, writers)
	for i := range buses {
		buses[i] = openURL(t, Config{URL: srv.ClientURL(), ManageStreams: true})
	}
	all := func(do func(i int, b *Bus)) {
		var wg sync.WaitGroup
		for i, b := range buses {
			wg.Go(func() { do(i, b) })
		}
		wg.Wait()
	}
	var mu sync.Mutex
	outcomes := map[schemas.Relation]int{}
	offer := func(b *Bus, s *schemas.Snapshot, text string) {
		out, _, err := publishRelease(t.Context(), b, testRelease(s, text))
		if err != nil {
			t.Error(err)
		}
		mu.Lock()
		outcomes[out]++
		mu.Unlock()
	}
	for n := range 10 {
		all(func(_ int, b *Bus) { offer(b, testSnapshot(n, "x"), "dasselbe") })
	}
	if outcomes[schemas.RelationNew] != 10 || outcomes[schemas.RelationUnchanged] != 10*(writers-1) {
		t.Errorf("%v", outcomes)
	}
	clear(outcomes)
	all(func(i int, b *Bus) { offer(b, testSnapshot(100, fmt.Sprint(i)), fmt.Sprintf("Text %d", i)) })
	if outcomes[schemas.RelationNew] != 1 || outcomes[schemas.RelationCorrected] != writers-1 {
		t.Errorf("%v", outcomes)
	}
	revision := 0
	if _, err := buses[0].Replay(t.Context(), Filter{From: 11}, func(ev *schemas.Event) error {
		if revision++; ev.Revision != revision || ev.Release.Revision != revision || !strings.HasSuffix(ev.ID, fmt.Sprint("/", revision)) {
			t.Errorf("revision %d, want %d", ev.Revision, revision)
		}
		return nil
	}); err != nil || revision != writers {
		t.Error(revision, err)
	}
	all(func(_ int, b *Bus) {
		if _, err := b.Append(t.Context(), testSnapshot(1, "x")); err != nil {
			t.Error(err)
		}
	})
	if st, err := buses[0].Status(t.Context()); err != nil || st.Streams[1].Messages != 1 {
		t.Errorf("%+v, %v", st, err)
	}
}

// TestKill kills a publishing process again and again. What it had said to be done must be there once, and nothing twice.
func TestKill(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	raw, released := map[int]uint64{}, map[int]bool{}
	for round := range 6 {
		c := startChild(t, "publish", dir)
		lines := 3 + 40*round // a further one each time
		note := func(l string) {
			f := strings.Fields(l)
			switch {
			case len(f) == 3 && f[0] == "raw":
				i, seq := number(t, f[1]), uint64(number(t, f[2]))
				if old, ok := raw[i]; ok && old != seq {
					t.Errorf("snapshot %d was at %d and is at %d", i, old, seq)
				}
				raw[i] = seq
			case len(f) == 2 && f[0] == "release":
				released[number(t, f[1])] = true
			default:
				t.Fatalf("the child says %q", l)
			}
		}
		for range lines {
			note(c.line(t))
		}
		if err := c.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for c.out.Scan() { // promised before it died
			note(c.out.Text())
		}
		_ = c.cmd.Wait()
	}
	b := openTest(t, func(c *Config) { c.DataDir = dir })
	urls := map[string]int{}
	if err := b.EachSnapshot(t.Context(), RawFilter{}, func(_ uint64, s *schemas.Snapshot, err error) error {
		if err != nil {
			return err
		}
		urls[s.URL]++
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	events := map[string]int{}
	if _, err := b.Replay(t.Context(), Filter{}, func(ev *schemas.Event) error { events[ev.Release.URL]++; return nil }); err != nil {
		t.Fatal(err)
	}
	for u, n := range urls {
		if n != 1 {
			t.Errorf("%d snapshots of %s", n, u)
		}
	}
	for u, n := range events {
		if n != 1 {
			t.Errorf("%d events of %s", n, u)
		}
	}
	for i, seq := range raw {
		if s, err := b.Snapshot(t.Context(), seq); err != nil || s.URL != testSnapshot(i, "").URL {
			t.Errorf("snapshot %d is lost: %v, %v", i, s, err)
		}
	}
	for i := range released {
		if events[testSnapshot(i, "").URL] == 0 {
			t.Errorf("release %d is lost", i)
		}
	}
	if len(raw) < 100 || len(released) < 100 {
		t.Errorf("only %d snapshots and %d releases", len(raw), len(released))
	}
}

// TestStoreLimit: a full store refuses, says so, and keeps what it has.
func TestStoreLimit(t *testing.T) {
	dir := t.TempDir()
	b := openTest(t, func(c *Config) { c.DataDir, c.MaxStore = dir, 300<<10 })
	n, err := fill(t, b)
	wantKind(t, err, schemas.KindStorage, "free space, or raise the store limit")
	b.Close()
	b = openTest(t, func(c *Config) { c.DataDir = dir })
	intact(t, b, n)
	if seq := mustAppend(t, b, noise(n)); seq != uint64(n+1) {
		t.Errorf("goes on at %d, want %d", seq, n+1)
	}
}

// noise is a snapshot with 64 KiB that do not shrink.
func noise(n int) *schemas.Snapshot {
	body := make([]byte, 64<<10)
	_, _ = rand.NewChaCha8([32]byte{byte(n)}).Read(body)
	return testSnapshot(n, string(body))
}

// fill appends until the store refuses and tells how many it took.
func fill(t *testing.T, b *Bus) (int, error) {
	t.Helper()
	for n := range 10000 {
		seq, err := b.Append(t.Context(), noise(n))
		if err != nil {
			return n, err
		}
		if seq != uint64(n+1) {
			t.Fatalf("sequence %d, want %d", seq, n+1)
		}
	}
	t.Fatal("the store takes everything")
	return 0, nil
}

func intact(t *testing.T, b *Bus, n int) {
	t.Helper()
	for i := range n {
		if s, err := b.Snapshot(t.Context(), uint64(i+1)); err != nil || s.Digest() != noise(i).Digest() {
			t.Fatalf("snapshot %d of %d: %v", i+1, n, err)
		}
	}
	if n == 0 {
		t.Error("nothing was stored")
	}
}

package publisher

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/kreispresse/kreispresse/schemas"
)

// newEvents are the first events of releases that differ.
func newEvents(from, n int) (list []*schemas.Event) {
	for i := range n {
		s := testSnapshot(from+i, "x")
		list = append(list, schemas.NextEvent(nil, schemas.EventPublished, testRelease(s, fmt.Sprint("Text ", from+i)), s.FetchedAt))
	}
	return list
}

// offer puts events into the queue before anybody works on it, so that they make one batch, and returns their errors.
func offer(t *testing.T, b *Bus, list []*schemas.Event) []error {
	t.Helper()
	b.together.mu.Lock()
	b.together.busy = true // nobody begins
	b.together.mu.Unlock()
	errs := make([]error, len(list))
	var wg sync.WaitGroup
	for i, ev := range list {
		wg.Go(func() { errs[i] = b.Publish(t.Context(), nil, ev) })
	}
	for queued := 0; queued < len(list); {
		b.together.mu.Lock()
		queued = len(b.together.queue)
		b.together.mu.Unlock()
	}
	b.publishQueue(context.WithoutCancel(t.Context()), schemas.StreamPress)
	wg.Wait()
	return errs
}

// batches counts the atomic batches that PRESS has taken, by the headers of its messages.
func batches(t *testing.T, b *Bus) (ids map[string]int, single int) {
	t.Helper()
	ids = map[string]int{}
	err := b.each(t.Context(), reading{stream: schemas.StreamPress, subject: schemas.SubjectsRelease, stop: true}, func(m *stored) error {
		if id := first(m.header, batchID); id != "" {
			ids[id]++
		} else {
			single++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids, single
}

func TestPublishTogether(t *testing.T) {
	b := openTest(t)
	list := newEvents(0, 50)
	if err := errors.Join(offer(t, b, list)...); err != nil {
		t.Fatal(err)
	}
	seen := map[uint64]bool{}
	for _, ev := range list {
		cur, err := b.Current(t.Context(), testSource, ev.Subject)
		if err != nil || cur.Sequence != ev.Sequence || cur.Hash != ev.Hash {
			t.Errorf("%+v, %v; want sequence %d", cur, err, ev.Sequence)
		}
		seen[ev.Sequence] = true
	}
	if ids, single := batches(t, b); len(ids) != 1 || single != 0 || len(seen) != 50 {
		t.Errorf("%v batches, %d single messages, %d sequences", ids, single, len(seen))
	}
	// One whose expectation does not hold has a conflict; the others do not suffer from it.
	again := append(newEvents(100, 5), newEvents(7, 1)...)
	again[5].Release.Text += ", anders"
	again[5].Hash = "other"
	for i, err := range offer(t, b, again) {
		if i < 5 && err != nil {
			t.Error(i, err)
		}
		if i == 5 {
			wantKind(t, err, schemas.KindConflict, "came first")
		}
	}
	if n, err := b.Count(t.Context(), Filter{}); err != nil || n != 55 {
		t.Errorf("%d events, %v", n, err)
	}
	// Two of one release never go into one batch.
	twins := append(newEvents(200, 1), newEvents(200, 1)...)
	twins[1].Release.Text, twins[1].Hash = "anders", "other"
	if errs := offer(t, b, twins); (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("errors %v", errs)
	}
}

// TestBatchesOff: a stream that knows no batches gets its messages one by one.
func TestBatchesOff(t *testing.T) {
	srv := testServer(t)
	admin := openURL(t, Config{URL: srv.ClientURL(), ManageStreams: true})
	cfg := admin.streams[schemas.StreamPress].CachedInfo().Config
	cfg.AllowAtomicPublish = false
	if _, err := admin.js.UpdateStream(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	// The handle of admin is out of date: the server refuses the batch. That of b knows.
	for i, b := range []*Bus{admin, openURL(t, Config{URL: srv.ClientURL()})} {
		if err := errors.Join(offer(t, b, newEvents(100*i, 10))...); err != nil {
			t.Fatal(err)
		}
	}
	if ids, single := batches(t, admin); len(ids) != 0 || single != 20 {
		t.Errorf("batches %v, %d single messages", ids, single)
	}
}

// TestLostAckOfBatch cuts the connection after the server has stored a batch and before the client has heard of it.
func TestLostAckOfBatch(t *testing.T) {
	t.Parallel()
	srv := testServer(t)
	openURL(t, Config{URL: srv.ClientURL(), ManageStreams: true})
	p := startProxy(t, srv.ClientURL())
	b := openURL(t, Config{URL: p.url()})
	p.cutNext(`{"stream":"PRESS"`)
	list := newEvents(0, 20)
	if err := errors.Join(offer(t, b, list)...); err != nil {
		t.Fatal(err)
	}
	if p.cut() != 1 {
		t.Fatalf("cut %d times", p.cut())
	}
	if n, err := b.Count(t.Context(), Filter{}); err != nil || n != 20 {
		t.Errorf("%d events, %v", n, err)
	}
	for _, ev := range list {
		if ev.Sequence == 0 || ev.Sequence > 20 {
			t.Errorf("sequence %d", ev.Sequence)
		}
	}
}

// TestBatchDenied: who may not publish hears so at once, also of a release in the middle of a batch.
func TestBatchDenied(t *testing.T) {
	srv := testServer(t, func(o *server.Options) {
		o.Users = []*server.User{{Username: "admin", Password: "a"}, {Username: "reader", Password: "p", Permissions: &server.Permissions{
			Publish: &server.SubjectPermission{Deny: []string{"press.v1.release.>"}},
		}}}
	})
	admin, err := Open(t.Context(), Config{URL: srv.ClientURL(), User: "admin", Password: "a", ManageStreams: true}, testLog(t))
	mustDo(t, err)
	defer admin.Close()
	b, err := Open(t.Context(), Config{URL: srv.ClientURL(), User: "reader", Password: "p"}, testLog(t))
	mustDo(t, err)
	defer b.Close()
	for _, err := range offer(t, b, newEvents(0, 3)) {
		wantKind(t, err, schemas.KindUnavailable, "Permissions Violation for Publish to", "grant the user this subject")
	}
}

// TestKillTogether kills a process that publishes many releases at once, again and again: what it had said to be done is there once.
func TestKillTogether(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	promised := map[int]bool{}
	for round := range 5 {
		c := startChild(t, "together", dir)
		note := func(l string) {
			f := strings.Fields(l)
			if len(f) != 2 || f[0] != "release" {
				t.Fatalf("the child says %q", l)
			}
			promised[number(t, f[1])] = true
		}
		for range 50 + 97*round {
			note(c.line(t))
		}
		if err := c.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for c.out.Scan() {
			note(c.out.Text())
		}
		_ = c.cmd.Wait()
	}
	b := openTest(t, func(c *Config) { c.DataDir = dir })
	events := map[string]int{}
	if _, err := b.Replay(t.Context(), Filter{}, func(ev *schemas.Event) error { events[ev.Release.URL]++; return nil }); err != nil {
		t.Fatal(err)
	}
	for u, n := range events {
		if n != 1 {
			t.Errorf("%d events of %s", n, u)
		}
	}
	for i := range promised {
		if events[testSnapshot(i, "").URL] == 0 {
			t.Errorf("release %d is lost", i)
		}
	}
	if ids, _ := batches(t, b); len(ids) < 5 || len(promised) < 200 {
		t.Errorf("only %d batches and %d promises", len(ids), len(promised))
	}
}

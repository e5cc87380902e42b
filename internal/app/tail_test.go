package app

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/kreispresse/kreispresse/internal/calm"
)

// run runs the program in this process and returns its exit code and what it printed.
func run(ctx context.Context, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = Run(ctx, args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// lines hands every line written to it to a function.
type lines struct {
	mu   sync.Mutex
	rest []byte
	each func(string)
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rest = append(l.rest, b...)
	for {
		line, rest, ok := bytes.Cut(l.rest, []byte("\n"))
		if !ok {
			return len(b), nil
		}
		l.each(string(line))
		l.rest = rest
	}
}

// TestTail follows the feed from its beginning while it is filled by another process's client on the same NATS server, and ends, with
// success, when it is interrupted.
func TestTail(t *testing.T) {
	t.Parallel()
	site, _, dir := serveSite(t, nil)
	nats := startNATS(t, t.TempDir())
	if code, out, errs := run(t.Context(), "--nats", nats, "--sources", dir, "crawl", "--limit", "10"); code != ExitOK {
		t.Fatalf("crawl: exit code %d\n%s%s", code, out, errs)
	}

	ctx, interrupt := context.WithTimeout(t.Context(), calm.Long)
	defer interrupt()
	events := make(chan jsonEvent, 1000)
	out := &lines{each: func(line string) {
		var e jsonEvent
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Errorf("%v: %s", err, line)
		}
		events <- e
	}}
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(events)
		if code := Run(ctx, []string{"--nats", nats, "tail", "--from", "1", "--json"}, strings.NewReader(""), out, io.Discard); code != ExitOK {
			t.Errorf("tail: exit code %d", code)
		}
	})
	got := []jsonEvent{<-events} // it has begun
	if code, out, errs := run(t.Context(), "--nats", nats, "--sources", dir, "crawl"); code != ExitOK {
		t.Fatalf("second crawl: exit code %d\n%s%s", code, out, errs)
	}
	for e := range events {
		if got = append(got, e); len(got) == len(site.Releases()) {
			interrupt()
		}
	}
	wg.Wait()
	if len(got) != len(site.Releases()) {
		t.Fatalf("%d events, %d releases", len(got), len(site.Releases()))
	}
	seen := map[string]bool{}
	for i, e := range got {
		if e.Sequence != uint64(i+1) {
			t.Fatalf("event %d has sequence %d", i, e.Sequence)
		}
		if seen[e.ID] || e.SpecVersion != "1.0" || e.Data == nil || e.Data.ID != e.Subject {
			t.Errorf("event %+v", e)
		}
		seen[e.ID] = true
	}
}

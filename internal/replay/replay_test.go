package replay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// house is a feed of n events with somewhere to send them.
func house(t *testing.T, n int) *publisher.Bus {
	t.Helper()
	bus, err := publisher.Open(t.Context(), publisher.Config{DataDir: t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bus.Close() })
	for i := range n {
		url := fmt.Sprintf("https://www.kreis-moorau.de/presse/m%d", i)
		r := &schemas.Release{
			ID: schemas.ReleaseID("kreis-moorau", url), Source: schemas.Source{ID: "kreis-moorau", State: "SH"}, URL: url, CanonicalURL: url,
			Title: fmt.Sprintf("Meldung %d: Deich & Brücke", i), Provenance: schemas.Provenance{Snapshot: strings.Repeat("a", 64), Parser: "1.0.0"},
		}
		r.Normalise()
		if err := bus.Publish(t.Context(), nil, schemas.NextEvent(nil, schemas.EventPublished, r, time.Now())); err != nil {
			t.Fatal(err)
		}
	}
	return bus
}

func sequences(t *testing.T, lines string) (seqs []uint64) {
	t.Helper()
	for line := range strings.Lines(lines) {
		var e struct{ Sequence uint64 }
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		seqs = append(seqs, e.Sequence)
	}
	return seqs
}

func upTo(n uint64) (seqs []uint64) {
	for i := uint64(1); i <= n; i++ {
		seqs = append(seqs, i)
	}
	return seqs
}

func TestPlan(t *testing.T) {
	bus := house(t, 6)
	j := &Job{Feed: bus, Memory: bus.Sources(), Target: "x.jsonl", PerSecond: 2}
	p, err := j.Plan(t.Context())
	if err != nil || p.Events != 6 || p.Bytes == 0 || p.Duration != 3*time.Second || p.Last != 6 {
		t.Errorf("%+v, %v", p, err)
	}
}

// TestFileGoesOn: a file that was cut off in the middle of a line is completed, and has every event once.
func TestFileGoesOn(t *testing.T) {
	bus := house(t, 7)
	path := filepath.Join(t.TempDir(), "feed.jsonl")
	j := &Job{Feed: bus, Memory: bus.Sources(), Target: path}
	if res, err := j.Run(t.Context()); err != nil || res.Sent != 7 || res.Last != 7 {
		t.Fatal(res, err)
	}
	whole, err := os.ReadFile(path)
	if err != nil || !slices.Equal(sequences(t, string(whole)), upTo(7)) {
		t.Fatal(err, string(whole))
	}
	if _, err := j.Run(t.Context()); schemas.KindOf(err) != schemas.KindInvalid {
		t.Errorf("over a file that is there: %v", err)
	}
	j.Resume = true
	for _, keep := range []int{0, 3, len(whole) / 2, len(whole) - 1, len(whole)} {
		if err := os.WriteFile(path, whole[:keep], 0o600); err != nil {
			t.Fatal(err)
		}
		res, err := j.Run(t.Context())
		got, _ := os.ReadFile(path)
		if err != nil || string(got) != string(whole) {
			t.Errorf("cut at %d: %+v, %v, %d of %d bytes", keep, res, err, len(got), len(whole))
		}
	}
	for _, other := range []string{"name,title\n", "{}\n", "{\"sequence\": 4}\n"} {
		if err := os.WriteFile(path, []byte(other), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := j.Run(t.Context()); schemas.KindOf(err) != schemas.KindInvalid {
			t.Errorf("went on with %q: %v", other, err)
		}
		if got, _ := os.ReadFile(path); string(got) != other {
			t.Errorf("a file of somebody else was changed to %q", got)
		}
	}
}

// TestLongLines: the last line is found whatever its length.
func TestLongLines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.jsonl")
	long := `{"specversion":"1.0","sequence":41,"data":"` + strings.Repeat("ü", 200_000) + `"}`
	if err := os.WriteFile(path, []byte("{}\n"+long+"\n"+long[:150_000]), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := openFile(path, true)
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	if st, _ := f.f.Stat(); f.last != 41 || st.Size() != int64(3+len(long)+1) {
		t.Errorf("after %d, %d bytes", f.last, st.Size())
	}
}

// receiver takes batches and refuses some of them.
type receiver struct {
	refuse func(n int) int // status of the n-th request; 0: take it
	n      atomic.Int32
	got    []uint64
	wrong  error
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if status := r.refuse(int(r.n.Add(1))); status != 0 {
		w.Header().Set("Retry-After", "0")
		w.WriteHeader(status)
		return
	}
	body, err := io.ReadAll(req.Body)
	var events []struct {
		Sequence uint64
		Data     schemas.Release
	}
	if err = errors.Join(err, json.Unmarshal(body, &events)); err != nil || req.Header.Get("Content-Type") != contentBatch {
		r.wrong = errors.Join(err, errors.New(req.Header.Get("Content-Type")))
	}
	for _, e := range events {
		r.got = append(r.got, e.Sequence)
		if !strings.HasSuffix(e.Data.Title, "Deich & Brücke") {
			r.wrong = errors.New(e.Data.Title)
		}
	}
}

func TestHTTP(t *testing.T) {
	bus := house(t, 230)
	to := &receiver{refuse: func(n int) int {
		return map[int]int{1: 503, 2: 429, 4: 408}[n]
	}}
	srv := httptest.NewServer(to)
	defer srv.Close()
	var seen []Progress
	j := &Job{Feed: bus, Memory: bus.Sources(), Target: srv.URL + "/in?token=secret", Progress: func(p Progress) { seen = append(seen, p) }}
	res, err := j.Run(t.Context())
	if err != nil || to.wrong != nil || res.Sent != 230 || !slices.Equal(to.got, upTo(230)) {
		t.Fatal(res, err, to.wrong, to.got)
	}
	if n := len(seen); n == 0 || seen[n-1].Done != 230 || seen[n-1].Total != 230 {
		t.Errorf("progress %v", seen)
	}
	j.Resume = true
	if _, err := j.Run(t.Context()); schemas.KindOf(err) != schemas.KindNotFound {
		t.Errorf("went on with what is done: %v", err)
	}
}

// TestHTTPGoesOn: after a refusal the next replay sends what has not arrived, and nothing that has.
func TestHTTPGoesOn(t *testing.T) {
	bus := house(t, sinkEvery+20)
	to := &receiver{refuse: func(n int) int {
		if n == sinkEvery/batchEvents+1 { // the first one behind a note
			return http.StatusForbidden
		}
		return 0
	}}
	srv := httptest.NewServer(to)
	defer srv.Close()
	j := &Job{Feed: bus, Memory: bus.Sources(), Target: srv.URL + "/in?token=secret"}
	_, err := j.Run(t.Context())
	if schemas.KindOf(err) != schemas.KindUnavailable || !strings.Contains(err.Error(), "403") || strings.Contains(err.Error(), "secret") {
		t.Fatal(err)
	}
	j.Resume = true
	res, err := j.Run(t.Context())
	if err != nil || res.After != sinkEvery || !slices.Equal(to.got, upTo(sinkEvery+20)) {
		t.Errorf("%+v, %v, got %d", res, err, len(to.got))
	}
	if a := j.Audit(res, err); strings.Contains(a.Thing, "secret") || a.Reason != "done" || a.Count != 20 {
		t.Errorf("%+v", a)
	}
}

// TestHTTPSilent: an address that does not answer is asked for a while, then the replay ends and can go on.
func TestHTTPSilent(t *testing.T) {
	a, err := openAddress("http://127.0.0.1:1/", nil)
	if err != nil {
		t.Fatal(err)
	}
	tries := 0
	a.wait = func() backoff.BackOff { return counted{&tries} }
	err = errors.Join(a.send(t.Context(), &schemas.Event{ID: "a/1"}, []byte("{}")), a.flush(t.Context()))
	if schemas.KindOf(err) != schemas.KindUnavailable || tries != 3 {
		t.Errorf("%d tries: %v", tries, err)
	}
}

// counted gives up after three tries.
type counted struct{ n *int }

func (c counted) NextBackOff() time.Duration {
	if *c.n++; *c.n == 3 {
		return backoff.Stop
	}
	return 0
}

func (counted) Reset() {}

func TestInterrupted(t *testing.T) {
	bus := house(t, 12)
	path := filepath.Join(t.TempDir(), "feed.jsonl")
	ctx, stop := context.WithCancel(t.Context())
	j := &Job{Feed: stopping{bus, 5, stop}, Memory: bus.Sources(), Target: path}
	if _, err := j.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(path)
	if n := len(sequences(t, string(got))); n < 5 || n == 12 {
		t.Errorf("%d events were kept", n)
	}
	j.Feed, j.Resume = bus, true
	if _, err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, _ = os.ReadFile(path); !slices.Equal(sequences(t, string(got)), upTo(12)) {
		t.Errorf("%s", got)
	}
}

// stopping ends a replay after n events.
type stopping struct {
	*publisher.Bus
	n    int
	stop func()
}

func (s stopping) ReplayRaw(ctx context.Context, f publisher.Filter, fn func(*schemas.Event, []byte) error) (int, error) {
	n := 0
	return s.Bus.ReplayRaw(ctx, f, func(ev *schemas.Event, release []byte) error {
		if n++; n == s.n {
			defer s.stop()
		}
		return fn(ev, release)
	})
}

func TestKindOf(t *testing.T) {
	for target, want := range map[string]string{
		"HTTPS://x.example/in": toHTTP, "./feed": toFile, `C:\feed`: toFile, "feed.jsonl": toFile, "job.archive.1": toSubject, "replay": toSubject,
	} {
		if got := kindOf(target); got != want {
			t.Errorf("%s is a %s, not a %s", target, got, want)
		}
	}
}

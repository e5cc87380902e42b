package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"golang.org/x/sync/semaphore"

	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/internal/replay"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// found is what the searches of a test find.
type found struct{ asked index.Query }

func (f *found) Search(_ context.Context, q index.Query) (*index.Page, error) {
	f.asked = q
	return &index.Page{Hits: []index.Hit{{ID: "a", Title: "Brücke"}}, Total: 1}, nil
}

// serve answers requests over NATS until the test ends, and gives a connection to ask by.
func (n *newsroom) serve(s *services) *nats.Conn {
	n.t.Helper()
	ctx, stop := context.WithCancel(n.t.Context())
	p := &program{log: slog.New(slog.DiscardHandler), stdout: io.Discard, stderr: io.Discard}
	s.program, s.bus, s.life = p, n.bus, ctx
	done := make(chan error, 1)
	go func() { done <- n.bus.Serve(ctx, s.endpoints()) }()
	n.t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			n.t.Error(err)
		}
	})
	nc, err := nats.Connect(n.url)
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(nc.Close)
	for { // until the last endpoint is there
		_, err := nc.RequestWithContext(n.t.Context(), schemas.ServiceSubject("replay.request"), []byte("x"))
		if err == nil {
			return nc
		}
		if !errors.Is(err, nats.ErrNoResponders) {
			n.t.Fatal(err)
		}
	}
}

// ask asks a service; code is that of its error.
func ask(t *testing.T, nc *nats.Conn, name, request string) (code string, answer []byte) {
	t.Helper()
	m, err := nc.RequestWithContext(t.Context(), schemas.ServiceSubject(name), []byte(request))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header.Get("Nats-Service-Error-Code"), m.Data
}

func TestServices(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.publish(0, 1, 2, 0)
	var first schemas.Event
	if _, err := n.bus.Replay(t.Context(), publisher.Filter{}, func(ev *schemas.Event) error { first = *ev; return nil }); err != nil {
		t.Fatal(err)
	}
	searches := &found{}
	nc := n.serve(&services{searcher: searches, replaying: semaphore.NewWeighted(1)})

	code, b := ask(t, nc, "releases.get", `{"id": "`+first.Subject+`"}`)
	ev, release, err := schemas.ParseEventJSON(b)
	if err != nil || code != "" || ev.Sequence != 4 || ev.Type != schemas.EventCorrected || schemas.Validate(release) != nil {
		t.Errorf("%s: %s, %v", code, b, err)
	}
	var list []map[string]any
	if code, b = ask(t, nc, "releases.get", `{"id": "`+first.Subject+`", "revisions": true}`); json.Unmarshal(b, &list) != nil || len(list) != 2 {
		t.Errorf("%s: %s", code, b)
	}
	if code, b = ask(t, nc, "releases.search", `{"text": "Brücke", "state": "NW", "limit": 5}`); code != "" || !strings.Contains(string(b), `"total":1`) {
		t.Errorf("%s: %s", code, b)
	}
	if want := (index.Query{Text: "Brücke", State: "NW", Limit: 5}); searches.asked != want {
		t.Errorf("asked %+v", searches.asked)
	}
	if code, b = ask(t, nc, "sources.status", ""); code != "" || !json.Valid(b) {
		t.Errorf("%s: %s", code, b)
	}
	for _, c := range []struct{ name, request, code, says string }{
		{"releases.get", `{"id": "aaaaaaaaaaaaaaaaaaaaaaaaaa"}`, "404", "no release has this id"},
		{"releases.get", `{"id": "x"}`, "400", "no release id"},
		{"releases.get", `{"ID": "x", "foo": 1}`, "400", "unknown field"},
		{"releases.get", `{} {}`, "400", "something follows"},
		{"sources.status", `{"source": "kreis-nirgendwo"}`, "404", "no run of a source"},
		{"replay.request", `{"subject": "press.v1.release.nw.a.b"}`, "400", "begins with replay."},
		{"replay.request", `{"subject": "replay.>"}`, "400", "begins with replay."},
		{"replay.request", `{"subject": "replay.a", "rate": 1e9}`, "400", "events a second"},
		{"replay.request", `{"subject": "replay.a", "from": 99}`, "404", "ahead of the stream"},
	} {
		code, b := ask(t, nc, c.name, c.request)
		var e struct{ Kind, Message string }
		if err := json.Unmarshal(b, &e); err != nil || code != c.code || !strings.Contains(string(b), c.says) {
			t.Errorf("%s %s: %s %s, %v", c.name, c.request, code, b, err)
		}
	}
}

// TestReplayRequest: what is asked for is counted, sent to the subject and no other, and written down.
func TestReplayRequest(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.publish(upto(6)...)
	s := &services{replaying: semaphore.NewWeighted(1)}
	nc := n.serve(s)
	sub, err := nc.SubscribeSync("replay.mine")
	if err != nil {
		t.Fatal(err)
	}
	want := `{"events":4,"bytes":`
	code, b := ask(t, nc, "replay.request", `{"subject": "replay.mine", "from": 3, "dry_run": true}`)
	if code != "" || !strings.HasPrefix(string(b), want) || !strings.Contains(string(b), `"started":false`) {
		t.Errorf("%s: %s", code, b)
	}
	if code, b = ask(t, nc, "replay.request", `{"subject": "replay.mine", "from": 3, "rate": 2000}`); !strings.Contains(string(b), `"started":true`) {
		t.Errorf("%s: %s", code, b)
	}
	for seq := 3; seq <= 6; seq++ {
		m, err := sub.NextMsgWithContext(t.Context())
		if err != nil || m.Header.Get("Kp-Original-Sequence") != string(rune('0'+seq)) {
			t.Fatalf("%v, %v", m, err)
		}
	}
	if err := s.replaying.Acquire(t.Context(), 1); err != nil { // it is done
		t.Fatal(err)
	}
	if code, _ = ask(t, nc, "replay.request", `{"subject": "replay.mine"}`); code != "409" {
		t.Errorf("a second replay at the same time: code %s", code)
	}
	list, err := n.bus.LatestRuns(t.Context(), "", schemas.RunAudit, 5)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d audits, %v", len(list), err)
	}
	var a replay.Audit
	if err := json.Unmarshal(list[0].Data, &a); err != nil || a.Act != "replay" {
		t.Errorf("%s", list[0].Data)
	}
}

// TestCanary: one an hour, by whoever is first.
func TestCanary(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.publish(0, 1)
	now := time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)
	say := func(after time.Duration, want time.Duration) {
		t.Helper()
		if next, err := canary(t.Context(), n.bus, now.Add(after), time.Hour); err != nil || next != want {
			t.Errorf("after %s: %s, %v", after, next, err)
		}
	}
	say(0, time.Hour)
	n.publish(2)
	say(20*time.Minute, 40*time.Minute)
	say(time.Hour, time.Hour)
	say(-time.Hour, time.Hour) // the clock before was ahead
	list, err := n.bus.LatestRuns(t.Context(), schemas.CanarySource, schemas.RunCanary, 9)
	if err != nil || len(list) != 3 {
		t.Fatalf("%d canaries, %v", len(list), err)
	}
	for i, want := range []uint64{2, 3, 3} {
		var c schemas.Canary
		if err := json.Unmarshal(list[i].Data, &c); err != nil || c.Sequence != want {
			t.Errorf("canary %d is %s", i, list[i].Data)
		}
	}
}

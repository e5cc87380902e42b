package notify

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/schemas"
)

// memory is a Memory of this process.
type memory struct {
	mu   sync.Mutex
	revs map[string]uint64
	raw  map[string][]byte
	away error // why it cannot be reached
}

func (m *memory) Get(_ context.Context, key string, into any) (uint64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away != nil {
		return 0, m.away
	}
	if m.revs[key] == 0 {
		return 0, &schemas.Error{Kind: schemas.KindNotFound}
	}
	return m.revs[key], json.Unmarshal(m.raw[key], into)
}

func (m *memory) Put(_ context.Context, key string, value any, rev uint64) (uint64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away != nil {
		return 0, m.away
	}
	if rev != m.revs[key] {
		return 0, &schemas.Error{Kind: schemas.KindConflict}
	}
	if m.revs == nil {
		m.revs, m.raw = map[string]uint64{}, map[string][]byte{}
	}
	var err error
	m.raw[key], err = json.Marshal(value)
	m.revs[key]++
	return m.revs[key], err
}

// TestNotifier: an alarm goes out while the process runs, what is held back goes out when it ends.
func TestNotifier(t *testing.T) {
	s, ch := receive(t)
	for _, c := range []struct{ after, id string }{{"0s", "at once"}, {"30m", "at the end"}} {
		n, err := New(config(t, "{after: "+c.after+", webhooks: [{url: "+s.URL+", format: ntfy}]}"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- n.Run(ctx) }()
		now := time.Now()
		n.Alarm(health.Alarm{Source: "kreis-musterau", State: health.Broken, Says: c.id, Since: now, At: now})
		n.Ran("kreis-musterau", true, now)
		if c.after != "0s" {
			stop()
		}
		if r := <-ch; !strings.HasPrefix(r.body, c.id) || r.Get("Title") != "kreis-musterau is broken" {
			t.Errorf("%s: %+v", c.id, r)
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	var nobody *Notifier
	nobody.Alarm(health.Alarm{})
	if err := nobody.Run(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestOutageIsTold asks the loop why nothing is crawled.
func TestOutageIsTold(t *testing.T) {
	s, ch := receive(t)
	var why error = errors.New("no space left on device")
	n, err := New(config(t, "{after: 0s, webhooks: [{url: "+s.URL+", format: slack}]}"), Options{Outage: func() error { return why }})
	if err != nil {
		t.Fatal(err)
	}
	n.look(t.Context(), noon)
	why = nil
	n.look(t.Context(), noon.Add(time.Minute))
	n.boxes[0].drain(t.Context())
	if a, b := <-ch, <-ch; !strings.Contains(a.body, "no space left") || !strings.Contains(b.body, "crawling goes on") {
		t.Errorf("%s\n%s", a.body, b.body)
	}
}

// TestOneDigest: two processes with one memory tell one digest a day, the first one the day after they began, and one that could not be
// made is made later.
func TestOneDigest(t *testing.T) {
	s, ch := receive(t)
	shared := &memory{}
	var broken error
	var two []*Notifier
	for range 2 {
		n, err := New(config(t, "{digest: '07:30', time_zone: Europe/Berlin, webhooks: [{url: "+s.URL+", format: ntfy}]}"), Options{
			Memory: shared, State: func(context.Context) (State, error) { return State{Yesterday: 3}, broken },
		})
		if err != nil {
			t.Fatal(err)
		}
		two = append(two, n)
	}
	look := func(now time.Time, want int) {
		t.Helper()
		for _, n := range two {
			n.look(t.Context(), now)
			n.boxes[0].drain(t.Context())
		}
		if len(ch) != want {
			t.Errorf("%v: %d digests, want %d", now, len(ch), want)
		}
	}
	look(noon, 0)
	look(noon.Add(17*time.Hour), 0)
	broken = errors.New("the broker is away")
	look(noon.Add(19*time.Hour), 0)
	broken = nil
	look(noon.Add(20*time.Hour), 1)
	look(noon.Add(21*time.Hour), 1)
	look(noon.Add(45*time.Hour), 2)
	if r := <-ch; !strings.HasPrefix(r.body, "3 releases") {
		t.Errorf("%+v", r)
	}
}

package deliver

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/webhook"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

const secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u"

// receiver is somebody's webhook. It says in got which events it has taken.
type receiver struct {
	t      *testing.T
	mu     sync.Mutex
	asked  map[string]int
	answer func(event string, times int) int
	got    chan string
	url    string
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{t: t, asked: map[string]int{}, got: make(chan string, 100), answer: func(string, int) int { return http.StatusNoContent }}
	srv := httptest.NewServer(r)
	t.Cleanup(srv.Close)
	r.url = srv.URL
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	var e struct {
		ID   string
		Data schemas.Release
	}
	if err == nil {
		err = json.Unmarshal(body, &e)
	}
	if err != nil || req.Header.Get("Content-Type") != contentType || e.Data.Title == "" {
		r.t.Errorf("%v, %v: %s", err, req.Header, body)
	}
	key, _ := webhook.Key(secret)
	again := http.Header{}
	var sec int64
	fmt.Sscan(req.Header.Get("webhook-timestamp"), &sec)
	webhook.Sign(again, key, e.ID, time.Unix(sec, 0), body)
	if got := req.Header.Get("webhook-signature"); got != again.Get("webhook-signature") || req.Header.Get("webhook-id") != e.ID {
		r.t.Errorf("signed %q as %q", got, req.Header.Get("webhook-id"))
	}
	r.mu.Lock()
	r.asked[e.Data.Title]++
	code := r.answer(e.Data.Title, r.asked[e.Data.Title])
	r.mu.Unlock()
	if code/100 == 2 {
		r.got <- e.Data.Title
	}
	w.WriteHeader(code)
}

func (r *receiver) set(answer func(string, int) int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = answer
}

// want waits for the next events that are taken.
func (r *receiver) want(titles ...string) {
	r.t.Helper()
	for _, want := range titles {
		if got := <-r.got; got != want {
			r.t.Fatalf("took %q, not %q", got, want)
		}
	}
}

func openBus(t *testing.T) *publisher.Bus {
	bus, err := publisher.Open(t.Context(), publisher.Config{DataDir: t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bus.Close() })
	return bus
}

func publish(t *testing.T, bus *publisher.Bus, titles ...string) {
	t.Helper()
	for _, title := range titles {
		url := "https://www.kreis-moorau.de/presse/" + title
		r := &schemas.Release{
			ID: schemas.ReleaseID("kreis-moorau", url), Source: schemas.Source{ID: "kreis-moorau", State: "SH"}, URL: url, CanonicalURL: url,
			Title: title, Provenance: schemas.Provenance{Snapshot: strings.Repeat("a", 64), Parser: "1.0.0"},
		}
		r.Normalise()
		if err := bus.Publish(t.Context(), nil, schemas.NextEvent(nil, schemas.EventPublished, r, time.Now())); err != nil {
			t.Fatal(err)
		}
	}
}

// start delivers until the returned function is called, which waits for the end.
func start(t *testing.T, bus Bus, hooks ...Webhook) (stop func()) {
	t.Helper()
	c, err := New(hooks, bus, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.pause = func(int) time.Duration { return time.Millisecond }
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); _ = c.Run(ctx) }()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(stop)
	return stop
}

func hookAt(url string) Webhook {
	return Webhook{Name: "newsroom", URL: webhook.Secret(url), Secret: secret, From: 1}
}

// TestInOrder: events come in their order although attempts fail, and after a restart what was settled does not come again.
func TestInOrder(t *testing.T) {
	bus, to := openBus(t), newReceiver(t)
	to.set(func(event string, times int) int {
		switch {
		case event == "b" && times < 4:
			return 503
		case event == "c" && times < 5:
			return 404 // the address is wrong: the event waits, whatever it is
		}
		return 200
	})
	publish(t, bus, "a", "b", "c", "d")
	stop := start(t, bus, hookAt(to.url))
	to.want("a", "b", "c", "d")
	publish(t, bus, "e")
	to.want("e")
	stop()
	publish(t, bus, "f", "g")
	start(t, bus, hookAt(to.url))
	to.want("f", "g")
	if n := to.asked["b"] + to.asked["c"]; n != 4+5 {
		t.Errorf("%d attempts", n)
	}
}

// TestDead: an event that is refused three times is put aside, and the next one goes on.
func TestDead(t *testing.T) {
	bus, to := openBus(t), newReceiver(t)
	to.set(func(event string, times int) int {
		if event == "bad" {
			return http.StatusUnprocessableEntity
		}
		return 200
	})
	publish(t, bus, "a", "bad", "c")
	stop := start(t, bus, hookAt(to.url))
	to.want("a", "c")
	stop()
	var dead []Dead
	err := bus.EachRun(t.Context(), "kreis-moorau", schemas.RunUndelivered, func(_, _ string, _ time.Time, data []byte) error {
		var d Dead
		dead = append(dead, d)
		return json.Unmarshal(data, &dead[len(dead)-1])
	})
	if err != nil || len(dead) != 1 {
		t.Fatalf("%+v, %v", dead, err)
	}
	if d := dead[0]; d.Sequence != 2 || d.Tries != refusals || d.Webhook != "newsroom" || !strings.Contains(d.Reason, "422") {
		t.Errorf("%+v", d)
	}
	to.set(func(string, int) int { return 200 })
	c, err := New([]Webhook{hookAt(to.url)}, bus, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if ev, err := c.Send(t.Context(), "newsroom", dead[0].Sequence); err != nil || ev.ID != dead[0].Event {
		t.Error(ev, err)
	}
	to.want("bad")
	for name, seq := range map[string]uint64{"nobody": 1, "newsroom": 99} {
		if _, err := c.Send(t.Context(), name, seq); schemas.KindOf(err) != schemas.KindNotFound {
			t.Errorf("%s %d: %v", name, seq, err)
		}
	}
}

// TestShared: two processes that deliver to one webhook bring each event once, in order.
func TestShared(t *testing.T) {
	bus, to := openBus(t), newReceiver(t)
	start(t, bus, hookAt(to.url))
	start(t, bus, hookAt(to.url))
	var want []string
	for i := range 40 {
		want = append(want, fmt.Sprintf("m%02d", i))
	}
	publish(t, bus, want...)
	to.want(want...)
	for title, n := range to.asked {
		if n != 1 {
			t.Errorf("%s came %d times", title, n)
		}
	}
}

// TestChosen: a webhook gets what it chose, and begins with what is published from then on.
func TestChosen(t *testing.T) {
	bus, to := openBus(t), newReceiver(t)
	publish(t, bus, "before")
	w := hookAt(to.url)
	w.From, w.State = 0, "SH"
	other := Webhook{Name: "elsewhere", URL: webhook.Secret(to.url), Secret: secret, State: "BY"}
	corrections := Webhook{Name: "corrections", URL: webhook.Secret(to.url), Secret: secret, Type: "corrected", From: 1}
	stop := start(t, bus, w, other, corrections)
	for { // until the broker knows both places, so that what comes is after them
		all, err := bus.Deliveries(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(all) == 3 {
			break
		}
	}
	publish(t, bus, "after")
	to.want("after")
	stop()
	if len(to.got) != 0 {
		t.Errorf("%q came, too", <-to.got)
	}
	all, err := bus.Deliveries(t.Context())
	if err != nil || all["newsroom"].Pending != 0 || all["newsroom"].Settled != 2 {
		t.Errorf("%+v, %v", all, err)
	}
	if err := bus.ForgetDelivery(t.Context(), "elsewhere"); err != nil {
		t.Error(err)
	}
	if err := bus.ForgetDelivery(t.Context(), "elsewhere"); schemas.KindOf(err) != schemas.KindNotFound {
		t.Error(err)
	}
}

func TestConfig(t *testing.T) {
	good := hookAt("https://x.example/in")
	for want, change := range map[string]func(*Webhook){
		"[1].name":   func(w *Webhook) { w.Name = "News Room" },
		"is there":   func(*Webhook) {},
		"[1].url":    func(w *Webhook) { w.Name, w.URL = "b", "ftp://hush" },
		"[1].secret": func(w *Webhook) { w.Name, w.Secret = "b", "hush" },
		"[1].type":   func(w *Webhook) { w.Name, w.Type = "b", "new" },
		"[1].state":  func(w *Webhook) { w.Name, w.State = "b", "XX" },
		"[1].source": func(w *Webhook) { w.Name, w.Source = "b", "Kreis X" },
	} {
		w := good
		change(&w)
		err := Check([]Webhook{good, w})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hush") {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	var got []time.Duration
	for _, n := range []int{1, 2, 3, 9, 10, 1000} {
		got = append(got, retryAfter(n))
	}
	want := []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 1280 * time.Second, 30 * time.Minute, 30 * time.Minute}
	if !slices.Equal(got, want) {
		t.Error(got)
	}
}

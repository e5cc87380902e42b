package schedule

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// memory is the bucket of an embedded NATS server.
func memory(t *testing.T) *publisher.Sources {
	t.Helper()
	b, err := publisher.Open(t.Context(), publisher.Config{DataDir: t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b.Sources()
}

func sources(t *testing.T, n int) []*source.Source {
	t.Helper()
	var list []*source.Source
	for i := range n {
		s, err := source.Parse("x.yaml", fmt.Appendf(nil, `
id: kreis-%d
name: Kreis %d
state: NW
base: https://www.kreis-%d.example/
start: {feeds: [/rss]}
`, i, i, i))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}

func result() Result {
	now := time.Now()
	return Result{Started: now, Ended: now, Requests: 2}
}

// TestOnce: each source that is due has one turn, one that was crawled a moment ago none.
func TestOnce(t *testing.T) {
	m, list := memory(t), sources(t, 40)
	var mu sync.Mutex
	count := map[string]int{}
	run := func(_ context.Context, s *source.Source) (Result, error) {
		mu.Lock()
		defer mu.Unlock()
		count[s.ID]++
		return result(), nil
	}
	for round := range 2 {
		if err := New(m, run, Options{}).Run(t.Context(), list, true); err != nil {
			t.Fatal(err)
		}
		for _, s := range list {
			if count[s.ID] != 1 {
				t.Errorf("round %d: %s had %d turns", round, s.ID, count[s.ID])
			}
		}
	}
}

// TestOneAtATime: of several processes one crawls a source at a time, and together they crawl each once.
func TestOneAtATime(t *testing.T) {
	m, list := memory(t), sources(t, 30)
	var mu sync.Mutex
	now, count := map[string]int{}, map[string]int{}
	run := func(_ context.Context, s *source.Source) (Result, error) {
		mu.Lock()
		if now[s.ID]++; now[s.ID] > 1 {
			t.Errorf("%s is crawled twice at a time", s.ID)
		}
		count[s.ID]++
		mu.Unlock()
		defer func() { mu.Lock(); now[s.ID]--; mu.Unlock() }()
		return result(), nil
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if err := New(m, run, Options{Workers: 3}).Run(t.Context(), list, true); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, s := range list {
		if count[s.ID] != 1 {
			t.Errorf("%s had %d turns", s.ID, count[s.ID])
		}
	}
}

// TestTakenOver: a source whose process died is crawled by another one when its claim has run out, and not before.
func TestTakenOver(t *testing.T) {
	m, list := memory(t), sources(t, 2)
	dead := State{Holder: "another machine 1 XXXX", Until: time.Now().Add(time.Minute)}
	if _, err := m.Put(t.Context(), Key("kreis-0"), dead, 0); err != nil {
		t.Fatal(err)
	}
	dead.Until = time.Now().Add(-time.Second)
	if _, err := m.Put(t.Context(), Key("kreis-1"), dead, 0); err != nil {
		t.Fatal(err)
	}
	var ran []string
	var mu sync.Mutex
	run := func(_ context.Context, s *source.Source) (Result, error) {
		mu.Lock()
		defer mu.Unlock()
		ran = append(ran, s.ID)
		return result(), nil
	}
	if err := New(m, run, Options{}).Run(t.Context(), list, true); err != nil {
		t.Fatal(err)
	}
	if len(ran) != 1 || ran[0] != "kreis-1" {
		t.Errorf("crawled %v, want kreis-1 alone", ran)
	}
}

// TestLostClaim: a process whose claim was taken over stops crawling the source, and writes nothing over what the other one wrote.
func TestLostClaim(t *testing.T) {
	m, list := memory(t), sources(t, 1)
	l := New(m, nil, Options{})
	c, err := l.look(t.Context(), list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := c.take(t.Context(), time.Now()); err != nil || !ok {
		t.Fatal(ok, err)
	}
	other := New(m, nil, Options{})
	theirs, err := other.look(t.Context(), list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if until := theirs.held(time.Now()); until.IsZero() {
		t.Fatal("the claim is not seen")
	}
	later := time.Now().Add(2 * DefaultClaim)
	if until := theirs.held(later); until.After(later) {
		t.Fatalf("the claim lasts until %v", until)
	}
	if ok, err := theirs.take(t.Context(), later); err != nil || !ok {
		t.Fatal(ok, err)
	}
	ok, err := c.end(t.Context(), PlanOf(list[0]), result())
	if err != nil || ok {
		t.Errorf("the first wrote its result: %v, %v", ok, err)
	}
	var st State
	if _, err := m.Get(t.Context(), Key(list[0].ID), &st); err != nil || st.Holder != other.me {
		t.Errorf("%+v, %v", st, err)
	}
}

// TestOutage: after an error that concerns all sources nothing is crawled for a while, the loop says why, and goes on by itself.
func TestOutage(t *testing.T) {
	m, list := memory(t), sources(t, 3)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	full := &schemas.Error{Op: "publish", Kind: schemas.KindStorage, Err: errors.New("no space left on device")}
	var broken atomic.Bool
	broken.Store(true)
	well, failed := make(chan string, len(list)), make(chan bool, 1000)
	var l *Loop
	said := make(chan error, 100)
	l = New(m, func(context.Context, *source.Source) (Result, error) {
		if broken.Load() {
			failed <- true
			return Result{}, full
		}
		said <- l.Outage()
		well <- "ran"
		return result(), nil
	}, Options{Workers: 1, Pause: 10 * time.Millisecond})
	done := make(chan error, 1)
	go func() { done <- l.Run(ctx, list, false) }()
	<-failed
	<-failed // the first one is known of by now
	broken.Store(false)
	if err := <-said; !errors.Is(err, full) {
		t.Errorf("the first run after the outage sees %v", err)
	}
	for range list {
		<-well
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	if err := l.Outage(); err != nil {
		t.Errorf("still out: %v", err)
	}
}

// TestReload: sources that are taken away get no more turns, new ones do.
func TestReload(t *testing.T) {
	m, list := memory(t), sources(t, 3)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ran := make(chan string)
	l := New(m, func(_ context.Context, s *source.Source) (Result, error) {
		ran <- s.ID
		return result(), nil
	}, Options{})
	done := make(chan error, 1)
	go func() { done <- l.Run(ctx, list[:2], false) }()
	seen := map[string]bool{<-ran: true, <-ran: true}
	l.Reload(list[1:])
	if id := <-ran; id != "kreis-2" || seen[id] {
		t.Errorf("%s ran after the reload", id)
	}
	cancel()
	<-done
}

// TestMay: while something speaks against all crawling nothing begins and the reason is an outage; when it may again it goes on.
func TestMay(t *testing.T) {
	m, list := memory(t), sources(t, 3)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	full := errors.New("the disk is full")
	var asked, ran atomic.Int32
	may := make(chan error, 3)
	may <- full
	may <- full
	may <- nil
	var l *Loop
	l = New(m, func(context.Context, *source.Source) (Result, error) {
		if l.Outage() != nil {
			t.Errorf("it runs, and the outage is %v", l.Outage())
		}
		if ran.Add(1) == 3 {
			stop()
		}
		return result(), nil
	}, Options{Pause: time.Millisecond, May: func(context.Context) error {
		if n := asked.Add(1); n > 1 && n <= 3 && !errors.Is(l.Outage(), full) {
			t.Errorf("asked the %d. time, and the outage is %v", n, l.Outage())
		}
		select {
		case err := <-may:
			if ran.Load() > 0 && err != nil {
				t.Error("something ran though it may not")
			}
			return err
		default:
			return nil
		}
	}})
	if err := l.Run(ctx, list, false); !errors.Is(err, context.Canceled) || ran.Load() != 3 || asked.Load() < 3 {
		t.Errorf("%v, %d runs, asked %d times", err, ran.Load(), asked.Load())
	}
	if err := New(m, nil, Options{May: func(context.Context) error { return full }}).Run(t.Context(), sources(t, 9), true); !errors.Is(err, full) {
		t.Errorf("once: %v, want the reason", err)
	}
}

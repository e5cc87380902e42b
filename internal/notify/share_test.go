package notify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/schemas"
)

// reader is somebody who is told by webhook, and may be unreachable.
type reader struct {
	*httptest.Server
	mu   sync.Mutex
	away bool
	got  []string // titles
	ids  []string
}

func newReader(t *testing.T) *reader {
	t.Helper()
	r := &reader{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		_, _ = io.Copy(io.Discard, q.Body)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.ids = append(r.ids, q.Header.Get("webhook-id"))
		if r.away {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		r.got = append(r.got, q.Header.Get("Title"))
	}))
	t.Cleanup(r.Close)
	return r
}

// process is a notifier that is looked after by a test; it sends when it is told to.
type process struct {
	*Notifier
	t *testing.T
	r *reader
}

func begin(t *testing.T, r *reader, m Memory, holder string, opt Options) process {
	t.Helper()
	opt.Memory, opt.Holder = m, holder
	n, err := New(config(t, "{after: 30m, webhooks: [{url: "+r.URL+", format: ntfy, secret: "+testSecret+"}]}"), opt)
	if err != nil {
		t.Fatal(err)
	}
	return process{n, t, r}
}

// tick lets a process do one round and send what it has, and wants what arrives by that.
func (p process) tick(minute int, want ...string) {
	p.t.Helper()
	p.r.mu.Lock()
	p.r.got = nil
	p.r.mu.Unlock()
	p.look(p.t.Context(), at(minute))
	p.boxes[0].drain(p.t.Context())
	p.look(p.t.Context(), at(minute)) // what has arrived is noted
	if !slices.Equal(p.r.got, want) {
		p.t.Errorf("%s, minute %d: told %q, want %q", p.opt.Holder, minute, p.r.got, want)
	}
}

func ill(source string, minute int) health.Alarm {
	return health.Alarm{Source: source, State: health.Broken, Says: "x", Since: at(minute), At: at(minute)}
}

func well(source string, since, minute int) health.Alarm {
	return health.Alarm{Source: source, State: health.Healthy, Says: "well", Since: at(since), At: at(minute), Recovered: true}
}

// TestRestart: what was told is not told again by the next process, what waited is told by it, and an end is told once.
func TestRestart(t *testing.T) {
	r, m := newReader(t), &memory{}
	one := begin(t, r, m, "one", Options{})
	one.Alarm(ill("a", 0))
	one.tick(10)
	one.Alarm(ill("b", 20))
	one.tick(31, "a is broken") // and here it is killed

	two := begin(t, r, m, "two", Options{})
	two.Alarm(ill("a", 0)) // the same incident, met again
	two.tick(49)
	two.tick(50, "b is broken")
	two.Alarm(well("a", 0, 60))
	two.tick(61) // and here that one is

	three := begin(t, r, m, "three", Options{})
	three.tick(66, "a has recovered")
	three.Alarm(well("a", 0, 67)) // told before
	three.Alarm(well("c", 0, 67)) // nobody has heard of it
	three.tick(90)
}

// TestMissed: what began and ended while nobody was there to tell it is told after the start, once.
func TestMissed(t *testing.T) {
	r, m := newReader(t), &memory{}
	one := begin(t, r, m, "one", Options{})
	one.Alarm(ill("a", 0))
	one.Alarm(ill("b", 0))
	one.Alarm(health.Alarm{Source: "c", State: health.Degraded, Says: "x", Since: at(0), At: at(0)})
	one.tick(31, "a is broken", "b is broken", "c is degraded")
	now := map[string]health.Incident{
		"b": {State: health.Broken, Says: "x", Since: at(0)}, "c": {State: health.Broken, Says: "worse", Since: at(0)},
		"d": {State: health.Silent, Says: "x", Since: at(40)},
	}
	var away error = &schemas.Error{Kind: schemas.KindUnavailable}
	two := begin(t, r, m, "two", Options{Incidents: func(context.Context) (map[string]health.Incident, error) { return now, away }})
	two.tick(90)
	away = nil
	two.tick(100, "d is silent")
	two.tick(105, "a has recovered")
	two.tick(130, "c is broken")
	two.tick(300)
}

// TestUndelivered: a message that did not arrive is sent by the next process, with the same id: at once when the process before has left it, and
// when it was killed after its claim has ended.
func TestUndelivered(t *testing.T) {
	for name, c := range map[string]struct {
		end    bool
		minute int
	}{"left": {true, 32}, "killed": {false, 34}} {
		t.Run(name, func(t *testing.T) {
			r, m := newReader(t), &memory{}
			r.away = true
			one := begin(t, r, m, "one", Options{})
			one.Alarm(ill("a", 0))
			one.tick(31)
			if c.end {
				one.share(t.Context(), at(31), func(d *desk) []Message { d.leave(at(31)); return nil })
			}
			r.away = false
			two := begin(t, r, m, "two", Options{})
			if !c.end {
				two.tick(32)
			}
			two.tick(c.minute, "a is broken")
			if slices.Sort(r.ids); len(slices.Compact(r.ids)) != 1 {
				t.Errorf("sent with the ids %q", r.ids)
			}
			two.tick(c.minute + 1)
			two.look(t.Context(), at(c.minute+2))
			if n := len(two.desk.letters); n != 0 {
				t.Errorf("%d letters are left", n)
			}
		})
	}
}

// TestTwoTell: of two processes one tells: incidents that both have met, an outage of both, and its end, also when the one that told it is dead.
func TestTwoTell(t *testing.T) {
	r, m := newReader(t), &memory{}
	var why error
	opt := Options{Outage: func() error { return why }}
	one, two := begin(t, r, m, "one", opt), begin(t, r, m, "two", opt)
	for _, p := range []process{one, two} {
		p.Alarm(ill("a", 0))
	}
	one.tick(29)
	two.tick(30, "a is broken")
	one.tick(30)
	why = errors.New("no space left on device")
	one.tick(40)
	two.tick(41)
	one.tick(45, "nothing is crawled")
	two.tick(46)
	one.tick(46)
	why = nil
	two.tick(47) // the other one is to tell it, and it is killed
	two.tick(49, "crawling goes on")
	two.tick(60)
}

// TestStormOfTwo: a storm is told once, whichever of two processes it has hit, and after a restart no second time.
func TestStormOfTwo(t *testing.T) {
	r, m := newReader(t), &memory{}
	one, two := begin(t, r, m, "one", Options{}), begin(t, r, m, "two", Options{})
	for i := range 12 {
		p := one
		if i%2 > 0 {
			p = two
		}
		source := fmt.Sprintf("kreis-%d", i)
		p.Alarm(ill(source, 0))
		p.Ran(source, true, at(0))
	}
	two.tick(1)
	one.tick(31, "12 of 12 sources fail at once")
	two.tick(31)
	three := begin(t, r, m, "three", Options{})
	for i := range 20 {
		three.Alarm(ill(fmt.Sprintf("kreis-%d", 20+i), 32))
		three.Ran(fmt.Sprintf("kreis-%d", 20+i), true, at(32))
	}
	three.tick(70)
}

// TestMemoryAway: while the broker cannot be reached people are told all the same, and when it can nothing is told again.
func TestMemoryAway(t *testing.T) {
	r, m := newReader(t), &memory{}
	var why error
	p := begin(t, r, m, "one", Options{Outage: func() error { return why }})
	p.Alarm(ill("a", 0))
	p.tick(5)
	m.away, why = &schemas.Error{Kind: schemas.KindUnavailable, Err: errors.New("the broker is away")}, errors.New("the broker is away")
	p.tick(10)
	p.tick(16, "nothing is crawled")
	p.tick(31, "a is broken")
	p.tick(32)
	m.away, why = nil, nil
	p.tick(40, "crawling goes on")
	p.tick(50)
	next := begin(t, r, m, "two", Options{})
	next.Alarm(ill("a", 0))
	next.tick(90)
	next.Alarm(well("a", 0, 90))
	next.tick(95, "a has recovered")
}

// TestShareTogether: several processes that write at once lose nothing and tell nothing twice.
func TestShareTogether(t *testing.T) {
	r, m := newReader(t), &memory{}
	var wg sync.WaitGroup
	var all []process
	for i := range 4 {
		p := begin(t, r, m, fmt.Sprint(i), Options{})
		all = append(all, p)
		wg.Go(func() {
			for n := range 3 {
				p.Alarm(health.Alarm{Source: fmt.Sprintf("s%d", 3*i+n), State: health.Degraded, Says: "x", Since: at(0), At: at(0)})
				for range 20 { // a conflict costs a try, and the next round makes it good
					p.look(t.Context(), at(1))
				}
			}
		})
	}
	wg.Wait()
	for _, p := range all {
		p.look(t.Context(), at(31))
		p.boxes[0].drain(t.Context())
	}
	if len(r.got) != 1 || !strings.HasPrefix(r.got[0], "12 sources need attention") {
		t.Errorf("told %q", r.got)
	}
}

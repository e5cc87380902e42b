package polite

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// A holder that was stopped for longer than its lease lasts asks nothing more, though it still believes to hold the host.
func TestPausedHolderAsksNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, rec := NewMemory(), newRecorder(0)
		rec.answer = robotsAnswer(404, "")
		a, sa := asks(t, process(m, "a"), rec)
		b, sb := asks(t, process(m, "b"), rec)
		get := getter(t)
		if err := get(a); err != nil {
			t.Fatal(err)
		}
		time.Sleep(DefaultLease + time.Minute) // a is stopped
		if err := get(b); err != nil {
			t.Fatal("the lease of a process that is stopped does not end:", err)
		}
		n := len(rec.starts)
		if err := get(a); !errors.Is(err, errHeld) || len(rec.starts) != n {
			t.Errorf("a asked %d times after its lease was over: %v", len(rec.starts)-n, err)
		}
		sb.close()
		sa.close() // must not touch what is no more its own
		if err := get(a); err != nil {
			t.Errorf("after b gave the host back: %v", err)
		}
		sa.close()
	})
}

// A holder that waits long for its turn, behind another name of the same server, looks at its lease once more before it asks.
func TestLeaseIsLookedAtAfterTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, rec := NewMemory(), newRecorder(0)
		h := process(m, "a")
		s := newSession(h, time.Minute)
		rt := pace(rec, time.Second, s)
		u := request(t, t.Context(), "https://a.example/x")
		if err := s.hold(t.Context(), h.of(u.URL)); err != nil {
			t.Fatal(err)
		}
		slot := h.budgetOf(t.Context(), h.of(u.URL)).slot
		slot <- struct{}{}
		failed := make(chan error)
		go func() { _, err := rt.RoundTrip(u); failed <- err }()
		time.Sleep(5 * time.Minute) // somebody else takes the host meanwhile
		other := newSession(process(m, "b"), time.Minute)
		if err := other.hold(t.Context(), other.of(u.URL)); err != nil {
			t.Fatal(err)
		}
		<-slot
		if err := <-failed; !errors.Is(err, errHeld) || len(rec.starts) > 0 {
			t.Errorf("asked %d times: %v", len(rec.starts), err)
		}
	})
}

// A process that is stopped between the look at its lease and the request sends nothing.
func TestNothingIsSentWhenTheLeaseIsOver(t *testing.T) {
	var asked atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer srv.Close()
	text := fmt.Appendf(nil, "id: kreis-x\nname: Kreis X\nstate: NW\nbase: %s/\nallow_private: true\nstart: {feeds: [/rss]}\n", srv.URL)
	src, err := source.Parse("x.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	m, origin := NewMemory(), strings.TrimPrefix(srv.URL, "http://")
	hosts := process(m, "a")
	hosts.patience = 0
	pauses := 0
	hosts.WithDial(func(ctx context.Context, network, address string) (net.Conn, error) { // here the process is stopped
		pauses++
		long := time.Now().Add(-time.Hour)
		hosts.at(address).lease.renewed.Store(&long)
		_, rev, err := m.Get(ctx, origin)
		if err == nil {
			_, err = m.Put(ctx, origin, schemas.HostState{Holder: "b", HeldUntil: time.Now().Add(time.Minute)}, rev)
		}
		if err != nil {
			return nil, err
		}
		return new(net.Dialer).DialContext(ctx, network, address)
	})
	rt := NewTransport(src, hosts, Identity{}, &Traffic{})
	defer rt.Close()
	_, err = rt.RoundTrip(request(t, t.Context(), srv.URL+"/x"))
	if held, ok := errors.AsType[*HeldError](err); !ok || held.Holder != "b" {
		t.Errorf("err = %v", err)
	}
	if pauses != 1 || asked.Load() != 0 {
		t.Errorf("stopped %d times, asked %d times", pauses, asked.Load())
	}
}

// otherClock is a Memory whose common clock differs from this machine's.
type otherClock struct {
	Memory
	ahead time.Duration
	fails error
}

func (m *otherClock) Now(context.Context) (time.Time, error) {
	return time.Now().Add(m.ahead), m.fails
}

// A machine whose clock is wrong, in either direction, neither takes a host that is held nor keeps one that is not, nor asks too soon.
func TestWrongClockTakesNothing(t *testing.T) {
	for _, ahead := range []time.Duration{-26 * time.Hour, -5 * time.Minute, 5 * time.Minute, 26 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			m, rec := &otherClock{Memory: NewMemory(), ahead: ahead}, newRecorder(0)
			rec.answer = robotsAnswer(404, "")
			a, sa := asks(t, process(m, "a"), rec)
			b, sb := asks(t, process(m, "b"), rec)
			get := getter(t)
			if err := get(a); err != nil {
				t.Fatal(err)
			}
			if err := get(b); !errors.Is(err, errHeld) {
				t.Errorf("%v ahead: b asks, too: %v", ahead, err)
			}
			time.Sleep(DefaultPatience)
			began := time.Now()
			if err := get(a); err != nil {
				t.Fatal(err)
			}
			sa.close()
			if err := get(b); err != nil || time.Since(began) != time.Second {
				t.Errorf("%v ahead: after %v: %v", ahead, time.Since(began), err)
			}
			time.Sleep(DefaultLease + time.Minute)
			if err := get(a); err != nil {
				t.Errorf("%v ahead: the lease of b does not end: %v", ahead, err)
			}
			sa.close()
			sb.close()
		})
	}
}

// Without the memory nobody knows who asks a host: nothing is asked, and the host is not to blame.
func TestNothingIsAskedWithoutMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, rec := &otherClock{Memory: NewMemory()}, newRecorder(0)
		rec.answer = robotsAnswer(404, "")
		a, s := asks(t, process(m, "a"), rec)
		get := func() error {
			_, err := a.RoundTrip(request(t, t.Context(), "https://a.example/x"))
			return err
		}
		if err := get(); err != nil {
			t.Fatal(err)
		}
		n := len(rec.starts)
		m.fails = &schemas.Error{Op: "ask for the time", Kind: schemas.KindUnavailable}
		time.Sleep(DefaultLease)
		if err := get(); !errors.Is(err, errMemory) || len(rec.starts) != n {
			t.Errorf("asked %d times: %v", len(rec.starts)-n, err)
		}
		if _, rest := s.budgetOf(t.Context(), s.of(request(t, t.Context(), "https://a.example/x").URL)).times(); !rest.IsZero() {
			t.Errorf("the host rests until %v", rest)
		}
		m.fails = nil
		if err := get(); err != nil || len(rec.starts) != n+1 {
			t.Errorf("asked %d times after the memory is back: %v", len(rec.starts)-n, err)
		}
		s.close()
	})
}

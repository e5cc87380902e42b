package polite

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// process is a Hosts as another process would have it: only the memory is shared.
func process(m Memory, name string) *Hosts {
	h := newHosts()
	h.memory, h.me, h.patience, h.leaseTime = m, name, DefaultPatience, DefaultLease
	return h
}

func asks(t *testing.T, h *Hosts, rec *recorder) (rt http.RoundTripper, s *session) {
	t.Helper()
	s = newSession(h, time.Minute)
	return robots(retry(pace(rec, time.Second, s), time.Second, s), s, &Traffic{}), s
}

// getter asks for one page, by whichever process it is given.
func getter(t *testing.T) func(http.RoundTripper) error {
	return func(rt http.RoundTripper) error {
		_, err := rt.RoundTrip(request(t, t.Context(), "https://a.example/x"))
		return err
	}
}

func TestLeaseKeepsProcessesApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, rec := NewMemory(), newRecorder(0)
		rec.answer = robotsAnswer(404, "")
		a, sa := asks(t, process(m, "a"), rec)
		b, sb := asks(t, process(m, "b"), rec)
		get := getter(t)
		if err := get(a); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		err := get(b)
		if !errors.Is(err, errHeld) || schemas.KindOf(err) != schemas.KindUnavailable || strings.Contains(err.Error(), "\n") {
			t.Fatalf("err = %v", err)
		}
		if d := time.Since(began); d != DefaultPatience {
			t.Errorf("waited %v", d)
		}
		began = time.Now()
		if err := get(b); !errors.Is(err, errHeld) || time.Since(began) > 0 {
			t.Errorf("waited again for %v: %v", time.Since(began), err)
		}
		if _, err := b.RoundTrip(request(t, t.Context(), "https://b.example/x")); err != nil {
			t.Errorf("another host: %v", err)
		}
		n := len(rec.starts)
		time.Sleep(DefaultPatience)
		sa.close()
		if err := get(b); err != nil || len(rec.starts) != n+1 { // it knows the robots.txt that a has read
			t.Errorf("after a gave the host back: %v, %d requests", err, len(rec.starts)-n)
		}
		sb.close()
	})
}

// The pace holds from one process to the next.
func TestPaceHoldsOverRestarts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, rec := NewMemory(), newRecorder(0)
		rec.answer = robotsAnswer(200, "User-agent: *\nCrawl-delay: 9")
		for i := range 3 {
			rt, s := asks(t, process(m, fmt.Sprint("p", i)), rec)
			if _, err := rt.RoundTrip(request(t, t.Context(), "https://a.example/x")); err != nil {
				t.Fatal(err)
			}
			if i < 2 {
				s.close()
			}
		}
		rec.wantStarts(t, 0, 9*time.Second, 18*time.Second, 27*time.Second)
		time.Sleep(10 * time.Minute) // the third was killed: its lease runs out, when it asked last is not known
		at := len(rec.starts)
		rt, s := asks(t, process(m, "p3"), rec)
		began := time.Since(rec.began)
		if _, err := rt.RoundTrip(request(t, t.Context(), "https://a.example/x")); err != nil {
			t.Fatal(err)
		}
		if d := rec.starts[at] - began; d != 9*time.Second {
			t.Errorf("asked %v after a takeover", d)
		}
		s.close()
	})
}

func TestRestHoldsOverRestarts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, rec := NewMemory(), newRecorder(0)
		rec.answer = func(n int, req *http.Request) (*http.Response, error) {
			if req.URL.Path == "/x" {
				return response(429, map[string]string{"Retry-After": "86400"}), nil
			}
			return robotsAnswer(404, "")(n, req)
		}
		rt, _ := asks(t, process(m, "a"), rec) // killed: it gives nothing back
		_, _ = rt.RoundTrip(request(t, t.Context(), "https://a.example/x"))
		n := len(rec.starts)
		time.Sleep(23 * time.Hour)
		again, s := asks(t, process(m, "b"), rec)
		if _, err := again.RoundTrip(request(t, t.Context(), "https://a.example/y")); !errors.Is(err, errResting) || len(rec.starts) != n {
			t.Errorf("%v, %d requests in the rest", err, len(rec.starts)-n)
		}
		time.Sleep(time.Hour)
		if _, err := again.RoundTrip(request(t, t.Context(), "https://a.example/y")); err != nil {
			t.Errorf("after the rest: %v", err)
		}
		s.close()
	})
}

// A clock that jumped must neither retire a host nor let it be asked at once.
func TestRememberedTimesOfAJumpedClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		year := 365 * 24 * time.Hour
		for name, st := range map[string]schemas.HostState{
			"last request ahead": {LastRequest: time.Now().Add(year)},
			"rest without end":   {RestUntil: time.Now().Add(year)},
			"lease without end":  {Holder: "x", HeldUntil: time.Now().Add(year)},
			"robots for ever":    {Robots: &schemas.RobotsState{All: true, Why: "answers 503", FetchedAt: time.Now(), Expires: time.Now().Add(year)}},
			"robots of tomorrow": {Robots: &schemas.RobotsState{All: true, Why: "answers 503", FetchedAt: time.Now().Add(year), Expires: time.Now().Add(2 * year)}},
			"behind":             {LastRequest: time.Now().Add(-year), RestUntil: time.Now().Add(-year), Holder: "x", HeldUntil: time.Now().Add(-year)},
		} {
			m, rec := NewMemory(), newRecorder(0)
			rec.answer = robotsAnswer(404, "")
			if _, err := m.Put(t.Context(), "a.example", st, 0); err != nil {
				t.Fatal(err)
			}
			h := process(m, "me")
			var err error
			for range 26 {
				rt, s := asks(t, h, rec)
				_, err = rt.RoundTrip(request(t, t.Context(), "https://a.example/x"))
				s.close()
				if err == nil {
					break
				}
				time.Sleep(time.Hour)
			}
			if err != nil {
				t.Errorf("%s: still refused a day later: %v", name, err)
			}
		}
	})
}

func TestLeaseOfAProcessThatIsGone(t *testing.T) {
	me := "machine pid:[1] 77 me"
	for other, want := range map[string]bool{
		"machine pid:[1] 77 other": true, "machine pid:[1] 999999999 other": true, "machine pid:[1] 1 other": false,
		"another pid:[1] 77 other": false, "machine pid:[2] 77 other": false, "machine - 77 other": false, "": false, "x": false,
	} {
		if got := Dead(other, me); got != want {
			t.Errorf("Dead(%q) = %v", other, got)
		}
	}
	if h := Holder(); Dead(h, Holder()) {
		t.Error("two crawlers in one process take each other for dead")
	}
}

// Two names of one server have one budget; robots.txt is each name's own.
func TestNamesOfOneAddressShareABudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, rec := newHosts(), newRecorder(0)
		rec.answer = robotsAnswer(404, "")
		h.resolve = func(_ context.Context, name string) ([]netip.Addr, error) {
			return map[string][]netip.Addr{
				"a.example": {netip.MustParseAddr("192.0.2.1")}, "b.example": {netip.MustParseAddr("2001:db8::2"), netip.MustParseAddr("192.0.2.1")},
				"c.example": {netip.MustParseAddr("192.0.2.3")},
			}[name], nil
		}
		rt, _ := asks(t, h, rec)
		for _, u := range []string{"https://a.example/", "http://b.example/", "https://c.example/"} {
			if _, err := rt.RoundTrip(request(t, t.Context(), u)); err != nil {
				t.Fatal(err)
			}
		}
		s := time.Second
		rec.wantStarts(t, 0, s, 2*s, 3*s, 3*s, 4*s)
	})
}

// The names that a machine has for itself are one server, resolved as they are when it is dialled.
func TestNamesAreResolved(t *testing.T) {
	h := NewHosts(nil)
	of := func(raw string) *budget { return h.budgetOf(t.Context(), h.of(request(t, t.Context(), raw).URL)) }
	one := of("http://127.0.0.1:8080/")
	for raw, same := range map[string]bool{
		"http://localhost:8080/": true, "http://LOCALHOST:8080/x": true, "http://127.0.0.1:8081/": false, "http://no-such-host.invalid:8080/": false,
	} {
		if got := of(raw) == one; got != same {
			t.Errorf("%s shares the budget: %v", raw, got)
		}
	}
	if of("https://127.0.0.1/") != of("http://localhost/") {
		t.Error("http and https of one server have two budgets")
	}
}

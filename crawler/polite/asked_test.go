package polite

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// counting is a Memory that counts what is written, and can be made to refuse it.
type counting struct {
	Memory
	writes atomic.Int64
	broken atomic.Bool
}

func (m *counting) Put(ctx context.Context, host string, st schemas.HostState, rev uint64) (uint64, error) {
	if m.broken.Load() {
		return 0, &schemas.Error{Op: "host state", Kind: schemas.KindUnavailable, Thing: host}
	}
	m.writes.Add(1)
	return m.Memory.Put(ctx, host, st, rev)
}

func askedOf(t *testing.T, m Memory, host string) []schemas.HostRequest {
	t.Helper()
	st, _, err := m.Get(t.Context(), host)
	if err != nil {
		t.Fatal(err)
	}
	return st.Asked
}

// pathsOf writes requests as "path status why".
func pathsOf(list []schemas.HostRequest) string {
	var out []string
	for _, r := range list {
		out = append(out, strings.TrimSpace(fmt.Sprint(r.Path, " ", r.Status, " ", r.Why)))
	}
	return strings.Join(out, ", ")
}

// TestAskedIsWrittenWithTheLease: what was asked is in the entry when the host is given back, after the requests of the process before, and
// no write is made for its sake.
func TestAskedIsWrittenWithTheLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, rec := &counting{Memory: NewMemory()}, newRecorder(250*time.Millisecond)
		rec.answer = robotsAnswer(200, "User-agent: *\nDisallow: /intern")
		for i := range 2 {
			rt, s := asks(t, process(m, fmt.Sprint("p", i)), rec)
			for _, path := range []string{"/a?sid=0123456789abcdef", "/intern/x", "/b"} {
				_, _ = rt.RoundTrip(request(t, t.Context(), "https://a.example"+path))
			}
			if n := m.writes.Swap(0); n != map[int]int64{0: 2, 1: 1}[i] { // the lease, and the robots.txt that the first one read
				t.Errorf("%d writes for three requests", n)
			}
			s.close()
			if n := m.writes.Swap(0); n != 1 {
				t.Errorf("%d writes to give the host back", n)
			}
		}
		got := askedOf(t, m, "a.example")
		one := "/a?sid=… 200, /intern/x 0 robots, /b 200"
		if s := pathsOf(got); s != "/robots.txt 200, "+one+", "+one {
			t.Errorf("asked: %s", s)
		}
		for i, r := range got {
			if r.Method != "GET" || r.At.Location() != time.UTC || r.At.IsZero() || i > 0 && r.At.Before(got[i-1].At) {
				t.Errorf("%+v", r)
			}
			if want := map[bool]int64{true: 0, false: 250}[r.Unasked()]; r.Millis != want {
				t.Errorf("%s took %d ms, want %d", r.Path, r.Millis, want)
			}
		}
	})
}

// TestAskedSurvivesAFailedWrite: what could not be written is written with the next lease, once.
func TestAskedSurvivesAFailedWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, rec := &counting{Memory: NewMemory()}, newRecorder(0)
		rec.answer = robotsAnswer(404, "")
		rt, s := asks(t, process(m, "a"), rec)
		get := func(path string) error {
			_, err := rt.RoundTrip(request(t, t.Context(), "https://a.example"+path))
			return err
		}
		if err := get("/1"); err != nil {
			t.Fatal(err)
		}
		m.broken.Store(true)
		time.Sleep(DefaultLease / renewals)
		if err := get("/2"); err == nil {
			t.Fatal("it asks although nobody knows who may")
		}
		m.broken.Store(false)
		if err := get("/3"); err != nil {
			t.Fatal(err)
		}
		s.close()
		if got := pathsOf(askedOf(t, m, "a.example")); got != "/robots.txt 404, /1 200, /3 200" {
			t.Errorf("asked: %s", got)
		}
	})
}

// TestAskedIsErasedForGood: who erases the record of a host that is held need not fear that its holder writes it once more, and the holder
// keeps the host.
func TestAskedIsErasedForGood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, rec := NewMemory(), newRecorder(0)
		rec.answer = robotsAnswer(404, "")
		rt, s := asks(t, process(m, "a"), rec)
		get := getter(t)
		if err := get(rt); err != nil {
			t.Fatal(err)
		}
		st, rev, err := m.Get(t.Context(), "a.example")
		if err != nil || st.Holder != "a" {
			t.Fatal(st.Holder, err)
		}
		st.Asked = nil
		if _, err := m.Put(t.Context(), "a.example", st, rev); err != nil {
			t.Fatal(err)
		}
		time.Sleep(DefaultLease / renewals) // it renews, finds another entry, and takes that over
		began := time.Now()
		if err := get(rt); err != nil || time.Since(began) > 0 {
			t.Fatalf("the holder waits %v for itself: %v", time.Since(began), err)
		}
		s.close()
		if got := pathsOf(askedOf(t, m, "a.example")); got != "/x 200" {
			t.Errorf("asked: %s", got)
		}
	})
}

// TestAskedSaysWhy asks a real server for what can go wrong.
func TestAskedSaysWhy(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt", "/gone":
			http.NotFound(w, r)
		case "/pdf":
			w.Header().Set("Content-Type", "application/pdf")
		case "/big":
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, strings.Repeat("x", 2000))
		default:
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<p>Guten Tag</p>")
		}
	}))
	t.Cleanup(srv.Close)
	u, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	m := NewMemory()
	text := fmt.Appendf(nil, "id: kreis-x\nname: Kreis X\nstate: NW\nbase: %s/\nallow_private: true\nstart: {feeds: [/rss]}\n", srv.URL)
	src, err := source.Parse("x.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	src.Pace = 0
	tr := NewTransport(src, NewHosts(m), Identity{}, &Traffic{})
	for _, path := range []string{"/page", "/gone", "/pdf", "/big"} {
		x := &Exchange{Want: WantPage, Limit: 1000}
		resp, err := tr.RoundTrip(request(t, WithExchange(t.Context(), x), srv.URL+path))
		if err == nil {
			resp.Body.Close()
		}
	}
	tr.Close()
	got := askedOf(t, m, schemas.Origin(u))
	if s, want := pathsOf(got), "/robots.txt 404, /page 200, /gone 404, /pdf 200 not_html, /big 200 too_large"; s != want {
		t.Errorf("asked: %s\nwant   %s", s, want)
	}
	if n := got[1].Bytes; n != int64(len("<p>Guten Tag</p>")) {
		t.Errorf("a page of %d bytes", n)
	}
}

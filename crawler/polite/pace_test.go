package polite

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// recorder stands for the wire: it notes when requests start, in fake time, and takes took for each.
type recorder struct {
	mu       sync.Mutex
	starts   []time.Duration // since the recorder was made
	began    time.Time
	took     time.Duration
	inFlight atomic.Int32
	most     int32
	answer   func(n int, req *http.Request) (*http.Response, error)
}

func newRecorder(took time.Duration) *recorder { return &recorder{began: time.Now(), took: took} }

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	r.starts = append(r.starts, time.Since(r.began))
	n := len(r.starts)
	r.most = max(r.most, r.inFlight.Add(1))
	r.mu.Unlock()
	defer r.inFlight.Add(-1)
	time.Sleep(r.took)
	if r.answer != nil {
		return r.answer(n, req)
	}
	return response(200, nil), nil
}

func response(code int, header map[string]string) *http.Response {
	resp := &http.Response{StatusCode: code, Status: http.StatusText(code), Header: http.Header{}, Body: http.NoBody}
	for k, v := range header {
		resp.Header.Set(k, v)
	}
	return resp
}

func request(t testing.TB, ctx context.Context, url string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

func (r *recorder) wantStarts(t *testing.T, want ...time.Duration) {
	t.Helper()
	if len(r.starts) != len(want) {
		t.Fatalf("starts %v, want %v", r.starts, want)
	}
	for i := range want {
		if r.starts[i] != want[i] {
			t.Fatalf("starts %v, want %v", r.starts, want)
		}
	}
}

func TestPaceSpacesStartsPerHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rec := newRecorder(300 * time.Millisecond)
		rt := pace(rec, 2*time.Second, newSession(newHosts(), time.Minute))
		var wg sync.WaitGroup
		for range 4 { // all at once, as an async collector would
			wg.Go(func() { _, _ = rt.RoundTrip(request(t, t.Context(), "https://a.example/x")) })
		}
		wg.Wait()
		rec.wantStarts(t, 0, 2*time.Second, 4*time.Second, 6*time.Second)
		time.Sleep(time.Hour) // a long silence saves nothing up
		for range 2 {
			_, _ = rt.RoundTrip(request(t, t.Context(), "https://a.example/x"))
		}
		if d := rec.starts[5] - rec.starts[4]; d != 2*time.Second {
			t.Errorf("after a silence two requests left %v apart", d)
		}
	})
}

func TestPaceOneInFlightPerHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rec := newRecorder(5 * time.Second) // slower than the pace
		hosts := newSession(newHosts(), time.Minute)
		one, two := pace(rec, time.Second, hosts), pace(rec, time.Second, hosts) // two sources on one host
		var wg sync.WaitGroup
		for _, rt := range []http.RoundTripper{one, two, one} {
			wg.Go(func() { _, _ = rt.RoundTrip(request(t, t.Context(), "https://A.example/x")) })
		}
		wg.Wait()
		rec.wantStarts(t, 0, 5*time.Second, 10*time.Second)
		if rec.most != 1 {
			t.Errorf("%d in flight", rec.most)
		}
	})
}

func TestPaceHostsDoNotWaitForEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rec := newRecorder(0)
		rt := pace(rec, time.Minute, newSession(newHosts(), time.Minute))
		for _, u := range []string{"https://a.example/", "https://b.example/", "https://c.example/"} {
			_, _ = rt.RoundTrip(request(t, t.Context(), u))
		}
		rec.wantStarts(t, 0, 0, 0)
	})
}

func TestPaceGivesUpWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rec := newRecorder(0)
		rt := pace(rec, time.Hour, newSession(newHosts(), time.Minute))
		_, _ = rt.RoundTrip(request(t, t.Context(), "https://a.example/"))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var wg sync.WaitGroup
		for range 2 { // one sleeps, one waits for the slot
			wg.Go(func() {
				if _, err := rt.RoundTrip(request(t, ctx, "https://a.example/")); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("err = %v", err)
				}
			})
		}
		wg.Wait()
		if d := time.Since(rec.began); d != time.Second {
			t.Errorf("gave up after %v", d)
		}
	})
}

func TestCrawlDelayIsHonoured(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rec := newRecorder(0)
		rec.answer = robotsAnswer(200, "User-agent: *\nCrawl-delay: 7\n")
		hosts := newSession(newHosts(), time.Minute)
		rt := robots(pace(rec, time.Second, hosts), hosts, &Traffic{})
		for range 3 {
			if _, err := rt.RoundTrip(request(t, t.Context(), "https://a.example/x")); err != nil {
				t.Fatal(err)
			}
		}
		rec.wantStarts(t, 0, 7*time.Second, 14*time.Second, 21*time.Second) // robots.txt is a request, too
	})
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2024, 9, 2, 8, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": -1, "0": 0, "120": 2 * time.Minute, "Mon, 02 Sep 2024 08:00:30 GMT": 30 * time.Second, "Mon, 02 Sep 2024 07:59:00 GMT": -1,
		"-5": -1, "soon": -1, "1.5": 1500 * time.Millisecond, "3,25": 3250 * time.Millisecond, "30s": 30 * time.Second, " 7 ": 7 * time.Second,
		"0.0001":               time.Millisecond,
		"99999999999999999999": longestRest, "1e9": -1, "Mon, 02 Sep 2124 08:00:30 GMT": longestRest,
	} {
		got, ok := retryAfter(value, now)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("retryAfter(%q) = %v, want %v", value, got, want)
		}
	}
}

func TestRetryRestsTheHost(t *testing.T) {
	for name, c := range map[string]struct {
		header map[string]string
		fail   int // answers that fail first
		code   int
		want   []time.Duration
		status int
	}{
		"seconds":     {map[string]string{"Retry-After": "30"}, 1, 503, []time.Duration{0, 30 * time.Second}, 200},
		"429":         {map[string]string{"Retry-After": "5"}, 2, 429, []time.Duration{0, 5 * time.Second, 10 * time.Second}, 200},
		"never well":  {map[string]string{"Retry-After": "3"}, 9, 503, []time.Duration{0, 3 * time.Second, 6 * time.Second, 9 * time.Second}, 503},
		"long rest":   {map[string]string{"Retry-After": "3600"}, 9, 503, []time.Duration{0}, 503},
		"other error": {nil, 1, 500, []time.Duration{0}, 500},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				rec := newRecorder(0)
				rec.answer = func(n int, _ *http.Request) (*http.Response, error) {
					if n <= c.fail {
						return response(c.code, c.header), nil
					}
					return response(200, nil), nil
				}
				hosts := newSession(newHosts(), time.Minute)
				resp, err := retry(pace(rec, time.Second, hosts), time.Second, hosts).RoundTrip(request(t, t.Context(), "https://a.example/x"))
				if err != nil || resp.StatusCode != c.status {
					t.Fatalf("%v, %v", resp, err)
				}
				rec.wantStarts(t, c.want...)
			})
		})
	}
}

func TestRetryReadsADate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rec := newRecorder(0)
		rec.answer = func(n int, _ *http.Request) (*http.Response, error) {
			if n == 1 {
				return response(503, map[string]string{"Retry-After": time.Now().Add(42 * time.Second).UTC().Format(http.TimeFormat)}), nil
			}
			return response(200, nil), nil
		}
		hosts := newSession(newHosts(), time.Minute)
		_, _ = retry(pace(rec, 0, hosts), 0, hosts).RoundTrip(request(t, t.Context(), "https://a.example/x"))
		rec.wantStarts(t, 0, 42*time.Second)
	})
}

func TestRetryBacksOffExponentially(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rec := newRecorder(0)
		rec.answer = func(int, *http.Request) (*http.Response, error) { return nil, errors.New("connection reset by peer") }
		hosts := newSession(newHosts(), time.Minute)
		rt := retry(pace(rec, 2*time.Second, hosts), 2*time.Second, hosts)
		if _, err := rt.RoundTrip(request(t, t.Context(), "https://a.example/x")); err == nil {
			t.Fatal("no error")
		}
		if len(rec.starts) != maxTries {
			t.Fatalf("starts %v", rec.starts)
		}
		for i, want := range []time.Duration{4 * time.Second, 8 * time.Second, 16 * time.Second} {
			if d := rec.starts[i+1] - rec.starts[i]; d < want*9/10 || d > want*11/10 { // 10 % jitter
				t.Errorf("pause %d is %v, want about %v", i, d, want)
			}
		}
	})
}

func TestALongRestIsLeftToTheNextCrawl(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rec := newRecorder(0)
		rec.answer = func(int, *http.Request) (*http.Response, error) {
			return response(503, map[string]string{"Retry-After": "3600"}), nil
		}
		hosts := newSession(newHosts(), time.Minute)
		rt := retry(pace(rec, time.Second, hosts), time.Second, hosts)
		_, _ = rt.RoundTrip(request(t, t.Context(), "https://a.example/x"))
		_, err := rt.RoundTrip(request(t, t.Context(), "https://a.example/y"))
		if schemas.KindOf(err) != schemas.KindUnavailable || len(rec.starts) != 1 {
			t.Errorf("err %v, starts %v", err, rec.starts)
		}
		if _, err := rt.RoundTrip(request(t, t.Context(), "https://b.example/y")); err != nil {
			t.Errorf("another host: %v", err)
		}
		time.Sleep(time.Hour)
		if _, err := rt.RoundTrip(request(t, t.Context(), "https://a.example/y")); err != nil || len(rec.starts) != 3 {
			t.Errorf("after the rest: %v, starts %v", err, rec.starts)
		}
	})
}

// A host that is overloaded is not asked three times for each of its pages.
func TestRetryHasOnePatienceForAllPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rec := newRecorder(0)
		rec.answer = func(int, *http.Request) (*http.Response, error) {
			return response(503, map[string]string{"Retry-After": "100"}), nil
		}
		hosts := newSession(newHosts(), time.Minute)
		rt := retry(pace(rec, time.Second, hosts), time.Second, hosts)
		for i := range 20 {
			resp, err := rt.RoundTrip(request(t, t.Context(), "https://a.example/x"))
			if i == 0 && (err != nil || resp.StatusCode != 503) || i > 0 && !errors.Is(err, errResting) {
				t.Fatalf("request %d: %v, %v", i, resp, err)
			}
		}
		rec.wantStarts(t, 0, 100*time.Second)
		time.Sleep(100 * time.Second)
		_, _ = rt.RoundTrip(request(t, t.Context(), "https://a.example/x")) // one try after the rest
		rec.wantStarts(t, 0, 100*time.Second, 200*time.Second)
		rec.answer = func(int, *http.Request) (*http.Response, error) { return response(200, nil), nil }
		time.Sleep(100 * time.Second)
		for range 3 { // forgiven
			if _, err := rt.RoundTrip(request(t, t.Context(), "https://a.example/x")); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// One page that never answers must not cost the others their turn.
func TestRetryLetsTheNextPageTry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rec := newRecorder(0)
		rec.answer = func(_ int, req *http.Request) (*http.Response, error) {
			if req.URL.Path == "/broken" {
				return response(503, map[string]string{"Retry-After": "2"}), nil
			}
			return response(200, nil), nil
		}
		hosts := newSession(newHosts(), time.Minute)
		rt := retry(pace(rec, time.Second, hosts), time.Second, hosts)
		for _, c := range []struct {
			path   string
			status int
		}{{"/broken", 503}, {"/broken", 503}, {"/a", 200}, {"/broken", 503}, {"/b", 200}} {
			resp, err := rt.RoundTrip(request(t, t.Context(), "https://a.example"+c.path))
			if err != nil || resp.StatusCode != c.status {
				t.Fatalf("%s: %v, %v", c.path, resp, err)
			}
		}
		s := time.Second
		rec.wantStarts(t, 0, 2*s, 4*s, 6*s, 8*s, 10*s, 11*s, 13*s, 15*s, 17*s, 19*s)
	})
}

func TestRetryLeavesVerdictsAlone(t *testing.T) {
	for _, kind := range []schemas.Kind{schemas.KindPolicy, schemas.KindTooLarge, schemas.KindNotHTML} {
		synctest.Test(t, func(t *testing.T) {
			rec := newRecorder(0)
			rec.answer = func(int, *http.Request) (*http.Response, error) { return nil, &schemas.Error{Kind: kind} }
			hosts := newSession(newHosts(), time.Minute)
			_, err := retry(pace(rec, 0, hosts), 0, hosts).RoundTrip(request(t, t.Context(), "https://a.example/x"))
			if schemas.KindOf(err) != kind || len(rec.starts) != 1 {
				t.Errorf("%s: %v after %d tries", kind, err, len(rec.starts))
			}
		})
	}
}

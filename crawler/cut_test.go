package crawler

import (
	"net/http"
	"sync/atomic"
	"testing"
)

// cut closes the connection without an answer the first n times.
func cut(n int32, then http.HandlerFunc) http.HandlerFunc {
	var left atomic.Int32
	left.Store(n)
	return func(w http.ResponseWriter, req *http.Request) {
		if left.Add(-1) >= 0 {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_ = conn.Close()
			}
			return
		}
		then(w, req)
	}
}

// http.Transport repeats a request on a kept-alive connection that turns out to be closed by itself: past pace and count. Every request
// that a server sees is one that we counted, and one that we waited for.
func TestNoRequestIsRepeatedBehindOurBack(t *testing.T) {
	s, m := newSite(t), newMemory()
	paths := s.releases(3)
	s.on(paths[1], cut(1, content("text/html", release("Meldung 2"))))
	s.on(paths[2], cut(100, nil))
	sum := crawl(t, m, s.source(t, nil), Options{})
	wantCounts(t, sum, map[Outcome]int{OutcomeNew: 2, OutcomeFailed: 1})
	if n := len(s.paths()); int64(n) != sum.Requests {
		t.Errorf("the server saw %d requests, %d were counted: %v", n, sum.Requests, s.paths())
	}
	if n := s.asked(paths[1]); n != 2 {
		t.Errorf("asked %d times for a page that was cut once", n)
	}
	for _, r := range s.requests {
		if r.ContentLength != 0 || len(r.TransferEncoding) > 0 {
			t.Errorf("a GET with a body: %v", r.Header)
		}
	}
}

package pipeline_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/kreispresse/kreispresse/crawler"
)

// TestProcessesShareAHost: two crawlers that know each other by the broker alone never ask a host at the same time, and the second finds
// what the first has read of robots.txt.
func TestProcessesShareAHost(t *testing.T) {
	h := newHouse(t)
	var mu sync.Mutex
	var agents []string
	robots := 0
	started := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		who, _, _ := strings.Cut(strings.TrimPrefix(r.UserAgent(), "kreispresse/"), " ")
		agents = append(agents, who)
		n := len(agents)
		if len(agents) == 2 {
			close(started)
		}
		if r.URL.Path == "/robots.txt" {
			robots++
		}
		mu.Unlock()
		switch {
		case r.URL.Path == "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /intern/\n")
		case r.URL.Path == "/presse/":
			w.Header().Set("Content-Type", "text/html")
			for i := range 20 {
				fmt.Fprintf(w, `<li><a href="/presse/m%d">x</a></li>`, i)
			}
		default:
			release(n)(w, r)
		}
	}))
	t.Cleanup(srv.Close)
	crawl := func(name string) {
		src, err := h.sourceOf("kreis-"+name, "NW").WithBase(srv.URL + "/")
		if err != nil {
			t.Error(err)
			return
		}
		c := crawler.New(h.bus.Pages(), h.bus, crawler.Config{Version: name, Hosts: h.bus.Hosts(), Memory: h.bus.Sources()})
		if sum, err := c.Crawl(t.Context(), src, crawler.Options{}); err != nil || sum.Failed() || sum.Counts[crawler.OutcomeNew] != 20 {
			t.Errorf("%s: %v, %v, %v", name, sum.Counts, sum.Reasons, err)
		}
	}
	var wg sync.WaitGroup
	wg.Go(func() { crawl("a") })
	<-started // a has the host
	wg.Go(func() { crawl("b") })
	wg.Wait()
	changes := 0
	for i := 1; i < len(agents); i++ {
		if agents[i] != agents[i-1] {
			changes++
		}
	}
	if changes != 1 || robots != 1 {
		t.Errorf("%d times another process asked, robots.txt %d times: %v", changes, robots, agents)
	}
	if _, _, err := h.bus.Hosts().Get(t.Context(), strings.TrimPrefix(srv.URL, "http://")); err != nil {
		t.Error(err)
	}
}

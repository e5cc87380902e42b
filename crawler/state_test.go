package crawler

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestMovedPageHasAStateOfItsOwn(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.list("/presse/", "", "/presse/m/alt.php", "/presse/m/neu.php", "/presse/m/kette1.php")
	s.on("/presse/m/alt.php", redirect("/presse/m/neu.php"))
	s.html("/presse/m/neu.php", release("Neu"))
	s.on("/presse/m/kette1.php", redirect("/presse/m/kette2.php"))
	s.on("/presse/m/kette2.php", redirect("/presse/m/ziel.php"))
	s.on("/presse/m/ziel.php", func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("ETag", `"z"`)
		if req.Header.Get("If-None-Match") == `"z"` {
			w.WriteHeader(304)
			return
		}
		content("text/html", release("Ziel"))(w, req)
	})
	src := s.source(t, nil)
	wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeNew: 2, OutcomeMoved: 3})
	if n := s.asked("/presse/m/neu.php"); n != 1 {
		t.Errorf("a page that is listed and redirected to was fetched %d times", n)
	}
	wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeUnchanged: 2, OutcomeMoved: 3})
	if len(m.states) != 2 || len(m.snapshots) != 2 {
		t.Errorf("%d states, %d snapshots", len(m.states), len(m.snapshots))
	}
	if st := m.state(t, src, s.URL+"/presse/m/ziel.php"); st.Hints.Title != "Titel von /presse/m/kette1.php" {
		t.Errorf("hints were lost on the way: %+v", st.Hints)
	}

	s.on("/presse/m/neu.php", redirect("/presse/m/ziel.php")) // a page that was archived moves: it is not withdrawn
	for range 3 {
		crawl(t, m, src, Options{})
	}
	if len(m.snapshots) != 2 || m.state(t, src, s.URL+"/presse/m/neu.php").Gone {
		t.Errorf("%d snapshots", len(m.snapshots))
	}
}

func TestRedirectsAreBounded(t *testing.T) {
	s, m := newSite(t), newMemory()
	n := 0
	s.list("/presse/", "", "/presse/m/0")
	s.on("/presse/m/0", redirect("/presse/m/x?0"))
	s.on("/presse/m/x", func(w http.ResponseWriter, req *http.Request) {
		n++
		redirect(fmt.Sprintf("/presse/m/x?%d", n))(w, req)
	})
	sum := crawl(t, m, s.source(t, func(src *source.Source) { src.Limits.Redirects = 3 }), Options{})
	if sum.Counts[OutcomeMoved] != 3 || sum.Counts[OutcomeFailed] != 1 || n != 3 {
		t.Errorf("%v after %d hops", sum.Counts, n)
	}
	s.on("/presse/", redirect("/presse/"))
	sum = crawl(t, m, s.source(t, nil), Options{})
	if !strings.Contains(sum.Starts[0].Error, "more than 5 redirects") {
		t.Errorf("%+v", sum.Starts)
	}
}

func TestCookieCheckIsPassed(t *testing.T) { // sites that redirect to themselves until a cookie comes back
	s, m := newSite(t), newMemory()
	s.list("/presse/", "", "/presse/m/1.php")
	s.on("/presse/m/1.php", func(w http.ResponseWriter, req *http.Request) {
		if _, err := req.Cookie("ok"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "ok", Value: "1", Path: "/"})
			redirect("/presse/m/1.php")(w, req)
			return
		}
		content("text/html", release("Meldung"))(w, req)
	})
	wantCounts(t, crawl(t, m, s.source(t, nil), Options{}), map[Outcome]int{OutcomeNew: 1})
}

func TestHostThatStopsAnsweringIsGivenUp(t *testing.T) {
	s, m := newSite(t), newMemory()
	paths := s.releases(30)
	for _, p := range paths[2:] {
		s.on(p, status(500))
	}
	sum := crawl(t, m, s.source(t, nil), Options{})
	wantCounts(t, sum, map[Outcome]int{OutcomeNew: 2, OutcomeFailed: givenUp, OutcomeSkipped: 28 - givenUp})
	if !sum.Failed() || !strings.Contains(sum.Err().Error(), "given up") {
		t.Errorf("%v", sum.Err())
	}
}

func TestSomeFailuresAreNotAFailure(t *testing.T) {
	s, m := newSite(t), newMemory()
	paths := s.releases(10)
	s.on(paths[3], status(500))
	src := s.source(t, nil)
	sum := crawl(t, m, src, Options{})
	wantCounts(t, sum, map[Outcome]int{OutcomeNew: 9, OutcomeFailed: 1})
	if sum.Failed() {
		t.Error(sum.Err())
	}
	s.html(paths[3], release("Meldung 4"))
	wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeUnchanged: 9, OutcomeNew: 1})
	s.on(paths[3], status(500)) // a failure of a known page forgets nothing
	crawl(t, m, src, Options{})
	if st := m.state(t, src, s.URL+paths[3]); st.Failures != 1 || st.BodyHash == "" || st.Miss != nil {
		t.Errorf("%+v", st)
	}
}

func TestErrorsAreCountedButNotAllKept(t *testing.T) {
	s, m := newSite(t), newMemory()
	for i, p := range s.releases(2 * maxPageErrors) {
		if i%2 == 0 {
			s.on(p, content("application/pdf", "%PDF"))
		}
	}
	s.on("/presse/m/2.php", status(410))
	sum := crawl(t, m, s.source(t, nil), Options{})
	if sum.Counts[OutcomeNotHTML] != maxPageErrors || sum.Counts[OutcomeMissing] != 1 || len(sum.Errors) != maxPageErrors {
		t.Errorf("%v, %d errors", sum.Counts, len(sum.Errors))
	}
}

func TestHintsOutliveTheFeed(t *testing.T) {
	feed := schemas.Hints{Title: "Radweg", Published: "2024-09-02T08:30:00+02:00", PublishedBy: "feed", DiscoveredBy: "feed"}
	list := schemas.Hints{Title: "Neuer Radweg", Published: "2024-09-02", PublishedBy: "listing", DiscoveredBy: "listing"}
	bare := schemas.Hints{DiscoveredBy: "sitemap"}
	for _, c := range []struct{ old, now, want schemas.Hints }{
		{feed, schemas.Hints{}, feed},
		{schemas.Hints{}, list, list},
		{feed, list, schemas.Hints{Title: "Neuer Radweg", Published: feed.Published, PublishedBy: "feed", DiscoveredBy: "listing"}},
		{list, feed, feed},
		{list, bare, schemas.Hints{Title: "Neuer Radweg", Published: "2024-09-02", PublishedBy: "listing", DiscoveredBy: "sitemap"}},
	} {
		if diff := cmp.Diff(c.want, remember(c.old, c.now)); diff != "" {
			t.Errorf("remember(%+v, %+v): %s", c.old, c.now, diff)
		}
	}
}

func TestConflictMeansSomebodyElseWasQuicker(t *testing.T) {
	s, m := newSite(t), newMemory()
	paths := s.releases(1)
	src := s.source(t, nil)
	canonical, _ := schemas.CanonicalURL(s.URL + paths[0])
	m.onAppend = func() { // between our Get and our Put
		key := src.ID + "." + schemas.PageID(src.ID, canonical)
		m.states[key], m.revs[key] = schemas.PageState{URL: canonical, BodyHash: "theirs", RawSequence: 9}, 7
	}
	wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeNew: 1})
	if st := m.state(t, src, canonical); st.BodyHash != "theirs" {
		t.Errorf("their state was overwritten: %+v", st)
	}
}

func TestParallelCrawls(t *testing.T) {
	m := newMemory()
	c := New(m, m, Config{})
	var wg sync.WaitGroup
	for i := range 4 {
		s := newSite(t)
		s.releases(20)
		src := s.source(t, func(src *source.Source) { src.ID = fmt.Sprintf("kreis-%d", i) })
		wg.Go(func() {
			sum, err := c.Crawl(t.Context(), src, Options{})
			if err != nil || sum.Counts[OutcomeNew] != 20 {
				t.Errorf("%v %v", sum.Counts, err)
			}
		})
	}
	wg.Wait()
	if len(m.snapshots) != 80 || len(m.states) != 80 {
		t.Errorf("%d snapshots, %d states", len(m.snapshots), len(m.states))
	}
}

func TestIdentity(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.releases(1)
	t.Setenv("COLLY_USER_AGENT", "Mozilla/5.0")
	t.Setenv("COLLY_MAX_BODY_SIZE", "10")
	t.Setenv("COLLY_MAX_REQUESTS", "1")
	c := New(m, m, Config{Version: "1.2.3", Contact: "presse@zeitung.example", From: "betrieb@zeitung.example"})
	if sum, err := c.Crawl(t.Context(), s.source(t, nil), Options{}); err != nil || sum.Counts[OutcomeNew] != 1 {
		t.Fatalf("%v %v", sum, err)
	}
	for _, r := range s.requests {
		if got, want := r.UserAgent(), "kreispresse/1.2.3 (+https://github.com/kreispresse/kreispresse; presse@zeitung.example)"; got != want {
			t.Errorf("User-Agent %q", got)
		}
		if r.Header.Get("From") != "betrieb@zeitung.example" || r.Header.Get("Referer") != "" {
			t.Errorf("headers %v", r.Header)
		}
	}
	if len(s.requests) != 3 { // robots.txt, listing, page
		t.Errorf("%v", s.paths())
	}
}

func TestProgressAndSummary(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.releases(3)
	s.on("/presse/m/2.php", content("image/png", "\x89PNG"))
	var got []Progress
	at := time.Date(2024, 9, 2, 8, 0, 0, 0, time.UTC)
	sum := crawl(t, m, s.source(t, nil), Options{Run: "r1", Now: func() time.Time { return at }, Progress: func(p Progress) { got = append(got, p) }})
	if len(got) != 4 || got[0].Phase != PhaseDiscover || got[0].URL != s.URL+"/presse/" {
		t.Fatalf("%+v", got)
	}
	var outcomes []string
	for i, p := range got[1:] {
		if p.Phase != PhaseFetch || p.Done != i+1 || p.Total != 3 || p.Source != "kreis-muster" {
			t.Errorf("%+v", p)
		}
		outcomes = append(outcomes, string(p.Outcome))
	}
	slices.Sort(outcomes)
	if diff := cmp.Diff([]string{"new", "new", "not_html"}, outcomes); diff != "" {
		t.Error(diff)
	}
	if got, want := sum.String(), "3 discovered: 2 new, 1 not html"; got != want {
		t.Errorf("summary %q, want %q", got, want)
	}
	if sum.Run != "r1" || !sum.Started.Equal(at) || sum.Requests != 5 || sum.Bytes == 0 || sum.Err() != nil {
		t.Errorf("%+v", sum)
	}
	if !m.snapshots[0].FetchedAt.Equal(at) {
		t.Errorf("fetched at %v", m.snapshots[0].FetchedAt)
	}
}

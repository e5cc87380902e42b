package crawler

import (
	"errors"
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// crawl crawls and fails the test on an error of our own side.
func crawl(t *testing.T, m *memory, src *source.Source, opt Options) Summary {
	t.Helper()
	sum, err := New(m, m, Config{}).Crawl(t.Context(), src, opt)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func wantCounts(t *testing.T, sum Summary, want map[Outcome]int) {
	t.Helper()
	if diff := cmp.Diff(want, sum.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s\nstarts %+v\nerrors %+v", diff, sum.Starts, sum.Errors)
	}
}

func TestCrawlArchivesThenRemembers(t *testing.T) {
	s, m := newSite(t), newMemory()
	paths := s.releases(3)
	src := s.source(t, nil)
	sum := crawl(t, m, src, Options{Run: "r1"})
	wantCounts(t, sum, map[Outcome]int{OutcomeNew: 3})
	if sum.Failed() || sum.Discovered != 3 || sum.Known != 0 {
		t.Errorf("summary %+v", sum)
	}
	for _, p := range paths {
		a, b := slices.Index(m.log, "append "+s.URL+p), slices.Index(m.log, "put "+s.URL+p)
		if a < 0 || b < a {
			t.Errorf("%s: append at %d, put at %d", p, a, b)
		}
	}
	first := m.snapshots[slices.IndexFunc(m.snapshots, func(x schemas.Snapshot) bool { return x.URL == s.URL+paths[0] })]
	if string(first.Body) != release("Meldung 1") || first.Run != "r1" || first.Status != 200 || first.FetchedAt.IsZero() || !first.FirstSeen.Equal(first.FetchedAt) {
		t.Errorf("snapshot %+v", first)
	}
	if want := (schemas.Hints{Title: "Titel von /presse/m/1.php", DiscoveredBy: "listing"}); first.Hints != want {
		t.Errorf("hints %+v", first.Hints)
	}
	if first.Source != src.Ref() {
		t.Errorf("source %+v", first.Source)
	}

	again := crawl(t, m, src, Options{})
	wantCounts(t, again, map[Outcome]int{OutcomeUnchanged: 3})
	if len(m.snapshots) != 3 || again.Known != 3 || again.Rechecked != 0 {
		t.Errorf("%d snapshots, summary %+v", len(m.snapshots), again)
	}

	s.html(paths[1], release("Meldung 2, berichtigt"))
	wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeUnchanged: 2, OutcomeChanged: 1})
	last := m.snapshots[3]
	if last.URL != s.URL+paths[1] || last.Previous == 0 || m.snapshots[last.Previous-1].URL != last.URL {
		t.Errorf("the changed snapshot does not name the one before: %+v", last)
	}
}

func TestCrawlAsksConditionally(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.releases(1)
	var got []string
	s.on("/presse/m/1.php", func(w http.ResponseWriter, req *http.Request) {
		got = append(got, req.Header.Get("If-None-Match")+"|"+req.Header.Get("If-Modified-Since"))
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "Mon, 02 Sep 2024 08:00:00 GMT")
		if req.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		content("text/html", release("Meldung"))(w, req)
	})
	src := s.source(t, nil)
	crawl(t, m, src, Options{})
	wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeUnchanged: 1})
	if want := []string{"|", `"v1"|Mon, 02 Sep 2024 08:00:00 GMT`}; !slices.Equal(got, want) {
		t.Errorf("validators sent: %q", got)
	}
	if st := m.state(t, src, s.URL+"/presse/m/1.php"); st.ETag != `"v1"` || len(m.snapshots) != 1 {
		t.Errorf("state %+v, %d snapshots", st, len(m.snapshots))
	}
}

func TestCrawlWithdrawsOnlyWhatIsGoneTwice(t *testing.T) {
	for _, code := range []int{404, 410} {
		s, m := newSite(t), newMemory()
		paths := s.releases(3)
		src := s.source(t, nil)
		crawl(t, m, src, Options{})
		s.on(paths[0], status(code))
		s.list("/presse/", "", paths[1:]...) // as sites do: it leaves the list, too

		first := crawl(t, m, src, Options{})
		wantCounts(t, first, map[Outcome]int{OutcomeUnchanged: 2, OutcomeMissing: 1})
		if first.Rechecked != 1 || len(m.snapshots) != 3 {
			t.Errorf("rechecked %d, %d snapshots", first.Rechecked, len(m.snapshots))
		}
		wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeUnchanged: 2, OutcomeGone: 1})
		tomb := m.snapshots[3]
		if !tomb.Gone() || tomb.Status != code || tomb.URL != s.URL+paths[0] || len(tomb.Body) != 0 || tomb.Previous == 0 {
			t.Errorf("tombstone %+v", tomb)
		}
		st := m.state(t, src, s.URL+paths[0])
		if !st.Gone || st.RawSequence != tomb.Previous {
			t.Errorf("state %+v", st)
		}
		wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeUnchanged: 2}) // gone and not listed: left alone

		s.html(paths[0], release("Meldung 1"))
		s.list("/presse/", "", paths...)
		wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeUnchanged: 2, OutcomeChanged: 1})
		if st := m.state(t, src, s.URL+paths[0]); st.Gone || st.Missing != 0 || len(m.snapshots) != 5 {
			t.Errorf("after its return: %+v, %d snapshots", st, len(m.snapshots))
		}
	}
}

func TestCrawlMissingOnceIsForgiven(t *testing.T) {
	s, m := newSite(t), newMemory()
	paths := s.releases(2)
	src := s.source(t, nil)
	crawl(t, m, src, Options{})
	for range 2 {
		s.on(paths[0], status(404))
		wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeUnchanged: 1, OutcomeMissing: 1})
		s.html(paths[0], release("Meldung 1"))
		wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeUnchanged: 2})
	}
	if len(m.snapshots) != 2 {
		t.Errorf("%d snapshots", len(m.snapshots))
	}
}

func TestCrawlEndsWithItsArchive(t *testing.T) {
	broken := &schemas.Error{Op: "archive", Kind: schemas.KindStorage, Err: errors.New("no space left on device")}
	for name, breakIt := range map[string]func(*memory){
		"append": func(m *memory) { m.appendErr = broken },
		"put":    func(m *memory) { m.putErr = broken },
		"get":    func(m *memory) { m.getErr = broken },
	} {
		t.Run(name, func(t *testing.T) {
			s, m := newSite(t), newMemory()
			s.releases(40)
			breakIt(m)
			_, err := New(m, m, Config{}).Crawl(t.Context(), s.source(t, nil), Options{})
			if schemas.KindOf(err) != schemas.KindStorage {
				t.Fatalf("err = %v", err)
			}
			if len(m.states) != 0 {
				t.Errorf("%d pages count as seen", len(m.states))
			}
			if n := len(s.paths()); n > 2+committers+2 {
				t.Errorf("%d requests went on after the archive failed", n)
			}
		})
	}
}

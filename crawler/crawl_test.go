package crawler

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// crawl crawls and fails the test on an error of our own side.
func crawl(t *testing.T, m *memory, src *source.Source, opt Options) Summary {
	t.Helper()
	return crawlBy(t, m, src, Config{}, opt)
}

func crawlBy(t *testing.T, m *memory, src *source.Source, config Config, opt Options) Summary {
	t.Helper()
	sum, err := New(m, m, config).Crawl(t.Context(), src, opt)
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
	if string(first.Body) != release("Meldung 1") || first.Run != "r1" || first.Status != 200 || first.FetchedAt.IsZero() ||
		!first.FirstSeen.Equal(first.FetchedAt) {
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

// TestCrawlNotesMisses: whether a page is gone is decided when the run is over, by whoever knows what the page carries; the crawler
// notes each look and archives nothing.
func TestCrawlNotesMisses(t *testing.T) {
	for name, gone := range map[string]func(*site) http.HandlerFunc{
		"404":      func(*site) http.HandlerFunc { return status(404) },
		"410":      func(*site) http.HandlerFunc { return status(410) },
		"to home":  func(*site) http.HandlerFunc { return redirect("/") },
		"to list":  func(*site) http.HandlerFunc { return redirect("/presse/") },
		"to error": func(*site) http.HandlerFunc { return redirect("/fehler/404.html") },
	} {
		t.Run(name, func(t *testing.T) {
			s, m := newSite(t), newMemory()
			paths := s.releases(3)
			src := s.source(t, nil)
			crawl(t, m, src, Options{})
			s.on(paths[0], gone(s))
			s.list("/presse/", "", paths[1:]...) // as sites do: it leaves the list, too
			var seen []Seen
			for n := range 2 {
				sum := crawl(t, m, src, Options{Seen: func(x Seen) {
					if x.Look == schemas.LookGone {
						seen = append(seen, x)
					}
				}})
				wantCounts(t, sum, map[Outcome]int{OutcomeUnchanged: 2, OutcomeMissing: 1})
				if st := m.state(t, src, s.URL+paths[0]); st.Gone || st.Miss == nil || st.Miss.Count != n+1 || st.RawSequence == 0 {
					t.Errorf("state %+v, miss %+v", st, st.Miss)
				}
			}
			if len(m.snapshots) != 3 || len(seen) != 2 || seen[1].State.Miss.Count != 2 {
				t.Errorf("%d snapshots, seen %+v", len(m.snapshots), seen)
			}
			s.html(paths[0], release("Meldung 1"))
			s.list("/presse/", "", paths...)
			wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeUnchanged: 3})
			if st := m.state(t, src, s.URL+paths[0]); st.Miss != nil {
				t.Errorf("after its return: %+v", st)
			}
		})
	}
}

// TestCrawlMissesInARow: anything but a page that is gone ends the row.
func TestCrawlMissesInARow(t *testing.T) {
	for name, between := range map[string]http.HandlerFunc{"503": status(503), "forbidden": status(403), "there": nil} {
		t.Run(name, func(t *testing.T) {
			s, m := newSite(t), newMemory()
			paths := s.releases(2)
			src := s.source(t, nil)
			crawl(t, m, src, Options{})
			s.on(paths[0], status(404))
			crawl(t, m, src, Options{})
			if between == nil {
				s.html(paths[0], release("Meldung 1"))
			} else {
				s.on(paths[0], between)
			}
			crawl(t, m, src, Options{})
			s.on(paths[0], status(404))
			crawl(t, m, src, Options{})
			if st := m.state(t, src, s.URL+paths[0]); st.Miss == nil || st.Miss.Count != 1 {
				t.Errorf("%+v", st.Miss)
			}
		})
	}
}

// TestCrawlComesBack: a page that was believed gone is archived again when it is back, whatever its bytes.
func TestCrawlComesBack(t *testing.T) {
	s, m := newSite(t), newMemory()
	paths := s.releases(1)
	src := s.source(t, nil)
	crawl(t, m, src, Options{})
	for key, st := range m.states {
		st.Gone = true
		m.states[key] = st
	}
	wantCounts(t, crawl(t, m, src, Options{}), map[Outcome]int{OutcomeChanged: 1})
	if st := m.state(t, src, s.URL+paths[0]); st.Gone || len(m.snapshots) != 2 {
		t.Errorf("%+v, %d snapshots", st, len(m.snapshots))
	}
}

// TestCrawlCosmetic: other bytes with the same fingerprint are not archived; without a fingerprint bytes decide.
func TestCrawlCosmetic(t *testing.T) {
	says := func(s *schemas.Snapshot) string { before, _, _ := strings.Cut(string(s.Body), "<!--"); return before }
	for name, c := range map[string]struct {
		fingerprint func(*schemas.Snapshot) string
		want        Outcome
	}{"fingerprint": {says, OutcomeCosmetic}, "bytes": {nil, OutcomeChanged}} {
		t.Run(name, func(t *testing.T) {
			s, m := newSite(t), newMemory()
			paths := s.releases(1)
			src := s.source(t, nil)
			n := 0
			s.on(paths[0], func(w http.ResponseWriter, _ *http.Request) {
				n++
				fmt.Fprintf(w, "%s<!-- %d -->", release("Meldung 1"), n)
			})
			crawl(t, m, src, Options{})
			for key, st := range m.states { // whoever extracts the page says what it says
				st.Content = says(&m.snapshots[0])
				m.states[key] = st
			}
			sum, err := New(m, m, Config{Fingerprint: c.fingerprint}).Crawl(t.Context(), src, Options{})
			if err != nil {
				t.Fatal(err)
			}
			wantCounts(t, sum, map[Outcome]int{c.want: 1})
		})
	}
}

// TestCrawlUnsure: a crawl that dies between archive and memory, with the site taking the change back before the next one, leaves the
// archive as the page is (the archive must not be behind, whatever the memory says).
func TestCrawlUnsure(t *testing.T) {
	s, m := newSite(t), newMemory()
	paths := s.releases(1)
	src := s.source(t, nil)
	crawl(t, m, src, Options{})
	s.html(paths[0], release("Meldung 1, anders"))
	m.onAppend = func() { m.putErr = errors.New("killed") }
	if _, err := New(m, m, Config{}).Crawl(t.Context(), src, Options{}); err == nil || len(m.snapshots) != 2 {
		t.Fatal(err, len(m.snapshots))
	}
	m.onAppend, m.putErr = nil, nil
	s.html(paths[0], release("Meldung 1"))
	crawl(t, m, src, Options{})
	if len(m.snapshots) != 3 || string(m.snapshots[2].Body) != string(m.snapshots[0].Body) {
		t.Errorf("%d snapshots, the last is not what the page says", len(m.snapshots))
	}
	if st := m.state(t, src, s.URL+paths[0]); st.Unsure || st.RawSequence != 3 {
		t.Errorf("%+v", st)
	}
}

// TestCrawlLongHeaders: a validator that is longer than the broker takes is none, and stops nobody.
func TestCrawlLongHeaders(t *testing.T) {
	s, m := newSite(t), newMemory()
	paths := s.releases(2)
	long := strings.Repeat("%C3%A4", 9000)
	s.on(paths[0], func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", `"`+long+`"`)
		w.Header().Set("Content-Language", long[:2000])
		fmt.Fprint(w, release("Meldung 1"))
	})
	wantCounts(t, crawl(t, m, s.source(t, nil), Options{}), map[Outcome]int{OutcomeNew: 2})
	for _, x := range m.snapshots {
		if len(x.Header.ETag) > maxHeader || len(x.Header.Language) > maxHeader {
			t.Errorf("%d bytes of ETag kept", len(x.Header.ETag))
		}
	}
}

// TestCrawlPagesOwnArchiveError: a snapshot that the archive can never take is the page's fault, and the crawl goes on.
func TestCrawlPagesOwnArchiveError(t *testing.T) {
	s, m := newSite(t), newMemory()
	s.releases(3)
	m.onAppend = func() {
		m.appendErr = nil
		if len(m.snapshots) == 1 {
			m.appendErr = &schemas.Error{Op: "append", Kind: schemas.KindTooLarge}
			m.onAppend = nil
		}
	}
	sum, err := New(m, m, Config{}).Crawl(t.Context(), s.source(t, nil), Options{})
	if err != nil || sum.Counts[OutcomeTooLarge] == 0 {
		t.Error(sum.Counts, err)
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

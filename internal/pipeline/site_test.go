package pipeline_test

import (
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestMain(m *testing.M) { calm.Main(m) }

// house is a press office with its site, a line that crawls it, and a clock that only moves when a test moves it.
type house struct {
	t   *testing.T
	srv *httptest.Server
	bus *publisher.Bus
	src *source.Source

	eraser pipeline.Eraser // the bus, unless a test has it fail

	mu    sync.Mutex
	pages map[string]http.HandlerFunc
	order []string
	all   http.HandlerFunc // answers everything but lists and robots.txt, when set
	asked map[string]int
	now   time.Time
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, pages: map[string]http.HandlerFunc{}, asked: map[string]int{}, now: time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC)}
	h.srv = httptest.NewServer(http.HandlerFunc(h.serve))
	t.Cleanup(h.srv.Close)
	bus, err := publisher.Open(t.Context(), publisher.Config{DataDir: t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bus.Close() })
	h.bus, h.eraser = bus, bus
	h.src = h.sourceOf("kreis-musterau", "NW")
	return h
}

func (h *house) sourceOf(id, state string) *source.Source {
	h.t.Helper()
	src, err := source.Parse("m.yaml", fmt.Appendf(nil, `
id: %s
name: Kreis Musterau
state: %s
base: %s/
start: {listings: [{url: /presse/, item: li}]}
accept: ['^/presse/.+']
pace: 0s
allow_private: true
`, id, state, h.srv.URL))
	if err != nil {
		h.t.Fatal(err)
	}
	return src
}

func (h *house) serve(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.asked[r.URL.RequestURI()]++
	page, all := h.pages[r.URL.RequestURI()], h.all
	list := &strings.Builder{}
	for _, p := range h.order {
		fmt.Fprintf(list, `<li><a href="%s">%s</a></li>`, p, p)
	}
	h.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	switch {
	case r.URL.Path == "/robots.txt":
		http.NotFound(w, r)
	case r.URL.Path == "/presse/" && r.URL.RawQuery == "":
		fmt.Fprintf(w, "<html><head><title>Presse</title></head><body><ul>%s</ul></body></html>", list)
	case all != nil:
		all(w, r)
	case page != nil:
		page(w, r)
	default:
		http.NotFound(w, r)
	}
}

// put serves a page and lists it.
func (h *house) put(path string, f http.HandlerFunc) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pages[path] = f
	if !slices.Contains(h.order, path) {
		h.order = append(h.order, path)
	}
}

// unlist takes a page off the list; it stays where it is.
func (h *house) unlist(path string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.order = slices.DeleteFunc(h.order, func(p string) bool { return p == path })
}

func (h *house) everywhere(f http.HandlerFunc) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all = f
}

// releases puts n releases at /presse/m1, /presse/m2, …
func (h *house) releases(n int) {
	for i := 1; i <= n; i++ {
		h.put(fmt.Sprintf("/presse/m%d", i), release(i))
	}
}

func html(title string, head string, body ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `<!DOCTYPE html><html lang="de"><head><title>%s</title>%s</head><body><main><article><h1>%s</h1>`, title, head, title)
		for _, p := range body {
			fmt.Fprintf(w, "<p>%s</p>", p)
		}
		fmt.Fprint(w, "</article></main></body></html>")
	}
}

func release(i int) http.HandlerFunc { return html(title(i), "", paragraphs(i)...) }

func title(i int) string { return fmt.Sprintf("Brücke %d im Kreis Musterau wird saniert", i) }

func paragraphs(i int) []string {
	return []string{
		fmt.Sprintf("Der Kreis Musterau saniert von Montag an die Brücke mit der Nummer %d über die Mühlenau.", i),
		fmt.Sprintf("„Wir haben lange auf das Geld für Brücke %d gewartet“, sagte Landrätin Änne Österholt im Bauausschuss.", i),
		fmt.Sprintf("Die Arbeiten an Brücke %d dauern bis zum Herbst, der Verkehr wird über Wallbrück umgeleitet.", i),
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func redirect(code int, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, code) }
}

// later moves the clock.
func (h *house) later(d time.Duration) { h.now = h.now.Add(d) }

func (h *house) line() *pipeline.Line { return h.lineOf(h.broker()) }

func (h *house) broker() pipeline.Broker {
	return pipeline.Broker{Archive: h.bus, Releases: h.bus, Pages: h.bus.Pages(), Sources: h.bus.Sources(), Runs: h.bus, Eraser: h.eraser}
}

func (h *house) lineOf(b pipeline.Broker) *pipeline.Line {
	c := crawler.New(h.bus.Pages(), h.bus, crawler.Config{Memory: h.bus.Sources(), Fingerprint: pipeline.Fingerprint})
	l := pipeline.New(b, c, slog.New(slog.NewTextHandler(h.t.Output(), &slog.HandlerOptions{Level: slog.LevelError})))
	l.SetClock(func() time.Time { return h.now })
	return l
}

// crawl runs the source once and returns the report.
func (h *house) crawl() pipeline.Report {
	h.t.Helper()
	return h.crawlSource(h.src)
}

func (h *house) crawlSource(src *source.Source) pipeline.Report {
	h.t.Helper()
	reports, err := h.line().Run(h.t.Context(), []*source.Source{src}, func(*source.Source) crawler.Options {
		return crawler.Options{Now: func() time.Time { return h.now }}
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return reports[0]
}

// want compares the events published so far, by type.
func (h *house) want(want map[string]int) {
	h.t.Helper()
	got := map[string]int{}
	ids := map[string]bool{}
	for _, e := range h.events() {
		got[strings.Split(e.Type, ".")[3]]++
		if ids[e.Source+e.ID] {
			h.t.Errorf("event %s of %s twice", e.ID, e.Source)
		}
		ids[e.Source+e.ID] = true
	}
	if !maps.Equal(got, want) {
		h.t.Errorf("events %v, want %v", got, want)
		for _, e := range h.events() {
			h.t.Logf("%d %s %s %s %v %s", e.Sequence, e.Type, e.Release.URL, e.Release.Title, e.Changes, e.Reason)
		}
	}
}

func (h *house) events() (list []*schemas.Event) {
	h.t.Helper()
	if _, err := h.bus.Replay(h.t.Context(), publisher.Filter{}, func(e *schemas.Event) error { list = append(list, e); return nil }); err != nil {
		h.t.Fatal(err)
	}
	return list
}

// current are the releases that can be read, by path.
func (h *house) current() map[string]*schemas.Event {
	h.t.Helper()
	m := map[string]*schemas.Event{}
	if _, err := h.bus.Replay(h.t.Context(), publisher.Filter{Last: true}, func(e *schemas.Event) error {
		if e.Type != schemas.EventWithdrawn {
			m[strings.TrimPrefix(e.Release.URL, h.srv.URL)] = e
		}
		return nil
	}); err != nil {
		h.t.Fatal(err)
	}
	return m
}

func (h *house) lineState() schemas.LineState {
	h.t.Helper()
	var st schemas.LineState
	if _, err := h.bus.Sources().Get(h.t.Context(), h.src.ID+".line", &st); err != nil {
		h.t.Fatal(err)
	}
	return st
}

package console_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/demosite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/web/access"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/internal/web/console"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// house is an installation with a console: a press site, a real broker, an index, and people with tokens.
type house struct {
	*testing.T
	bus   *publisher.Bus
	index *index.Index
	line  *pipeline.Line
	src   *source.Source
	more  []*source.Source // of the registry, beside src
	store *access.Store
	url   string // of the console
	base  string // of the press site
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{T: t}
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	dir := t.TempDir()
	var err error
	if h.bus, err = publisher.Open(t.Context(), publisher.Config{DataDir: filepath.Join(dir, "bus")}, log); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.bus.Close() })
	if h.index, err = index.Open(t.Context(), filepath.Join(dir, "index.db"), log); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.index.Close() })
	site := httptest.NewServer(demosite.New().Handler())
	t.Cleanup(site.Close)
	h.base = site.URL
	all, err := source.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if s.ID == "kreis-ahrenfels" {
			if h.src, err = s.WithBase(site.URL + "/"); err != nil {
				t.Fatal(err)
			}
		}
	}
	c := crawler.New(h.bus.Pages(), h.bus, crawler.Config{
		Version: "test", Log: log, Hosts: h.bus.Hosts(), Memory: h.bus.Sources(), Lists: h.bus.Lists(), Fingerprint: pipeline.Fingerprint,
	})
	h.line = pipeline.New(pipeline.Broker{Archive: h.bus, Releases: h.bus, Pages: h.bus.Pages(), Sources: h.bus.Sources(), Runs: h.bus, Mark: h.bus.Mark}, c, log)
	if h.store, err = access.Open(filepath.Join(dir, access.FileName)); err != nil {
		t.Fatal(err)
	}
	registry := func() ([]*source.Source, error) { return append([]*source.Source{h.src}, h.more...), nil }
	reader := api.NewReader(api.Config{Bus: h.bus, Index: h.index, Log: log, Sources: registry})
	srv := httptest.NewUnstartedServer(nil)
	guard, err := access.New(access.Options{Store: h.store, Address: srv.Listener.Addr()})
	if err != nil {
		t.Fatal(err)
	}
	handler, err := console.Handler(reader, console.Options{
		Guard: guard, Acts: &console.Acts{Line: h.line, Bus: h.bus, Sources: registry}, Log: log, Contact: "presse@example.org",
	})
	if err != nil {
		t.Fatal(err)
	}
	srv.Config.Handler = guard.Protect(handler)
	srv.Start()
	t.Cleanup(srv.Close)
	h.url = srv.URL
	return h
}

// crawl asks the press site and finds what it brought.
func (h *house) crawl() {
	h.Helper()
	reports, err := h.line.Run(h.Context(), []*source.Source{h.src}, func(*source.Source) crawler.Options { return crawler.Options{} })
	if err != nil || reports[0].Err() != nil {
		h.Fatal(err, reports[0].Err())
	}
	h.catchUp()
}

func (h *house) catchUp() {
	h.Helper()
	if err := h.index.CatchUp(h.Context(), h.bus, time.Minute); err != nil {
		h.Fatal(err)
	}
}

// visitor is a browser without scripts.
type visitor struct {
	*house
	*http.Client
}

// visitor comes in with a role.
func (h *house) visitor(role access.Role) *visitor {
	h.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.Fatal(err)
	}
	v := &visitor{h, &http.Client{Jar: jar}}
	if role != access.Nobody {
		address, err := h.store.Once(h.url, role)
		if err != nil {
			h.Fatal(err)
		}
		if code, body := v.ask("GET", strings.TrimPrefix(address, h.url), ""); code >= 500 {
			h.Fatal(code, body)
		}
	}
	return v
}

// ask sends a request, with a form if there is one, and gives status and body.
func (v *visitor) ask(method, path, form string) (int, string) {
	v.Helper()
	resp := v.do(method, path, form)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		v.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

func (v *visitor) do(method, path, form string, headers ...string) *http.Response {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), method, v.url+path, strings.NewReader(form))
	if err != nil {
		v.Fatal(err)
	}
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := v.Do(r)
	if err != nil {
		v.Fatal(err)
	}
	return resp
}

// releaseOf is the release at a path of the press site.
func (h *house) releaseOf(part string) *schemas.Event {
	h.Helper()
	var found *schemas.Event
	_, err := h.bus.Replay(h.Context(), publisher.Filter{Last: true}, func(e *schemas.Event) error {
		if strings.Contains(e.Release.URL, part) {
			found = e
		}
		return nil
	})
	if err != nil || found == nil {
		h.Fatalf("no release at %s: %v", part, err)
	}
	return found
}

// publish puts a release into the feed as it is.
func (h *house) publish(r *schemas.Release) *schemas.Event {
	h.Helper()
	ev := schemas.NextEvent(nil, schemas.EventPublished, r, time.Now())
	if err := h.bus.Publish(h.Context(), nil, ev); err != nil {
		h.Fatal(err)
	}
	h.catchUp()
	return ev
}

// stop keeps a visitor from following redirects.
func stop(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

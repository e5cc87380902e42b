package console_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/demoland"
	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/web/access"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/internal/web/console"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// country is the Land of the demonstration with its console, made once for all tests that look at it.
var country countryHouse

type countryHouse struct {
	once  sync.Once
	err   error
	url   string
	store *access.Store
	bus   *publisher.Bus
	index *index.Index
	land  *demoland.Land
	line  *pipeline.Line
	read  *api.Reader
	ends  []func() error
	cut   func()             // breaks all connections
	feeds chan *http.Request // those for a stream of the feed, if somebody looks

	corrected, quoted string // ids of releases
}

// shared is the country, lived through.
func shared(t *testing.T) *countryHouse {
	t.Helper()
	country.once.Do(func() { country.err = country.open() })
	if country.err != nil {
		t.Fatal(country.err)
	}
	return &country
}

func (h *countryHouse) close() {
	for i := len(h.ends) - 1; i >= 0; i-- {
		_ = h.ends[i]() // the process ends anyway
	}
}

func (h *countryHouse) open() error {
	ctx, cancel := context.WithCancel(context.Background())
	dir, err := os.MkdirTemp("", "console-")
	if err != nil {
		cancel()
		return err
	}
	h.ends = append(h.ends, func() error { return os.RemoveAll(dir) }, func() error { cancel(); return nil })
	log := slog.New(slog.DiscardHandler)
	if h.bus, err = publisher.Open(ctx, publisher.Config{DataDir: filepath.Join(dir, "bus")}, log); err != nil {
		return err
	}
	h.ends = append(h.ends, h.bus.Close)
	if h.index, err = index.Open(ctx, filepath.Join(dir, index.FileName), log); err != nil {
		return err
	}
	h.ends = append(h.ends, h.index.Close)
	if h.land, err = demoland.New(time.Now()); err != nil {
		return err
	}
	h.ends = append(h.ends, h.land.Close)
	c := crawler.New(h.bus.Pages(), h.bus, h.land.Crawler(crawler.Config{
		Version: "test", Log: log, Hosts: h.bus.Hosts(), Memory: h.bus.Sources(), Lists: h.bus.Lists(), Fingerprint: pipeline.Fingerprint,
	}))
	h.line = pipeline.New(pipeline.Broker{Archive: h.bus, Releases: h.bus, Pages: h.bus.Pages(), Sources: h.bus.Sources(), Runs: h.bus, Mark: h.bus.Mark}, c, log)
	if err := h.land.History(ctx, h.line, func(float64) {}); err != nil {
		return err
	}
	h.land.Live()
	return errors.Join(h.index.CatchUp(ctx, h.bus, time.Minute), h.choose(ctx), h.serve(log, dir))
}

// choose finds releases to look at.
func (h *countryHouse) choose(ctx context.Context) error {
	_, err := h.bus.Replay(ctx, publisher.Filter{Last: true}, func(e *schemas.Event) error {
		if e.Type == schemas.EventCorrected {
			h.corrected = e.Subject
		}
		if len(e.Release.Quotes) == 2 && strings.Contains(e.Release.Title, "Radroute") {
			h.quoted = e.Subject
		}
		return nil
	})
	if err == nil && (h.corrected == "" || h.quoted == "") {
		err = errors.New("the Land has no release that was corrected, or none with quotes")
	}
	return err
}

func (h *countryHouse) serve(log *slog.Logger, dir string) (err error) {
	if h.store, err = access.Open(filepath.Join(dir, access.FileName)); err != nil {
		return err
	}
	registry := func() ([]*source.Source, error) { return h.land.Sources, nil }
	acts := &console.Acts{Line: h.line, Bus: h.bus, Sources: registry}
	if err := acts.Pause(context.Background(), h.land.Paused(), "Umbau", time.Now().AddDate(0, 0, 5)); err != nil {
		return err
	}
	if err := acts.RequestPause(context.Background(), h.land.Wish(time.Now())); err != nil {
		return err
	}
	reader := api.NewReader(api.Config{Bus: h.bus, Index: h.index, Log: log, Sources: registry})
	h.read = reader
	srv := httptest.NewUnstartedServer(nil)
	guard, err := access.New(access.Options{Store: h.store, Address: srv.Listener.Addr()})
	if err != nil {
		return err
	}
	pages, err := console.Handler(reader, console.Options{
		Guard: guard, Acts: acts, Log: log, Contact: "presse@example.org", Agent: "kreispresse/test",
		Settings: []console.Setting{{Name: "data", Value: dir, Origin: "flag"}, {Name: "nats", Origin: "default"}},
	})
	if err != nil {
		return err
	}
	feed := api.New(reader, api.Options{Guard: guard.Reading(nil)})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	h.feeds = make(chan *http.Request, 8)
	go func() { ended <- feed.Run(ctx) }()
	h.ends = append(h.ends, func() error { cancel(); return <-ended })
	mux := http.NewServeMux()
	v1 := feed.Handler()
	mux.HandleFunc("/v1/", func(w http.ResponseWriter, r *http.Request) {
		select {
		case h.feeds <- r:
		default:
		}
		v1.ServeHTTP(w, r)
	})
	mux.Handle("/", pages)
	srv.Config.Handler = guard.Protect(mux)
	srv.Start()

	h.ends = append(h.ends, func() error { srv.CloseClientConnections(); srv.Close(); return nil })
	h.url, h.cut = srv.URL, srv.CloseClientConnections
	return nil
}

// pages are all pages with something on them, by name.
func (h *countryHouse) pages() map[string]string {
	return map[string]string{
		"overview": "/", "releases": "/releases", "search": "/releases?q=Kosten&state=NW", "release": "/releases/" + h.quoted,
		"revisions": "/releases/" + h.corrected + "/revisions", "sources": "/sources", "source": "/sources/kreis-dornfeld", "healthy": "/sources/stadt-neuquell",
		"preview": "/sources/kreis-dornfeld/preview?item=ul.teaser-grid+>+li", "reread": "/reread", "said": "/said?speaker=Brandhorst",
		"held": "/held", "dead": "/dead", "reviews": "/reviews",
		"subscribers": "/subscribers", "system": "/system", "bot": "/bot", "host": "/bot?host=www.kreis-dornfeld.example", "stranger": "/bot?host=www.example.org",
		"wished": "/sources/" + h.land.Wish(time.Now()).Sources[0], "accessibility": "/accessibility", "error": "/releases/nowhere",
	}
}

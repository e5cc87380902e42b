package api_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestMain(m *testing.M) { calm.Main(m) }

var (
	musterau = schemas.Source{ID: "kreis-musterau", Name: "Kreis Musterau", AGS: "05999", State: "NW"}
	anderau  = schemas.Source{ID: "kreis-anderau", Name: "Kreis Anderau", AGS: "09999", State: "BY"}
)

const registry = `
id: kreis-musterau
name: Kreis Musterau
ags: "05999"
state: NW
base: https://www.kreis-musterau.example/
start: {feeds: [/rss]}
---
id: kreis-anderau
name: Kreis Anderau
ags: "09999"
state: BY
status: {is: no answer, date: 2026-11-01, reason: the site is down}
base: https://www.kreis-anderau.example/
`

// store is a real embedded broker with a Reader over it, and the means to write as the line does.
type store struct {
	*testing.T
	bus    *publisher.Bus
	reader *api.Reader
	now    time.Time
}

func newStore(t *testing.T) *store {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	bus, err := publisher.Open(t.Context(), publisher.Config{DataDir: t.TempDir()}, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bus.Close() })
	var sources []*source.Source
	for i, text := range strings.Split(registry, "---\n") {
		s, err := source.Parse(fmt.Sprintf("%d.yaml", i), []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, s)
	}
	st := &store{T: t, bus: bus, now: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)}
	st.reader = api.NewReader(api.Config{
		Bus: bus, Sources: func() ([]*source.Source, error) { return sources, nil }, Log: log, Now: func() time.Time { return st.now },
	})
	return st
}

// release archives a page and publishes what is said of it as the newest event of the release; change may alter the record. The same n is
// the same page.
func (s *store) release(src schemas.Source, n int, change func(*schemas.Release)) *schemas.Event {
	s.Helper()
	s.now = s.now.Add(time.Minute)
	url := fmt.Sprintf("https://www.%s.example/presse/%d", src.ID, n)
	text := fmt.Sprintf("Der Kreis teilt mit: Meldung %d.", n)
	r := &schemas.Release{
		ID: schemas.ReleaseID(src.ID, url), Source: src, URL: url, CanonicalURL: url, Language: "de", Title: fmt.Sprintf("Meldung %d", n), Text: text,
		Blocks:     []schemas.Block{{Type: schemas.BlockParagraph, End: len([]rune(text))}},
		Published:  &schemas.Stamp{Value: "2026-11-20", Granularity: schemas.GranularityDay, Evidence: "time"},
		Provenance: schemas.Provenance{FetchedAt: s.now.Format(time.RFC3339), Parser: "test/1"},
	}
	if change != nil {
		change(r)
	}
	page := &schemas.Snapshot{
		Source: src, URL: url, FetchedAt: s.now, FirstSeen: s.now, Run: "run-1", Status: 200, ContentType: "text/html; charset=utf-8",
		Body: []byte("<!doctype html><title>" + r.Title + "</title><p>" + r.Text),
	}
	cur, err := s.bus.Current(s.Context(), src, r.ID)
	if err != nil {
		s.Fatal(err)
	}
	if page.Previous, err = s.bus.LastSnapshotOf(s.Context(), src.ID, schemas.PageID(src.ID, url)); err != nil {
		s.Fatal(err)
	}
	if r.Provenance.RawSequence, err = s.bus.Append(s.Context(), page); err != nil {
		s.Fatal(err)
	}
	r.Provenance.Snapshot = page.Digest()
	typ := schemas.EventCorrected
	if cur == nil || cur.Type == schemas.EventWithdrawn {
		typ = schemas.EventPublished
	}
	return s.publish(cur, typ, r, "")
}

func (s *store) publish(cur *schemas.Event, typ string, r *schemas.Release, reason string) *schemas.Event {
	s.Helper()
	ev := schemas.NextEvent(cur, typ, r, s.now)
	ev.Reason = reason
	if err := s.bus.Publish(s.Context(), cur, ev); err != nil {
		s.Fatal(err)
	}
	return ev
}

func (s *store) withdraw(cur *schemas.Event, reason string) *schemas.Event {
	s.Helper()
	return s.publish(cur, schemas.EventWithdrawn, schemas.Tombstone(cur.Release, 0, s.now), reason)
}

// erase does what `forget` does.
func (s *store) erase(cur *schemas.Event) *schemas.Event {
	s.Helper()
	ev := s.publish(cur, schemas.EventErased, schemas.ErasedTombstone(cur.Release, s.now), "Antrag")
	pages := []string{schemas.PageID(cur.Release.Source.ID, cur.Release.URL)}
	if err := s.bus.Erase(s.Context(), cur.Release.Source, &schemas.Receipt{Release: cur.Subject, Pages: pages}); err != nil {
		s.Fatal(err)
	}
	return ev
}

package demoland_test

import (
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/internal/demoland"
	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestHistory lives through the weeks and looks for what should have happened in them.
func TestHistory(t *testing.T) {
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError}))
	bus, err := publisher.Open(t.Context(), publisher.Config{DataDir: t.TempDir()}, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bus.Close() })
	now := time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)
	land, err := demoland.New(now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { land.Close() })
	c := crawler.New(bus.Pages(), bus, land.Crawler(crawler.Config{
		Version: "test", Log: log, Hosts: bus.Hosts(), Memory: bus.Sources(), Lists: bus.Lists(), Fingerprint: pipeline.Fingerprint,
	}))
	line := pipeline.New(pipeline.Broker{Archive: bus, Releases: bus, Pages: bus.Pages(), Sources: bus.Sources(), Runs: bus, Mark: bus.Mark}, c, log)
	if err := land.History(t.Context(), line, func(float64) {}); err != nil {
		t.Fatal(err)
	}
	events := map[string]int{}
	if _, err := bus.Replay(t.Context(), publisher.Filter{}, func(e *schemas.Event) error { events[e.Type]++; return nil }); err != nil {
		t.Fatal(err)
	}
	if events[schemas.EventPublished] < 300 || events[schemas.EventCorrected] < 10 || events[schemas.EventWithdrawn] < 2 {
		t.Errorf("%v", events)
	}
	states, held, dead := map[string]int{}, 0, 0
	err = bus.Sources().Each(t.Context(), health.Name, func(id string, raw json.RawMessage, _ uint64) error {
		var m health.Memory
		if err := json.Unmarshal(raw, &m); err != nil {
			return err
		}
		v := m.Judge(now)
		states[v.State]++
		if v.State != health.Healthy {
			t.Logf("%s: %s: %s", id, v.State, v.Says)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = bus.Sources().EachLine(t.Context(), func(id string, st schemas.LineState) error {
		held, dead = held+len(st.Held), dead+len(st.Dead)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if states[health.Broken] < 3 || states[health.Silent] < 1 || states[health.Degraded] < 1 || states[health.Healthy] < 15 || held != 2 || dead != 1 {
		t.Errorf("%v, %d held, %d dead", states, held, dead)
	}
}

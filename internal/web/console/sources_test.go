package console_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/internal/web/access"
)

// TestStripsOfAllSources: the list of every authority there is shows what the last runs of each came to, and stays small.
func TestStripsOfAllSources(t *testing.T) {
	h := newHouse(t)
	all, err := source.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	runs := []health.Run{
		{At: time.Now(), Discovered: 9, Filled: &health.Filled{Releases: 2}}, {At: time.Now(), Discovered: 9}, {At: time.Now(), Failed: "lists no page at all"},
	}
	for i, s := range all {
		if s.ID == h.src.ID {
			continue
		}
		h.more = append(h.more, s)
		var m health.Memory
		for n := range 25 {
			m = m.Learn(runs[(i+n)%len(runs)])
		}
		if _, err := h.bus.Sources().Put(t.Context(), health.Key(s.ID), m, 0); err != nil {
			t.Fatal(err)
		}
	}
	v := h.visitor(access.Viewer)
	_, body := v.ask("GET", "/en/sources", "")
	if n := strings.Count(body, `<svg class="runs" `); n != len(h.more) || n < 400 {
		t.Errorf("%d strips for %d sources", n, len(h.more))
	}
	if !strings.Contains(body, "<title>20 runs: ") || !strings.Contains(body, "; at last failed</title>") {
		t.Error("the strips say nothing in words")
	}
	resp := v.do("GET", "/en/sources", "", "Accept-Encoding", "gzip")
	defer resp.Body.Close()
	packed, err := io.ReadAll(resp.Body)
	if err != nil || resp.Header.Get("Content-Encoding") != "gzip" || len(packed) > 120_000 {
		t.Errorf("%d bytes go over the wire for %d, %v", len(packed), len(body), err)
	}
	t.Logf("%d bytes, %d packed", len(body), len(packed))
}

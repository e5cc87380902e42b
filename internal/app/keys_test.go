package app

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestJoinKeys: the keys that subscribers join on come from the source's file into each release, and one without keys has none.
func TestJoinKeys(t *testing.T) {
	t.Parallel()
	_, _, sources := serveSite(t, nil, append([]string{"state: NW\n", "state: NW\nars: \"059990000000\"\nwikidata: Q5999\n"}, noPause...)...)
	globals := []string{"--data", filepath.Join(t.TempDir(), "data"), "--sources", sources}
	if code, out, errs := run(t.Context(), append(globals, "crawl", "--limit", "3")...); code != ExitOK {
		t.Fatalf("crawl: exit code %d\n%s%s", code, out, errs)
	}
	_, out, errs := run(t.Context(), append(globals, "tail", "--from", "1", "--json", "--limit", "1")...)
	var event struct{ Data schemas.Release }
	if err := json.Unmarshal([]byte(out), &event); err != nil {
		t.Fatalf("%v: %s%s", err, out, errs)
	}
	want := schemas.Source{ID: demoSource, Name: "Kreis Ahrenfels", AGS: "05999", State: "NW", ARS: "059990000000", Wikidata: "Q5999"}
	if event.Data.Source != want {
		t.Errorf("got %+v", event.Data.Source)
	}
}

package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestDamagedStore: a store whose feed is gone is refused by whatever needs it, shown by status and verify, and usable again when its
// operator accepts the loss.
func TestDamagedStore(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	bus, err := publisher.Open(t.Context(), publisher.Config{DataDir: dir}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &schemas.Snapshot{Source: schemas.Source{ID: "kreis-musterau"}, URL: "https://www.kreis-musterau.example/presse/1", Status: 200, Body: []byte("x")}
	if _, err := bus.Append(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	bus.Close()
	want := func(code int, words string, args ...string) (stdout string) {
		t.Helper()
		got, out, errs := run(t.Context(), append([]string{"--data", dir}, args...)...)
		if got != code || !strings.Contains(out+errs, words) {
			t.Errorf("%v: exit code %d, want %d and %q: %s%s", args, got, code, words, out, errs)
		}
		return out
	}
	want(ExitOK, "1 snapshot", "verify")
	if err := os.RemoveAll(filepath.Join(dir, "jetstream", "$G", "streams", schemas.StreamPress)); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"crawl", "kreis-dueren"}, {"replay"}, {"tail"}} {
		want(ExitStorage, "stream PRESS: it is gone", command...)
	}
	want(ExitStorage, "stream PRESS: it is gone", "status")
	var status struct {
		Streams []struct {
			Name     string `json:"name"`
			Messages int    `json:"messages"`
		} `json:"streams"`
	}
	out := want(ExitStorage, "stream PRESS: it is gone", "status", "--json")
	if err := json.Unmarshal([]byte(out), &status); err != nil || len(status.Streams) == 0 || status.Streams[0].Name != schemas.StreamRaw ||
		status.Streams[0].Messages != 1 {
		t.Errorf("status of what is left: %v: %s", err, out)
	}
	want(ExitStorage, "kreispresse verify --accept", "verify")
	out = want(ExitStorage, "", "verify", "--json")
	var f publisher.Finding
	if first, _, _ := strings.Cut(out, "\n"); json.Unmarshal([]byte(first), &f) != nil || f.Stream != schemas.StreamPress || f.Mend == "" {
		t.Errorf("first finding: %s", out)
	}
	want(ExitOK, "0 damages", "verify", "--accept")
	want(ExitOK, "", "status")
	want(ExitOK, "", "replay")
}

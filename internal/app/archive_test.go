package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/internal/segment"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestArchiveForget: what is erased from the feed goes out of an archive of it; who has a copy is told to erase it; and the archive is still whole.
func TestArchiveForget(t *testing.T) {
	t.Parallel()
	site, _, dir := serveSite(t, nil)
	data, out, mine := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "mine.jsonl")
	do := func(want int, args ...string) string {
		t.Helper()
		code, stdout, errs := run(t.Context(), append([]string{"--data", data, "--sources", dir}, args...)...)
		if code != want {
			t.Fatalf("%v: exit code %d\n%s%s", args, code, stdout, errs)
		}
		return stdout
	}
	do(ExitOK, "crawl")
	if err := site.Correct(demoCorrect); err != nil {
		t.Fatal(err)
	}
	do(ExitOK, "crawl")
	do(ExitOK, "archive", out, "--size", "10")
	if err := os.WriteFile(mine, []byte(do(ExitOK, "replay", "--to", "-")), 0o600); err != nil {
		t.Fatal(err)
	}
	about := func() (id string, events []string) {
		t.Helper()
		m, err := segment.ReadManifest(t.Context(), segment.DirStore(out))
		if err != nil {
			t.Fatal(err)
		}
		_, err = segment.Read(t.Context(), segment.DirStore(out), m, 1, func(ev *schemas.Event, release []byte) error {
			if strings.Contains(string(release), demoCorrect) {
				id = ev.Subject
				events = append(events, ev.Type)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return id, events
	}
	id, events := about()
	if len(events) != 2 {
		t.Fatalf("events %v", events)
	}
	do(ExitOK, "forget", id, "--reason", "Antrag")
	said := do(ExitOK, "archive", out)
	if !strings.Contains(said, "2 erased events taken out of 2 segments") {
		t.Error(said)
	}
	if _, events := about(); len(events) != 0 {
		t.Errorf("still there: %v", events)
	}
	if said := do(ExitOK, "archive", "--verify", out); !strings.Contains(said, "2 erased") || !strings.Contains(said, " 0 problems") {
		t.Error(said)
	}
	said = do(ExitStorage, "verify", "--feed", mine, "--segments", out)
	if strings.Count(said, "it was erased: erase your copy") != 2 || strings.Count(said, "missing") != 1 { // the event erased came since
		t.Error(said)
	}
	// A feed that is restored from before the archive is another one.
	other := t.TempDir()
	if code, _, errs := run(t.Context(), "--data", other, "--sources", dir, "crawl"); code != ExitOK {
		t.Fatal(errs)
	}
	if code, _, errs := run(t.Context(), "--data", other, "archive", out); code != ExitFailed || !strings.Contains(errs, "another feed") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

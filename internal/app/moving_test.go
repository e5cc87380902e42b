package app

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestMoveToCluster takes a store from the embedded server to a cluster of three as docs/operations.md says: with a receipt and gaps in it,
// with three copies of each stream, whole, and the next crawl finds nothing new.
func TestMoveToCluster(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a cluster takes seconds")
	}
	site, _, dir := serveSite(t, nil, append([]string{"state: NW\n", "state: NW\nretention: {raw: 1ms}\n"}, noPause...)...)
	data := t.TempDir()
	at := []string{"--data", data}
	do := func(args ...string) string {
		t.Helper()
		code, out, errs := run(t.Context(), append(append(at[:len(at):len(at)], "--sources", dir), args...)...)
		if code != ExitOK {
			t.Fatalf("%v: exit code %d\n%s%s", args, code, out, errs)
		}
		return out
	}
	do("crawl")
	if err := site.Correct(demoCorrect); err != nil {
		t.Fatal(err)
	}
	do("crawl")
	do("retention")
	backup := filepath.Join(t.TempDir(), "backup")
	do("backup", backup)
	before := do("tail", "--from", "1", "--json", "-n", "45")

	c := startCluster(t)
	at = []string{"--nats", c.urls(), "--data", t.TempDir()}
	if out := do("restore", backup); !strings.Contains(out, " 0 damages") {
		t.Errorf("restore:\n%s", out)
	}
	if out := do("verify"); !strings.Contains(out, " 0 damages") || !strings.Contains(out, "45 events, 44 snapshots") {
		t.Errorf("verify:\n%s", out)
	}
	if out := do("status", "--json"); strings.Count(out, `"replicas":3`) != 7 || !strings.Contains(out, `"cluster":"`) {
		t.Errorf("status: want three copies of seven streams\n%s", out)
	}
	do("crawl", "--all")
	if out := do("replay", "--dry-run"); !strings.HasPrefix(out, "45 events") {
		t.Errorf("after a crawl: %s", out)
	}
	if after := do("tail", "--from", "1", "--json", "-n", "45"); after != before {
		t.Error("the current state is another than before")
	}
	back := filepath.Join(t.TempDir(), "back")
	do("backup", back)
	at = []string{"--data", t.TempDir()}
	if out := do("restore", back); !strings.Contains(out, " 0 damages") {
		t.Errorf("and back:\n%s", out)
	}
}

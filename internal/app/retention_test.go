package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/retention"
)

// TestRetention: how much is due is said first, it goes only without --dry-run, and the store is whole afterwards, in a backup, too.
func TestRetention(t *testing.T) {
	site, _, dir := serveSite(t, nil, append([]string{"state: NW\n", "state: NW\nretention: {raw: 1ms}\n"}, noPause...)...)
	data := t.TempDir()
	do := func(args ...string) string {
		t.Helper()
		code, out, errs := run(t.Context(), append([]string{"--data", data, "--sources", dir}, args...)...)
		if code != ExitOK {
			t.Fatalf("%v: exit code %d\n%s%s", args, code, out, errs)
		}
		return out
	}
	do("crawl")
	if out := do("retention"); out != "due: 0 releases, 0 pages, 0 B of 0 sources\n" {
		t.Errorf("nothing is superseded: %s", out)
	}
	if err := site.Correct(demoCorrect); err != nil {
		t.Fatal(err)
	}
	do("crawl")
	for range 2 {
		out := do("retention", "--dry-run")
		if !strings.HasPrefix(out, "due\t"+demoSource+"\t0 releases, 1 page, ") || !strings.Contains(out, "due: 0 releases, 1 page, ") {
			t.Errorf("dry run: %s", out)
		}
	}
	if out := do("retention", demoSource); !strings.Contains(out, "removed\t"+demoSource+"\t0 releases, 1 page, ") {
		t.Errorf("retention: %s", out)
	}
	if out := do("retention", "--json"); out != "" {
		t.Errorf("again: %s", out)
	}
	if out := do("runs", "--event", "expired"); !strings.Contains(out, `"messages":1`) || !strings.Contains(out, `"PRESS_RAW":[[`) {
		t.Errorf("receipt: %s", out)
	}
	if out := do("verify"); !strings.Contains(out, "44 snapshots") || !strings.Contains(out, " 0 damages") {
		t.Errorf("verify: %s", out)
	}
	backup := filepath.Join(t.TempDir(), "backup")
	do("backup", backup)
	data = t.TempDir()
	if out := do("restore", backup); !strings.Contains(out, "44 snapshots") || !strings.Contains(out, " 0 damages") {
		t.Errorf("restore: %s", out)
	}
	do("crawl", "--all")
	if out := do("replay", "--dry-run"); !strings.HasPrefix(out, "45 events") {
		t.Errorf("after a crawl: %s", out)
	}
	wantError(t, ExitUsage, []string{"nothing is known of this source"}, "--data", data, "--sources", dir, "retention", "kreis-nirgends")
}

// TestRetentionConfig: ages stand in the configuration file, and what is wrong with them is told with its key.
func TestRetentionConfig(t *testing.T) {
	file := filepath.Join(t.TempDir(), "c.yaml")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("retention: {raw: 400d, police: 26w, releases: never, hours: sat-sun 2-4}\n")
	var c Config
	if err := readConfig(file, &c); err != nil {
		t.Fatal(err)
	}
	want := retention.Config{Raw: 400 * source.LeastAge, Police: 182 * source.LeastAge, Releases: source.Forever, Hours: "sat-sun 2-4"}
	if *c.Retention != want {
		t.Errorf("%+v, want %+v", *c.Retention, want)
	}
	for text, part := range map[string]string{
		"retention: {raw: 400}":              "no age such as 400d",
		"retention: {raw: 5m}":               "retention.raw: 5m0s",
		"retention: {hours: nachts}":         "retention.hours",
		"retention: {pages: 400d}":           "docs/operations.md",
		"retentions: {raw: 400d}":            "known keys: data",
		"retention: {police: -3d}":           `"-3d" is no age`,
		"retention: {police: 999999999999d}": "no age",
	} {
		write(text)
		wantError(t, ExitUsage, []string{part}, "--config", file, "--data", t.TempDir(), "retention")
	}
}

package app

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestStatusCheck: a run teaches how its source is, a source that breaks is told once, and cron and Nagios see it by the exit code.
func TestStatusCheck(t *testing.T) {
	t.Parallel()
	globals, _ := crawled(t)
	do := func(want int, part string, args ...string) string {
		t.Helper()
		code, out, errs := run(t.Context(), append(globals, args...)...)
		if code != want || !strings.Contains(out, part) {
			t.Errorf("%v: exit code %d, want %d; output without %q:\n%s%s", args, code, want, part, out, errs)
		}
		return out
	}
	if out := do(ExitOK, "filled", "status", demoSource); !strings.Contains(out, "of the last 44 releases: ") || !strings.Contains(out, "published 100 %") {
		t.Errorf("status %s:\n%s", demoSource, out)
	}
	do(ExitOK, "published", "runs", "--json", "--event", schemas.RunExtracted)
	do(checkUnknown, "UNKNOWN: no source was crawled yet", "status", "--check", "kreis-unten")
	down := t.TempDir()
	if err := writeSource(down, "http://127.0.0.1:1", "\nid: "+demoSource+"\n", "\nid: kreis-unten\n", "pace: 10ms", "pace: 0s"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		do(ExitUnavailable, "", "--sources", down, "crawl")
	}
	do(checkCritical, "CRITICAL: 0 of 1 source healthy | healthy=0 degraded=0 silent=0 broken=1\nbroken kreis-unten: no listing",
		"status", "--check", "kreis-unten")
	do(checkCritical, `"state":"broken"`, "status", "--check", "--json")
	do(ExitUsage, "", "status", "--check", "--quiet-for", "soon")
	do(ExitUsage, "", "status", "--quiet-for", "7d")
	do(ExitOK, "BROKEN", "status")
	if out := do(ExitOK, `"source":"kreis-unten","state":"broken"`, "runs", "--json", "--event", schemas.RunHealth, "kreis-unten"); strings.Count(out, "\n") != 1 {
		t.Errorf("alarms:\n%s", out)
	}
	do(ExitUsage, "", "status", "kreis-nirgends")
}

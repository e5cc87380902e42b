package app

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestManifests: every manifest that a run writes, of a source that answers and of one that does not, satisfies the published schema.
func TestManifests(t *testing.T) {
	t.Parallel()
	globals, _ := crawled(t)
	down := t.TempDir()
	if err := writeSource(down, "http://127.0.0.1:1", "\nid: "+demoSource+"\n", "\nid: kreis-unten\n", "pace: 10ms", "pace: 0s"); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := run(t.Context(), append(globals, "--sources", down, "crawl")...); code != ExitUnavailable {
		t.Errorf("exit code %d\n%s", code, errs)
	}
	for _, event := range []string{schemas.RunFetched, schemas.RunExtracted} {
		_, out, errs := run(t.Context(), append(globals, "runs", "--json", "--event", event)...)
		if n := strings.Count(out, "\n"); n != 2 {
			t.Errorf("%s: %d manifests\n%s", event, n, errs)
		}
		for line := range strings.Lines(out) {
			if err := schemas.ValidateRun([]byte(line)); err != nil {
				t.Errorf("%s: %v\n%s", event, err, line)
			}
		}
	}
}

package app

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/internal/index"
)

// TestShow finds a release that is corrected and withdrawn, and shows each of its revisions.
func TestShow(t *testing.T) {
	t.Parallel()
	site, _, dir := serveSite(t, nil)
	data := t.TempDir()
	do := func(want int, args ...string) (stdout, stderr string) {
		t.Helper()
		code, stdout, stderr := run(t.Context(), append([]string{"--data", data, "--sources", dir}, args...)...)
		if code != want {
			t.Fatalf("%v: exit code %d, want %d\n%s%s", args, code, want, stdout, stderr)
		}
		return stdout, stderr
	}
	do(ExitOK, "crawl", demoSource)
	if err := site.Correct(demoCorrect); err != nil {
		t.Fatal(err)
	}
	do(ExitOK, "crawl", demoSource)
	answer, _ := do(ExitOK, "search", "--type", "corrected", "--json")
	var page index.Page
	if err := json.Unmarshal([]byte(answer), &page); err != nil || len(page.Hits) != 1 {
		t.Fatalf("%v: %s", err, answer)
	}
	id := page.Hits[0].ID
	now, _ := do(ExitOK, "show", id)
	before, _ := do(ExitOK, "show", id, "--revision", "1")
	for what, c := range map[string]struct{ text, part string }{
		"the newest":            {now, "corrected, revision 2"},
		"what changed":          {now, "changed: "},
		"the first":             {before, "published, revision 1"},
		"its title":             {now, page.Hits[0].Title + "\n"},
		"quotes in the text":    {now, "⟦"},
		"quotes with a speaker": {now, "“ — "},
		"people":                {now, "person "},
		"id":                    {now, id},
	} {
		if !strings.Contains(c.text, c.part) {
			t.Errorf("%s: no %q in\n%s", what, c.part, c.text)
		}
	}
	if now == before {
		t.Error("both revisions look the same")
	}
	line, _ := do(ExitOK, "show", id, "--json")
	var ev struct {
		Subject  string
		Revision int
		Data     struct{ Title string }
	}
	if err := json.Unmarshal([]byte(line), &ev); err != nil || ev.Subject != id || ev.Revision != 2 || ev.Data.Title != page.Hits[0].Title {
		t.Errorf("%v: %s", err, line)
	}
	do(ExitOK, "withdraw", id, "--reason", "auf Bitte")
	if out, _ := do(ExitOK, "show", id); !strings.Contains(out, "withdrawn, revision 3") || !strings.Contains(out, "auf Bitte") {
		t.Error(out)
	}
	if _, errs := do(ExitUsage, "show", id, "--revision", "9"); !strings.Contains(errs, "no revision 9 (there is 1, 2, 3)") {
		t.Error(errs)
	}
	if _, errs := do(ExitOK, "search", "--type", "corrected"); !strings.Contains(errs, "nothing found") {
		t.Error(errs)
	}
}

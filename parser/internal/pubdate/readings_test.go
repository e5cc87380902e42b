package pubdate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/internal/truth"
	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/parser/internal/rule"
	"github.com/kreispresse/kreispresse/schemas"
)

var kindNames = map[kind]string{plain: "plain", dateline: "dateline", changed: "changed", event: "event", refused: "refused"}

// readExample judges the first date of a line; "# " before it makes it the title.
func readExample(s string) []rule.Hit {
	text, title := strings.CutPrefix(s, "# ")
	f := find(text, 1)
	if len(f) == 0 {
		return nil
	}
	sp := line{text: text}.spot(f[0], func() string { return "" })
	sp.title = title
	k, _, id := sp.judge()
	if id == "" {
		return nil
	}
	m := f[0]
	return []rule.Hit{{Rule: id, Text: strings.TrimSpace(text[m.start : m.start+len(strings.TrimRight(dayOf(text[m.start:m.end]), " "))]), Result: kindNames[k]}}
}

// dayOf is a date without its time of day.
func dayOf(s string) string {
	for i := range s {
		if f := find(s[:i], 1); len(f) == 1 && f[0].end == i && i+1 < len(s) && s[i] == ' ' {
			return s[:i]
		}
	}
	return s
}

// TestReadings holds the rules to their examples, and to the golden pages they fire on.
func TestReadings(t *testing.T) {
	rule.Test(t, readings, rule.Trial{Read: readExample, Fired: fired(t)})
}

// fired counts the rules on the lines of the golden pages.
func fired(t *testing.T) map[string]int {
	t.Helper()
	files, err := filepath.Glob("../../testdata/golden/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden pages (%v)", err)
	}
	n := map[string]int{}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		told, err := truth.Read(strings.TrimSuffix(f, ".html") + ".truth.yaml")
		if err != nil {
			t.Fatal(err)
		}
		p, err := page.Read(&schemas.Snapshot{URL: told.URL, ContentType: told.ContentType, Body: body})
		if err != nil {
			continue // refused, as some are meant to be
		}
		a := read(p)
		for i, l := range a.lines {
			for _, x := range find(l.text, 1) {
				s := l.spot(x, func() string { return previous(a.lines, i) })
				s.title = i >= a.from && i < a.to
				if _, _, id := s.judge(); id != "" {
					n[id]++
				}
			}
		}
	}
	return n
}

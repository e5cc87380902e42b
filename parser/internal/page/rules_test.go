package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/rule"
	"github.com/kreispresse/kreispresse/schemas"
)

// snippetPage is a release with a snippet between its first paragraph and the others.
func snippetPage(snippet string) string {
	return `<!doctype html><html lang=de><title>Radweg an der Rur</title><article><h1>Radweg an der Rur</h1><p>` + one + `</p>` + snippet +
		`<p>` + two + `</p><p>` + prose(4) + `</p></article>`
}

// droppedBy are the hits of the rules named in ids on a page.
func droppedBy(t *testing.T, html string, ids []string) []rule.Hit {
	t.Helper()
	p, err := Read(&schemas.Snapshot{URL: "https://www.kreis.example/presse/radweg", Body: []byte(html)})
	if err != nil {
		return nil
	}
	var hits []rule.Hit
	for _, d := range p.Dropped() {
		for _, id := range ids {
			if d.Rule == id {
				hits = append(hits, rule.Hit{Rule: id, Text: d.Text, Result: d.Text})
			}
		}
	}
	return hits
}

// onGolden asks every golden page which of the rules fire on it.
func onGolden(t *testing.T, ask func(html string) []rule.Hit) map[string]int {
	t.Helper()
	files, err := filepath.Glob("../../testdata/golden/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden pages", err)
	}
	fired := map[string]int{}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range ask(string(body)) {
			fired[h.Rule]++
		}
	}
	return fired
}

func TestLineRules(t *testing.T) {
	ids := notText.IDs()
	rule.Test(t, notText, rule.Trial{
		Read:  func(s string) []rule.Hit { return droppedBy(t, snippetPage(s), ids) },
		Fired: onGolden(t, func(html string) []rule.Hit { return droppedBy(t, html, ids) }),
	})
}

func TestFurnitureRules(t *testing.T) {
	ids := furniture.IDs()
	rule.Test(t, furniture, rule.Trial{
		Read:  func(s string) []rule.Hit { return droppedBy(t, snippetPage(s), ids) },
		Fired: onGolden(t, func(html string) []rule.Hit { return droppedBy(t, html, ids) }),
	})
}

func TestVerdictRules(t *testing.T) {
	judged := func(html string) []rule.Hit {
		s := &schemas.Snapshot{URL: "https://www.kreis.example/presse/radweg", Body: []byte(html)}
		r, err := open(s)
		if err != nil {
			return nil
		}
		r.all(s)
		if k := r.judge(); k >= 0 {
			return []rule.Hit{{Rule: noRelease[k].ID, Result: noRelease[k].ID}}
		}
		return nil
	}
	rule.Test(t, noRelease, rule.Trial{
		Read:  func(s string) []rule.Hit { return judged("<!doctype html><html lang=de>" + s) },
		Fired: onGolden(t, judged),
	})
}

// What is dropped is told with its rule, the outermost element only, and nothing of what is kept.
func TestDropped(t *testing.T) {
	p := read(t, `<nav><a href="/">Start</a></nav><main><h1>Radweg an der Rur</h1><p>`+one+`</p>`+
		`<div class="share"><p>Teilen</p><p>Merken</p></div><p>Seite drucken</p><p>`+two+`</p><p>Foto: Kreis Musterau</p></main><script>var x</script>`)
	var got []string
	for _, d := range p.Dropped() {
		got = append(got, d.Rule+": "+d.Text)
	}
	want := "element: Start|named: Teilen Merken|credit: Foto: Kreis Musterau|above-text: Radweg an der Rur|tool: Seite drucken"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

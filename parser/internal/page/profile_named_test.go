package page

import (
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// A source may name the family of a site whose pages do not show it; a name that nobody knows changes nothing.
func TestNamedProfile(t *testing.T) {
	body := []byte(`<!doctype html><html lang="de"><head><title>Brücke frei</title></head><body><div class="inhalt"><h1>Brücke frei</h1>
<p>Die Brücke über die Muster ist wieder für den Verkehr freigegeben, teilt der Kreis mit.</p></div></body></html>`)
	for named, want := range map[string]string{"sitepark": "sitepark", "nolis": "nolis", "unbekannt": "", "": ""} {
		p, err := Read(&schemas.Snapshot{URL: "https://www.kreis-musterau.example/b", Body: body, Profile: named})
		if err != nil {
			t.Fatal(err)
		}
		s := newScan(p.Tree.E[0].Node, named, "")
		got := ""
		if s.family != nil {
			got = s.family.ID
		}
		if got != want {
			t.Errorf("named %q: family %q, want %q", named, got, want)
		}
		if p.Title != "Brücke frei" {
			t.Errorf("named %q: title %q", named, p.Title)
		}
	}
}

package truth

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

const own = "https://kreis.example/a"

// Silence means none: whatever a release has that its truth does not name is wrong.
func TestSilenceMeansNone(t *testing.T) {
	r := &schemas.Release{
		URL: own, CanonicalURL: "https://kreis.example/b", Title: "Radweg", Kicker: "Verkehr", Lead: "Er ist fertig.", Language: "en-GB",
		Published: &schemas.Stamp{Value: "2025-01-02T08:00Z"}, Modified: &schemas.Stamp{Value: "2025-01-03"}, Text: "Er ist fertig.",
		Quotes: []schemas.Quote{{Kind: "direct", Text: "Ja", Speaker: &schemas.Speaker{Name: "Erika Muster"}}},
		People: []schemas.Person{{Name: "Erika Muster", Roles: []string{"Landrätin"}}}, Dates: []schemas.Date{{Text: "heute", Type: "DATE", Value: "2025-01-02"}},
		Credits: []schemas.Credit{{Holder: "Kreis"}}, Images: []schemas.Image{{URL: own + ".jpg"}}, Attachments: []schemas.Attachment{{URL: own + ".pdf"}},
		Contact: &schemas.Contact{Phone: "02421 22"},
	}
	got := Page{URL: own, Title: "Radweg"}.Judge(r)
	for _, f := range Fields {
		x, ok := got[f]
		if !ok {
			t.Errorf("%s is not judged", f)
			continue
		}
		switch f {
		case "title":
			if x.Right != 1 || len(x.Wrong) > 0 {
				t.Errorf("title: %+v", x)
			}
		case "text", "roles", "person details": // there is nothing to compare with
		default:
			if len(x.Wrong) != 1 {
				t.Errorf("%s: %+v, want one wrong", f, x)
			}
		}
	}
}

func TestUnjudged(t *testing.T) {
	p := Page{URL: own, Language: None, Unjudged: []string{"dates", "people"}}
	got := p.Judge(&schemas.Release{CanonicalURL: own, Dates: []schemas.Date{{Text: "heute"}}})
	for _, f := range []string{"dates", "date values", "people", "roles"} {
		if _, ok := got[f]; ok {
			t.Errorf("%s is judged", f)
		}
	}
	for _, f := range []string{"canonical", "language", "quotes"} {
		if x, ok := got[f]; !ok || len(x.Wrong)+len(x.Missing) > 0 {
			t.Errorf("%s: %+v, %v", f, x, ok)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"url: x\ntitel: y\n":         "titel",
		"url: x\nunjudged: [date]\n": `no field "date"`,
	} {
		file := filepath.Join(t.TempDir(), "a.truth.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one that says %q", text, err, want)
		}
	}
}

func TestTable(t *testing.T) {
	all := map[string]Finding{}
	for _, f := range Fields {
		all[f] = Finding{}
	}
	all["people"] = Finding{Right: 1, Wrong: []string{"Lindenroda"}, Missing: []string{"Robert Mai"}}
	delete(all, "dates")
	text := Table{"seite": all}.String()
	for _, want := range []string{"seite\tpeople\twrong\tLindenroda\n", "seite\tpeople\tmissing\tRobert Mai\n", "seite\tdates\tunjudged\n", "P  50.0  R  50.0"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

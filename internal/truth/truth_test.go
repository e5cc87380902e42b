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
		Contact: &schemas.Contact{Phone: "02421 22"}, Embargo: &schemas.Embargo{Text: "Redebeginn"}, Usage: "Abdruck honorarfrei",
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

// wellRead is a release that tells the truth of bridge, spelt as a page may spell it.
func wellRead() *schemas.Release {
	return &schemas.Release{
		Title: "Neue\u00a0Brü\u00adcke", CanonicalURL: own, Language: "de", Published: &schemas.Stamp{Value: "2026-03-12T10:00+01:00"},
		Quotes: []schemas.Quote{
			{Kind: "direct", Text: "„Sie hält,\nund das lange.“", Speaker: &schemas.Speaker{Name: "Anna Probst"}},
			{Kind: "fragment", Text: "bitter nötig", Speaker: &schemas.Speaker{Name: "Kreis"}},
		},
		People:  []schemas.Person{{Name: "Anna Probst", Roles: []string{"leitende Bauleiterin", "Ingenieurin"}}},
		Credits: []schemas.Credit{{Holder: "Kreis Ahrenfels", Agency: "Jo Rott"}},
		Dates:   []schemas.Date{{Text: "am 12. März", Type: "DATE", Value: "2026-03-12"}, {Text: "heute", Type: "DATE", Value: "2026-03-14"}},
	}
}

var bridge = Page{
	URL: own, Title: "Neue Brücke", Published: "2026-03-12", Loose: true, Partly: []string{"roles", "dates"},
	Quotes: []Quote{
		{Text: "Sie hält, und das lange.", Kind: "direct", Speaker: "Anna Probst"},
		{Text: "bitter nötig", Kind: "fragment", Speaker: "Kreis Ahrenfels", Org: true},
	},
	People:  []Person{{Name: "Anna Probst", Roles: []string{"Bauleiterin"}}},
	Credits: []Credit{{Holder: "Jo Rott / Kreis Ahrenfels"}},
	Dates:   []Date{{Text: "12. März", Type: "DATE", Value: "2026-03-12"}},
}

// A loose truth does not judge spelling, a part of a field does not deny the rest; everything else is judged as ever.
func TestLooseAndPartly(t *testing.T) {
	tests := []struct {
		name  string
		do    func(*schemas.Release)
		field string
		wrong int // findings of the field
		miss  int
	}{
		{name: "as it is", do: func(*schemas.Release) {}},
		{"title", func(r *schemas.Release) { r.Title = "Brücke" }, "title", 1, 1},
		{"day", func(r *schemas.Release) { r.Published = nil }, "published", 0, 1},
		{"half a quote", func(r *schemas.Release) { r.Quotes[0].Text = "Sie hält," }, "quotes", 1, 1},
		{"kind", func(r *schemas.Release) { r.Quotes[1].Kind = "direct" }, "quotes", 1, 1},
		{"speaker", func(r *schemas.Release) { r.Quotes[0].Speaker.Name = "Probst" }, "speakers", 1, 1},
		{"another body", func(r *schemas.Release) { r.Quotes[1].Speaker.Name = "Stadt Ahrenfels" }, "speakers", 1, 1},
		{"half a word of a body", func(r *schemas.Release) { r.Quotes[1].Speaker.Name = "Ahren" }, "speakers", 1, 1},
		{"nobody", func(r *schemas.Release) { r.Quotes[1].Speaker = nil }, "speakers", 0, 1},
		{"a name as speech", func(r *schemas.Release) {
			r.Quotes = append(r.Quotes, schemas.Quote{Kind: "direct", Text: "Brückenschlag"})
		}, "quotes", 1, 0},
		{"person", func(r *schemas.Release) { r.People[0].Name = "Anna" }, "people", 1, 1},
		{"role", func(r *schemas.Release) { r.People[0].Roles = r.People[0].Roles[1:] }, "roles", 0, 1},
		{"credit", func(r *schemas.Release) { r.Credits[0].Agency = "" }, "credits", 1, 1},
		{"value of a date", func(r *schemas.Release) { r.Dates[0].Value = "2026-03-13" }, "date values", 0, 1},
	}
	for _, tt := range tests {
		r := wellRead()
		tt.do(r)
		got := bridge.Judge(r)
		for _, f := range Fields {
			wrong, miss := 0, 0
			if f == tt.field {
				wrong, miss = tt.wrong, tt.miss
			}
			if x := got[f]; (len(x.Wrong) != wrong || len(x.Missing) != miss) && !follows(tt.field, f) {
				t.Errorf("%s: %s: %+v, want %d wrong and %d missing", tt.name, f, x, wrong, miss)
			}
		}
	}
}

// follows reports whether a fault in a field shows in another as well: who says half a quote is no speaker of the whole.
func follows(field, other string) bool {
	return field == "quotes" && other == "speakers" || field == "people" && (other == "roles" || other == "person details") ||
		field == "date values" && other == "dates"
}

package demosite

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/schemas"
)

// perfect is the release that tells a truth exactly.
func perfect(t Truth) *schemas.Release {
	r := &schemas.Release{Title: t.Title, Published: &schemas.Stamp{Value: t.Published + "T10:00+01:00"}}
	for _, q := range t.Quotes {
		x := schemas.Quote{Text: strings.Join(q.Parts, " "), Kind: q.Kind}
		if q.Speaker != "" {
			x.Speaker = &schemas.Speaker{Name: q.Speaker}
		}
		r.Quotes = append(r.Quotes, x)
	}
	for _, p := range t.People {
		r.People = append(r.People, schemas.Person{Name: p.Name, Roles: p.Roles})
	}
	for _, c := range t.Credits {
		r.Credits = append(r.Credits, schemas.Credit{Holder: c, Raw: "Foto: " + c})
	}
	for _, d := range t.Dates {
		r.Dates = append(r.Dates, schemas.Date{Text: "am " + d.Text, Type: d.Type, Value: d.Value})
	}
	return r
}

func TestCompareThePerfect(t *testing.T) {
	var sum Score
	for _, tr := range New().Truth() {
		sum.Add(tr.Compare(perfect(tr)))
	}
	if len(sum.Differences) > 0 {
		t.Errorf("differences:\n%s", strings.Join(sum.Differences, "\n"))
	}
	for name, c := range map[string]Count{"quotes": sum.Quotes, "people": sum.People, "roles": sum.Roles, "credits": sum.Credits, "dates": sum.Dates} {
		if c.Want == 0 || c.Got != c.Want || c.Right != c.Want {
			t.Errorf("%s: %+v, want all right", name, c)
		}
	}
	if n := sum.Quotes.Want; sum.Kinds != n || sum.Speakers != n || sum.NotSpeech != 0 || sum.Titles != sum.Pages || sum.Published != sum.Pages {
		t.Errorf("%+v, want everything right", sum)
	}
}

func TestCompareTheFaulty(t *testing.T) {
	truth := Truth{
		ID: "x", Title: "Neue Brücke", Published: "2026-03-12", NotSpeech: []string{"Brückenschlag"},
		Quotes: []Quote{{Kind: Direct, Parts: []string{"Sie hält,", "und das lange."}, Speaker: "Anna Probst"}, {
			Kind:  Direct,
			Parts: []string{"Endlich!"},
		}, {Kind: Fragment, Parts: []string{"bitter nötig"}, Speaker: "Kreis Ahrenfels", Org: true}},
		People:  []Person{{Name: "Anna Probst", Roles: []string{"Bauleiterin"}}},
		Credits: []string{"Jo Rott / Kreis Ahrenfels"},
		Dates:   []Date{{"12. März", "DATE", "2026-03-12"}},
	}
	tests := []struct {
		name string
		do   func(r *schemas.Release)
		want []string
	}{
		{"nothing", func(*schemas.Release) {}, nil},
		{"white space, marks, case, part of an organisation's name", func(r *schemas.Release) {
			r.Title, r.Quotes[0].Text, r.Quotes[2].Speaker.Name = "Neue\u00a0Brü\u00adcke", "„Sie hält,\nund das lange.“", "Kreis"
			r.Credits[0] = schemas.Credit{Holder: "Kreis Ahrenfels", Agency: "Jo Rott"}
		}, nil},
		{"title", func(r *schemas.Release) { r.Title = "Brücke" }, []string{`x: title "Brücke", want "Neue Brücke"`}},
		{"day", func(r *schemas.Release) { r.Published = nil }, []string{`x: published "", want 2026-03-12`}},
		{"half a quote", func(r *schemas.Release) { r.Quotes[0].Text = "Sie hält," }, []string{
			`x: direct quote missed: "sie hält, und das lange"`,
			`x: direct quote too much: "Sie hält,"`,
		}},
		{"kind", func(r *schemas.Release) { r.Quotes[2].Kind = Direct }, []string{`x: kind direct, want fragment: "bitter nötig"`}},
		{"wrong speaker", func(r *schemas.Release) { r.Quotes[0].Speaker.Name = "Probst" }, []string{`x: speaker "Probst", want "Anna Probst": "Sie ` +
			`hält, und das lange."`}},
		{
			"guessed speaker", func(r *schemas.Release) { r.Quotes[1].Speaker = &schemas.Speaker{Name: "Anna Probst"} },
			[]string{`x: speaker "Anna Probst", want "": "Endlich!"`},
		},
		{"no speaker", func(r *schemas.Release) { r.Quotes[2].Speaker = nil }, []string{`x: speaker "", want "Kreis Ahrenfels": "bitter nötig"`}},
		{"a name as speech", func(r *schemas.Release) {
			r.Quotes = append(r.Quotes, schemas.Quote{Kind: Direct, Text: "Brückenschlag"})
		}, []string{`x: direct quote is not speech: "Brückenschlag"`}},
		{"people", func(r *schemas.Release) { r.People[0].Name = "Anna" }, []string{"x: person missed: Anna Probst", "x: person too much: Anna"}},
		{"role", func(r *schemas.Release) { r.People[0].Roles = nil }, []string{`x: role of Anna Probst missed: "Bauleiterin", have []`}},
		{"credit", func(r *schemas.Release) { r.Credits[0].Holder = "Jo Rott" }, []string{`x: credit missed: "Jo Rott / Kreis Ahrenfels", have ["jo rott"]`}},
		{"date", func(r *schemas.Release) { r.Dates[0].Value = "2026-03-13" }, []string{`x: date missed: "12. März" DATE 2026-03-12`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := perfect(truth)
			tt.do(r)
			if diff := cmp.Diff(tt.want, truth.Compare(r).Differences); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
	s := truth.Compare(nil)
	if s.Pages != 1 || s.Titles != 0 || s.Quotes != (Count{Want: 3}) || s.Speakers != 0 || s.Differences[0] != "x: no release" {
		t.Errorf("no release scores %+v", s)
	}
}

package index

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/schemas"
)

var aachen = schemas.Source{ID: "staedteregion-aachen", Name: "Städteregion Aachen", AGS: "05334", State: "NW"}

// gallery are releases in which people of the same names speak.
func gallery() []release {
	bauer := func(role, organisation string) []schemas.Person {
		return []schemas.Person{{Name: "Uwe Bauer", Given: "Uwe", Family: "Bauer", Roles: nonEmpty(role), Organisation: organisation}}
	}
	says := func(source schemas.Source, day, quote string, who []schemas.Person) release {
		return release{source: source, title: quote, text: "Er sagte: „" + quote + "“", published: day, people: who, quotes: []said{{quote, 0}}}
	}
	return []release{
		says(anderau, "2026-01-01", "Erstens.", bauer("Kreisbrandmeister", "")),
		says(anderau, "2026-01-02", "Zweitens.", bauer("", "")),                                       // the same source
		says(duren, "2026-01-03", "Drittens.", bauer("Kreisbrandmeister", "")),                        // another one: a role is not enough
		says(aachen, "2026-01-04", "Viertens.", bauer("Vorsitzender", "Deutscher Teichverband")),      // and here …
		says(duren, "2026-01-05", "Fünftens.", bauer("Vorsitzender", "Deutscher Teichverband")),       // … a role of an organisation joins
		says(anderau, "2026-01-06", "Sechstens.", []schemas.Person{{Name: "Bauer", Family: "Bauer"}}), // a surname is nobody
		says(duren, "2026-01-07", "Siebtens.", []schemas.Person{{Name: "Anna Lüh", Roles: []string{"Ministerpräsidentin"}}}),
		says(aachen, "2026-01-08", "Achtens.", []schemas.Person{{Name: "Anna Lueh", Roles: []string{"Ministerpräsidentin"}}}),  // of the same Land
		says(anderau, "2026-01-09", "Neuntens.", []schemas.Person{{Name: "Anna Lüh", Roles: []string{"Ministerpräsidentin"}}}), // of another one
		says(aachen, "2026-01-10", "Zehntens.", []schemas.Person{{Name: "Olaf Teich", Roles: []string{"Leiter"}, Organisation: "Gesundheitsamt"}}),
		says(duren, "2026-01-11", "Elftens.", []schemas.Person{{Name: "Olaf Teich", Roles: []string{"Leiter"}, Organisation: "Gesundheitsamt"}}),
	}
}

func nonEmpty(s string) []string {
	if s == "" {
		return []string{}
	}
	return []string{s}
}

func TestPeople(t *testing.T) {
	_, x := fill(t, gallery()...)
	for name, want := range map[string][]string{
		"bauer":             {"uwe-bauer@kreis-dueren kreis-dueren,staedteregion-aachen 3/3", "uwe-bauer@kreis-anderau kreis-anderau 2/2"},
		"Uwe B":             {"uwe-bauer@kreis-dueren kreis-dueren,staedteregion-aachen 3/3", "uwe-bauer@kreis-anderau kreis-anderau 2/2"},
		"Anna Lüh":          {"anna-luh@kreis-dueren kreis-dueren,staedteregion-aachen 2/2", "anna-luh@kreis-anderau kreis-anderau 1/1"},
		"teich":             {"olaf-teich@kreis-dueren kreis-dueren 1/1", "olaf-teich@staedteregion-aachen staedteregion-aachen 1/1"},
		"niemand":           {},
		"uwe bauer lehmann": {},
	} {
		people, err := x.People(t.Context(), name, 0)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, p := range people {
			got = append(got, p.Key+" "+strings.Join(p.Sources, ",")+" "+string(rune('0'+p.Releases))+"/"+string(rune('0'+p.Quotes)))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	p, err := x.Person(t.Context(), "uwe-bauer@staedteregion-aachen") // any handle of his
	if err != nil {
		t.Fatal(err)
	}
	if p.Key != "uwe-bauer@kreis-dueren" || p.Name != "Uwe Bauer" || p.First != "2026-01-03" || p.Last != "2026-01-05" || p.Roles[0] != "Vorsitzender" {
		t.Errorf("%+v", p)
	}
	_, err = x.Person(t.Context(), "uwe-bauer@kreis-nirgends")
	wantKind(t, err, schemas.KindNotFound, "nobody")
	_, err = x.Person(t.Context(), "Uwe Bauer")
	wantKind(t, err, schemas.KindInvalid, "key")
	_, err = x.People(t.Context(), "?", 0)
	wantKind(t, err, schemas.KindInvalid, "no word")
	_, err = x.People(t.Context(), "a", 500)
	wantKind(t, err, schemas.KindInvalid, "limit")
}

func TestQuotes(t *testing.T) {
	list := gallery()
	list = append(list, release{title: "Verband", text: "Der Teichverband teilt mit: „Alles gut.“", published: "2026-01-12", quotes: []said{{"Alles gut.", -1}}})
	bus, x := fill(t, list...)
	r := list[11]
	r.n, r.source = 12, anderau
	record := r.record(t)
	record.Quotes[0].Speaker = &schemas.Speaker{Name: "Deutscher Teichverband", Kind: schemas.SpeakerOrganisation, Method: schemas.MethodName}
	of := 0
	record.Quotes = append(record.Quotes, schemas.Quote{Text: "Alles gut.", Kind: schemas.QuotePull, Spans: record.Quotes[0].Spans, Of: &of})
	publish(t, bus, record)
	catchUp(t, x, bus)
	for _, c := range []struct {
		q    QuoteQuery
		want string
	}{
		{QuoteQuery{Speaker: "Uwe Bauer"}, "Fünftens. Viertens. Drittens. Zweitens. Erstens."},
		{QuoteQuery{Speaker: "bauer"}, "Sechstens. Fünftens. Viertens. Drittens. Zweitens. Erstens."},
		{QuoteQuery{Key: "uwe-bauer@kreis-dueren"}, "Fünftens. Viertens. Drittens."},
		{QuoteQuery{Key: "uwe-bauer@kreis-anderau"}, "Zweitens. Erstens."},
		{QuoteQuery{Key: "uwe-bauer@kreis-dueren", Source: "staedteregion-aachen"}, "Viertens."},
		{QuoteQuery{Key: "org:deutscher-teichverband@kreis-anderau"}, "Alles gut."},
		{QuoteQuery{Key: "wer-anders@kreis-anderau"}, ""},
		{QuoteQuery{Text: "fuenf*"}, "Fünftens."},
		{QuoteQuery{Text: "Alles gut"}, "Alles gut."},
		{QuoteQuery{State: "NW", From: "2026-01-04", To: "2026-01-07"}, "Siebtens. Fünftens. Viertens."},
	} {
		var got []string
		c.q.Limit = 2 // and page by page
		for {
			page, err := x.Quotes(t.Context(), c.q)
			if err != nil {
				t.Fatalf("%+v: %v", c.q, err)
			}
			for _, q := range page.Quotes {
				got = append(got, q.Text)
			}
			if c.q.After = page.Next; page.Next == "" {
				if len(got) != page.Total {
					t.Errorf("%+v: %d quotes, a total of %d", c.q, len(got), page.Total)
				}
				break
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%+v: %q, want %q", c.q, s, c.want)
		}
	}
	page, err := x.Quotes(t.Context(), QuoteQuery{Speaker: "Uwe Bauer", Source: "staedteregion-aachen"})
	if err != nil {
		t.Fatal(err)
	}
	q := page.Quotes[0]
	want := Quote{
		Release: q.Release, Text: "Viertens.", Kind: "direct", Start: 11, Speaker: "Uwe Bauer", SpeakerKey: "uwe-bauer@staedteregion-aachen",
		SpeakerKind: "person", Roles: []string{"Vorsitzender"}, Organisation: "Deutscher Teichverband", Rule: "own-clause", Title: "Viertens.",
		Source: "staedteregion-aachen", SourceName: "Städteregion Aachen", State: "NW", URL: q.URL, Published: "2026-01-04",
	}
	if diff := cmp.Diff(want, q); diff != "" || schemas.CheckReleaseID(q.Release) != nil {
		t.Error(diff)
	}
	for _, c := range []QuoteQuery{{Key: "x"}, {Key: "@kreis-dueren"}, {Key: "a b@c d"}, {Speaker: "—"}, {Text: "*"}, {State: "ZZ"}, {After: "AAAA"}} {
		_, err := x.Quotes(t.Context(), c)
		wantKind(t, err, schemas.KindInvalid)
	}
}

func TestCounts(t *testing.T) {
	bus, x := fill(t, shelf()...)
	r := shelf()[0]
	r.n, r.source, r.title = 1, anderau, "Haushalt, berichtigt"
	ev := publish(t, bus, r.record(t))
	publishAs(t, bus, ev, schemas.EventWithdrawn, schemas.Tombstone(ev.Release, 0, recorded))
	catchUp(t, x, bus)
	c, err := x.Counts(t.Context(), recorded)
	if err != nil {
		t.Fatal(err)
	}
	if c.Releases != 4 || c.Withdrawn != 1 || len(c.Sources) != 2 || len(c.Hours) != 1 {
		t.Fatalf("%+v", c)
	}
	want := map[string]int{"published": 5, "corrected": 1, "withdrawn": 1}
	if diff := cmp.Diff(want, c.Hours[0].Events); diff != "" {
		t.Error(diff)
	}
	a := c.Sources[0]
	if a.ID != "kreis-anderau" || a.State != "BY" || a.Releases != 3 || a.Withdrawn != 1 || a.Events["published"] != 4 ||
		a.Newest == nil || a.Newest.Title != "Nachts" {
		t.Errorf("%+v", a)
	}
	if c, err := x.Counts(t.Context(), recorded.Add(time.Hour)); err != nil || len(c.Hours) != 0 || c.Releases != 4 {
		t.Errorf("an hour later: %+v, %v", c, err)
	}
}

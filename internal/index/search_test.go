package index

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

var mayor = schemas.Person{
	Name: "Käthe Großmüller", Title: "Dr.", Given: "Käthe", Family: "Großmüller",
	Roles: []string{"Landrätin"}, Organisation: "Kreis Anderau",
}

// shelf is what the tests of searching ask.
func shelf() []release {
	return []release{
		{
			title: "Haushalt", lead: "Der Kreistag berät.", text: "Die Landrätin sagte: „Wir bauen in Düren neue Straßen.“", published: "2026-03-10",
			people: []schemas.Person{mayor}, quotes: []said{{"Wir bauen in Düren neue Straßen.", 0}},
		},
		{
			title: "Düren feiert", lead: "Ein Fest am Marktplatz.", text: "Viele kamen zum Rhein-Sieg-Kreis-Stand.", published: "2026-03-11", source: duren,
			credits: []schemas.Credit{{Holder: "Jörg Schäfer", Agency: "stock.adobe.com", Raw: "Foto: Jörg Schäfer / stock.adobe.com"}},
		},
		{title: "Straßenbau", lead: "In Düren beginnt es.", text: "Kreisverwaltung und Feuerwehr helfen.", published: "2026-03-12T23:30+01:00"},
		{title: "Ohne Datum", text: "Niemand weiß, wann das in Duren war."},
		{title: "Nachts", text: "Um Mitternacht in Weltzeit.", published: "2026-03-14T23:30+00:00"}, // the 15th in Germany
	}
}

func TestSearchText(t *testing.T) {
	_, x := fill(t, shelf()...)
	for text, want := range map[string]string{
		"Düren":                          "Düren feiert, Straßenbau, Haushalt, Ohne Datum", // title, lead, text, newest first
		"dueren":                         "Düren feiert, Straßenbau, Haushalt, Ohne Datum",
		"DUREN":                          "Düren feiert, Straßenbau, Haushalt, Ohne Datum",
		"strassen":                       "Haushalt",
		"Straßen":                        "Haushalt",
		"straße*":                        "Straßenbau, Haushalt",
		"Düren neue":                     "Haushalt",
		"„in Düren neue“":                "Haushalt",
		`"neue Düren"`:                   "",
		`"in Dür"*`:                      "Straßenbau, Haushalt, Ohne Datum",
		"Rhein-Sieg-Kreis-Stand":         "Düren feiert",
		"Kreis-Verwaltung":               "Straßenbau",
		"Sieg-Rhein":                     "",
		"kreis*":                         "Haushalt, Straßenbau, Düren feiert",
		"AND":                            "",
		"Viele*innen":                    "",
		"NOT Düren":                      "",
		"title:Düren":                    "", // a colon is no syntax: two words in a row
		"Düren*":                         "Düren feiert, Straßenbau, Haushalt, Ohne Datum",
		"Fest\u00ad am Markt\u00adplatz": "Düren feiert",
		`Fest "am Marktplatz`:            "Düren feiert",
		"unauffindbar":                   "",
	} {
		if got := titles(t, x, Query{Text: text}); got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
	if got, want := titles(t, x, Query{Text: "düren", Order: Newest}), "Straßenbau, Düren feiert, Haushalt, Ohne Datum"; got != want {
		t.Errorf("newest first: %q, want %q", got, want)
	}
}

func TestSearchFilters(t *testing.T) {
	_, x := fill(t, shelf()...)
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{}, "Nachts, Straßenbau, Düren feiert, Haushalt, Ohne Datum"},
		{Query{Source: "kreis-dueren"}, "Düren feiert"},
		{Query{State: "by"}, "Nachts, Straßenbau, Haushalt, Ohne Datum"},
		{Query{State: "NW", Text: "Haushalt"}, ""},
		{Query{Type: "corrected"}, ""},
		{Query{Type: "published", From: "2026-03-12"}, "Nachts, Straßenbau"},
		{Query{To: "2026-03-12"}, "Straßenbau, Düren feiert, Haushalt"},
		{Query{From: "2026-03-15", To: "2026-03-15"}, "Nachts"},
		{Query{From: "2026-03-14", To: "2026-03-14"}, ""},
		{Query{Person: "Grossmueller"}, "Haushalt"},
		{Query{Person: "Käthe Groß*"}, "Haushalt"},
		{Query{Person: "Großmüller Käthe"}, ""},
		{Query{Speaker: "Käthe Großmüller"}, "Haushalt"},
		{Query{Role: "Landrätin"}, "Haushalt"},
		{Query{Role: "Landrat"}, ""},
		{Query{Credit: "Jörg Schäfer"}, "Düren feiert"},
		{Query{Credit: "stock.adobe.com"}, "Düren feiert"},
		{Query{Credit: "Adobe", Text: "Fest", Source: "kreis-dueren", From: "2026-01-01"}, "Düren feiert"},
	} {
		if got := titles(t, x, c.q); got != c.want {
			t.Errorf("%+v finds %q, want %q", c.q, got, c.want)
		}
	}
}

func TestSearchRefuses(t *testing.T) {
	_, x := fill(t, shelf()[0])
	for _, c := range []struct {
		q     Query
		parts []string
	}{
		{Query{Text: "…!*"}, []string{"text", "no word"}},
		{Query{Text: strings.Repeat("a ", 40)}, []string{"more than 32"}},
		{Query{Text: strings.Repeat("a", 1001)}, []string{"longer than 1000"}},
		{Query{Text: "Kreis Dü*"}, []string{"text", "du*", "at least 3 letters"}},
		{Query{Person: "K*"}, []string{"person", "at least 3 letters"}},
		{Query{Person: "--"}, []string{"person", "no word"}},
		{Query{Source: "Kreis Düren"}, []string{"source"}},
		{Query{State: "XX"}, []string{"state"}},
		{Query{Type: "new"}, []string{"type", "published"}},
		{Query{From: "gestern"}, []string{"from", "2006-01-02"}},
		{Query{From: "2026-02-30"}, []string{"from"}},
		{Query{From: "2026-03-02", To: "2026-03-01"}, []string{"to", "before"}},
		{Query{Order: "random"}, []string{"order", "newest or best"}},
		{Query{Limit: 201}, []string{"limit", "1 to 200"}},
		{Query{Limit: -1}, []string{"limit"}},
		{Query{After: "abc"}, []string{"after"}},
	} {
		_, err := x.Search(t.Context(), c.q)
		wantKind(t, err, schemas.KindInvalid, c.parts...)
	}
}

// TestPages reads an answer page by page, with and without a text, while newer releases come in between: each is seen once.
func TestPages(t *testing.T) {
	var list []release
	for i := range 23 {
		r := release{title: "Meldung " + string(rune('A'+i)), text: "Ein Wort.", published: "2026-03-10"}
		if i%3 == 0 {
			r.title += " Wort"
		}
		list = append(list, r)
	}
	bus, x := fill(t, list...)
	for _, q := range []Query{{Limit: 5}, {Text: "Wort", Limit: 5}, {Text: "Wort", Limit: 4, Order: Newest}} {
		seen, pages := map[string]bool{}, 0
		for {
			page, err := x.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if pages++; len(page.Hits) > q.Limit || page.Total < 23 {
				t.Fatalf("%+v: %d hits of %d", q, len(page.Hits), page.Total)
			}
			for _, h := range page.Hits {
				if seen[h.ID] {
					t.Errorf("%+v: %s is shown twice", q, h.Title)
				}
				seen[h.ID] = true
			}
			if page.Next == "" {
				break
			}
			if pages == 2 {
				other := q
				other.Text, other.After = "Meldung", page.Next
				_, err := x.Search(t.Context(), other)
				wantKind(t, err, schemas.KindInvalid, "after")
				other = q
				other.After = page.Next[:len(page.Next)-1] + "A"
				if other.After == page.Next {
					other.After = page.Next[:len(page.Next)-1] + "Q"
				}
				_, err = x.Search(t.Context(), other)
				wantKind(t, err, schemas.KindInvalid, "after")
				publish(t, bus, release{n: 100 + pages, source: anderau, title: "Neuer", text: "Ein Wort.", published: "2026-03-20"}.record(t))
				catchUp(t, x, bus)
			}
			q.After = page.Next
		}
		if len(seen) < 23 {
			t.Errorf("%+v: %d releases on %d pages", q, len(seen), pages)
		}
	}
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("Ein Satz ohne Belang steht hier. ", 20)
	for _, c := range []struct{ name, text, asked, want string }{
		{"short", "In Düren ist Markt.", "dueren", "In [Düren] ist Markt."},
		{"decomposed", "In Du\u0308ren.", "düren", "In [Du\u0308ren]."},
		{"ss", "Große Straße\nin der Straßenbahn", "strasse*", "Große [Straße] in der [Straßenbahn]"},
		{"phrase", "neue in Düren, in Düren neue", `"in Düren neue"`, "neue in Düren, [in Düren neue]"},
		{"hyphen", "Der Rhein-Sieg-Kreis.", "rhein-sieg-kreis", "Der [Rhein-Sieg-Kreis]."},
		{"joined", "Die Kreisverwaltung.", "Kreis-Verwaltung", "Die [Kreisverwaltung]."},
		{"beyond", "𝔘ber 🚒🚒 Düren", "Düren", "𝔘ber 🚒🚒 [Düren]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			words, err := terms("text", c.asked)
			if err != nil {
				t.Fatal(err)
			}
			if got := marked(snippet(c.text, words)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	words, _ := terms("text", "Feuerwehr Düren")
	got := marked(snippet(long+"Die Feuerwehr. "+long+"Die Feuerwehr kam nach Düren. "+long, words))
	if !strings.Contains(got, "Die [Feuerwehr] kam nach [Düren].") || !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") {
		t.Errorf("the snippet is %q", got)
	}
	if got, marks := snippet(long, nil); marks != nil || !strings.HasPrefix(got, "Ein Satz") || len(got) > 260 {
		t.Errorf("without words: %q, %v", got, marks)
	}
}

// marked writes the marks into a snippet.
func marked(s string, marks []Span) string {
	runes, out, at := []rune(s), "", 0
	for _, m := range marks {
		out += string(runes[at:m.Start]) + "[" + string(runes[m.Start:m.End]) + "]"
		at = m.End
	}
	return out + string(runes[at:])
}

func FuzzSnippet(f *testing.F) {
	f.Add("In Düren\nist Markt.", "dueren")
	f.Add(strings.Repeat("a\u0308\u00ad-", 300), `"a a"*`)
	f.Fuzz(func(t *testing.T, text, asked string) {
		text = strings.ToValidUTF8(text, "")
		words, err := terms("text", asked)
		if err != nil {
			return
		}
		s, marks := snippet(text, words)
		n, last := len([]rune(s)), 0
		for _, m := range marks {
			if m.Start < last || m.End <= m.Start || m.End > n {
				t.Fatalf("%q in %q: marks %v", asked, s, marks)
			}
			last = m.End
		}
	})
}

package compare_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/internal/compare"
	"github.com/kreispresse/kreispresse/schemas"
)

func quote(text, speaker string) schemas.Quote {
	q := schemas.Quote{Text: text, Kind: schemas.QuoteDirect}
	if speaker != "" {
		q.Speaker = &schemas.Speaker{Name: speaker, Kind: schemas.SpeakerPerson}
	}
	return q
}

func release(change func(*schemas.Release)) *schemas.Release {
	r := &schemas.Release{
		ID: "r1", Source: schemas.Source{ID: "kreis-lindau"}, Title: "Neue Brücke", Text: "Die Brücke ist fertig.",
		Quotes: []schemas.Quote{quote("Wir sind froh.", "Ute Kern"), quote("Es war Zeit.", "")},
		People: []schemas.Person{{Name: "Ute Kern", Roles: []string{"Landrätin"}}},
	}
	if change != nil {
		change(r)
	}
	return r
}

func TestReleases(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*schemas.Release)
		want   []compare.Difference
	}{
		"the same":     {nil, nil},
		"speaker lost": {func(r *schemas.Release) { r.Quotes[0].Speaker = nil }, []compare.Difference{{compare.SpeakerLost, "Wir sind froh.", "Ute Kern", ""}}},
		"speaker gained": {
			func(r *schemas.Release) { r.Quotes[1] = quote("Es war Zeit.", "Bo Ahl") },
			[]compare.Difference{{compare.SpeakerGained, "Es war Zeit.", "", "Bo Ahl"}},
		},
		"speaker changed": {
			func(r *schemas.Release) { r.Quotes[0] = quote("Wir sind froh.", "Bo Ahl") },
			[]compare.Difference{{compare.SpeakerChanged, "Wir sind froh.", "Ute Kern", "Bo Ahl"}},
		},
		"quote lost":   {func(r *schemas.Release) { r.Quotes = r.Quotes[:1] }, []compare.Difference{{compare.QuoteLost, "Es war Zeit.", "", ""}}},
		"quote gained": {func(r *schemas.Release) { r.Quotes = append(r.Quotes, quote("Ja.", "")) }, []compare.Difference{{compare.QuoteGained, "Ja.", "", ""}}},
		"said once less": {
			func(r *schemas.Release) { r.Quotes[1] = quote("Wir sind froh.", "Ute Kern") },
			[]compare.Difference{{compare.QuoteGained, "Wir sind froh.", "", "Ute Kern"}, {compare.QuoteLost, "Es war Zeit.", "", ""}},
		},
		"quote of another kind": {
			func(r *schemas.Release) { r.Quotes[0].Kind = schemas.QuoteFragment },
			[]compare.Difference{{compare.QuoteKind, "Wir sind froh.", "direct", "fragment"}},
		},
		"another role": {
			func(r *schemas.Release) { r.People[0].Roles = []string{"Bürgermeisterin"} },
			[]compare.Difference{{compare.RolesChanged, "Ute Kern", "Ute Kern, Landrätin", "Ute Kern, Bürgermeisterin"}},
		},
		"a person less and one more": {
			func(r *schemas.Release) { r.People = []schemas.Person{{Name: "Bo Ahl", Title: "Dr."}} },
			[]compare.Difference{{compare.PersonGained, "Bo Ahl", "", "Dr. Bo Ahl"}, {compare.PersonLost, "Ute Kern", "Ute Kern, Landrätin", ""}},
		},
		"title": {func(r *schemas.Release) { r.Title = "Neue Brücken" }, []compare.Difference{{"title", "", "Neue Brücke", "Neue Brücken"}}},
		"credits": {
			func(r *schemas.Release) {
				r.Credits = []schemas.Credit{{Holder: "Ina Roth", Agency: "Pixelhof"}, {Holder: "Stadt"}}
			},
			[]compare.Difference{{"credits", "", "", "Ina Roth / Pixelhof\nStadt"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, compare.Releases(release(nil), release(tt.change))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReport(t *testing.T) {
	var r compare.Report
	for range 20 {
		r.Add(release(nil), release(func(r *schemas.Release) { r.Quotes[0].Speaker = nil }), 3)
	}
	r.Add(release(nil), release(nil), 3)
	r.Add(release(nil), release(func(r *schemas.Release) { r.Title = strings.Repeat("ü", 20_000) }), 3)
	if r.Read != 22 || r.Differ != 21 || r.Quotes != 44 || r.Counts[compare.SpeakerLost] != 20 || len(r.Samples[compare.SpeakerLost]) != 3 {
		t.Errorf("counted %+v", r)
	}
	if got := r.Samples["title"][0].After; len(got) > 17_000 || strings.ContainsRune(got, '\ufffd') {
		t.Errorf("kept %d bytes", len(got))
	}
	if got := r.Lost(); got < 0.45 || got > 0.46 {
		t.Errorf("lost %v", got)
	}
	var both compare.Report
	both.Merge(&r, 4)
	both.Merge(&r, 4)
	if both.Counts[compare.SpeakerLost] != 40 || len(both.Samples[compare.SpeakerLost]) != 4 || both.Lost() != r.Lost() {
		t.Errorf("merged %+v", both)
	}
	if diff := cmp.Diff([]string{compare.SpeakerLost, "title"}, both.Kinds()); diff != "" {
		t.Error(diff)
	}
}

func TestFewLostQuotesAreNoDamage(t *testing.T) {
	var r compare.Report
	r.Add(release(nil), release(func(r *schemas.Release) { r.Quotes = nil }), 1)
	if got := r.Lost(); got != 0 {
		t.Errorf("two of two are %v", got)
	}
}

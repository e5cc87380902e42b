package source

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// units are the Kreise and kreisfreie Städte of each Land, since Hanau became one of the latter on 2026-01-01.
var units = map[string][2]int{
	"BB": {14, 4}, "BE": {0, 1}, "BW": {35, 9}, "BY": {71, 25}, "HB": {0, 2}, "HE": {21, 6}, "HH": {0, 1}, "MV": {6, 2}, "NI": {37, 8},
	"NW": {31, 22}, "RP": {24, 12}, "SH": {11, 4}, "SL": {6, 0}, "SN": {10, 3}, "ST": {11, 3}, "TH": {17, 5},
}

// TestRegistryIsTheCountry: each Kreis and each kreisfreie Stadt is there once, with its keys, and says what is known of it.
func TestRegistryIsTheCountry(t *testing.T) {
	all, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]map[string]string{"ags": {}, "nuts3": {}, "wikidata": {}}
	count := map[string][2]int{}
	for _, s := range all {
		if s.AllowPrivate {
			continue // the demo's
		}
		n := count[s.State]
		switch s.Kind {
		case "landkreis":
			n[0]++
		case "kreisfreie-stadt":
			n[1]++
		default:
			t.Errorf("%s: kind %q", s.ID, s.Kind)
		}
		count[s.State] = n
		if len(s.AGS) != 5 || s.ARS != s.AGS+"0000000" || s.Status == (Status{}) {
			t.Errorf("%s: ags %q, ars %q, status %v", s.ID, s.AGS, s.ARS, s.Status)
		}
		for key, value := range map[string]string{"ags": s.AGS, "nuts3": s.NUTS3, "wikidata": s.Wikidata} {
			if value == "" {
				if s.AGS != "06415" { // Hanau has none of its own yet
					t.Errorf("%s has no %s", s.ID, key)
				}
				continue
			}
			if other := seen[key][value]; other != "" {
				t.Errorf("%s and %s have the same %s %s", other, s.ID, key, value)
			}
			seen[key][value] = s.ID
		}
	}
	if len(seen["ags"]) != 401 {
		t.Errorf("%d units, want 401", len(seen["ags"]))
	}
	for state, want := range units {
		if count[state] != want {
			t.Errorf("%s: %d Kreise and %d kreisfreie Städte, want %v", state, count[state][0], count[state][1], want)
		}
	}
}

// TestCoverage: docs/coverage.md says how much of the country is known and verified. Write it anew with -update.
func TestCoverage(t *testing.T) {
	all, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		n, works, start, press, family int
		standing                       map[string]int
	}
	rows := map[string]*row{"": {standing: map[string]int{}}}
	for code := range schemas.States {
		rows[code] = &row{standing: map[string]int{}}
	}
	for _, s := range all {
		if s.AllowPrivate {
			continue
		}
		for _, r := range []*row{rows[s.State], rows[""]} {
			r.n++
			r.standing[s.Status.Is]++
			for into, yes := range map[*int]bool{
				&r.works: s.Works(), &r.start: s.HasStart(), &r.press: s.Press != "" || s.HasStart(), &r.family: s.Profile != "",
			} {
				if yes {
					*into++
				}
			}
		}
	}
	var b strings.Builder
	b.WriteString("# Coverage\n\nGenerated from the registry (`crawler/source/sources`) by `go test ./crawler/source -run TestCoverage -update`. What a " +
		"status means " +
		"stands in [source-keys.md](source-keys.md); a source is crawled by itself once it is verified: `kreispresse sources verify`.\n\n" +
		"| Land | Kreise and kreisfreie Städte | verified | list or feed known | press page known | CMS known |\n|---|--:|--:|--:|--:|--:|\n")
	line := func(name string, r *row) {
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d |\n", name, r.n, r.works, r.start, r.press, r.family)
	}
	for _, code := range schemas.StateCodes() {
		line(schemas.States[code], rows[code])
	}
	line("**all**", rows[""])
	b.WriteString("\n| status | sources |\n|---|--:|\n")
	for _, is := range Standings {
		if n := rows[""].standing[is]; n > 0 {
			fmt.Fprintf(&b, "| %s | %d |\n", is, n)
		}
	}
	generated(t, "../../docs/coverage.md", b.String())
}

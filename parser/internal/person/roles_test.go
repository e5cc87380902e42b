package person

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestRolesBefore(t *testing.T) {
	run(t, []example{
		{"Der CDU-Fraktionsvorsitzende Till Ramm kam.", []string{"|Till Ramm|m|CDU-Fraktionsvorsitzender|CDU|Till Ramm"}},
		{"Er traf den Beauftragten für Suchtprävention, Nils Ramm.", []string{"|Nils Ramm|m|Beauftragter für Suchtprävention||Nils Ramm"}},
		{"Das sagt die Leiterin des Stadtarchivs, Dr. Katja Ramm.", []string{"Dr.|Katja Ramm|f|Leiterin des Stadtarchivs|Stadtarchiv|Katja Ramm"}},
		{"Kreisdirektorin und Leiterin Silke Ramm sprach.", []string{"|Silke Ramm|f|Leiterin; Kreisdirektorin||Silke Ramm"}},
		{"Der stellvertretende Kreisbrandmeister Nils Ramm kam.", []string{"|Nils Ramm|m|stellvertretender Kreisbrandmeister||Nils Ramm"}},
		{"Mit dem künstlerischen Leiter Nils Ramm geht es weiter.", []string{"|Nils Ramm|m|künstlerischer Leiter||Nils Ramm"}},
		{"Es kam der Glockenexperten Kurt Ramm.", []string{"|Kurt Ramm|m|Glockenexperte||Kurt Ramm"}},
		{"Leiter*in Kim Ramm und Koordinator:in Alex Thole.", []string{"|Kim Ramm||Leiter*in||Kim Ramm", "|Alex Thole||Koordinator:in||Alex Thole"}},
		{"Landrat a. D. Günter Ramm kam.", []string{"|Günter Ramm|m|Landrat a. D.||Günter Ramm"}},
		{"Der Ärztliche Leiter Rettungsdienst Nils Ramm kam.", []string{"|Nils Ramm|m|Ärztlicher Leiter Rettungsdienst|Rettungsdienst|Nils Ramm"}},
		{"Stadtbrandrat Nils Ramm, Laudatorin Anja Thole und Starost Max Witt kamen.", []string{
			"|Nils Ramm|m|Stadtbrandrat||Nils Ramm",
			"|Anja Thole|f|Laudatorin||Anja Thole", "|Max Witt|m|Starost||Max Witt",
		}},
		{"Pressesprecherin: Anja Ramm", []string{"|Anja Ramm|f|Pressesprecherin||Anja Ramm"}},
		{"Mitglied des Landtags ist Anja Ramm.", []string{"|Anja Ramm|f|Mitglied des Landtags|Landtag|Anja Ramm"}},
		{"Es spielte das Orchester unter Leitung von Doris Ramm.", []string{"|Doris Ramm|f|Leitung||Doris Ramm"}},
		{"Das Projekt entstand unter Leitung von Doris Ramm.", []string{"|Doris Ramm|f|||Doris Ramm"}},
		{"Im Namen von Gemeinderat und OB Nils Ramm.", []string{"|Nils Ramm|m|OB||Nils Ramm"}},
		{"Die außenpolitische Sprecherin Anja Ramm kam.", []string{"|Anja Ramm|f|außenpolitische Sprecherin||Anja Ramm"}},
	})
}

func TestRolesOfEnumerations(t *testing.T) {
	run(t, []example{
		{"Die Zeitzeugen Gerd Ramm und Gudrun Thole erzählen.", []string{"|Gerd Ramm|m|Zeitzeuge||Gerd Ramm", "|Gudrun Thole|f|Zeitzeugin||Gudrun Thole"}},
		{"Die Stadträte Max Ramm, Eva Thole und Jan Witt fehlten.", []string{
			"|Max Ramm|m|Stadtrat||Max Ramm", "|Eva Thole|f|Stadträtin||Eva Thole",
			"|Jan Witt|m|Stadtrat||Jan Witt",
		}},
	})
}

func TestRolesAfter(t *testing.T) {
	run(t, []example{
		{"Nils Ramm, Leiter des städtischen Bauhofs, kam.", []string{"|Nils Ramm|m|Leiter des städtischen Bauhofs|städtischen Bauhofs|Nils Ramm"}},
		{"Anja Ramm (SPD) mahnte, Nils Thole (Grüne) nicht.", []string{"|Anja Ramm|f||SPD|Anja Ramm", "|Nils Thole|m||Grüne|Nils Thole"}},
		{"Es gehe nicht (Anja Ramm, CDU).", []string{"|Anja Ramm|f||CDU|Anja Ramm"}},
		{"Anja Ramm (Verein der Heimatfreunde) kam.", []string{"|Anja Ramm|f||Verein der Heimatfreunde|Anja Ramm"}},
		{"Anja Ramm (links) und Nils Thole (2. v. r.) lachten.", []string{"|Anja Ramm|f|||Anja Ramm", "|Nils Thole|m|||Nils Thole"}},
		{"Anja Ramm ist seit dem 1. Februar 2019 Bürgermeisterin für Umwelt.", []string{"|Anja Ramm|f|Bürgermeisterin für Umwelt||Anja Ramm"}},
		{"Anja Ramm wird von der Bürgermeisterin geehrt.", []string{"|Anja Ramm|f|||Anja Ramm"}},
		{"Anja Ramm sprach für die SPD-Fraktion.", []string{"|Anja Ramm|f|||Anja Ramm"}},
		{"So äußerte sich Anja Ramm für die SPD-Fraktion.", []string{"|Anja Ramm|f||SPD-Fraktion|Anja Ramm"}},
		{"Anja Ramm engagierte sich zehn Jahre als Vorsitzende.", []string{"|Anja Ramm|f|Vorsitzende||Anja Ramm"}},
		{"„Es geht los“, kündigt Anja Ramm an, die Leiterin der Bücherei.", []string{"|Anja Ramm|f|Leiterin der Bücherei|Bücherei|Anja Ramm"}},
		{"Anja Ramm, Landrätin a. D. und ehrenamtliche Vorsitzende des Vereins, kam.", []string{"|Anja Ramm|f|Landrätin a. D.; ehrenamtliche " +
			"Vorsitzende des Vereins|Verein|Anja Ramm"}},
		{"Das sagt Nils Ramm, Ärztlicher Leiter Rettungsdienst, dazu.", []string{"|Nils Ramm|m|Ärztlicher Leiter Rettungsdienst|Rettungsdienst|Nils Ramm"}},
		{"Nils Ramm, Leiter Jugendamt in Bonn, fehlte.", []string{"|Nils Ramm|m|Leiter||Nils Ramm"}},
		{"Anja Ramm redet. „Gut“, sagte die Hautärztin.", []string{"|Anja Ramm|f|Hautärztin||Anja Ramm"}},
		{"Er gratulierte Anja Ramm, der Geschäftsführerin der „Freunde der Musik“, herzlich.", []string{"|Anja Ramm|f|Geschäftsführerin der „Freunde " +
			"der Musik“|Freunde der Musik|Anja Ramm"}},
	})
}

func TestRoleMentions(t *testing.T) {
	d := doc("CDU-Stadtrat Nils Ramm und Dezernentin Eva Thole stritten. „Nein“, so der Stadtrat. „Doch“, sagte die Dezernentin. Der Bürgermeister schwieg.")
	got := map[string][]string{}
	for _, p := range Find(d, nil) {
		for _, s := range p.RoleMentions {
			got[p.Name] = append(got[p.Name], d.Slice(s))
		}
	}
	if diff := cmp.Diff(map[string][]string{"Nils Ramm": {"Stadtrat"}, "Eva Thole": {"Dezernentin"}}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestRolesAhead(t *testing.T) {
	run(t, []example{
		{"Die Landrätin sieht das so. Das sei neu, sagte Anja Ramm.", []string{"|Anja Ramm|f|Landrätin||Anja Ramm"}},
		{"Der Landrat sieht das so. Das sei neu, sagte Anja Ramm.", []string{"|Anja Ramm|f|||Anja Ramm"}},
		{"Die Landrätin sieht das so. Anja Ramm und Eva Thole nicht.", []string{"|Anja Ramm|f|||Anja Ramm", "|Eva Thole|f|||Eva Thole"}},
		{"Mit der Landrätin kam Anja Ramm.", []string{"|Anja Ramm|f|||Anja Ramm"}},
		{"Die Schülerin sieht das so. Das sei neu, sagte Anja Ramm.", []string{"|Anja Ramm|f|||Anja Ramm"}},
		{"Die Landrätin kam. Die Leiterin Anja Ramm sprach.", []string{"|Anja Ramm|f|Leiterin||Anja Ramm"}},
	})
}

func TestFullSpan(t *testing.T) {
	d := doc("Es sprach die neue Kreisdezernentin Dr. Eva Thole kurz.")
	p := Find(d, nil)
	if len(p) != 1 || d.Slice(p[0].Mentions[0].Full) != "neue Kreisdezernentin Dr. Eva Thole" {
		t.Errorf("got %+v", p)
	}
}

func TestRoleForms(t *testing.T) {
	for _, c := range []struct{ word, gender, want string }{
		{"Landrats", schemas.GenderMale, "Landrat"},
		{"Landrätin", schemas.GenderFemale, "Landrätin"},
		{"Dezernenten", schemas.GenderMale, "Dezernent"},
		{"Kreisdezernentin", "", "Kreisdezernentin"},
		{"Kinderschutzkoordinatorin", schemas.GenderFemale, "Kinderschutzkoordinatorin"},
		{"Beigeordneten", schemas.GenderFemale, "Beigeordnete"},
		{"Vorsitzende", schemas.GenderMale, "Vorsitzender"},
		{"Stadträte", schemas.GenderFemale, "Stadträtin"},
		{"SPD-Abgeordneter", schemas.GenderMale, "SPD-Abgeordneter"},
		{"Leiter/-in", schemas.GenderFemale, "Leiter/-in"},
		{"Kaufleute", schemas.GenderMale, "Kaufmann"},
		{"Tierärztin", schemas.GenderFemale, "Tierärztin"},
	} {
		r, ok := readRole(c.word)
		if got := r.nominative(c.word, c.gender); !ok || got != c.want {
			t.Errorf("%s (%s): %q %v, want %q", c.word, c.gender, got, ok, c.want)
		}
	}
	for _, w := range []string{"Vorrat", "Quadrat", "Flugzeugträger", "Thüringer", "Verrat", "leiter", "Leitung"} {
		if r, ok := readRole(w); ok {
			t.Errorf("%s is a role: %+v", w, r)
		}
	}
}

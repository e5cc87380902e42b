package parser

import (
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// What a page says of a Sperrfrist, of the use of its text and of whom the press may ask.
func TestNotes(t *testing.T) {
	const clauses = `<p>Der Kreis Musterau ehrt sechs Vereine, die Feier ist im Kreishaus.</p><p>Wer kommen will, meldet sich bis Mittwoch an, die ` +
		`Plätze sind knapp.</p>`
	read := func(html string) *schemas.Release {
		t.Helper()
		r, err := Parse(&schemas.Snapshot{
			URL: "https://www.kreis-musterau.example/presse/feier", FetchedAt: time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC),
			Body: []byte(`<!doctype html><html lang="de"><title>Vereine geehrt</title><meta property="article:published_time" ` +
				`content="2026-03-09T09:00:00+01:00"><main><h1>Vereine geehrt</h1>` + html + `</main>`),
		})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for line, until := range map[string]string{
		"Sperrfrist: 12. März 2026, 10 Uhr":                            "2026-03-12T10:00+01:00",
		"Sperrfrist bis 12.03.2026, 10:30 Uhr":                         "2026-03-12T10:30+01:00",
		"SPERRFRIST: Donnerstag, 2. April 2026, 18.30 Uhr":             "2026-04-02T18:30+02:00",
		"Achtung, Sperrfrist: Donnerstag, 12. März, 10 Uhr":            "2026-03-12T10:00+01:00",
		"+++ Sperrfrist: Freitag, 13. März 2026 +++":                   "2026-03-13",
		"Bitte beachten Sie die Sperrfrist: 12. März 2026, 10 Uhr":     "2026-03-12T10:00+01:00",
		"Es gilt die Sperrfrist bis zum 12. März 2026 um 10 Uhr":       "2026-03-12T10:00+01:00",
		"Embargo: 12.03.2026":                                          "2026-03-12",
		"Sperrfrist: Redebeginn":                                       "",
		"Sperrvermerk: Frei ab Beginn der Veranstaltung":               "",
		"Veröffentlichung frei ab 12. März 2026, 10 Uhr":               "2026-03-12T10:00+01:00",
		"Frei zur Veröffentlichung ab Donnerstag, 12. März 2026":       "2026-03-12",
		"Nicht zur Veröffentlichung vor dem 12. März 2026, 10 Uhr":     "2026-03-12T10:00+01:00",
		"Bitte nicht vor dem 12. März 2026, 10 Uhr veröffentlichen":    "2026-03-12T10:00+01:00",
		"Sperrfrist: 12. März 2026, 10 Uhr, und 13. März 2026, 12 Uhr": "",
	} {
		for where, html := range map[string]string{
			"above": "<p>" + line + "</p>" + clauses, "below": clauses + "<p><b>" + line + "</b></p>",
			"in a line of its own": "<p>Nr. 7<br>" + line + "</p>" + clauses,
		} {
			r := read(html)
			switch {
			case r.Embargo == nil && where != "in a line of its own" || r.Embargo == nil && until != "":
				t.Errorf("%s, %s: no embargo", line, where)
			case r.Embargo != nil && r.Embargo.Until != until:
				t.Errorf("%s, %s: until %q, want %q (%s)", line, where, r.Embargo.Until, until, r.Embargo.Text)
			}
		}
	}
	for _, line := range []string{
		"Die Sperrfrist für Gülle endet am 31. Januar 2026.", "Sperrfrist beim Arbeitslosengeld: was gilt",
		"Sperrfrist: Landwirte dürfen ab 1. Februar wieder düngen",
		"Nach einer Sperrfrist von drei Monaten ist Schluss.", "Frei ab 12 Jahren", "Die Veröffentlichung ist für Mai geplant.",
		"Nicht vor dem 12. März 2026 rechnet der Kreis mit dem Bau.",
		"Veröffentlichung der Ergebnisse am 12. März 2026", "Gesperrt bis 12. März 2026 ist die Straße.",
	} {
		if r := read(clauses + "<p>" + line + "</p>"); r.Embargo != nil {
			t.Errorf("%s: embargo %+v", line, r.Embargo)
		}
	}
	for _, line := range []string{
		"Abdruck honorarfrei, Beleg erbeten", "Abdruck honorarfrei. Um ein Belegexemplar wird gebeten.", "Nachdruck kostenfrei, Belegexemplar erwünscht!",
		"Die Bilder können honorarfrei verwendet werden.", "Das Foto darf bei Nennung des Fotografen im Rahmen der Berichterstattung verwendet werden.",
		"Honorarfrei zum Abdruck", "Verwendung der Fotos nur unter Nennung der Quelle.", "Dieser Text steht zur freien Verfügung.",
		"Die Pressefotos dürfen kostenlos abgedruckt werden.",
	} {
		r := read(clauses + "<p>" + line + "</p>")
		if r.Usage != line {
			t.Errorf("%s: usage %q", line, r.Usage)
		}
	}
	for _, line := range []string{
		"Der Eintritt ist frei, ein Beleg wird nicht gebraucht.", "Die Räder stehen allen zur freien Verfügung.", "Das Buch erscheint als Nachdruck im Mai.",
		"Bilder der Kinder können im Kreishaus gesehen werden.", "Auf dem Druck steht der Wasserdruck von vier Bar.", "Belege bitte bis Mai einreichen.",
	} {
		if r := read(clauses + "<p>" + line + "</p>"); r.Usage != "" {
			t.Errorf("%s: usage %q", line, r.Usage)
		}
	}
}

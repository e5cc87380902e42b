package page

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// What is no release is refused with a hint that says what it is; a short release is not.
func TestRefuse(t *testing.T) {
	items := func(item string) string { return strings.Repeat(item, 8) }
	tests := []struct{ name, body, hint string }{
		{"challenge by title", `<title>Just a moment...</title><body><div id="challenge-form">Checking if the connection is secure</div>`, "bot challenge"},
		{"challenge by its form", `<title>www.kreis.example</title><body><h1>www.kreis.example</h1><div id="challenge-form">` +
			`<p>Wir prüfen Ihre Verbindung, bevor es weitergeht.</p></div>`, "bot challenge"},
		{"soft 404", `<title>Kreis Musterstadt</title><body><main><h1>Seite nicht gefunden</h1>` +
			`<p>Die Seite, die Sie suchen, gibt es nicht mehr. Bitte nutzen Sie unsere Suche.</p></main>`, "error page"},
		{"numbered error", `<title>404 | Kreis Musterstadt</title><body><main><h1>404</h1>` +
			`<p>Leider konnten wir nichts finden, versuchen Sie es noch einmal.</p></main>`, "error page"},
		{"server error", `<title>503 Service Unavailable</title><body><h1>Service Unavailable</h1>` +
			`<p>The server is temporarily unable to service your request.</p>`, "error page"},
		{"login", `<title>Anmelden</title><body><main><h1>Anmelden</h1><form><input name="u"><input type="password"></form>` +
			`<p>Bitte geben Sie Ihre Zugangsdaten ein, um fortzufahren.</p></main>`, "login page"},
		{
			"shell", `<title>Kreis Musterstadt</title><body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>`,
			"empty shell",
		},
		{"redirect", `<head><meta http-equiv="refresh" content="0; url=/neu"></head><body></body>`, "redirect"},
		{"listing", `<title>Pressemitteilungen | Kreis Musterstadt</title><body><main><h1>Pressemitteilungen</h1><ul class="liste">` +
			items(`<li><h3><a href="/presse/1">Kreis baut Radweg an der Rur</a></h3>`+
				`<p>Der Kreis Musterstadt baut im Sommer einen neuen Radweg an der Rur.</p></li>`) + `</ul></main>`, "listing"},
		{"listing of cards", `<title>Aktuelles</title><body><main><h1>Aktuelle Meldungen</h1><div>` +
			items(`<div class="karte"><a href="/presse/1"><h3>Kreis baut Radweg</h3><p>Der Kreis baut im Sommer einen neuen Radweg.</p></a></div>`) +
			`</div></main>`, "listing"},

		{"one sentence", `<title>Kreishaus geschlossen | Kreis Musterstadt</title><body><main><h1>Kreishaus geschlossen</h1>` +
			`<p>Das Kreishaus bleibt am Freitag geschlossen.</p></main>`, ""},
		{"one sentence with a date at its end", `<body><main><h1>Kreishaus geschlossen</h1><p>Das Kreishaus bleibt am 12. März 2024 geschlossen.</p>` +
			`</main>`, ""},
		{"a release about an error", `<body><main><h1>Fehler 404: Ausstellung zur Netzkunst eröffnet</h1>` +
			`<p>Die Galerie des Kreises zeigt ab Sonntag Netzkunst aus vier Jahrzehnten. Landrätin Erika Muster eröffnete die Schau am Freitag vor 80 ` +
			`Gästen und dankte den Künstlerinnen und Künstlern.</p>` +
			`<p>` + strings.Repeat("Zu sehen sind Arbeiten, die das Netz selbst zum Thema haben, von den ersten Seiten bis heute. ", 6) + `</p></main>`, ""},
		{"a release named like a listing", `<body><main><h1>Aktuelles</h1>` +
			`<p>Das Kreishaus bleibt am Freitag wegen einer Personalversammlung geschlossen, auch die Zulassungsstelle.</p></main>`, ""},
		{"a release above a list of others", `<body><main><h1>Kreishaus geschlossen</h1><p>Das Kreishaus bleibt am Freitag geschlossen.</p><ul>` +
			items(`<li><a href="/presse/1">Kreis baut Radweg an der Rur</a></li>`) + `</ul></main>`, ""},
		{"a release that asks not to wait", `<title>Bitte warten Sie nicht</title><body><main><h1>Bitte warten Sie nicht</h1>` +
			`<p>Der Kreis bittet alle, sich früh zur Impfung anzumelden.</p></main>`, ""},
		{"a release about an inspection", `<body><main><h1>Sicherheitsüberprüfung am Damm</h1>` +
			`<p>Der Damm wird am Montag geprüft, der Weg ist dann gesperrt.</p></main>`, ""},
		{"a release about registration beside a login", `<body><header><form><input type="password"></form></header><main><h1>Anmeldung</h1>` +
			`<p>Die Anmeldung zur Ferienbetreuung beginnt am Montag im Kreishaus.</p></main>`, ""},
		{"a release about maintenance", `<body><main><h1>Wartungsarbeiten</h1>` +
			`<p>Das Portal des Kreises ist am Samstag wegen Wartungsarbeiten nicht erreichbar.</p></main>`, ""},
		{"works on the site", `<body><main><h1>Bald wieder da</h1><p>Unser Auftritt wird gerade überarbeitet. Bitte versuchen Sie es später noch ` +
			`einmal.</p></main>`, "about the site itself"},
		{"a page that is not there, kindly", `<body><main><h1>Hier ist nichts</h1><p>Diese Seite wurde leider verschoben oder gelöscht. Nutzen Sie die ` +
			`Suche oder gehen Sie zur Startseite.</p></main>`, "about the site itself"},
		{"a broken machine", `<body><main><h1>Störung</h1><p>Error: die Datenbank ist nicht erreichbar, SQLSTATE[08006].</p></main>`, "about the site itself"},
		{
			"a forwarding in words", `<body><main><h1>Umzug</h1><p>Sie werden in wenigen Sekunden weitergeleitet. Falls nicht, klicken Sie hier.</p></main>`,
			"about the site itself",
		},
		{"works on the site, told as news", `<body><main><h1>Neuer Auftritt</h1><time datetime="2026-03-12">12.03.2026</time>` +
			`<p>Unsere Internetseite ist am Wochenende nicht erreichbar, weil sie umzieht.</p></main>`, ""},
		{"works on the site, with a quote", `<body><main><h1>Neuer Auftritt</h1><p>Unsere Internetseite ist am Wochenende nicht erreichbar.</p>` +
			`<p>„Danach ist sie schneller“, sagte Landrätin Änne Österholt.</p></main>`, ""},
		{"a forwarding by meta element, with words", `<head><meta http-equiv="refresh" content="0; url=/neu"></head><body><main><h1>Kreis Musterau</h1>` +
			`<p>Gleich geht es weiter.</p></main>`, "redirect by meta"},
		{"hits of a search", `<body><main><h1>Was der Kreis meldet</h1><p>1 bis 20 von 147</p><ul>` + items(`<li><a href="/presse/1">Kreis baut Radweg `+
			`an der Rur</a></li>`) + `</ul></main>`, "listing"},
		{"text in divs under a listing's name", `<body><h1>Aktuelles</h1><div>` + strings.Repeat(two+" ", 6) + `</div><ul>` +
			items(`<li><a href="/presse/1">Kreis baut Radweg an der Rur</a></li>`) + `</ul>`, ""},
		{"the release is a file", `<body><main><h1>Haushalt des Kreises</h1><p><a href="/haushalt.pdf">Haushalt 2024 (PDF, 2 MB)</a></p></main>`, ""},
		{"a page that reads itself again", `<head><meta http-equiv="refresh" content="900"></head><body><main><h1>Kreishaus geschlossen</h1><p>Das ` +
			`Kreishaus bleibt am Freitag geschlossen.</p></main>`, ""},
		{"page in a form, as some servers do", `<body><form action="/x"><input type="hidden" name="__VIEWSTATE"><main><h1>Kreishaus geschlossen</h1>` +
			`<p>Das Kreishaus bleibt am Freitag geschlossen.</p></main></form>`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(&schemas.Snapshot{URL: "https://kreis.example/presse/a.php", Body: []byte("<!doctype html><html lang=de>" + tt.body)})
			if tt.hint == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if schemas.KindOf(err) != schemas.KindNoRelease {
				t.Fatalf("error %v, want no_release", err)
			}
			if !strings.Contains(err.Error(), tt.hint) {
				t.Errorf("%v does not say %q", err, tt.hint)
			}
		})
	}
}

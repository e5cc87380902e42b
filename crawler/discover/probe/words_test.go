package probe

import (
	"net/url"
	"testing"
)

func TestPromise(t *testing.T) {
	for name, want := range map[string]int{
		"Pressemitteilungen": 10, "Presse": 8, "Aktuelle Meldungen": 7, "Aktuelles": 6, "Pressekontakt": -8, "Leichte Sprache": -6,
		"Veranstaltungen": -8, "Amtliche Bekanntmachungen": -8, "KFZ-Anmeldung": -8, "Abfall": 0,
		"Kreistag spricht über die Presse und ihre Rolle im Kreis im Jahr": 0, // a headline
	} {
		if got := promise(name); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
	for path, want := range map[string]int{
		"/presse/pressemitteilungen/": 9, "/aktuelles/": 5, "/termine/": -8, "/portal/meldungen/uebersicht-0-1.html": 6, "/": 0,
	} {
		if got := folder(&url.URL{Host: "kreis.example", Path: path}); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	if got := folder(&url.URL{Host: "presse.kreis.example", Path: "/"}); got != 8 {
		t.Errorf("a host of the press: %d", got)
	}
}

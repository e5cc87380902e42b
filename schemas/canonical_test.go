package schemas_test

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestOtherSpellings(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.kreis.example/presse/a": "https://www.kreis.example/presse/a/ https://kreis.example/presse/a https://kreis.example/presse/a/ " +
			"http://www.kreis.example/presse/a http://www.kreis.example/presse/a/ http://kreis.example/presse/a http://kreis.example/presse/a/",
		"http://127.0.0.1:8088/presse/a/?id=7": "http://127.0.0.1:8088/presse/a?id=7 http://www.127.0.0.1:8088/presse/a/?id=7 " +
			"http://www.127.0.0.1:8088/presse/a?id=7",
		"://": "",
	} {
		if got := strings.Join(schemas.OtherSpellings(in), " "); got != want {
			t.Errorf("%s:\n%s, want\n%s", in, got, want)
		}
	}
}

func TestSameDocument(t *testing.T) {
	tests := []struct {
		name, fetched, declared string
		want                    bool
	}{
		{"equal", "https://kreis.example/presse/a.php", "https://kreis.example/presse/a.php", true},
		{"www and scheme", "http://www.kreis.example/presse/a.php", "https://kreis.example/presse/a.php", true},
		{"trailing slash", "https://kreis.example/presse/a", "https://kreis.example/presse/a/", true},
		{"index file", "https://kreis.example/presse/a/index.php", "https://kreis.example/presse/a/", true},
		{"case of the extension", "https://kreis.example/presse/a.HTML", "https://kreis.example/presse/a.html", true},
		{"tracking stripped", "https://kreis.example/presse/a?utm_source=x&print=1", "https://kreis.example/presse/a", true},
		{"session path stripped", "https://kreis.example/presse/a.html;jsessionid=1F.2", "https://kreis.example/presse/a.html", true},
		{"id must not be lost", "https://kreis.example/meldung.aspx?id=7", "https://kreis.example/meldung.aspx", false},
		{"other id", "https://kreis.example/meldung.aspx?id=7", "https://kreis.example/meldung.aspx?id=8", false},
		{"parameter added", "https://kreis.example/presse/a", "https://kreis.example/presse/a?id=1", false},
		{"home page of the template", "https://kreis.example/presse/a", "https://kreis.example/", false},
		{"the listing", "https://kreis.example/presse/a", "https://kreis.example/presse", false},
		{"home page with parameters", "https://kreis.example/?id=7", "https://kreis.example/", false},
		{"other host", "https://kreis.example/presse/a", "https://presse.example/presse/a", false},
		{"other case of the path", "https://kreis.example/Presse/a", "https://kreis.example/presse/a", false},
		{"session token", "https://kreis.example/meldung?sid=83bb21f0c4d97e5a1b6f02d38e7745ac", "https://kreis.example/meldung", true},
		{"number of the article called sid", "https://kreis.example/meldung?sid=7", "https://kreis.example/meldung", false},
		{"number of the article called view", "https://kreis.example/meldung?view=4711", "https://kreis.example/meldung", false},
		{"long number called nn", "https://kreis.example/meldung?nn=2026112600000417", "https://kreis.example/meldung", false},
		{"name called cid", "https://kreis.example/meldung?cid=radweg-an-der-lohe-2026", "https://kreis.example/meldung", false},
		{"kind of page called type", "https://kreis.example/meldung?type=98", "https://kreis.example/meldung", false},
		{"unknown parameter", "https://kreis.example/meldung?blatt=83bb21f0c4d97e5a1b6f02d38e7745ac", "https://kreis.example/meldung", false},
		{"not a URL", "https://kreis.example/presse/a", "://", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := schemas.SameDocument(tt.fetched, tt.declared); got != tt.want {
				t.Errorf("SameDocument(%q, %q) = %v, want %v", tt.fetched, tt.declared, got, tt.want)
			}
		})
	}
}

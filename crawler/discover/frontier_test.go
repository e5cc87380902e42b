package discover

import (
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

func TestPagesOfHTTPSourceAreRaisedToHTTPS(t *testing.T) {
	src := source.Defaults()
	src.ID, src.Name, src.State, src.Base = "kreis-muster", "Kreis Muster", "NW", "https://www.kreis-muster.example/"
	src.Start.Feeds, src.Accept = []string{"/rss"}, []string{"^/presse/"}
	if err := src.Check(); err != nil {
		t.Fatal(err)
	}
	f := NewFrontier(src)
	for raw, want := range map[string]bool{
		"http://www.kreis-muster.example/presse/1": true, "https://WWW.Kreis-Muster.example:443/presse/1?utm_source=x#y": true,
		"http://www.kreis-muster.example:8080/presse/1": false, "https://kreis-muster.example/presse/1": false, "https://www.kreis-muster.example/kontakt": false,
		"ftp://www.kreis-muster.example/presse/1": false, "": false, "::": false,
		"https://www.kreis-muster.example/presse/" + strings.Repeat("x", maxURL): false,
	} {
		if got, _ := f.add(raw, schemas.Hints{}, time.Time{}); (got == taken) != want {
			t.Errorf("add(%q) = %v", raw, got)
		}
	}
	if len(f.Entries) != 1 || f.Entries[0].URL != "https://www.kreis-muster.example/presse/1" {
		t.Errorf("%+v", f.Entries)
	}
}

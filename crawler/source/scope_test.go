package source

import (
	"slices"
	"testing"
)

func TestAcceptAndRefuse(t *testing.T) {
	src := Defaults()
	src.ID, src.Name, src.State, src.Base = "kreis-muster", "Kreis Muster", "NW", "https://a.example/"
	src.Start.Feeds = []string{"/rss"}
	src.Accept, src.Refuse = []string{`^/presse/`, `\?ModID=7&`, `^/märz/`}, []string{`\.media/`, `/entwürfe/`}
	if err := src.Check(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{
		"/presse/1": true, "/presse/1.media/x": false, "/kontakt": false, "/x?FID=1&ModID=7&": false, "/x?ModID=7&a=1": true,
		"/m%C3%A4rz/1": true, "/presse/entw%C3%BCrfe/1": false,
	} {
		if got := src.AcceptsURL("https://a.example" + path); got != want {
			t.Errorf("accepts(%s) = %v", path, got)
		}
	}
}

// TestKreisDuerenAccepts holds the source to the forms of address that are known of its site.
func TestKreisDuerenAccepts(t *testing.T) {
	sources, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	src := sources[slices.IndexFunc(sources, func(s *Source) bool { return s.ID == "kreis-dueren" })]
	for path, want := range map[string]bool{
		"/presse/2021/corona_2021-03-04.php": true, "/presse/2021/Corona_0403.php": true, "/aktuelles/presse/2024/radweg.php": true,
		"/presse/2021/corona.php.media/12/bild.jpg": false, "/presse/": false, "/presse/index.php": false, "/kontakt.php": false,
	} {
		if got := src.AcceptsURL("https://www.kreis-dueren.de" + path); got != want {
			t.Errorf("accepts(%s) = %v", path, got)
		}
	}
}

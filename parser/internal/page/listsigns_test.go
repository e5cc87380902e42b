package page

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// A page with little text is a list when several signs say so, and a release when its title stands above its text, whatever the site
// calls the page and however many others it shows.
func TestListSigns(t *testing.T) {
	linked := func(n int) string {
		return strings.Repeat(`<h3><a href="/m/1">Neue Busse im Kreis</a></h3><p>Ab Mai fahren sie.</p>`, n)
	}
	links := strings.Repeat(`<li><a href="/m/1">Kreis baut Radweg an der Rur</a></li>`, 5)
	const short = `<p>Das Kreishaus bleibt am Freitag geschlossen.</p>`
	for _, x := range []struct {
		name, url, html string
		list            bool
	}{
		{"linked headings under a title that names a list", "/amt/neues/", `<title>News - Amt für Wege</title><main><p>Amt für ` +
			`Wege</p>` + linked(4) + `</main>`, true},
		{"what it says of itself, and its address", "/amt/archiv/", `<title>Archiv - Amt für Wege</title><main><p>Hier finden Sie unsere Meldungen von ` +
			`früher.</p><ul><li><a href="/1">Weg</a></li></ul></main>`, true},
		{"a list by its heading and its items", "/amt/", `<title>Amt für Wege</title><main><h1>Aktuelles</h1><ul>` + links + `</ul></main>`, true},
		{"teasers with marks of articles", "/amt/news/", `<title>News - Amt für Wege</title><main>` + linked(3) +
			`<div><meta property="article:published_time" content="2026-01-01"></div></main>`, true},
		{"what it says of itself, in the second line", "/amt/archiv/", `<title>Archiv - Amt für Wege</title><main><p>Amt</p><p>Hier finden Sie unsere ` +
			`Meldungen von früher.</p></main>`, true},
		{"texts that are cut short", "/amt/neues/", `<title>News - Amt für Wege</title><main><h2><a href="/1">Bus</a></h2><p>Ab Mai. &gt; mehr ` +
			`Info</p><p>Auch am Fluss. &gt; mehr Info</p></main>`, true},
		{"one that is cut short", "/amt/neues/", `<title>News - Amt für Wege</title><main><h2><a href="/1">Bus</a></h2><p>Ab Mai. &gt; mehr Info</p><p>Auch ` +
			`am Fluss.</p></main>`, false},
		{"address with an index", "/aktuelles/index.php", `<title>Aktuelles | Amt</title><main>` + linked(3) + `</main>`, true},

		{"a short release under a site's section", "/aktuelles/", `<title>Aktuelles - Gemeinde Moor</title><main><h1>Kreishaus ` +
			`geschlossen</h1>` + short + `</main>`, false},
		{"… above others", "/aktuelles/", `<title>Aktuelles - Gemeinde Moor</title><main><h1>Kreishaus geschlossen</h1>` + short + linked(3) + `</main>`, false},
		{"… above a list of links", "/presse/", `<title>Presse - Gemeinde Moor</title><main><h2>Kreishaus ` +
			`geschlossen</h2>` + short + `<ul>` + links + `</ul></main>`, false},
		{"a heading that leads to its own page", "/presse/weg", `<title>Presse</title><main><h2><a href="/presse/weg">Kreishaus ` +
			`geschlossen</a></h2>` + short + linked(4) + `</main>`, false},
		{"a release that says so", "/news/", `<title>News - Amt</title><meta property="og:type" content="article"><main><p>Hier finden Sie ` +
			`Neues.</p>` + linked(4) + `</main>`, false},
		{"two linked headings", "/amt/neues/", `<title>News - Amt für Wege</title><main><p>Amt für Wege</p>` + linked(2) + `</main>`, false},
		{"no list to see", "/aktuelles/", `<title>Aktuelles | Amt</title><main><h1>Aktuelles</h1>` + short + `</main>`, false},
		{"a hint at a list below the text", "/amt/archiv/", `<title>Archiv - Amt</title><main><p>Das Haus ist zu.</p><p>Auch am Montag.</p><p>Und dann ` +
			`nicht.</p><p>Hier finden Sie unsere Meldungen.</p></main>`, false},
		{"somebody speaks", "/news/", `<title>News - Amt</title><main><p>„Der Bus fährt“, sagte Landrat Jan Holtmann.</p></main>`, false},
		{"a long text", "/news/", `<title>News - Amt</title><main><p>` + prose(12) + `</p>` + linked(3) + `</main>`, false},
	} {
		_, err := Read(&schemas.Snapshot{URL: "https://www.kreis.example" + x.url, Body: []byte("<!doctype html><html lang=de>" + x.html)})
		if got := schemas.KindOf(err) == schemas.KindNoRelease; got != x.list {
			t.Errorf("%s: taken for a list: %v, want %v (%v)", x.name, got, x.list, err)
		}
	}
}

// Pages of the site's own are known by their whole title.
func TestServicePages(t *testing.T) {
	for title, service := range map[string]bool{
		"Impressum": true, "Datenschutzerklärung": true, "Kontakt": true, "Newsletter abonnieren": true, "Erklärung zur Barrierefreiheit": true,
		"Impressum für Vereine: worauf es ankommt": false, "Newsletter des Kreises erscheint": false, "Kontaktverbot gilt weiter": false, "Hilfe für Nachbarn": false,
	} {
		_, err := Read(&schemas.Snapshot{URL: "https://www.kreis.example/x", Body: []byte(`<!doctype html><html ` +
			`lang="de"><title>` + title + ` | Kreis</title><main><h1>` + title +
			`</h1><p>` + prose(3) + `</p></main>`)})
		if got := schemas.KindOf(err) == schemas.KindNoRelease; got != service {
			t.Errorf("%s: %v, want %v", title, got, service)
		}
	}
}

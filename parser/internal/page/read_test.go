package page

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

func read(t *testing.T, body string) *Page {
	t.Helper()
	p, err := Read(&schemas.Snapshot{URL: "https://www.kreis.example/presse/2024/radweg.php", Body: []byte("<!doctype html><html lang=de>" + body)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func texts(p *Page) []string {
	out := []string{}
	for _, x := range p.Pieces {
		out = append(out, x.Type+": "+text.Normalise(x.Text))
	}
	return out
}

const (
	one = "Der Kreis Musterstadt baut im Sommer einen neuen Radweg, die Arbeiten beginnen im Mai."
	two = "Landrätin Erika Muster hat die Pläne am Montag vorgestellt, der Kreistag stimmt im März ab."
)

// What stands around the text in the same element is left out; what belongs to it is kept, in the order of reading.
func TestText(t *testing.T) {
	p1, p2 := "paragraph: "+one, "paragraph: "+two
	tests := []struct {
		name, body string
		want       []string
	}{
		{"paragraphs", "<main><h1>Radweg</h1><p>" + one + "</p><p>" + two + "</p></main>", []string{p1, p2}},
		{"divs without p", "<main><h1>Radweg</h1><div>" + one + "</div><div>" + two + "</div></main>", []string{p1, p2}},
		{"bare text with double breaks", "<div id=content><h1>Radweg</h1>" + one + "<br>\n<br />" + two + "</div>", []string{p1, p2}},
		{"breaks with blanks between", "<main><h1>Radweg</h1><p>" + one + "<br>&nbsp;<br>" + two + "</p></main>", []string{p1, p2}},
		{"single breaks join", "<main><h1>Radweg</h1><p>Der Kreis Musterstadt baut im Sommer<br>einen neuen Radweg, die Arbeiten beginnen im " +
			"Mai.</p></main>", []string{p1}},
		{"soft hyphens and NBSP", "<main><h1>Radweg</h1><p>" +
			strings.Replace(strings.Replace(one, "Muster", "Mus&shy;ter", 1), "im Mai", "im&nbsp;Mai", 1) + "</p></main>", []string{p1}},
		{
			"q has marks", "<main><h1>Radweg</h1><p>" + one + "</p><p>Sie sagte: <q>Der Weg hilft <q>allen</q> hier.</q></p></main>",
			[]string{p1, "paragraph: Sie sagte: „Der Weg hilft ‚allen‘ hier.“"},
		},
		{"q with marks of its own", "<main><h1>Radweg</h1><p>" + one +
			"</p><p>Sie sagte: <q>„Der Weg hilft.“</q></p></main>", []string{p1, "paragraph: Sie sagte: „Der Weg hilft.“"}},
		{"q between marks", "<main><h1>Radweg</h1><p>" + one +
			"</p><p>Sie sagte: „<q>Der Weg hilft.</q>“</p></main>", []string{p1, "paragraph: Sie sagte: „Der Weg hilft.“"}},
		{
			"headings, lists, quotations", "<main><h1>Radweg</h1><p>" + one + "</p><h2>Nächster " +
				"Schritt</h2><ul><li>Planung</li><li>Bau</li></ul><blockquote><p>" + two + "</p></blockquote></main>",
			[]string{p1, "heading: Nächster Schritt", "list_item: Planung", "list_item: Bau", "blockquote: " + two},
		},
		{
			"table of data", "<main><h1>Radweg</h1><p>" + one + "</p><table><tr><th>Ort</th><th>Länge</th></tr><tr><td>Altdorf</td><td>3 " +
				"km</td></tr></table></main>",
			[]string{p1, "paragraph: Ort | Länge", "paragraph: Altdorf | 3 km"},
		},
		{"navigation, breadcrumb, share bar, footer", `<nav><a href="/a">Start</a></nav><main><ol class="breadcrumb"><li><a href="/">Start</a></li></ol>` +
			`<h1>Radweg</h1><p>` + one + `</p><p>` + two + `</p>
			<div class="share-buttons"><a href="https://x.example">Teilen</a></div><p><a href="/presse">Zurück zur Übersicht</a></p></main><footer><p>Der ` +
			`Kreis Musterstadt ist für Sie da, rufen Sie gern an.</p></footer>`, []string{p1, p2}},
		{"caption and credit", `<main><h1>Radweg</h1><figure><img src="a.jpg"><figcaption>Der Weg bei Altdorf. Foto: Kreis</figcaption></figure><p>` +
			one + "</p><p>Foto: Kreis Musterstadt</p><p>" + two + " (Foto: Kreis Musterstadt)</p></main>", []string{p1, p2}},
		{"caption in a div", `<main><h1>Radweg</h1><p>` + one + `</p><div class="image-box"><img src="a.jpg">` +
			`<p>Der Weg bei Altdorf ist bald fertig.</p></div><p>` + two + "</p></main>", []string{p1, p2}},
		{"related pages and teasers", "<main><article><h1>Radweg</h1><p>" + one + "</p><p>" + two +
			`</p></article><h2>Weitere Meldungen</h2><article><h3><a href="/1">Bus</a></h3>` +
			`<p>Der Kreis Musterstadt kauft neue Busse, sie fahren im Herbst.</p></article></main>`, []string{p1, p2}},
		{"teaser box between paragraphs", "<main><h1>Radweg</h1><p>" + one + `</p><h3>Lesen Sie auch</h3><p><a href="/1">Bus fährt wieder</a></p>` +
			`<p>` + two + "</p></main>", []string{p1, p2}},
		{
			"consent layer longer than the text", "<main><h1>Radweg</h1><p>" + one + " " + two + " " + one + " " + two +
				`</p></main><div class="cookie-banner">` + strings.Repeat("<p>Wir verwenden Cookies, um Ihnen die Seite so angenehm wie möglich zu "+
				"machen.</p>", 12) + "</div>",
			[]string{p1 + " " + two + " " + one + " " + two},
		},
		{"easy language box, print and read-aloud buttons", `<main><div class="SP-EasyLanguage">` +
			`<p>Für eine Ansicht in Einfacher Sprache bitte den Knopf drücken.</p></div><h1>Radweg</h1><button>Vorlesen</button><p>Drucken</p><p>` +
			one + "</p></main>", []string{p1}},
		{"hidden by style and class", `<main><h1>Radweg</h1><p>` + one + `</p>` +
			`<p style="display: none">Unsichtbarer Satz, der nicht gelesen werden soll.</p>` +
			`<p class="visually-hidden">Noch ein Satz, der nicht zu sehen ist.</p></main>`, []string{p1}},
		{"link for screen readers", `<main><h1>Radweg</h1><p>` +
			strings.Replace(one, "Radweg", `<a href="/r">Radweg (Öffnet in einem neuen Tab)</a>`, 1) + "</p></main>", []string{p1}},
		{"button inside a sentence", `<main><h1>Radweg</h1><p>` + strings.Replace(one, "Radweg", `<button class="glossar">Radweg</button>`, 1) +
			"</p></main>", []string{p1}},
		{"wrapper named like navigation", `<div class="page-with-sidebar"><h1>Radweg</h1><p>` + one + "</p></div>", []string{p1}},
		{"article in sections", "<article><header><h1>Radweg</h1></header><section><p>" + one + "</p></section><section><p>" + two +
			"</p></section></article>", []string{p1, p2}},
		{"press contact", "<main><h1>Radweg</h1><p>" + one + "</p><h3>Pressekontakt</h3><p>Hans Beispiel, Telefon 02421 22-1000, ist für Sie da und " +
			"hilft gern weiter.</p></main>", []string{p1}},
		{"date and author lines", "<main><h1>Radweg</h1><p>Musterstadt, 3. Mai 2024</p><p>Von Hans Beispiel</p><p>" + one + "</p></main>", []string{p1}},
		{
			"date inside a first sentence", "<main><h1>Radweg</h1><p>Der Weg ist ab 3. Mai 2024 offen.</p></main>",
			[]string{"paragraph: Der Weg ist ab 3. Mai 2024 offen."},
		},
		{"lead by name", `<main><h1>Radweg</h1><p class="intro">` + one + "</p><p>" + two + "</p></main>", []string{"lead: " + one, p2}},
		{"lead in bold", `<main><h1>Radweg</h1><p><strong>` + one + "</strong></p><p>" + two + "</p></main>", []string{"lead: " + one, p2}},
		{"tweets and forms", "<main><h1>Radweg</h1><p>" + one + `</p><blockquote class="twitter-tweet">` +
			`<p>Das ist ein Tweet, der nicht zum Text gehört.</p></blockquote><form><p>Bitte melden Sie sich hier zum Abend an.</p><input type="text">` +
			`</form></main>`, []string{p1}},
		{"text before the title", "<main><p>Pressemitteilung Nr. 12</p><h1>Radweg</h1><p>" + one + "</p></main>", []string{p1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, texts(read(t, tt.body))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	text := "<p>" + one + "</p><p>" + two + "</p>"
	tests := []struct{ name, body, title, kicker string }{
		{"h1", "<main><h1>Kreis baut Radweg</h1>" + text + "</main>", "Kreis baut Radweg", ""},
		{"hidden headings before", `<h1 class="aural">Navigation und Service</h1><main><h1>Kreis baut Radweg</h1>` + text +
			`</main><h1 class="aural">Servicebereich</h1>`, "Kreis baut Radweg", ""},
		{"site name in an h1", `<title>Kreis baut Radweg | Kreis Musterstadt</title><header><h1>Kreis Musterstadt</h1></header><main>` +
			`<h2>Kreis baut Radweg</h2>` + text + "</main>", "Kreis baut Radweg", ""},
		{"site name in the only heading, title in bold", `<title>Kreis baut Radweg - bis Mai - Kreis Musterstadt</title><div id="kopf">` +
			`<h1>Kreis Musterstadt</h1></div>` +
			`<div id="pfad">Start &gt; Meldung</div><div><div class="ueb"><b>Kreis baut Radweg - bis Mai</b></div><div>` + text +
			"</div></div>", "Kreis baut Radweg - bis Mai", ""},
		{"site name before the title's, shorter title", `<title>Stadtverwaltung Musterstadt | Radwegebau</title><h1>Stadtverwaltung Musterstadt</h1>` +
			`<div><p><strong>Radwegebau</strong></p>` +
			text + "</div>", "Radwegebau", ""},
		{"name of a site that signs with it", `<title>Radwegebau :: rur-blick lokal</title><h1>rur-blick lokal</h1><div><p><strong>Radwegebau</strong></p>` +
			text + "</div><p>© rur-blick lokal</p>", "Radwegebau", ""},
		{"name of a site that leads home", `<title>Radwegebau - Rurblick</title><h1><a href="/">Rurblick</a></h1><div><p><strong>Radwegebau</strong>` +
			`</p>` + text + "</div>", "Radwegebau", ""},
		{
			"the department below the title is no title", `<title>Kreis baut Radweg - Straßenverkehrsamt</title><main><h1>Kreis baut Radweg</h1>` +
				`<p>Straßenverkehrsamt</p>` + text + "</main>",
			"Kreis baut Radweg", "",
		},
		{
			"the publisher below the title is no title", `<title>Radwegebau | Kreis Musterstadt an der Rur</title><main><h1>Radwegebau</h1>` +
				`<p>Kreis Musterstadt an der Rur</p>` + text + "</main>",
			"Radwegebau", "",
		},
		{"kicker the title begins with", `<main><p class="kicker">Kreis</p><h1>Kreis baut Radweg</h1>` + text + "</main>", "Kreis baut Radweg", "Kreis"},
		{"the department's heading above", "<main><h1>Pressemitteilungen</h1><h2>Kreis baut Radweg</h2>" + text + "</main>", "Kreis baut Radweg", ""},
		{"the department's heading alone", `<meta property="og:site_name" content="Kreis Musterstadt">` +
			`<title>Kreis baut Radweg | Kreis Musterstadt</title><main><h1>Pressemitteilungen</h1>` + text + "</main>", "Kreis baut Radweg", ""},
		{"the last heading before the text", `<title>Kreis Musterstadt</title><div><h2>Ortssuche</h2></div><div><h2>Kreis baut Radweg</h2>` + text +
			"</div>", "Kreis baut Radweg", ""},
		{"date inside", `<main><h1><time datetime="2024-05-03">3. Mai 2024</time> Kreis baut Radweg</h1>` + text + "</main>", "Kreis baut Radweg", ""},
		{"kicker inside", `<main><h1><span class="kicker">Verkehr</span> <span class="headline">Kreis baut Radweg</span></h1>` + text +
			"</main>", "Kreis baut Radweg", "Verkehr"},
		{"kicker before", `<main><p class="dachzeile">Verkehr:</p><h1>Kreis baut Radweg</h1>` + text + "</main>", "Kreis baut Radweg", "Verkehr"},
		{"unnamed kicker told by og:title", `<meta property="og:title" content="Kreis baut Radweg"><main><h1><span>Verkehr</span><br>` +
			`<span>Kreis baut Radweg</span></h1>` + text + "</main>", "Kreis baut Radweg", "Verkehr"},
		{"a kicker that the other titles hold", `<meta property="og:title" content="Verkehr: Kreis baut Radweg"><main><h1>` +
			`<span class="kicker">Verkehr</span> <span>Kreis baut Radweg</span></h1>` + text + "</main>", "Kreis baut Radweg", "Verkehr"},
		{"og:title with the site's name", `<meta property="og:site_name" content="Kreis Musterstadt">` +
			`<meta property="og:title" content="Kreis baut Radweg - Kreis Musterstadt"><main>` + text + "</main>", "Kreis baut Radweg", ""},
		{"title with the site's name before", `<meta property="og:site_name" content="Kreis Musterstadt">` +
			`<title>Kreis Musterstadt: Haushalt: Kreis baut Radweg</title><main>` + text + "</main>", "Haushalt: Kreis baut Radweg", ""},
		{"colon in a title stays", `<title>Haushalt: Kreis baut Radweg</title><main>` + text + "</main>", "Haushalt: Kreis baut Radweg", ""},
		{"structured data", `<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","headline":"Kreis baut ` +
			`&quot;Radweg&quot;"}]}</script><main>` + text + "</main>", `Kreis baut "Radweg"`, ""},
		{"heading in the breadcrumb", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Kreis baut Radweg an der Rur"}</script>` +
			`<nav class="breadcrumb"><h1>Radweg Rur: Alles zum Bau</h1></nav><main><h2>Kreis baut Radweg an der Rur</h2>` + text +
			"</main>", "Kreis baut Radweg an der Rur", ""},
		{"soft hyphens", "<main><h1>Kreis baut Rad&shy;weg</h1>" + text + "</main>", "Kreis baut Radweg", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := read(t, tt.body)
			if p.Title != tt.title || p.Kicker != tt.kicker {
				t.Errorf("title %q, kicker %q; want %q, %q (%s)", p.Title, p.Kicker, tt.title, tt.kicker, p.Why["title"])
			}
			for _, x := range p.Pieces {
				if strings.Contains(x.Text, "Radweg") && x.Type == schemas.BlockHeading {
					t.Errorf("the title is in the text: %q", x.Text)
				}
			}
		})
	}
}

func TestLanguage(t *testing.T) {
	for _, tt := range []struct{ html, header, want string }{
		{`<html lang="de">`, "", "de"},
		{`<html lang="de-DE">`, "en", "de-DE"},
		{`<html><meta http-equiv="Content-Language" content="de, en">`, "", "de"},
		{`<html><meta property="og:locale" content="de_AT">`, "", "de-AT"},
		{`<html lang="">`, "nds", "nds"},
		{`<html lang="deutsch?!">`, "", ""},
		{`<html>`, "", ""},
	} {
		s := &schemas.Snapshot{URL: "https://kreis.example/a", Body: []byte("<!doctype html>" + tt.html + "<main><h1>Radweg</h1><p>" + one + "</p></main>")}
		s.Header.Language = tt.header
		p, err := Read(s)
		if err != nil {
			t.Fatal(err)
		}
		if p.Language != tt.want {
			t.Errorf("%s with header %q: %q, want %q", tt.html, tt.header, p.Language, tt.want)
		}
	}
}

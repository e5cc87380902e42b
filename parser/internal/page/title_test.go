package page

import (
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestTitleKinds holds the ways in which pages set, hide and repeat their titles.
func TestTitleKinds(t *testing.T) {
	text := "<p>" + one + "</p><p>" + two + "</p>"
	for _, tt := range []struct{ name, body, title, kicker string }{
		// the name of the site
		{"a long name of the site", `<title>Neuer Steg - Wasserverband der Gemeinden an Ahse und Lippe e.V.</title>` +
			`<meta property="og:site_name" content="Wasserverband der Gemeinden an Ahse und Lippe e.V."><main><h1>Neuer Steg</h1>` + text, "Neuer Steg", ""},
		{"… that the page has no heading for", `<title>Neuer Steg | Verbandsgemeinde Altdorf am Walde</title><main>` + text, "Neuer Steg", ""},
		{"… before the title", `<title>Stadt Altdorf am Walde » Neuer Steg</title><main>` + text, "Neuer Steg", ""},
		{"… with a dash", `<title>Neuer Steg – Polizeiinspektion Altdorf</title><main>` + text, "Neuer Steg", ""},
		{"… and a section", `<title>Neuer Steg - Presse - Landratsamt Altdorf</title><main>` + text, "Neuer Steg", ""},
		{"a host as the name", `<title>Neuer Steg - altdorf-online.example</title><main>` + text, "Neuer Steg", ""},
		{"an unknown name behind a strong mark", `<title>Neuer Steg :: Ahsebote</title><main>` + text, "Neuer Steg", ""},
		{"the name by its initials in the address", `<title>KREIS - Neuer Steg an der Ahse</title><main>` + text, "Neuer Steg an der Ahse", ""},
		{"the name of the publisher", `<script type="application/ld+json">` +
			`{"@type":"NewsArticle","headline":"Neuer Steg - Ahsewelle","publisher":{"@type":"Organization",` +
			`"name":"Ahsewelle"}}</script><main>` + text, "Neuer Steg", ""},
		{
			"marks inside of the title", `<title>Bad | Bus | Bibliothek: Was 2027 teurer wird | Gemeinde Altdorf</title><main>` + text,
			"Bad | Bus | Bibliothek: Was 2027 teurer wird", "",
		},
		{"a dash inside of the title", `<title>Steg – und was nun? - Gemeinde Altdorf</title><main>` + text, "Steg – und was nun?", ""},
		{
			"the name in the heading", `<meta property="og:site_name" content="Gemeinde Altdorf"><title>Neuer Steg</title><main><h1>` +
				`Neuer Steg | Gemeinde Altdorf</h1>` + text,
			"Neuer Steg", "",
		},
		{"an authority as the subject", `<title>Jobcenter Altdorf: Mehr Plätze - Gemeinde Altdorf</title><main>` + text, "Jobcenter Altdorf: Mehr Plätze", ""},
		{
			"… in the heading", `<title>Jobcenter Altdorf: Mehr Plätze</title><meta property="og:title" content="Jobcenter Altdorf: Mehr Plätze"><main>` +
				`<h1>Jobcenter Altdorf: Mehr Plätze</h1>` + text, "Jobcenter Altdorf: Mehr Plätze", "",
		},
		{"a path as the title", `<title>Startseite › Aktuelles › Neuer Steg</title><main>` + text, "Neuer Steg", ""},

		// one field of the editor's is one witness
		{"the heading against all other titles", `<title>Steg: Baubeginn</title><meta property="og:title" content="Steg: Baubeginn">` +
			`<meta name="twitter:title" content="Steg: Baubeginn"><script type="application/ld+json">` +
			`{"@type":"NewsArticle","headline":"Steg: Baubeginn"}</script>` +
			`<main><h1>Die Ahse bekommt endlich einen Steg</h1>` + text, "Die Ahse bekommt endlich einen Steg", ""},
		{"an h2 that is the only heading", `<title>Steg: Baubeginn</title><meta property="og:title" content="Steg: Baubeginn"><main><article>` +
			`<h2 class="entry-title">Die Ahse bekommt endlich einen Steg</h2>` + text + "</article>", "Die Ahse bekommt endlich einen Steg", ""},

		// kickers
		{"kicker as a small in the heading", `<main><h1><small>Verkehr</small> Neuer Steg über die Ahse</h1>` + text, "Neuer Steg über die Ahse", "Verkehr"},
		{
			"kicker as a strong in the heading", `<title>Neuer Steg über die Ahse</title><main><h1><strong>Verkehr</strong><br>` +
				`Neuer Steg über die Ahse</h1>` + text,
			"Neuer Steg über die Ahse", "Verkehr",
		},
		{
			"kicker as a div in the heading", `<main><h1><div class="headline__pretitle">Verkehr</div><div class="headline__title">` +
				`Neuer Steg über die Ahse</div></h1>` + text,
			"Neuer Steg über die Ahse", "Verkehr",
		},
		{
			"kicker in words of a name", `<main><h1><span class="article-over-line">Verkehr</span> <span class="article-head-line">` +
				`Neuer Steg über die Ahse</span></h1>` + text,
			"Neuer Steg über die Ahse", "Verkehr",
		},
		{"kicker with a colon of its own", `<main><h1><span>Verkehr:</span> Neuer Steg über die Ahse</h1>` + text, "Neuer Steg über die Ahse", "Verkehr"},
		{
			"a mark between kicker and headline", `<title>Verkehr: Neuer Steg über die Ahse</title><main><h1><span>Verkehr</span>: <span>` +
				`Neuer Steg über die Ahse</span></h1>` + text,
			"Neuer Steg über die Ahse", "Verkehr",
		},
		{
			"a kicker longer than the headline", `<main><h1><span class="x__topline">Nach dem Hochwasser im Mai</span><span class="x__headline">` +
				`Neuer Steg</span></h1>` + text,
			"Neuer Steg", "Nach dem Hochwasser im Mai",
		},
		{
			"kicker written behind the headline", `<main><h1><span>Neuer Steg über die Ahse</span><span class="hidden">: </span>` +
				`<small class="c-topline">Verkehr</small></h1>` + text,
			"Neuer Steg über die Ahse", "Verkehr",
		},
		{
			"kicker above, told by the other titles", `<title>Verkehr: Neuer Steg über die Ahse</title><main><div>Verkehr</div><h1>` +
				`Neuer Steg über die Ahse</h1>` + text,
			"Neuer Steg über die Ahse", "Verkehr",
		},
		{
			"… with the date between", `<title>Verkehr: Neuer Steg über die Ahse</title><main><strong>Verkehr</strong><p>3. Mai 2024</p><h1>` +
				`Neuer Steg über die Ahse</h1>` + text,
			"Neuer Steg über die Ahse", "Verkehr",
		},
		{
			"… as a heading", `<title>Verkehr: Neuer Steg über die Ahse</title><main><h3>Verkehr</h3><h2>Neuer Steg über die Ahse</h2>` + text,
			"Neuer Steg über die Ahse", "Verkehr",
		},
		{"kicker above by its name", `<main><span class="c-article__eyebrow">Verkehr</span><h1>Neuer Steg über die Ahse</h1>` +
			`` + text, "Neuer Steg über die Ahse", "Verkehr"},
		{"kicker and headline in a group", `<main><hgroup><p>Verkehr</p><h1>Neuer Steg über die Ahse</h1></hgroup>` +
			`` + text, "Neuer Steg über die Ahse", "Verkehr"},
		{
			"a kicker that the page does not show", `<title>Verkehr: Neuer Steg über die Ahse</title><main><h1>Neuer Steg über die Ahse</h1>` + text,
			"Neuer Steg über die Ahse", "",
		},
		{
			"a line above that nobody calls kicker", `<title>Neuer Steg über die Ahse</title><main><p>Altdorf</p><h1>Neuer Steg über die Ahse</h1>` + text,
			"Neuer Steg über die Ahse", "",
		},
		{"both halves are the headline", `<title>Steg über die Ahse: Rat stimmt zu - Gemeinde Altdorf</title><main><h1 class="h">` +
			`<span class="h__sub">Steg über die Ahse</span>` +
			`<span class="visually-hidden">:</span><span class="h__top">Rat stimmt zu</span></h1>` + text, "Rat stimmt zu", "Steg über die Ahse"},
		{"two lines of one headline", `<title>Neuer Steg über die Ahse</title><main><h1>Neuer Steg<br>über die Ahse</h1>` +
			`` + text, "Neuer Steg über die Ahse", ""},
		{
			"bold words of the headline", `<title>Gemeinde baut Steg - und nun?</title><main><h1><b>Gemeinde baut</b> Steg – und nun?</h1>` + text,
			"Gemeinde baut Steg – und nun?", "",
		},
		{"a number that is hidden", `<main><h1><span class="sr-only">Artikel:</span> Neuer Steg über die Ahse</h1>` + text, "Neuer Steg über die Ahse", ""},

		// what is no title
		{"a box beside", `<title>Gemeinde Altdorf - Neuer Steg eröffnet - Aktuelles</title><div class="left"><h3 class="box-title">Bild der Woche` +
			`</h3><p>Mehr Bilder</p></div>` +
			`<div class="right"><div class="ueb1">Neuer Steg eröffnet</div>` + text + "</div>", "Neuer Steg eröffnet", ""},
		{"a byline", `<title>Neuer Steg eröffnet</title><main><p><strong>Neuer Steg eröffnet</strong></p><h4>Von Hanna Beispiel</h4>` +
			`` + text, "Neuer Steg eröffnet", ""},
		{"a date as a heading", `<title>Neuer Steg eröffnet</title><main><h2>3. Mai 2024</h2>` + text, "Neuer Steg eröffnet", ""},
		{
			"hidden by its class", `<title>Neuer Steg eröffnet - Gemeinde Altdorf</title><main><h2 class="u-offscreen">Hauptinhalt der Seite</h2>` + text,
			"Neuer Steg eröffnet", "",
		},
		{
			"hidden by its style", `<title>Neuer Steg eröffnet - Gemeinde Altdorf</title><main><h1 style="display:none">Kopf der Seite</h1>` + text,
			"Neuer Steg eröffnet", "",
		},
		{"a subheading", `<title>Steg kommt - Der Rat hat in seiner Sitzung am Montag dem Bau zugestimmt | Ahsebote</title><main><h1>Steg kommt</h1>` +
			`<h2>Der Rat hat in seiner Sitzung am Montag dem Bau zugestimmt</h2>` + text, "Steg kommt", ""},
		{"a subheading inside", `<title>Neuer Steg</title><main><h1>Neuer Steg<span class="page-sub-title">Die Gemeinde baut ihn bis Mai</span>` +
			`</h1>` + text, "Neuer Steg", ""},
		{"the section", `<title>Aktuelles</title><main><h1>Aktuelles</h1><h3>Neuer Steg eröffnet</h3>` + text, "Neuer Steg eröffnet", ""},
		{"the section and the site", `<title>Pressemitteilung | Gemeinde Altdorf</title><header><h1>Gemeinde Altdorf</h1></header><main><h2>` +
			`Pressemitteilung</h2>` +
			`<h3>Neuer Steg eröffnet</h3>` + text, "Neuer Steg eröffnet", ""},
		{
			"the site's name with its logo", `<title>Neuer Steg eröffnet</title><h1><a href="/"><img src="/l.svg" alt="Rathaus Altdorf"></a></h1>` +
				`<main><h2>Neuer Steg eröffnet</h2>` + text,
			"Neuer Steg eröffnet", "",
		},

		{
			"a section in two words", `<title>Politik &amp; Verwaltung</title><main><h1>Politik &amp; Verwaltung</h1><h2>Neuer Steg eröffnet</h2>` + text,
			"Neuer Steg eröffnet", "",
		},
		{"a section by its end", `<title>Dorfnachrichten</title><main><h1>Dorfnachrichten</h1><h2>Neuer Steg eröffnet</h2>` + text, "Neuer Steg eröffnet", ""},
		{
			"a newspaper as the heading", `<title>Ahsetaler Anzeiger</title><main><h1>Ahsetaler Anzeiger</h1><h2>Neuer Steg eröffnet</h2>` + text,
			"Neuer Steg eröffnet", "",
		},
		{
			"a name that ends as those of bodies", `<title>Neuer Steg eröffnet - Kreisschützenverband Ahsetal</title><main>` + text,
			"Neuer Steg eröffnet", "",
		},
		{
			"hidden by the end of its class", `<title>Neuer Steg eröffnet - Gemeinde Altdorf</title>` +
				`<main><h1 class="tpl-visually-hidden">Hauptinhalt der Seite</h1>` + text,
			"Neuer Steg eröffnet", "",
		},
		{
			"one word as the heading, against all others", `<title>Baustelle</title><meta property="og:title" content="Baustelle">` +
				`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Baustelle"}</script><main><h1>Stegbau</h1>` + text, "Stegbau", "",
		},

		// as shown
		{"arrows of the template", `<main><h2>» Neuer Steg eröffnet</h2>` + text, "Neuer Steg eröffnet", ""},
		{"brackets of the template", `<main><h2>&gt; Neuer Steg eröffnet &lt;</h2>` + text, "Neuer Steg eröffnet", ""},
		{"an anchor of the template", `<main><h2>Neuer Steg eröffnet <a href="#a">¶</a></h2>` + text, "Neuer Steg eröffnet", ""},
		{"marks of speech stay", `<main><h1>»Der Steg kommt«</h1>` + text, "»Der Steg kommt«", ""},
		{"a hash mark stays", `<main><h1>#Ehrenamt stärken</h1>` + text, "#Ehrenamt stärken", ""},
		{"brackets stay", `<main><h1>[Update] Neuer Steg</h1>` + text, "[Update] Neuer Steg", ""},
	} {
		p, err := Read(&schemas.Snapshot{URL: "https://www.kreis.example/presse/steg.html", Body: []byte("<!doctype html><html lang=de>" + tt.body)})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if p.Title != tt.title || p.Kicker != tt.kicker {
			t.Errorf("%s: title %q, kicker %q; want %q, %q (%s; %s)", tt.name, p.Title, p.Kicker, tt.title, tt.kicker, p.Why["title"], p.Why["kicker"])
		}
	}
}

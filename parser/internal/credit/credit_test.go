package credit

import (
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/schemas"
)

const body = `<p>Der Kreis Musterstadt hat am Montag die neue Brücke über den Bach freigegeben. Sie ersetzt den Steg, der seit dem Hochwasser
 gesperrt war, und ist breit genug für Fahrräder. Landrätin Erika Beispiel schnitt das Band durch.</p><p>Die Arbeiten dauerten ein Jahr und kosteten nach
 Angaben des Amtes rund zwei Millionen Euro, die zur Hälfte das Land trägt.</p>`

// release is a page whose article holds extra after its title, with tail behind the article.
func release(extra, tail string) string {
	return `<!doctype html><html lang="de"><head><title>Neue Brücke</title></head><body><nav><a href="/">Start</a></nav><main><article>` +
		`<h1>Neue Brücke freigegeben</h1>` +
		extra + body + `</article></main><footer><p>© 2024 Kreis Musterstadt</p></footer>` + tail + `</body></html>`
}

func read(t *testing.T, doc string) *page.Page {
	t.Helper()
	p, err := page.Read(&schemas.Snapshot{URL: "https://www.kreis-musterstadt.de/presse/bruecke.php", Body: []byte(doc)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// show is one credit as "holder | agency | image file | rule".
func show(c schemas.Credit) string {
	return fmt.Sprintf("%s | %s | %s | %s", c.Holder, c.Agency, c.Image[strings.LastIndexByte(c.Image, '/')+1:], c.Rule)
}

func zoom(json string) string { return `data-sp-figure-zoom="` + html.EscapeString(json) + `"` }

const img = `<img src="/bruecke.jpg" width="800" height="600" alt="Die Brücke">`

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name, extra, tail string
		want              []string
	}{
		{
			"sitepark, both forms", `<figure class="SP-Asset" ` + zoom(`{"legend":null,"copyright":"Tim Probst, `+
				`stock.adobe.com","src":"/bruecke.jpg"}`) + `>` + img + `</figure>`,
			`<section class="SP-Annotations" data-sp-annotationviewer><h1>Erläuterungen und Hinweise</h1><section class="SP-Annotations__section"><h1>` +
				`Bildnachweise</h1><ul>
			<li>© Tim Probst, stock.adobe.com</li><li>© Tim Probst, stock.adobe.com</li><li>Kreis Musterstadt</li><li>Kreis Musterstadt</li></ul></section>
			<section class="SP-Annotations__section"><h1>Glossar</h1><ul><li>Dezernat</li></ul></section></section>`,
			[]string{"Tim Probst | stock.adobe.com | bruecke.jpg | sitepark:figure-zoom", "Kreis Musterstadt |  |  | sitepark:annotations"},
		},
		{
			"sitepark, only the attribute", `<ul><li ` + zoom(`{"copyright":"Kreis Musterstadt","src":"\/a.jpg"}`) + `></li><li ` +
				zoom(`{"copyright":"Kreis Musterstadt","src":"\/b.jpg"}`) + `></li>
			<li ` + zoom(`{"copyright":null,"src":"\/c.jpg"}`) + `></li><li data-sp-figure-zoom="{broken"></li></ul>`, "",
			[]string{"Kreis Musterstadt |  | a.jpg | sitepark:figure-zoom"},
		},
		{"sitepark, encoded twice", `<ul><li ` + zoom(`{"copyright":"Probst &amp;amp; T\u00f6chter, stock.adobe.com","src":"\/a.jpg"}`) +
			`></li></ul>`, "", []string{"Probst & Töchter | stock.adobe.com | a.jpg | sitepark:figure-zoom"}},
		{"an ampersand that encodes nothing", `<figure>` + img +
			`<figcaption>Foto: R&amp;D Probst</figcaption></figure>`, "", []string{"R&D Probst |  | bruecke.jpg | caption"}},
		{
			"figcaption with a credit element", `<figure>` + img + `<figcaption>Die Brücke <span class="image__copyright">© Tim Probst/dpa</span>` +
				`</figcaption></figure>`, "",
			[]string{"Tim Probst | dpa | bruecke.jpg | element:span.image__copyright"},
		},
		{"credit element without marker", `<figure>` + img + `<figcaption>Die Brücke <span class="figure-credit">Tim Probst</span></figcaption>` +
			`</figure>`, "", []string{"Tim Probst |  | bruecke.jpg | element:span.figure-credit"}},
		{
			"end of the caption", `<figure>` + img + `<figcaption>Die Brücke am Morgen. Foto: Kreis Musterstadt / Tim Probst</figcaption></figure>`, "",
			[]string{"Kreis Musterstadt / Tim Probst |  | bruecke.jpg | caption"},
		},
		{
			"in brackets", `<figure>` + img + `<figcaption>Die Brücke am Morgen (Foto: privat)</figcaption></figure>`, "",
			[]string{"privat |  | bruecke.jpg | caption"},
		},
		{"bare, after the caption", `<figure>` + img + `<figcaption><span>Die Brücke am Morgen.</span> <span>Tim Probst/dpa</span></figcaption>` +
			`</figure>`, "", []string{"Tim Probst | dpa | bruecke.jpg | element:span"}},
		{"source beside an image", `<figure>` + img + `<figcaption>Quelle: THW</figcaption></figure>`, "", []string{"THW |  | bruecke.jpg | caption"}},
		{"microdata", `<figure itemscope itemtype="https://schema.org/ImageObject">` + img +
			`<span itemprop="copyrightHolder">Tim Probst</span></figure>`, "", []string{"Tim Probst |  | bruecke.jpg | element:itemprop=copyrightHolder"}},
		{
			"title", `<p><img src="/bruecke.jpg" width="800" height="600" title="Die Brücke © Kreis Musterstadt, Tim Probst"></p>`, "",
			[]string{"Kreis Musterstadt, Tim Probst |  | bruecke.jpg | described:title"},
		},
		{
			"alt", `<p><img src="/bruecke.jpg" width="800" height="600" alt="Die Brücke (Bild: Tim Probst)"></p>`, "",
			[]string{"Tim Probst |  | bruecke.jpg | described:alt"},
		},
		{
			"data attribute", `<figure><img src="/bruecke.jpg" width="800" height="600" data-copyright="Tim Probst"></figure>`, "",
			[]string{"Tim Probst |  | bruecke.jpg | attribute:data-copyright"},
		},
		{
			"template", `<figure>` + img + `<template><strong class="e-picture-info__copyright-text">© Tim Probst/photothek.net</strong></template>` +
				`</figure>`, "",
			[]string{"Tim Probst | photothek.net | bruecke.jpg | element:strong.e-picture-info__copyright-text"},
		},
		{
			"soft hyphens", `<figure>` + img + "<figcaption>Die Brücke <em class=\"copyright\">© Bundes\u00adanstalt Technisches " +
				"Hilfs\u00adwerk</em></figcaption></figure>", "",
			[]string{"Bundesanstalt Technisches Hilfswerk |  | bruecke.jpg | element:em.copyright"},
		},
		{"last paragraph", body + `<p>Fotos: Feuerwehr Musterstadt</p>`, "", []string{"Feuerwehr Musterstadt |  |  | text"}},
		{"one line, one image", `<p>` + img + `</p>` + body + `<p>Foto: Tim Probst</p>`, "", []string{"Tim Probst |  | bruecke.jpg | text"}},
		{
			"a list of its own", body + `<h2>Bildnachweise</h2><ul><li>Tim Probst, stock.adobe.com</li><li>Kreis Musterstadt</li></ul>`, "",
			[]string{"Tim Probst | stock.adobe.com |  | bildnachweise", "Kreis Musterstadt |  |  | bildnachweise"},
		},
		{
			"a box for the lightbox", `<div class="bildnachweis-lightbox"><ul><li>© Hauptzollamt Musterstadt</li></ul></div>`, "",
			[]string{"Hauptzollamt Musterstadt |  |  | element:div.bildnachweis-lightbox"},
		},
		{
			"json-ld", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Neue Brücke freigegeben","image":{"@type":"ImageObject",` +
				`"url":"/bruecke.jpg","creditText":"Tim Probst/dpa","author":"Jemand"},
			"publisher":{"@type":"Organization","name":"Kreis Musterstadt","logo":{"@type":"ImageObject","url":"/logo.png",` +
				`"copyrightHolder":"Werkstatt"}}}</script>` + `<p>` + img + `</p>`, "",
			[]string{"Tim Probst | dpa | bruecke.jpg | jsonld:creditText"},
		},
		{
			"json-ld by reference", `<script type="application/ld+json">{"@graph":[{"@type":"Article","image":{"@id":"#primaryimage"}},` +
				`{"@type":"ImageObject","@id":"#primaryimage","url":"/hoch.jpg","caption":"Die Brücke. Foto: Tim Probst"}]}</script>`, "",
			[]string{"Tim Probst |  | hoch.jpg | jsonld:caption"},
		},
		{"json-ld of an image that is not the page's", `<script ` +
			`type="application/ld+json">{"@graph":[{"@type":"ImageObject","url":"/fremd.jpg","creditText":"Jemand Anders"}]}</script>`, "", nil},
		{"json-ld naming the site", `<script type="application/ld+json">{"@type":"NewsArticle","image":{"@type":"ImageObject","url":"/bruecke.jpg",` +
			`"creator":{"name":"Kreis Musterstadt"}},
			"publisher":{"@type":"Organization","name":"Kreis Musterstadt"}}</script>`, "", nil},
		{
			"two images, one photographer", `<figure>` + img + `<figcaption>Foto: Tim Probst</figcaption></figure><figure>` +
				`<img src="/bach.jpg" width="800" height="600"><figcaption>Foto: Tim Probst</figcaption></figure>`, "",
			[]string{"Tim Probst |  | bruecke.jpg | caption"},
		},
		{
			"the same in two places", `<figure><img src="/bruecke.jpg" width="800" height="600" alt="Die Brücke (Foto: Tim Probst)">` +
				`<figcaption>Foto: Tim Probst / dpa</figcaption></figure>`, "",
			[]string{"Tim Probst | dpa | bruecke.jpg | caption"},
		},
		{
			"a bar separates parties", `<figure>` + img + `<figcaption>Die Brücke <small>© picture alliance/dpa | Tim Probst</small></figcaption></figure>`, "",
			[]string{" | picture alliance/dpa | bruecke.jpg | element:small", "Tim Probst |  | bruecke.jpg | element:small"},
		},

		{"a caption is no holder", `<figure>` + img + `<figcaption>Bild: Landrätin Erika Beispiel (links) und Tim Probst vor der Brücke</figcaption>` +
			`</figure>`, "", nil},
		{"the site's copyright", "", "", nil},
		{"the site's copyright in the article", body + `<p class="copyright">© 2024 Kreis Musterstadt. Alle Rechte vorbehalten.</p>`, "", nil},
		{"source of a table", body + `<table><caption>Einwohner</caption><tr><td>2024</td><td>100</td></tr></table>` +
			`<p>Quelle: Statistisches Landesamt</p>`, "", nil},
		{"a sign in a quotation", body + `<blockquote><p>„Das Zeichen © steht für Copyright“, sagte er.</p></blockquote>`, "", nil},
		{"teasers", `<div class="related"><figure><a href="/andere.php"><img src="/x.jpg" width="300" height="200"></a>` +
			`<figcaption>Foto: Jemand Anders</figcaption></figure></div>`, "", nil},
		{"a card that links to another release", body + `<div><h3><a href="/andere.php">Anderes</a></h3><figure>` +
			`<img src="/x.jpg" width="300" height="200"><figcaption>Foto: Jemand Anders</figcaption></figure></div>`, "", nil},
		{"the author of the text", `<div class="author-box"><img src="/autor.jpg" width="300" height="300"><span class="author">Jemand Anders</span>` +
			`</div>`, "", nil},
		{"whom the author of the text writes for", body + `<div class="author"><img src="/autor.jpg" alt="Petra Lind"><span class="source">Bildagentur` +
			`</span></div>`, "", nil},
		{"a caption in an element named for credits", `<figure>` + img + `<figcaption><span class="copyright-text">Kran vor der Halle am Hafen</span>` +
			`</figcaption></figure>`, "", nil},
		{"an office in such an element", `<figure>` + img + `<figcaption><span class="copyright">Landrätin Erika Beispiel</span></figcaption></figure>`, "", nil},
		{"copyright of the text, no picture", body + `<p>© Musterpresse GmbH</p>`, "", nil},
		{"copyright of the text, the picture's is told", `<figure>` + img + `<figcaption>Foto: Tim Probst</figcaption></figure>` + body +
			`<p>© Musterpresse GmbH</p>`, "", []string{"Tim Probst |  | bruecke.jpg | caption"}},
		{"copyright of the only picture", `<figure>` + img + `</figure>` + body + `<p>© Tim Probst</p>`, "", []string{"Tim Probst |  | bruecke.jpg | text"}},
		{"a line of the next picture", `<figure>` + img + `</figure><figure><img src="/bach.jpg" width="800" height="600"><figcaption>Foto: Tim Probst` +
			`</figcaption></figure>`, "", []string{"Tim Probst |  | bach.jpg | caption"}},
		{
			"the line of a picture in the text", body + `<p>Bild (2 MB): Die Brücke am Morgen. Quelle: Tim Probst/Kreis Musterstadt</p>`, "",
			[]string{"Tim Probst/Kreis Musterstadt |  |  | text"},
		},
		{
			"small print below a picture without a figure", `<p><img src="/bruecke.jpg" width="800" height="600"><br><small>Die Brücke am Morgen. ` +
				`Tim Probst/dpa</small><br><br></p>`, "", []string{"Tim Probst | dpa | bruecke.jpg | element:small"},
		},
		{
			"lines below a heading of bold print", body + `<div>Der Bau geht weiter.<br><br><b>Bildnachweise</b><br>Foto: Feuerwehr Musterstadt, Tim ` +
				`Probst<br>Foto: Kreis Musterstadt<br><br>Foto-Wettbewerb<br></div>`, "",
			[]string{"Feuerwehr Musterstadt, Tim Probst |  |  | bildnachweise", "Kreis Musterstadt |  |  | bildnachweise"},
		},
		{
			"an agency behind a bar", `<figure><img src="/bruecke.jpg" width="800" height="600" title="Die Brücke (alt) | AP/Tim Probst"></figure>`, "",
			[]string{"AP/Tim Probst |  | bruecke.jpg | described:title"},
		},
		{"words that only look like it", body + `<p class="creditcard">Zahlung mit Karte</p><p class="accreditation">Presse Akkreditierung</p>`, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, x := range Find(read(t, release(c.extra, c.tail))) {
				got = append(got, show(x))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindWritesTheImagesCredit(t *testing.T) {
	p := read(t, release(`<figure>`+img+`<figcaption>Die Brücke. Foto: Tim Probst</figcaption></figure><figure><img src="/bach.jpg" width="800" `+
		`height="600"><figcaption>Der Bach.</figcaption></figure>
		<figure><img src="/band.jpg" width="800" height="600"><figcaption>Das Band. Foto: Tim Probst</figcaption></figure>`, ""))
	Find(p)
	got := map[string]string{}
	for _, im := range p.Images {
		got[im.URL[strings.LastIndexByte(im.URL, '/')+1:]] = im.Credit
	}
	if diff := cmp.Diff(map[string]string{"bruecke.jpg": "Foto: Tim Probst", "bach.jpg": "", "band.jpg": "Foto: Tim Probst"}, got); diff != "" {
		t.Error(diff)
	}
}

// Pages made to be slow or to break must end with a bounded number of credits.
func TestFindIsBounded(t *testing.T) {
	for name, extra := range map[string]string{
		"many figures": strings.Repeat(`<figure><figcaption>Foto: Tim Probst</figcaption></figure>`, 4000),
		"many names":   many(1000),
		"deep":         strings.Repeat(`<div class="credit">`, 5000) + "Foto: Tim Probst",
		"a huge attribute": `<figure data-sp-figure-zoom="` + strings.Repeat("x", 2<<20) + `"><img src="/a.jpg" alt="` +
			strings.Repeat("Foto: ", 40000) + `"></figure>`,
		"a huge caption": `<figure>` + img + `<figcaption>` + strings.Repeat("© ", 50000) + `</figcaption></figure>`,
		"strange json-ld": `<script type="application/ld+json">[{"@type":["ImageObject",3,null],"creator":[[[["x"]]],{"name":{"name":7}}],` +
			`"url":{"@id":[]}},null,5,"x",{"@type":{"a":1},"image":[null,{"@type":"ImageObject"}]}]</script>`,
		"many annotations": `<section class="SP-Annotations"><section><h1>Bildnachweise</h1><ul>` + strings.Repeat(`<li>Kreis</li>`, 4000) +
			`</ul></section></section>`,
		"only marks":         `<figure>` + img + `<figcaption>` + strings.Repeat("(", 50000) + `Foto:</figcaption></figure>`,
		"lists after a list": `<h2>Bildnachweise</h2>` + strings.Repeat(`<ul><li>Tim Probst</li></ul>`, 5000),
	} {
		t.Run(name, func(t *testing.T) {
			if n := len(Find(read(t, release(extra, "")))); n > maxCredits {
				t.Errorf("%d credits", n)
			}
		})
	}
}

func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<figure><img src="/%d.jpg" width="800" height="600"><figcaption>Foto: Tim Probst %d</figcaption></figure>`, i, i)
	}
	return b.String()
}

func FuzzFind(f *testing.F) {
	f.Add(`<figure><img src=a.jpg><figcaption>Foto: Tim Probst</figcaption></figure>`)
	f.Add(`<figure data-sp-figure-zoom='{"copyright":"A / dpa","src":"%zz"}'><img></figure><h2>Bildnachweise</h2><ul><li>x`)
	f.Add(`<script type="application/ld+json">{"@type":"ImageObject","url":"//[","creator":{}}</script>`)
	f.Fuzz(func(t *testing.T, s string) {
		p, err := page.Read(&schemas.Snapshot{URL: "https://www.kreis-musterstadt.de/a", Body: []byte(release(s, s))})
		if err != nil {
			return
		}
		for _, c := range Find(p) {
			if c.Holder == "" && c.Agency == "" || c.Raw == "" || c.Rule == "" {
				t.Errorf("%q: %+v", s, c)
			}
		}
	})
}

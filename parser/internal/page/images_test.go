package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestImages(t *testing.T) {
	const base = "https://www.kreis.example"
	type want struct{ URL, Alt, Caption, Holder string }
	tests := []struct {
		name, html string
		want       []want
	}{
		{
			"figure", `<figure><img src="/a.jpg" alt="Der  Weg"><figcaption>Der Weg bei Altdorf. Foto: Kreis Musterstadt</figcaption></figure>`,
			[]want{{base + "/a.jpg", "Der Weg", "Der Weg bei Altdorf.", "figure"}},
		},
		{"relative to the page", `<img src="b/a.jpg">`, []want{{base + "/presse/2024/b/a.jpg", "", "", ""}}},
		{"data-src behind a place holder", `<img src="/blank.gif" data-src="/a.jpg">`, []want{{base + "/a.jpg", "", "", ""}}},
		{"a drawn place holder by any name", `<img src="/grau.svg" data-srcset="/a.jpg 800w">`, []want{{base + "/a.jpg", "", "", ""}}},
		{
			"a drawn place holder before noscript", `<img src="/grau.gif" alt="Weg"> <noscript><img src="/a.jpg" alt="Weg"></noscript>`,
			[]want{{base + "/a.jpg", "Weg", "", ""}},
		},
		{"a drawing", `<img src="/karte.svg" alt="Karte">`, []want{{base + "/karte.svg", "Karte", "", ""}}},
		{
			"data URI and srcset", `<img src="data:image/gif;base64,R0" data-srcset="/a-300.jpg 300w, /a-1024.jpg 1024w">`,
			[]want{{base + "/a-1024.jpg", "", "", ""}},
		},
		{"picture", `<picture><source srcset="/a.webp 2x"><img alt="Weg"></picture>`, []want{{base + "/a.webp", "Weg", "", "picture"}}},
		{"noscript beside the lazy image", `<figure><img class="lazy" src="data:," data-src="/a.jpg"><noscript><img src="/a.jpg"></noscript>` +
			`</figure>`, []want{{base + "/a.jpg", "", "", "figure"}}},
		{
			"noscript only", `<figure><div data-noscript><noscript><picture><img src="/a.jpg" alt="Weg"></picture></noscript></div></figure>`,
			[]want{{base + "/a.jpg", "Weg", "", "figure"}},
		},
		{"sizes of one file", `<div><img src="/a-strasse-300x200.jpg"></div><p>` + one +
			`</p><div><img src="/a-strasse-1024x683.jpg"></div>`, []want{{base + "/a-strasse-300x200.jpg", "", "", "div"}}},
		{"caption named by class", `<div class="wp-caption"><img src="/a.jpg">` +
			`<p class="wp-caption-text">Der Weg <span class="copyright">Tim Probst</span></p></div>`, []want{{base + "/a.jpg", "", "Der Weg", "div"}}},
		{
			"caption beside the figure", `<div class="media"><figure><img src="/a.jpg"></figure><p class="caption">Der Weg</p></div>`,
			[]want{{base + "/a.jpg", "", "Der Weg", "figure"}},
		},
		{
			"two pictures have each their own caption", `<div class="row"><div class="bild"><img src="/radweg.jpg"><p class="caption">Der Weg</p></div>` +
				`<div class="bild"><img src="/bruecke.jpg"><p class="caption">Die Brücke</p></div></div>`,
			[]want{{base + "/radweg.jpg", "", "Der Weg", "div"}, {base + "/bruecke.jpg", "", "Die Brücke", "div"}},
		},
		{"Sitepark's description", `<figure data-sp-figure-zoom='{"legend":"Der Weg","copyright":"Tim Probst","src":"/gross.jpg"}'>` +
			`<img src="/klein.jpg"></figure>`, []want{{base + "/gross.jpg", "", "Der Weg", "figure"}}},
		{"icons, logos, pixels, teasers", `<img src="/logo.svg"><img src="/icons/pdf.png"><img src="/zaehlpixel.gif" width="1" height="1"><p>` + one +
			`</p><a href="/andere-meldung"><img src="/andere.jpg"></a>`, nil},
		{"link to the large picture", `<a href="/gross.jpg"><img src="/klein.jpg"></a>`, []want{{base + "/klein.jpg", "", "", "a"}}},
		{"no address", `<img alt="x"><img src="javascript:x()">`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := read(t, `<main><h1>Radweg</h1><p>`+one+`</p>`+tt.html+`<p>`+two+`</p></main>`)
			var got []want
			for _, im := range p.Images {
				w := want{URL: im.URL, Alt: im.Alt, Caption: im.Image.Caption}
				if im.Holder >= 0 {
					w.Holder = p.Tree.E[im.Holder].Node.Data
				}
				if p.Tree.E[im.At].Node.Data != "img" {
					t.Errorf("no img node for %s", im.URL)
				}
				got = append(got, w)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestAttachments(t *testing.T) {
	p := read(t, `<main><h1>Radweg</h1><p>`+one+` <a href="/plan.PDF?v=2">Lageplan (PDF, 1,2 MB)</a></p><p>`+two+`</p>
		<h2>Downloads</h2><ul><li><a href="/plan.PDF?v=2">noch einmal</a></li><li><a href="liste.docx" title="Liste der Orte">Download</a></li><li><a `+
		`href="/SharedDocs/x?__blob=publicationFile&amp;v=3">Karte</a></li>
		<li><a href="/bild.jpg">Bild</a></li><li><a href="/seite.html">Seite</a></li><li><a href="/fotos.zip"></a></li></ul></main><footer><a `+
		`href="/datenschutz.pdf">Datenschutz</a></footer>`)
	want := []schemas.Attachment{
		{URL: "https://www.kreis.example/plan.PDF?v=2", Title: "Lageplan", MediaType: "application/pdf"},
		{
			URL: "https://www.kreis.example/presse/2024/liste.docx", Title: "Liste der Orte",
			MediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		},
		{URL: "https://www.kreis.example/SharedDocs/x?__blob=publicationFile&v=3", Title: "Karte", MediaType: "application/pdf"},
		{URL: "https://www.kreis.example/fotos.zip", Title: "fotos.zip", MediaType: "application/zip"},
	}
	if diff := cmp.Diff(want, p.Attachments); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestContact(t *testing.T) {
	text := `<main><h1>Radweg</h1><p>` + one + `</p><p>` + two + `</p>`
	tests := []struct {
		name, html string
		want       *schemas.Contact
	}{
		{
			"section", text + `<h3>Pressekontakt</h3><p>Hans Beispiel<br>Telefon: 02421 22-1000<br>E-Mail: <a ` +
				`href="mailto:presse@kreis.example">presse@kreis.example</a></p></main>`,
			&schemas.Contact{Name: "Hans Beispiel", Phone: "02421 22-1000", Email: "presse@kreis.example"},
		},
		{
			"one paragraph", text + `<p>Pressekontakt: Dr. Erika Muster, Tel. +49 (0)2421 / 22-10 00, presse(at)kreis.example</p></main>`,
			&schemas.Contact{Name: "Dr. Erika Muster", Phone: "+49 (0)2421 / 22-10 00", Email: "presse@kreis.example"},
		},
		{
			"office only", text + `<p>Kontaktdaten Herausgeber:<br>Kreis Musterstadt<br>Telefax: 02421 1<br>Telefon: 02421 22-1000</p></main>`,
			&schemas.Contact{Name: "Kreis Musterstadt", Phone: "02421 22-1000"},
		},
		{
			"element beside the text", text + `</main><div class="contact-box"><h3>Pressestelle</h3><p>Hans Beispiel</p><p>02421 / 22-1000</p></div>`,
			&schemas.Contact{Name: "Hans Beispiel", Phone: "02421 / 22-1000"},
		},
		{"an office beside the text is no press contact", text + `</main><div class="contact-box"><h3>Straßenverkehrsamt</h3><p>02421 / 22-1000</p>` +
			`</div>`, nil},
		{"a number in the text is none", text + `<p>Fragen beantwortet das Amt unter der Telefonnummer 02421 22-1000.</p></main>`, nil},
		{"a section without number or address is none", text + `<h3>Kontakt</h3><p>Hans Beispiel</p></main>`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, read(t, tt.html).Contact); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// A page that shows only the beginning of its text gives it whole in its structured data, where the paragraphs run together.
func TestArticleBody(t *testing.T) {
	body := one + two + one + two + one + two
	p := read(t, `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Radweg","articleBody":"`+body+`"}</script><main>`+
		`<h1>Radweg</h1><p class="intro">Kurz gesagt: Der Weg kommt.</p><p>`+one+`</p></main>`)
	want := []string{"lead: Kurz gesagt: Der Weg kommt."}
	for range 3 {
		want = append(want, "paragraph: "+one, "paragraph: "+two)
	}
	if diff := cmp.Diff(want, texts(p)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	other := read(t, `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bus","articleBody":"`+two+two+two+two+two+two+`"}</script>`+
		`<main><h1>Radweg</h1><p>`+one+`</p><p>`+one+`</p><p>`+one+`</p><p>`+one+`</p></main>`)
	if got := texts(other)[0]; got != "paragraph: "+one {
		t.Errorf("the text of another article was taken: %q", got)
	}
}

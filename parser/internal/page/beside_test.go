package page

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// A paragraph beside a picture, in whatever it is wrapped, is text; a caption there is none.
func TestBesidePictures(t *testing.T) {
	const said = "Der Kreistag stimmt am Mittwoch ab. „Wir sparen an der richtigen Stelle“, sagt Landrat Jan Holtmann."
	for _, class := range []string{
		"media", "media-body", "text-image", "image-text", "bild-text", "bildtext", "text-bild", "wp-block-media-text", "c-text-media",
		"ce-textpic ce-image", "SP-Media", "teaser__image-box", "textmedia", "bild", "foto-links", "image-box", "picture", "media media--left",
	} {
		box := `<div class="` + class + `"><div class="` + class + `__pic"><img src="/a.jpg" alt=""></div><div class="` + class + `__rest"><p>` + said +
			`</p></div></div>`
		for where, html := range map[string]string{
			"alone":      `<main><h1>Radweg an der Rur</h1>` + box + `</main>`,
			"in between": `<main><h1>Radweg an der Rur</h1><p>` + one + `</p>` + box + `<p>` + two + `</p></main>`,
		} {
			if p := read(t, html); !strings.Contains(strings.Join(texts(p), "\n"), said) {
				t.Errorf("%s, %s: the paragraph is lost: %q", class, where, texts(p))
			}
		}
	}
	for name, caption := range map[string]string{
		"named":       `<div class="bild"><img src="/a.jpg"><p class="bildunterschrift">Der Weg führt am Fluss entlang.</p></div>`,
		"figcaption":  `<figure><img src="/a.jpg"><figcaption>Der Weg führt am Fluss entlang.</figcaption></figure>`,
		"no sentence": `<div class="bild"><img src="/a.jpg"><p>Der Weg führt am Fluss entlang</p></div>`,
		"no <p>":      `<div class="bild"><img src="/a.jpg"><div>Der Weg führt am Fluss entlang.</div></div>`,
		"figure":      `<figure><img src="/a.jpg"><p>Der Weg führt am Fluss entlang.</p></figure>`,
	} {
		if p := read(t, `<main><h1>Radweg an der Rur</h1><p>`+one+`</p>`+caption+`<p>`+two+`</p></main>`); strings.Contains(strings.Join(texts(p), "\n"),
			"Der Weg führt") {
			t.Errorf("%s: the caption is text: %q", name, texts(p))
		}
	}
}

// The question of an accordion stands on a button; its answer is shown when it is pressed.
func TestAccordion(t *testing.T) {
	for name, html := range map[string]string{
		"heading": `<h3><button aria-expanded="false">Wann beginnt es?</button></h3><div class="panel"><p>Die Arbeiten beginnen im Mai.</p></div>`,
		"hidden panel": `<h3><button aria-expanded="false" aria-controls="p1">Wann beginnt es?</button></h3>` +
			`<div id="p1" hidden><p>Die Arbeiten beginnen im Mai.</p></div>`,
		"panel that is not displayed": `<h2><span><button aria-controls="p1">Wann beginnt es?</button></span></h2>` +
			`<div id="p1" style="display:none"><p>Die Arbeiten beginnen im Mai.</p></div>`,
		"list of definitions": `<dl><dt><button>Wann beginnt es?</button></dt><dd>Die Arbeiten beginnen im Mai.</dd></dl>`,
		"details":             `<details><summary>Wann beginnt es?</summary><p>Die Arbeiten beginnen im Mai.</p></details>`,
	} {
		got := strings.Join(texts(read(t, `<main><h1>Radweg an der Rur</h1><p>`+one+`</p>`+html+`<p>`+two+`</p></main>`)), "\n")
		if !strings.Contains(got, "Wann beginnt es?\nparagraph: Die Arbeiten beginnen im Mai.") {
			t.Errorf("%s: %q", name, got)
		}
	}
	for name, html := range map[string]string{
		"a button of its own": `<button>Antworten zeigen</button>`,
		"a hidden part":       `<div id="p1" hidden><p>Die Antworten sind hier im Text.</p></div>`,
	} {
		if got := strings.Join(texts(read(t, `<main><h1>Radweg</h1><p>`+one+`</p>`+html+`<p>`+two+`</p></main>`)), "\n"); strings.Contains(got, "Antworten") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A class word that others use for their text drops no prose; what is small or linked stays a tool.
func TestDoubtfulNames(t *testing.T) {
	for class, kept := range map[string]bool{
		"step-print-full": true, "cmp-text": true, "cmp-container cmp": false, "printarea": true, "vorlesen": true, "readspeaker-content": true,
		"noprint": false, "d-print-none": false, "sidebar": false, "related": false,
	} {
		html := `<main><h1>Radweg an der Rur</h1><p>` + one + `</p><p>` + two + `</p><div class="` + class +
			`"><p>Die Arbeiten beginnen im Mai an der Mühlenstraße, ` +
			`sie dauern rund vier Monate.</p></div></main>`
		if got := strings.Contains(strings.Join(texts(read(t, html)), "\n"), "Die Arbeiten beginnen im Mai"); got != kept {
			t.Errorf("%s: kept %v, want %v", class, got, kept)
		}
	}
}

// An article whose heading leads to its own page is no teaser, and the release even where comments or other releases say more.
func TestOwnArticle(t *testing.T) {
	const address = "https://www.kreis.example/presse/radweg"
	ask := func(heading, below string) string {
		html := `<!doctype html><html lang="de"><title>Radweg an der Rur kommt</title><div id="page"><article class="post">` + heading +
			`<div class="entry"><p>` + one + `</p><p>` +
			two + `</p></div></article><div>` + below + `</div></div>`
		p, err := Read(&schemas.Snapshot{URL: address, Body: []byte(html)})
		if err != nil {
			return err.Error()
		}
		return strings.Join(texts(p), "\n")
	}
	comments := strings.Repeat(`<div><p>So wird das nie etwas mit dem Weg, erst reden alle lange, und dann baut ihn wieder niemand, wie immer.</p></div>`, 16)
	teasers := strings.Repeat(`<div><h3><a href="/presse/m">Neue Busse im Kreis</a></h3><p>So wird das etwas mit den Bussen, der Kreis kauft im `+
		`nächsten Jahr vier neue.</p></div>`, 14)
	for name, heading := range map[string]string{
		"own address": `<h2><a href="` + address + `">Radweg an der Rur kommt</a></h2>`,
		"relative":    `<h2><a href="/presse/radweg#top">Radweg an der Rur kommt</a></h2>`,
		"link around": `<a href="` + address + `/"><h2>Radweg an der Rur kommt</h2></a>`,
		"no link":     `<h2>Radweg an der Rur kommt</h2>`,
	} {
		for what, below := range map[string]string{"comments": comments, "teasers": teasers} {
			got := ask(heading, below)
			if !strings.Contains(got, one) || !strings.Contains(got, two) || strings.Contains(got, "So wird das") {
				t.Errorf("%s above %s: %.200q", name, what, got)
			}
		}
	}
}

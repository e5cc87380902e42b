package page

import (
	"strings"
	"testing"
)

// TestProfileLimits: what a profile calls the text must be worth it. The sizes are letters and sentences.
func TestProfileLimits(t *testing.T) {
	found := func(html func(n int) string) func(*testing.T, int) bool {
		return func(t *testing.T, n int) bool { return readerOf(t, `<body>`+html(n)).profileBody() >= 0 }
	}
	check(t, []pair{
		{"minProfileBody", 30, 12, found(func(n int) string { return `<div class="mitteilungen_detail">` + strings.Repeat("w", n) + `</div>` })},
		{"profileBody", 10, 6, found(func(n int) string {
			return `<div class="mitteilungen_detail"><p>` + prose(n) + `</p></div><div><p>` + prose(60) + `</p></div>`
		})},
		{"rootArticle, where the search ends", 40, 80, func(t *testing.T, n int) bool { // tenths of the core's around it, below the article with the title
			r := readerOf(t, `<body><article id="g"><h1>Weg</h1><div id="a"><div id="b"><p>`+prose(10)+`</p></div><p>`+prose(n-10)+`</p></div></article>`)
			return r.s.Attr(r.s.root(byID(r, "b"), r.s.H1[0]), "id") == "g"
		}},
	})
}

// TestContactLimits: how much a contact may hold. The sizes are letters, sentences, lines and nodes.
func TestContactLimits(t *testing.T) {
	taken := func(room int, box func(n int) string) func(*testing.T, int) bool {
		ask := reads(func(n int) string {
			return `<main><h1>Radweg an der Rur</h1><div><p>` + prose(room) + `</p><p>` + prose(4) + `</p></div><div class="kontakt">` + box(n) + `</div></main>`
		})
		return func(t *testing.T, n int) bool { return !ask(t, n) }
	}
	check(t, []pair{
		{"maxContact", 350, 700, taken(60, func(n int) string { return points("MARKE Telefon 02421 220", n*5/4) })},
		{"contactProse", 3, 6, taken(1, func(n int) string { return `<p>MARKE ` + prose(n) + `</p><p>Telefon 02421 220</p>` })},
		{"maxContactLines", 40, 90, func(t *testing.T, n int) bool { // lines before the number
			return read(t, `<main><h1>Radweg an der Rur</h1><p>`+prose(6)+`</p><h3>Kontakt</h3>`+strings.Repeat(`<p>Haus am Ufer</p>`, n)+`<p>Telefon 02421 `+
				`220</p></main>`).Contact != nil
		}},
		{"maxContactNodes", 300, 600, func(t *testing.T, n int) bool {
			return read(t, `<main><h1>Radweg an der Rur</h1><p>`+prose(6)+`</p></main><div class="kontakt">Presse, Telefon 02421 `+
				`220`+strings.Repeat(`<i></i>`, n)+`</div>`).Contact != nil
		}},
	})
}

// TestFallbackLimits: when the text comes from elsewhere. The sizes are sentences of the page that are not in the structured data, and
// entries between the title with its picture and the text.
func TestFallbackLimits(t *testing.T) {
	const other = "Im Herbst pflanzt die Stadt vierzig Linden am Ufer des Sees. "
	check(t, []pair{
		{"tooLittle", 3, 6, func(t *testing.T, n int) bool {
			p := read(t, `<title>Radweg</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Radweg","articleBody":"`+strings.Repeat(other, 16)+
				`"}</script><article><h1>Radweg</h1><p>`+prose(n)+`</p></article>`)
			return p.Why["text"] == "jsonld: articleBody"
		}},
		{"pictureReach", 200, 400, func(t *testing.T, n int) bool {
			return len(read(t, `<header><h1>Radweg an der Rur</h1><img `+
				`src="/a.jpg"></header>`+strings.Repeat(`<i></i>`, n)+`<main><p>`+prose(6)+`</p><p>`+prose(6)+`</p></main>`).Images) == 1
		}},
	})
}

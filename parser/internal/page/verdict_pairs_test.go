package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// refusedAt reports whether the page at url is no release.
func refusedAt(url string, html func(n int) string) func(*testing.T, int) bool {
	return func(_ *testing.T, n int) bool {
		_, err := Read(&schemas.Snapshot{URL: url, Body: []byte("<!doctype html><html lang=de>" + html(n))})
		return schemas.KindOf(err) == schemas.KindNoRelease
	}
}

// TestSmallVerdictLimits: the numbers of single signs that a page is no release.
func TestSmallVerdictLimits(t *testing.T) {
	const url = "https://www.kreis.example/a"
	check(t, []pair{
		{"fewForward", 2, 4, refusedAt(url, func(n int) string { // sentences beside a forwarding
			return `<meta http-equiv="refresh" content="0; url=/neu"><h1>Kreis Musterau</h1><p>` + prose(n) + `</p>`
		})},
		{"forwardWait", 20, 45, refusedAt(url, func(n int) string { // seconds
			return fmt.Sprintf(`<meta http-equiv="refresh" content="%d; url=/neu"><h1>Kreis Musterau</h1><p>Gleich geht es weiter, nur Geduld.</p>`, n)
		})},
		{"pointerReach", 25, 60, refusedAt(url, func(n int) string { // bytes between "unsere" and what it points at
			return `<h1>Hinweis</h1><p>Unsere ` + points("neue", n) + ` Internetseite ist vorübergehend offline.</p>`
		})},
		{"severalArticles", 4, 2, refusedAt(url, func(n int) string { // articles in the JSON-LD
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Meldung %d"}</script>`, i)
			}
			return b.String() + `<main><p>` + unit + `</p><div>` + strings.Repeat(`<div class="item"><a href="/m">Kreis baut einen Radweg an der `+
				`Rur</a></div>`, 8) + `</div></main>`
		})},
		{"hitsReach", 8, 18, refusedAt(url, func(n int) string { // entries of the element that counts hits
			return `<main><h1>Was der Kreis meldet</h1><p>1 bis 20 von 147` + strings.Repeat(`<b></b>`, n-3) + `</p><ul>` +
				strings.Repeat(`<li class="item"><a href="/m">Kreis baut einen Radweg an der Rur</a></li>`, 8) + `</ul></main>`
		})},
	})
}

// TestNoteLimits: how far from the end notes stand, and how much of them must be a note.
func TestNoteLimits(t *testing.T) {
	behind := func(note string) func(*testing.T, int) bool { // paragraphs behind a note
		return func(t *testing.T, n int) bool {
			return !reads(func(n int) string {
				return `<main><h1>Radweg an der Rur</h1><p>` + prose(2) + `</p>` + note + strings.Repeat(`<p>`+prose(2)+`</p>`, n) + `</main>`
			})(t, n)
		}
	}
	check(t, []pair{
		{"noteBlocks", 4, 8, behind(`<p>MARKE: Fragen beantwortet die Pressestelle unter Telefon 02421 220.</p>`)},
		{"usageShare", 2, 5, func(t *testing.T, n int) bool { // of so many sentences of one length one is of the use
			p := read(t, `<main><h1>Radweg an der Rur</h1><p>`+prose(2)+`</p><p>`+two+`</p><p>`+unit[:len(unit)-1]+
				` Der Abdruck dieses Textes ist honorarfrei, wie immer bei uns hier.`+strings.Repeat(" "+unit[:len(unit)-1], n-2)+`</p></main>`)
			return p.Usage != ""
		}},
		{"boxRest", 2, 4, func(t *testing.T, n int) bool { // sentences in a box beside what asks
			return !reads(func(n int) string {
				return `<main><h1>Radweg an der Rur</h1><p>` + prose(9) + `</p><div><p>MARKE öffnen</p><p>Bitte akzeptieren Sie unsere ` +
					`Cookies.</p><p>` + prose(n) + `</p></div></main>`
			})(t, n)
		}},
		{"maxLeadAbove", 2, 3, reads(func(n int) string { // paragraphs between title and text
			return `<header><h1>Radweg an der Rur</h1>` + strings.Repeat(`<div><p>MARKE `+
				``+prose(2)+`</p></div>`, n) + `</header><main><p>` + prose(12) + `</p><p>` + prose(12) + `</p></main>`
		})},
	})
}

// TestCaptionLimits: what the box of a caption may hold, and how far above the caption its picture stands. The sizes are letters of the
// caption, sentences beside it, or levels.
func TestCaptionLimits(t *testing.T) {
	hidden := func(html func(n int) string) func(*testing.T, int) bool {
		ask := reads(html)
		return func(t *testing.T, n int) bool { return !ask(t, n) }
	}
	frame := func(box string) string {
		return `<main><h1>Radweg an der Rur</h1><p>` + prose(6) + `</p>` + box + `<p>` + prose(6) + `</p></main>`
	}
	check(t, []pair{
		{"captionUp", 3, 7, hidden(func(n int) string {
			return frame(`<div class="kasten"><img src="/a.jpg">` + strings.Repeat(`<div>`, n-1) + `<div class="bildunterschrift">MARKE am ` +
				`Fluss</div>` + strings.Repeat(`</div>`, n-1) + `</div>`)
		})},
		{"captionBox", 4, 6, hidden(func(n int) string { // halves of a sentence beside a short caption
			return frame(`<div class="box"><img src="/a.jpg"><div class="bildunterschrift">MARKE am Fluss</div><div>` + strings.Repeat("Wort und noch ein Wort "+
				"", n) + `</div></div>`)
		})},
	})
}

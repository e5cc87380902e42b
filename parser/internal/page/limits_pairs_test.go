package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// unit is a paragraph's sentence of 50 letters.
const unit = "Der Kreis baut den neuen Weg an der Ruhr aus, wie der Rat es will. "

func prose(units int) string { return strings.Repeat(unit, units) }

// points is a text of n code points without the mark of a sentence, beginning with s.
func points(s string, n int) string {
	return s + strings.Repeat(" Wort", n)[:max(0, n-len([]rune(s)))]
}

func TestUnit(t *testing.T) {
	if n := markup.Letters(unit); n != 50 {
		t.Fatalf("the unit has %d letters", n)
	}
}

// pair is a number's boundary: near it on one side something holds, near it on the other it does not. The sizes are written out, so
// that the pair fails when the number moves by half or to the double.
type pair struct {
	number       string
	holds, fails int
	ask          func(t *testing.T, n int) bool
}

func check(t *testing.T, pairs []pair) {
	t.Helper()
	for _, p := range pairs {
		t.Run(p.number, func(t *testing.T) {
			if !p.ask(t, p.holds) {
				t.Errorf("%s: does not hold at %d", p.number, p.holds)
			}
			if p.ask(t, p.fails) {
				t.Errorf("%s: holds at %d", p.number, p.fails)
			}
		})
	}
}

// TestBlockLimits: a block is no text of a release up to some length.
func TestBlockLimits(t *testing.T) {
	out := func(make func(n int) (block, int)) func(*testing.T, int) bool {
		return func(_ *testing.T, n int) bool {
			b, i := make(n)
			r := &reader{p: &Page{Title: "Radweg an der Rur"}}
			return r.lineOut(b, i, 20)
		}
	}
	of := func(s string, link int, flag markup.Flags) func(int) (block, int) {
		return func(n int) (block, int) {
			b := block{Piece: text.Piece{Type: schemas.BlockParagraph, Text: points(s, n)}, flag: flag}
			b.link = len(b.Text) * link / 100
			return b, 20
		}
	}
	at := func(s string) func(int) (block, int) {
		return func(n int) (block, int) { return block{Piece: text.Piece{Type: schemas.BlockParagraph, Text: s}}, n }
	}
	check(t, []pair{
		{"maxTopics", 120, 200, out(of("Themen:", 10, 0))},
		{"maxBareTopics", 60, 100, out(of("Themen:", 0, 0))},
		{"maxBoiler", 70, 100, out(of("Sie befinden sich hier:", 0, 0))},
		{"topBlocks", 4, 9, out(at("12.03.2024"))},
		{"titleBlocks", 2, 6, out(at("Radweg an der Rur"))},
		{"maxLinks", 90, 150, out(of("Wort", 80, 0))},
		{"maxTeaser", 220, 420, out(func(n int) (block, int) {
			b, i := of("Wort", 10, 0)(n)
			b.Text += ". Mehr lesen"
			return b, i
		})},
		{"maxFileLine", 140, 270, out(of("Plan (PDF, 1,2 MB)", 60, 0))},
		{"maxConsent", 900, 1600, out(of("Sie müssen einwilligen, dass wir personenbezogene Daten laden", 0, 0))},
		{"maxPromo", 420, 820, out(of("Der Abdruck ist honorarfrei und Belegexemplar erbeten", 0, 0))},
		{"maxNamed", 90, 160, out(of("Wort", 0, markup.Date))},
		{"maxCaption", 300, 520, out(of("Wort", 0, markup.Caption|markup.Media))},
		{"maxNamedCredit", 150, 260, out(func(n int) (block, int) {
			b, i := of("Wort", 0, markup.Credit)(n)
			return b, i
		})},
		{"maxTop, of an embargo", 95, 160, out(func(n int) (block, int) {
			s := "Sperrfrist: 12. März 2026, 8 Uhr"
			return block{Piece: text.Piece{Type: schemas.BlockParagraph, Text: s + strings.Repeat(" bis 10 Uhr", (n-len(s))/11)}}, 20
		})},
		{"maxTop", 95, 148, out(func(n int) (block, int) {
			b := block{Piece: text.Piece{Type: schemas.BlockParagraph, Text: points("Pressemitteilung Nr. 7", n)}}
			if n > 95 {
				b.Text = points(points("Musterstadt am Walde", 38)+", Donnerstag, 12. Dezember 2024, um 12:30 Uhr | ", n)
			}
			return b, 2
		})},
	})
}

func TestHeadingLimits(t *testing.T) {
	tail := func(bold bool, level int) func(*testing.T, int) bool {
		return func(_ *testing.T, n int) bool {
			s := points("Dieses Thema im Programm", n)
			if n < 40 {
				s = points("Kontakt", n)
			}
			return headsTail(block{Piece: text.Piece{Text: s}, bold: bold, level: level})
		}
	}
	check(t, []pair{
		{"maxTailHeading", 74, 104, tail(false, 2)},
		{"maxBoldHeading", 50, 74, tail(true, 0)},
		{"maxPlainHeading", 30, 74, tail(false, 0)},
		{"minProse", 100, 60, func(_ *testing.T, n int) bool {
			return isProse(block{Piece: text.Piece{Text: points("Wort", n-1) + "."}})
		}},
		{"maxLead", 2, 4, func(_ *testing.T, n int) bool {
			var bs []block
			for i := range 8 {
				b := block{Piece: text.Piece{Type: schemas.BlockParagraph, Text: unit}}
				if i < n {
					b.flag = markup.Lead
				}
				bs = append(bs, b)
			}
			got, _ := leadOf(bs)
			return got == n
		}},
		{"minOffice", 12, 6, func(_ *testing.T, n int) bool { return isOffice("Pressestelle"[:n]) || n < 10 && isOffice("Büro A") }},
		{"maxOffice", 60, 110, func(_ *testing.T, n int) bool { return isOffice(points("Pressestelle", n)) }},
		{"maxContactBlock", 500, 900, func(_ *testing.T, n int) bool {
			return contactBlock(block{Piece: text.Piece{Text: points("Kontakt: Telefon 02421 221040,", n)}})
		}},
	})
}

// reads reads a page and reports whether its text holds the word MARKE.
func reads(html func(n int) string) func(*testing.T, int) bool {
	return func(t *testing.T, n int) bool {
		p := read(t, html(n))
		for _, x := range p.Pieces {
			if strings.Contains(x.Text, "MARKE") {
				return true
			}
		}
		return false
	}
}

// TestFurnitureLimits: how much of a page an element may hold and still be what its name says. The sizes are percent or sentences.
func TestFurnitureLimits(t *testing.T) {
	hides := func(html func(n int) string) func(*testing.T, int) bool {
		ask := reads(html)
		return func(t *testing.T, n int) bool { return !ask(t, n) }
	}
	behind := func(in, left int) string {
		return fmt.Sprintf(`<title>Radweg</title><article><h1>Radweg</h1><p>%s</p><div class="sidebar"><p>MARKE %s</p></div></article>`, prose(left), prose(in))
	}
	check(t, []pair{
		{"maxJunk", 30, 50, hides(func(n int) string {
			return fmt.Sprintf(`<title>Radweg</title><article><div class="sidebar"><p>MARKE %s</p></div><p>%s</p></article>`, prose(n/10), prose(10-n/10))
		})},
		{"maxBehind", 70, 90, hides(func(n int) string { return behind(n*6/(100-n), 6) })},
		{"minLeft", 6, 3, hides(func(n int) string { return behind(n*7/3, n) })},
		{"toolProse", 34, 70, hides(func(n int) string { // letters of a tool
			tool := "MARKE der Bus fährt am Morgen und auch am Abend."
			if n > 50 {
				tool += " Am Sonntag fährt er dreimal, dann leer."
			}
			return `<title>Radweg</title><article><h1>Radweg</h1><p>` + prose(4) + `</p><div class="print"><p>` + tool + `</p></div></article>`
		})},
		{"ownText", 3, 1, hides(func(n int) string { // sentences of the title's article, with a shorter one behind
			return `<title>Radweg an der Rur</title><div><article><h2>Radweg an der Rur</h2><p>` + prose(n) + `Der Rat ist froh.</p></article><div><p>MARKE ` +
				`` + prose(10) + `</p><p>` + prose(10) + `</p></div></div>`
		})},
		{"lineCaption", 70, 140, hides(func(n int) string {
			return `<title>Radweg</title><article><h1>Radweg</h1><p>` + prose(4) + `</p><div class="bild"><img ` +
				`src="/a.jpg"><p>` + points("MARKE", n*6/5) + `.</p></div></article>`
		})},
		{"titleHeadings", 15, 30, reads(func(n int) string { // headings before the one that is the title
			return `<title>Radweg an der Rur</title>` + strings.Repeat(`<h3>Busse</h3>`, n) + `<article><h3><a href="/x">Radweg an der Rur</a></h3><p>MARKE ` +
				`` + prose(1) + `</p></article><p>` + prose(9)
		})},
		{"maxCell", 100, 160, func(t *testing.T, n int) bool {
			cell := points("Zelle", n*6/5)
			p := read(t, `<title>Radweg</title><article><h1>Radweg</h1><p>`+prose(4)+`</p><table><tr><td>`+cell+`</td><td>`+cell+`</td></tr></table></article>`)
			return strings.Contains(texts(p)[1], " | ")
		}},
		{"maxKicker", 70, 150, func(t *testing.T, n int) bool {
			return read(t, `<title>Radweg</title><article><h1><span class="kicker">`+points("Verkehr", n)+`</span> Radweg</h1><p>`+prose(4)).Kicker != ""
		}},
		{"minKicker", 5, 2, func(t *testing.T, n int) bool {
			return read(t, `<article><h1><span class="kicker">`+"Kreis"[:n]+`</span> Radweg</h1><p>`+prose(4)).Kicker != ""
		}},
		{"minSaidKicker", 3, 1, func(t *testing.T, n int) bool {
			return read(t, `<title>`+"Verkehr"[:n]+`: Radweg</title><article><p>`+"Verkehr"[:n]+`</p><h1>Radweg</h1><p>`+prose(4)).Kicker != ""
		}},
		{"minPixels", 60, 40, func(t *testing.T, n int) bool {
			return len(read(t, fmt.Sprintf(`<article><h1>Radweg</h1><p>%s</p><img src="/a.jpg" width="%d"></article>`, prose(4), n)).Images) == 1
		}},
		{"maxImages", 150, 300, func(t *testing.T, n int) bool {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, `<p><img src="/weg-an-der-rur-nummer-%c%c.jpg"></p>`, 'a'+i/20, 'a'+i%20)
			}
			return len(read(t, `<article><h1>Radweg</h1><p>`+prose(4)+`</p>`+b.String()).Images) == n
		}},
		{"maxAttachments", 80, 150, func(t *testing.T, n int) bool {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, `<p><a href="/plan-%d.pdf">Plan %d</a></p>`, i, i)
			}
			return len(read(t, `<article><h1>Radweg</h1><p>`+prose(4)+`</p>`+b.String()).Attachments) == n
		}},
		{"minBody", 10, 6, func(t *testing.T, n int) bool {
			p := read(t, `<title>Radweg</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Radweg","articleBody":"`+prose(n)+
				`"}</script><article><h1>Radweg</h1><p>`+unit+`</p></article>`)
			return p.Why["text"] == "jsonld: articleBody"
		}},
		{"minDescription", 50, 26, func(t *testing.T, n int) bool {
			description := unit
			if n < 50 {
				description = "Der Kreis baut den neuen Weg aus."
			}
			p, err := Read(&schemas.Snapshot{URL: "https://www.kreis.example/a", Body: []byte(`<!doctype html><title>Radweg an der Rur</title><meta ` +
				`name="description" content="` +
				description + `"><article><h1>Radweg an der Rur</h1></article>`)})
			return err == nil && len(p.Pieces) == 1
		}},
	})
}

// TestVerdictLimits: how much text makes a release of a page that calls itself something else. The sizes are sentences and items.
func TestVerdictLimits(t *testing.T) {
	refused := func(html func(n int) string) func(*testing.T, int) bool {
		return func(_ *testing.T, n int) bool {
			_, err := Read(&schemas.Snapshot{URL: "https://www.kreis.example/a", Body: []byte("<!doctype html><html lang=de>" + html(n))})
			return schemas.KindOf(err) == schemas.KindNoRelease
		}
	}
	entitled := func(title string) func(int) string {
		return func(n int) string { return `<title>` + title + `</title><main><p>` + prose(n) + `</p></main>` }
	}
	listing := func(items, letters, beside int) string {
		item := `<div class="item"><a href="/m">` + strings.Repeat("w", letters) + `</a></div>`
		return `<title>Kreis Musterau</title><main><h1>Pressemitteilungen</h1><div>` + strings.Repeat(item, items) + `</div><p>` + prose(beside) + `</p></main>`
	}
	check(t, []pair{
		{"fewLetters", 8, 16, refused(entitled("Seite nicht gefunden"))},
		{"fewForWall", 14, 24, refused(entitled("Just a moment..."))},
		{"minItems", 6, 4, refused(func(n int) string { return listing(n, 40, 1) })},
		{"fewForItems", 5, 10, refused(func(n int) string { return listing(8, 40, n) })},
		{"minItem", 25, 10, refused(func(n int) string { return listing(8, n, 1) })},
		{"maxItem", 700, 1300, refused(func(n int) string { return listing(8, n, 1) })},
	})
}

package page

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

func w(n int) string { return strings.Repeat("w", n) }

// TestWrapperLimits: what the wrapper of a caption may hold beside it. The sizes are letters of the wrapper, or sentences of the page.
func TestWrapperLimits(t *testing.T) {
	caption := func(html func(n int) string) func(*testing.T, int) bool {
		return func(t *testing.T, n int) bool {
			r := readerOf(t, `<body>`+html(n))
			return r.s.caption(byID(r, "c"))
		}
	}
	check(t, []pair{
		{"captionRest", 415, 430, caption(func(n int) string {
			return `<div><img src="/a.jpg"><div id="c" class="bildunterschrift">` + w(300) + `</div><div>` + w(n-300) + `</div></div><p>` + prose(60)
		})},
		{"longBody", 6, 10, caption(func(n int) string { // more than a quarter of the body's sentences in the wrapper
			return `<div><img src="/a.jpg"><div id="c" class="bildunterschrift"><p>` + prose(3) + `</p></div></div><p>` + prose(n-3) + `</p>`
		})},
	})
}

// TestShownHeadLimits: which heading is shown above the text. The sizes are sentences before it, or its letters.
func TestShownHeadLimits(t *testing.T) {
	shown := func(html func(n int) string) func(*testing.T, int) bool {
		return func(t *testing.T, n int) bool {
			r := readerOf(t, `<body>`+html(n))
			r.core = byID(r, "core")
			return r.visibleHead() == byID(r, "h")
		}
	}
	check(t, []pair{
		{"shownHead", 3, 5, shown(func(n int) string {
			return `<div id="core"><p>` + prose(n) + `</p><h2 id="h">Radweg an der Rur</h2><p>` + prose(9) + `</p></div>`
		})},
		{"minShownHead", 8, 4, shown(func(n int) string { return `<h2 id="h">` + w(n) + `</h2><div id="core"><p>` + prose(9) + `</p></div>` })},
	})
}

// TestLastResortLimits: which sentences stand for the text when nothing else does, and when two texts say the same. The sizes are letters
// of a sentence, and bytes at the beginning of two paragraphs.
func TestLastResortLimits(t *testing.T) {
	check(t, []pair{
		{"minSentence", 35, 18, func(t *testing.T, n int) bool {
			r := readerOf(t, `<body><div>Der Weg `+w(n-6)+`.</div>`)
			r.unfiltered()
			return len(r.p.Pieces) == 1
		}},
		{"sameStart", 80, 45, func(t *testing.T, n int) bool {
			of := func(end string) []text.Piece {
				return []text.Piece{{Type: schemas.BlockParagraph, Text: w(n) + strings.Repeat(end, 300-n)}}
			}
			r := readerOf(t, `<body>`)
			r.p.Pieces = of("a")
			return r.take(of("b"), 300)
		}},
	})
}

// TestHolderLimits: how far up and how wide the element of one picture is. The sizes are levels, and elements within.
func TestHolderLimits(t *testing.T) {
	picture := `<img id="i" src="/weg.jpg">`
	check(t, []pair{
		{"holderUp", 6, 12, func(t *testing.T, n int) bool {
			r := readerOf(t, `<body><div id="o">`+strings.Repeat(`<div>`, n-1)+picture)
			return r.holder(byID(r, "i")) == byID(r, "o")
		}},
		{"holderUp, to the caption beside it", 6, 12, func(t *testing.T, n int) bool {
			r := readerOf(t, `<body><div id="o">`+strings.Repeat(`<div>`, n-1)+picture+strings.Repeat(`</div>`, n-1)+`<p id="c" class="bildunterschrift">Am `+
				`Fluss</p></div>`)
			return r.captionBeside(byID(r, "i"), byID(r, "i")) == byID(r, "c")
		}},
		{"maxHolderNodes", 300, 600, func(t *testing.T, n int) bool {
			r := readerOf(t, `<body><div id="o">`+picture+strings.Repeat(`<i></i>`, n)+`</div>`)
			return r.holder(byID(r, "i")) == byID(r, "o")
		}},
	})
}

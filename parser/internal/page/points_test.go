package page

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// readerOf is a reader that knows the tree of a page and has read nothing of it.
func readerOf(t *testing.T, body string) *reader {
	t.Helper()
	tree, err := html.Parse(bytes.NewReader([]byte("<!doctype html><html lang=de>" + body)))
	if err != nil {
		t.Fatal(err)
	}
	s := newScan(tree, "", "")
	u, _ := url.Parse("https://www.kreis.example/a")
	return &reader{
		p: &Page{Tree: s.Tree, URL: u, base: u, Why: map[string]string{}}, s: s, head: -1, vhead: -1, kickerAt: -1,
		headings: map[int32]*headed{}, lineNames: map[string]markup.Flags{},
	}
}

// TestRootLimits: what holds the text, and how far around it the release reaches. The sizes are sentences.
func TestRootLimits(t *testing.T) {
	in := func(body string) *reader { return readerOf(t, `<body>`+body) }
	id := func(r *reader, i int32) string { return r.s.Attr(i, "id") }
	p := func(n int) string { return `<p>` + prose(n) + `</p>` }
	check(t, []pair{
		{"mainPart", 3, 6, func(_ *testing.T, n int) bool { // <main> has one part in n
			r := in(`<main id="m">` + p(2) + `</main><div id="d">` + p(2*(n-1)) + `</div>`)
			return id(r, r.s.mainPart()) == "m"
		}},
		{"coreShare", 13, 11, func(_ *testing.T, n int) bool { // the child has n twentieths, and no lead over the next
			r := in(`<div id="a"><div id="b">` + p(n) + `</div><div id="c">` + p(20-n) + `</div></div>`)
			return id(r, r.s.core()) == "b"
		}},
		{"coreLead", 4, 7, func(_ *testing.T, n int) bool { // the child has ten sentences of twenty, the next n
			r := in(`<div id="a"><div id="b">` + p(10) + `</div><div>` + p(n) + `</div><div>` + p((10-n)/2) + `</div><div>` + p(10-n-(10-n)/2) + `</div></div>`)
			return id(r, r.s.core()) == "b"
		}},
		{"coreLeast", 5, 3, func(_ *testing.T, n int) bool { // n tenths, the others a tenth and a half each
			r := in(`<div id="a"><div id="b">` + p(2*n) + `</div>` + strings.Repeat(`<div>`+p((20-2*n)/5)+`</div>`, 5) + `</div>`)
			return id(r, r.s.core()) == "b"
		}},
		{"rootBare", 12, 20, func(_ *testing.T, n int) bool { // n tenths of the core's around it, without the title
			r := in(`<div id="a"><div id="b">` + p(10) + `</div>` + p(n-10) + `</div>`)
			return id(r, r.s.root(byID(r, "b"), -1)) == "a"
		}},
		{"rootTitled", 20, 30, func(_ *testing.T, n int) bool {
			r := in(`<div id="a"><h1>Weg</h1><div id="b">` + p(10) + `</div>` + p(n-10) + `</div>`)
			return id(r, r.s.root(byID(r, "b"), r.s.H1[0])) == "a"
		}},
		{"rootArticle", 40, 60, func(_ *testing.T, n int) bool {
			r := in(`<article id="a"><h1>Weg</h1><div id="b">` + p(10) + `</div>` + p(n-10) + `</article>`)
			return id(r, r.s.root(byID(r, "b"), r.s.H1[0])) == "a"
		}},
	})
}

// byID is the entry of the element with an id.
func byID(r *reader, id string) int32 {
	for i := range r.s.E {
		if r.s.E[i].Node.Type == html.ElementNode && markup.Attr(r.s.E[i].Node, "id") == id {
			return int32(i)
		}
	}
	return -1
}

// TestTitleLimits holds the lengths of titles that agree. The sizes are bytes of the folded text, levels, nodes or letters.
func TestTitleLimits(t *testing.T) {
	long := "derneuewegandenufernderruhristimmailangerwartetworden"
	titled := func(title, body string) *reader {
		return readerOf(t, `<head><title>`+title+`</title></head><body>`+body)
	}
	check(t, []pair{
		{"maxSiteName", 22, 40, func(_ *testing.T, n int) bool {
			r := readerOf(t, `<head><meta property="og:site_name" content="x`+long+`"></head><body>`)
			return r.siteName(long[:n])
		}},
		{"minOwnTitle", 10, 6, func(_ *testing.T, n int) bool {
			return titled(long, "<h1>"+long[:n]+"</h1><h1>Nachrichten</h1>").s.ownTitle() >= 0
		}},
		{"minAgreement", 15, 9, func(_ *testing.T, n int) bool {
			return titled(long[:n], "<h1>x"+long+"</h1><h1>Nachrichten</h1>").s.ownTitle() >= 0
		}},
		{"maxKickerLine", 70, 120, func(_ *testing.T, n int) bool {
			r := titled("Weg", `<p>`+strings.Repeat("w", n)+`</p><h1>Weg</h1>`)
			r.vhead = r.s.H1[0]
			return r.findKicker() >= 0
		}},
		{"kickerBack", 25, 60, func(_ *testing.T, n int) bool {
			r := titled("Weg", `<p>Verkehr</p>`+strings.Repeat("<i></i>", n)+`<h1>Weg</h1>`)
			r.vhead = r.s.H1[0]
			return r.findKicker() >= 0
		}},
		{"maxAboveTitle", 150, 300, func(_ *testing.T, n int) bool {
			r := titled("Weg", `<p>x</p><h1>Weg</h1>`)
			r.vhead = r.s.H1[0]
			return r.afterTitle([]block{{Piece: pieceOf(points("Kreis", n)), at: 0}}) == 1
		}},
		{"titleWithin", 9, 18, func(_ *testing.T, n int) bool {
			r := titled("Der neue Weg", "")
			r.p.Title = "Der neue Weg"
			var bs []block
			for range n {
				bs = append(bs, block{Piece: pieceOf("Kreis")})
			}
			return r.afterTitle(append(bs, block{Piece: pieceOf("Der neue Weg"), level: 2})) == n+1
		}},
		{"openingBlocks", 4, 7, func(_ *testing.T, n int) bool {
			r := titled("Weg", "<h1>Weg</h1>")
			r.vhead = r.s.H1[0]
			var bs []block
			for range n {
				bs = append(bs, block{Piece: pieceOf("Anna Winkelmann")})
			}
			return r.opening(append(bs, block{Piece: pieceOf(prose(2)[:120] + ".")}), 0) == n
		}},
		{"maxTopLines", 15, 30, func(_ *testing.T, n int) bool {
			r := titled("Weg", "")
			for range n {
				r.topLine("Kreis")
			}
			return len(r.p.TopLines) == n
		}},
		{"maxBoldTitle", 120, 220, func(_ *testing.T, n int) bool {
			r := titled("Der neue Weg - Kreis", "")
			return len(r.boldTitle([]block{{Piece: pieceOf(points("Der neue Weg", n)), bold: true}, {Piece: pieceOf(unit)}})) == 1
		}},
		{"maxCreditLine", 170, 330, func(_ *testing.T, n int) bool {
			return creditLine("Foto: M" + strings.Repeat("u", 60) + strings.Repeat(" ", n-67))
		}},
		{"maxBareCredit", 80, 140, func(_ *testing.T, n int) bool { return creditLine("Max M" + strings.Repeat(" ", n-9) + "/dpa") }},
		{"maxHolder", 450, 900, func(_ *testing.T, n int) bool {
			r := titled("Weg", `<main><h1>Weg</h1><div><img src="/weg-an-der-ruhr.jpg">`+strings.Repeat("<div>"+long[:15]+"</div>", n/15)+`</div></main>`)
			r.root = 0
			return r.holder(imageIn(r)) >= 0
		}},
		{"maxHolderProse", 5, 10, func(_ *testing.T, n int) bool {
			r := titled("Weg", `<main><h1>Weg</h1><div><img src="/weg-an-der-ruhr.jpg"><p>`+prose(n)+`</p></div></main>`)
			r.root = 0
			return r.holder(imageIn(r)) >= 0
		}},
		{"maxHolderLine", 150, 300, func(_ *testing.T, n int) bool {
			r := titled("Weg", `<main><h1>Weg</h1><p><img src="/weg-an-der-ruhr.jpg">`+strings.Repeat("w", n)+`</p></main>`)
			r.root = 0
			return r.holder(imageIn(r)) >= 0
		}},
		{"minStem", 9, 5, func(t *testing.T, n int) bool {
			name := "wegruhrwegruhr"[:n]
			return len(read(t, `<article><h1>Weg</h1><p>`+prose(4)+`</p><p><img src="/a/`+name+`.jpg"></p><p><img src="/b/`+name+`.jpg"></p>`).Images) == 1
		}},
		{"maxName", 45, 80, func(_ *testing.T, n int) bool {
			return contactName("Anna "+strings.Repeat("Winkelmann-", 9)[:n-6]+"n") != ""
		}},
	})
}

func pieceOf(s string) text.Piece { return text.Piece{Type: schemas.BlockParagraph, Text: s} }

func imageIn(r *reader) int32 {
	for i := range r.s.E {
		if r.s.E[i].Node.Data == "img" {
			return int32(i)
		}
	}
	return -1
}

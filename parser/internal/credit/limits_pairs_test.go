package credit

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// filler is n elements that show nothing.
func filler(n int) string { return strings.Repeat("<wbr>", n) }

// nested puts s into n elements, one in the other.
func nested(n int, s string) string {
	return strings.Repeat("<div>", n) + s + strings.Repeat("</div>", n)
}

// spaced is s with words of filler before it, n bytes in all.
func spaced(n int, s string) string { return strings.Repeat("Wort ", n)[:max(0, n-len(s))] + s }

// TestLimits holds every number on both sides: at the first size something holds, at the second it does not, and the sizes are written
// out so that the pair fails when the number moves by half or to the double.
func TestLimits(t *testing.T) {
	find := func(extra string) []schemas.Credit { return Find(read(t, release(extra, ""))) }
	any := func(extra string) bool { return len(find(extra)) > 0 }
	element := func(extra string) bool { // not found as a line of the text
		c := find(extra)
		return len(c) > 0 && placeOf(c[0].Rule) == "element"
	}
	figure := func(s string) string { return `<figure>` + img + s + `</figure>` }
	for _, tt := range []struct {
		number       string
		holds, fails int
		ask          func(n int) bool
	}{
		{"maxOwn", 180, 300, func(n int) bool {
			return any(figure(`<span class="copyright">Tim Probst https://a.example/` + strings.Repeat("x", n-29) + `</span>`))
		}},
		{"maxCaption", 5000, 8000, func(n int) bool {
			return any(figure(`<figcaption>` + spaced(n, " Foto: Tim Probst") + `</figcaption>`))
		}},
		{"maxLeaf", 7, 13, func(n int) bool {
			return element(figure(`<figcaption>Die Brücke</figcaption><span>Foto: Tim Probst` + filler(n-1) + `</span>`))
		}},
		{"maxCard", 200, 80, func(n int) bool {
			return any(`<div><h3><a href="/andere.php">Anderes</a></h3>` + figure(`<figcaption>Foto: Tim Probst</figcaption>`) + filler(n-10) + `</div>`)
		}},
		{"maxHead", 150, 300, func(n int) bool {
			return any(body + `<h2>Bildnachweise` + strings.Repeat(" ", n-13) + `</h2><ul><li>Tim Probst</li></ul>`)
		}},
		{"maxHeadNode", 10, 17, func(n int) bool {
			return any(body + `<h2>Bildnachweise` + filler(n-1) + `</h2><ul><li>Tim Probst</li></ul>`)
		}},
		{"maxAttr", 6000, 10000, func(n int) bool {
			return any(`<p><img src="/bruecke.jpg" width="800" height="600" alt="` + spaced(n, " (Foto: Tim Probst)") + `"></p>`)
		}},
		{"nearUp", 2, 5, func(n int) bool {
			c := find(body + `<section><p>` + img + `</p>` + strings.Repeat(body, 3) + nested(n, `<span class="copyright">Tim Probst</span>`) +
				`</section>` + strings.Repeat(body, 2))
			return len(c) == 1 && c[0].Image != ""
		}},
		{"cardUp", 9, 4, func(n int) bool {
			return any(`<div><h3><a href="/andere.php">Anderes</a></h3>` +
				nested(n, `<img src="/bruecke.jpg" width="800" height="600" alt="(Foto: Tim Probst)">`) + `</div>`)
		}},
		{"maxCredits", 200, 400, func(n int) bool { return len(find(many(n))) == n }},
		{"maxDepth", 300, 450, func(n int) bool {
			return !any(`<nav>` + nested(n, figure(`<figcaption>Foto: Tim Probst</figcaption>`)) + `</nav>`)
		}},
		{"maxElements", 2000, 4000, func(n int) bool {
			return element(figure(`<figcaption>Die Brücke</figcaption>` + filler(n) + `<small>Foto: Tim Probst</small>`))
		}},
		{"maxItems", 700, 1500, func(n int) bool {
			return any(body + `<h2>Bildnachweise</h2><ul>` + strings.Repeat(`<li>-</li>`, n-1) + `<li>Tim Probst</li></ul>`)
		}},
		{"maxZoom", 200000, 300000, func(n int) bool {
			return any(`<figure ` + zoom(`{"copyright":"Tim Probst","src":"/a.jpg","legend":"`+spaced(n-60, "")+`"}`) + `>` + img + `</figure>`)
		}},
	} {
		if !tt.ask(tt.holds) {
			t.Errorf("%s: does not hold at %d", tt.number, tt.holds)
		}
		if tt.ask(tt.fails) {
			t.Errorf("%s: holds at %d", tt.number, tt.fails)
		}
	}
}

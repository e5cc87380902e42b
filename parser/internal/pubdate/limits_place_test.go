package pubdate

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/page"
)

// TestBounds holds the numbers that tell what a date stands beside, and how much is read: at the first each holds, at the second no longer.
func TestBounds(t *testing.T) {
	for _, tt := range []struct {
		number       string
		holds, fails int
		ask          func(n int) bool
	}{
		{"maxAuthor", 50, 100, func(n int) bool { return authored("von " + strings.Repeat("a", n-4) + " am") }},
		{"maxNamed", 45, 100, func(n int) bool {
			words := strings.Repeat("w", n-11) + " 12.03.2024"
			p := pageOf(t, "<article><h1>Radweg</h1>"+strings.Repeat("<div>Zeile</div>", 40)+`<div class="post-date">`+words+"</div></article>", "Radweg")
			return len(read(p).rest) == 1
		}},
		{"maxTitleRest", 20, 50, func(n int) bool {
			s := "Radweg | 12.03.2024" + strings.Repeat("w", n)
			return endsTitle(s, found{start: len("Radweg | "), end: len(s) - n})
		}},
		{"maxLines", 15000, 30000, func(n int) bool {
			p := pageOf(t, "<h1>Radweg</h1>"+strings.Repeat(`<div><time itemprop="datePublished" datetime="2024-03-12"></time></div>`, n), "Radweg")
			w := walker{t: p.Tree, title: heading(p), frame: -1}
			w.walk()
			return len(w.lines) >= n
		}},
		{"maxHeadings", 300, 700, func(n int) bool {
			p := pageOf(t, strings.Repeat("<h2>Anderes</h2>", n)+"<h2>Radweg an der Rur</h2>", "Radweg an der Rur")
			p.Title = "Radweg an der Rur"
			return p.Tree.Atom(heading(p)) == atom.H2
		}},
		{"maxNames", 150, 300, func(n int) bool { return headed(strings.Repeat("w", n-7) + " header") }},
		{"levels", 4, 7, func(n int) bool {
			return others == standing(t, `<ul><li><a href="/a">Neue Drehleiter `+
				`bestellt</a>`+strings.Repeat("<b>", n-1)+"12.03.2024"+strings.Repeat("</b>", n-1)+"</li></ul>")
		}},
		{"boxSize", 60, 120, func(n int) bool {
			p := pageOf(t, `<div id="box"><time datetime="2024-03-12">12.03.2024</time>`+strings.Repeat("<br>", n-3)+"</div><h1>Radweg</h1>", "Radweg")
			return factBox(p.Tree, byID(p, "box"))
		}},
		{"neighbours", 30, 60, func(n int) bool {
			item := `<div class="item"><a href="/a">Neue Drehleiter bestellt</a> <b>12.03.2024</b></div>`
			return others == standing(t, "<section>"+item+strings.Repeat("<hr>", n-2)+strings.Replace(item, "12.03.2024", "", 1)+"</section>")
		}},
		{"scriptLength", 1500, 3000, func(n int) bool {
			p := pageOf(t, "<script>"+strings.Repeat(" ", n<<10)+`x = {"publicationDate": "2024-03-12"}</script><h1>Radweg</h1>`, "Radweg")
			return len(scripted(p)) == 1
		}},
		{"mostKeys", 40, 80, func(n int) bool { // where all of them are read, the last contradicts
			p := pageOf(t, "<script>x = ["+strings.Repeat(`{"publicationDate": "2024-03-12"},`, n)+`{"publicationDate": `+
				`"2024-03-13"}]</script><h1>Radweg</h1>`, "Radweg")
			return len(scripted(p)) == 0
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

// standing is where the line with the date stands on a page with body above its title.
func standing(t *testing.T, body string) where {
	t.Helper()
	for _, l := range read(pageOf(t, body+"<h1>Radweg</h1>", "Radweg")).lines {
		if strings.Contains(l.text, "12.03.2024") {
			l.at = dated(l)
			return l.stands()
		}
	}
	t.Errorf("no line has the date: %s", body)
	return anywhere
}

// dated is the entry of the text with the date.
func dated(l line) int32 {
	for i := range l.t.E {
		if l.t.E[i].Node.Data == "12.03.2024" {
			return int32(i)
		}
	}
	return l.at
}

func byID(p *page.Page, id string) int32 {
	for i := range p.Tree.E {
		if p.Tree.Attr(int32(i), "id") == id {
			return int32(i)
		}
	}
	panic(fmt.Sprintf("no element is called %q", id))
}

package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

const releaseHTML = `<main><h1>Kreis baut Radweg an der Rur</h1><p>Der Kreis Musterstadt baut im Sommer einen neuen Radweg. Die Arbeiten beginnen ` +
	`im Mai, sie dauern vier Monate.</p>
<p>„Das ist ein guter Tag“, sagte Landrätin Erika Muster bei der Vorstellung der Pläne im Kreishaus.</p></main>`

// Hostile and broken pages must end, and what can be read of them must be.
func TestReadHostile(t *testing.T) {
	const n = 100_000
	distinct := func(open, end string) string {
		var b strings.Builder
		for i := range n / 10 {
			fmt.Fprintf(&b, open, i)
		}
		return b.String() + releaseHTML + strings.Repeat(end, n/10)
	}
	tests := []struct {
		name, body string
		want       bool // the release's sentence must be found
	}{
		{"nested div", strings.Repeat("<div>", n) + releaseHTML + strings.Repeat("</div>", n), true},
		{"nested span inside the text", "<main><h1>Radweg</h1><p>" + strings.Repeat("<span>", n) +
			"Der Kreis Musterstadt baut im Sommer einen neuen Radweg. Die Arbeiten beginnen im Mai." + strings.Repeat("</span>", n) + "</p></main>", true},
		{"nested bold, each another", distinct(`<b class="c%d">`, "</b>"), true},
		{"unclosed lists", strings.Repeat("<ul><li>", n) + releaseHTML, true},
		{"nested tables", strings.Repeat("<table><tr><td>", n/10) + releaseHTML, true},
		{"nested quotations", "<main><h1>Radweg</h1>" + strings.Repeat("<blockquote>", n) +
			"<p>Der Kreis Musterstadt baut im Sommer einen neuen Radweg. Die Arbeiten beginnen im Mai.</p>", true},
		{"nested q", "<p>" + strings.Repeat("<q>", n) + "x", false},
		{"end tags only", strings.Repeat("</div>", n) + releaseHTML, true},
		{"a million quotation marks", "<main><h1>Radweg</h1><p>" + strings.Repeat("„", 1_000_000) + "</p></main>", false},
		{"one word of 10 MB", "<main><h1>Radweg</h1><p>" + strings.Repeat("a", 10<<20) + "</p></main>", false},
		{"many breaks", "<main><h1>Radweg</h1><p>" + strings.Repeat("<br>", n) + "</p></main>" + releaseHTML, false},
		{"many images in one wrapper", "<main><h1>Radweg</h1><div>" + strings.Repeat(`<img src="a.jpg">`, n) + "</div></main>" + releaseHTML, false},
		{"different images in one wrapper", "<main><h1>Radweg</h1><div>" + distinct(`<img src="a%d.jpg">`, "") + "</div></main>", true},
		{"many headings", strings.Repeat("<h1>Überschrift der Meldung</h1>", n) + releaseHTML, false},
		{"many links", strings.Repeat(`<a href="/x">Mehr</a> `, n) + releaseHTML, true},
		{"deep JSON-LD", `<script type="application/ld+json">` + strings.Repeat("[", n) + "</script>" + releaseHTML, true},
		{"long attributes", `<div class="` + strings.Repeat("a ", n) + `">` + releaseHTML, true},
		{"deep noscript", "<noscript>" + strings.Repeat("<div>", 10_000) + "<img src=x></noscript>" + releaseHTML, true},
		{"NUL bytes", "<p>\x00\x00" + releaseHTML, true},
		{"invalid UTF-8", "\xff\xfe\xfd<p>" + releaseHTML, false},
		{"cut in the middle of a tag", releaseHTML + "<div class=\"", true},
		{"no body", "<html><head><title>x</title>", false},
		{"frameset", "<frameset><frame src=a></frameset>", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := Read(&schemas.Snapshot{URL: "https://kreis.example/presse/radweg", Body: []byte(tt.body)})
			if err != nil {
				if tt.want {
					t.Fatal(err)
				}
				return
			}
			if p.Root < 0 || p.Tree == nil || p.URL == nil {
				t.Fatal("nil in a page without error")
			}
			if got := strings.Contains(text.New(p.Pieces).Text, "einen neuen Radweg. Die Arbeiten beginnen im Mai"); tt.want && !got {
				t.Errorf("text not found in %.300q", text.New(p.Pieces).Text)
			}
		})
	}
}

package pubdate

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/schemas"
)

// BenchmarkFind measures a page that prints its date, one that has to be searched as a last resort, and one of a megabyte.
func BenchmarkFind(b *testing.B) {
	for _, c := range []struct{ name, body string }{
		{"printed", article("", "", `<p class="date">12.03.2024</p>`)},
		{"searched", strings.ReplaceAll(article("", "", "<div>März 2024</div>"), textOf, undated)},
		{"1MB", article("", "", `<p class="date">12.03.2024</p>`+strings.Repeat(textOf, 2000))},
	} {
		b.Run(c.name, func(b *testing.B) {
			s := &schemas.Snapshot{URL: "https://www.kreis-musterstadt.de/a", Body: []byte(c.body)}
			p, err := page.Read(s)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(c.body)))
			b.ReportAllocs()
			for b.Loop() {
				Find(p, nil, s)
			}
		})
	}
}

package parser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

// press is a page of about size bytes in the frame of a municipal site, with quotes, dates and people to be found.
func press(size int) []byte {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Kreis baut Radweg an der Rur | Kreis Musterstadt</title></head><body>
<header><nav><ul><li><a href="/a">Bürgerservice</a></li><li><a href="/b">Politik</a></li></ul></nav></header><main><article><h1>Kreis baut Radweg ` +
		`an der Rur</h1><time datetime="2024-05-02">2. Mai 2024</time>`)
	for i := 0; b.Len() < size-900; i++ {
		fmt.Fprintf(&b, `<p>Der Kreis Musterstadt baut im Abschnitt %d bis zum %d. Juni 2024 einen neuen Radweg, damit Pendlerinnen und Pendler sicher `+
			`in die Stadt kommen.</p>
<p>„Das ist ein guter Tag für alle, die mit dem Rad zur Arbeit fahren“, sagte Landrätin Erika Muster bei der Vorstellung der Pläne im Kreishaus. `+
			`Der Leiter des Amtes, Hans Beispiel, dankte den Gemeinden.</p>`, i, i%28+1)
		if i%10 == 5 {
			fmt.Fprintf(&b, `<h2>Abschnitt %d</h2><figure><img src="/bild-%d.jpg" alt="Radweg"><figcaption>Der Radweg. Foto: Kreis Musterstadt</figcaption>`+
				`</figure><ul><li>ein Punkt der Liste</li><li>noch ein Punkt</li></ul>`, i, i)
		}
	}
	b.WriteString(`</article></main><footer><p>© Kreis Musterstadt</p><ul><li><a href="/impressum">Impressum</a></li></ul></footer></body></html>`)
	return []byte(b.String())
}

func BenchmarkPage(b *testing.B) {
	for _, size := range []int{10 << 10, 100 << 10, 1 << 20, 10 << 20} {
		page := press(size)
		b.Run(fmt.Sprintf("%dkB", size>>10), func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := parser.Parse(&schemas.Snapshot{URL: "https://kreis.example/presse/radweg.php", Body: page}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

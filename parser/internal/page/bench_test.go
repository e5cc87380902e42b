package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// BenchmarkRead shows that reading is linear in the size of the page: MB/s must not fall from 10 kB to 10 MB.
func BenchmarkRead(b *testing.B) {
	for _, size := range []int{10 << 10, 100 << 10, 1 << 20, 10 << 20} {
		var page strings.Builder
		page.WriteString(`<!doctype html><html lang="de"><title>Radweg</title><nav><a href="/">Start</a></nav><main><h1>Radweg</h1>`)
		for i := 0; page.Len() < size; i++ {
			fmt.Fprintf(&page, `<p class="text-%d">%s</p><p>%s</p>`, i%50, one, two)
			if i%10 == 5 {
				fmt.Fprintf(&page, `<h2>Abschnitt %d</h2><figure><img src="/bild-%d.jpg"><figcaption>Der Weg. Foto: Kreis</figcaption></figure><ul>`+
					`<li>ein Punkt</li><li><a href="/x">noch einer</a></li></ul>`, i, i)
			}
		}
		page.WriteString(`</main><footer>Kreis Musterstadt</footer></html>`)
		s := &schemas.Snapshot{URL: "https://kreis.example/presse/radweg.php", Body: []byte(page.String())}
		b.Run(fmt.Sprintf("%dkB", size>>10), func(b *testing.B) {
			b.SetBytes(int64(len(s.Body)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

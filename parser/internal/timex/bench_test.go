package timex

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// prose has no date at all; press text is mostly that.
const prose = ` Der Kreis lädt alle Bürgerinnen und Bürger zu der Veranstaltung ein, die von vielen Vereinen der Region getragen wird und im ` +
	`Kreishaus zu sehen ist.
 Die Dezernentin dankte den Ehrenamtlichen für ihren Einsatz und betonte, wie wichtig das Netzwerk für den Zusammenhalt in den Städten und Gemeinden sei.
 Wer sich informieren möchte, findet alle Angebote auf den Seiten der Verwaltung oder in der Broschüre, die in den Rathäusern ausliegt.`

// benchDoc is a text of about n bytes with a sentence full of dates after every three without.
func benchDoc(n int) *text.Doc {
	var ps []text.Piece
	size := 0
	for i := 0; size < n; i++ {
		s := seeds[i%len(seeds)] + prose
		ps = append(ps, text.Piece{Type: "paragraph", Text: s})
		size += len(s)
	}
	return text.New(ps)
}

func BenchmarkFind(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		d := benchDoc(n)
		b.Run(strings.Replace(sizeName(n), " ", "", 1), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(d.Text)))
			for b.Loop() {
				Find(d, Anchor{anchorDay, "published"})
			}
		})
	}
}

func sizeName(n int) string {
	if n >= 1_000_000 {
		return "1MB"
	}
	return map[int]string{10_000: "10kB", 100_000: "100kB"}[n]
}

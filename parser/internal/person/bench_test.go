package person

import (
	"fmt"
	"strings"
	"testing"
)

// The time per byte must not grow with the text: compare the MB/s of the sizes.
func BenchmarkFind(b *testing.B) {
	for _, n := range []int{1, 32, 1024} {
		d := doc(strings.Repeat(sample+"\n", n))
		b.Run(fmt.Sprintf("%dkB", len(d.Text)>>10), func(b *testing.B) {
			b.SetBytes(int64(len(d.Text)))
			b.ReportAllocs()
			for b.Loop() {
				Find(d, nil)
			}
		})
	}
}

// Texts no human being wrote: nothing but names, roles, surnames, particles.
func BenchmarkAdversarial(b *testing.B) {
	for name, unit := range map[string]string{
		"names": "Anna Meier ", "given": "Anna ", "roles": "der Landrat ", "particles": "von ", "und": "Leiter und ", "als": "Anna Meier als Leiterin ",
		"marks": `Anna " `, "commas": "Meier, Anna, ", "titles": "Dr. ",
		"leaders": "Leiter ", "von der": "von der ", "hyphens": "Anna-Maria ", "noble": "Anna Freiherr von ", "retired": "Landrat a. D. ",
		"rows": "Wumko Tandahl, Anna Lohmeier, ", "openers": "Zabru begann als Maurer. ", "owners": "Die Bilder Anna Lohmanns. ",
	} {
		d := doc(strings.Repeat(unit, 1<<20/len(unit)))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(d.Text)))
			for b.Loop() {
				Find(d, nil)
			}
		})
	}
}

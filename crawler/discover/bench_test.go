package discover

import (
	"fmt"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

func BenchmarkFrontier(b *testing.B) {
	src := exampleSource(b)
	b.ReportAllocs()
	for b.Loop() {
		f := NewFrontier(src)
		for i := range 10_000 {
			f.add(fmt.Sprintf("%spresse/m/%d.php?utm_source=x", src.Base, i), schemas.Hints{Title: "Titel"}, time.Time{})
		}
	}
}

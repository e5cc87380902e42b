package schemas_test

import (
	"os"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

func BenchmarkValidate(b *testing.B) {
	doc, err := os.ReadFile("testdata/valid/full.json")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		if err := schemas.Validate(doc); err != nil {
			b.Fatal(err)
		}
	}
}

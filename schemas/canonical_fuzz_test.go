package schemas_test

import (
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// FuzzSameDocument: a page is the same document as itself, and nobody's page is another host's.
func FuzzSameDocument(f *testing.F) {
	f.Add("https://kreis.example/a?id=1", "https://www.kreis.example/a/")
	f.Add("http://kreis.example", "https://kreis.example/?")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, err := schemas.CanonicalURL(a)
		if err != nil {
			return
		}
		if !schemas.SameDocument(x, x) {
			t.Fatalf("%q is not itself", x)
		}
		schemas.SameDocument(a, b)
	})
}

package source

import (
	"errors"
	"strings"
	"testing"
)

// FuzzParse: a source file of any bytes is a checked source or an error that tells its problems, never a panic.
func FuzzParse(f *testing.F) {
	f.Add([]byte(minimal))
	f.Add([]byte("id: [\n"))
	f.Add([]byte("a: &a [*a]\n<<: *a\n!!x y: |\n  z\n? - k\n: v\n"))
	f.Add([]byte("start: {listings: [{url: /, item: 'a:has(', next: x}]}\npace: 1e9s\nlimits: {body_bytes: -1B}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := Parse("f.yaml", text)
		if err == nil {
			if err := s.Check(); err != nil {
				t.Errorf("parsed, but not valid: %v", err)
			}
			return
		}
		var p Problems
		if !errors.As(err, &p) || len(p) == 0 || strings.Contains(err.Error(), "\n") {
			t.Errorf("err = %q", err)
		}
	})
}

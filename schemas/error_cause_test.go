package schemas_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestCauses: a cause in one line and without the path that stands beside it is still the same cause.
func TestCauses(t *testing.T) {
	name := filepath.Join(t.TempDir(), "absent")
	_, err := os.Open(name)
	if got := schemas.Pathless(err); strings.Contains(got.Error(), name) || !strings.HasPrefix(got.Error(), "open: ") || !errors.Is(got, fs.ErrNotExist) {
		t.Errorf("%v became %v", err, got)
	}
	plain := errors.New("plain")
	if schemas.Pathless(plain) != plain || schemas.OneLine(plain) != plain {
		t.Error("what is right already was changed")
	}
	lines := errors.Join(plain, fs.ErrClosed)
	if got := schemas.OneLine(lines); got.Error() != "plain file already closed" || !errors.Is(got, fs.ErrClosed) {
		t.Errorf("%q became %q", lines, got)
	}
}

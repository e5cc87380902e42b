//go:build unix

package api_test

import (
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/kreispresse/kreispresse/internal/web/api"
)

// TestSegmentIsPipe: a pipe among the segments keeps no request waiting for somebody who writes.
func TestSegmentIsPipe(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "segments"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "segments", "1-abc.ndjson.zst"), 0o600); err != nil {
		t.Skip(err)
	}
	newStore(t).serve(api.Options{Segments: dir}).want("/v1/segments/1-abc.ndjson.zst", http.StatusNotFound, "no file")
}

package publisher

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// A cleaner of old files removes the lock file: the directory stays locked.
func TestLockFileRemoved(t *testing.T) {
	b := openTest(t)
	for range 2 {
		mustDo(t, os.Remove(filepath.Join(b.cfg.DataDir, lockFile)))
		_, err := Open(t.Context(), Config{DataDir: b.cfg.DataDir}, testLog(t))
		wantKind(t, err, schemas.KindLocked, "another kreispresse", b.cfg.DataDir)
	}
	mustAppend(t, b, testSnapshot(1, "x"))
}

// What is written into a directory that was removed or replaced is lost: it is an error, not a success.
func TestStoreRemovedWhileInUse(t *testing.T) {
	for name, remove := range map[string]func(dir string) error{
		"all":      os.RemoveAll,
		"replaced": func(dir string) error { return os.Rename(dir, dir+"-old") },
		"streams":  func(dir string) error { return os.RemoveAll(filepath.Join(dir, "jetstream")) },
		"one": func(dir string) error {
			return os.RemoveAll(filepath.Join(dir, "jetstream", "$G", "streams", schemas.StreamRaw))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			b, err := Open(t.Context(), Config{DataDir: dir}, new(logLines).logger())
			mustDo(t, err)
			defer b.Close()
			mustAppend(t, b, testSnapshot(1, "x"))
			mustDo(t, remove(dir))
			if name == "replaced" {
				mustDo(t, os.Mkdir(dir, 0o700))
			}
			_, err = b.Append(t.Context(), testSnapshot(2, "y"))
			wantKind(t, err, schemas.KindStorage, "removed", dir)
			_, err = b.Mark(t.Context())
			wantKind(t, err, schemas.KindStorage, "removed")
		})
	}
}

// A server that does not end does not keep the process.
func TestCloseOfStuckServer(t *testing.T) {
	log := new(logLines)
	b, err := Open(t.Context(), Config{DataDir: t.TempDir()}, log.logger())
	mustDo(t, err)
	end, let := b.emb.end, make(chan struct{})
	ended := make(chan struct{})
	b.emb.end = func() { <-let; end(); close(ended) }
	b.Close()
	if !log.has("left behind") {
		t.Errorf("no word about the server that is stuck: %s", log)
	}
	close(let)
	<-ended
}

package publisher

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestDiskFull runs on a file system of a few megabytes until it is full. It needs the right to mount one.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("may not mount: %v", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	data := filepath.Join(dir, "data")
	b := openTest(t, func(c *Config) { c.DataDir = data })
	n, err := fill(t, b)
	wantKind(t, err, schemas.KindStorage)
	t.Logf("after %d snapshots: %v", n, err)
	b.Close()
	_, err = Open(t.Context(), Config{DataDir: data}, testLog(t))
	wantKind(t, err, schemas.KindStorage, "no space left on device")
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=8m"); err != nil {
		t.Fatal(err)
	}
	b = openTest(t, func(c *Config) { c.DataDir = data })
	defer b.Close() // before the file system goes
	intact(t, b, n)
	mustAppend(t, b, noise(n))
}

// TestReadOnlyFileSystem holds for root, too.
func TestReadOnlyFileSystem(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_RDONLY, "size=1m"); err != nil {
		t.Skipf("may not mount: %v", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	for _, d := range []string{dir, filepath.Join(dir, "data")} {
		_, err := Open(t.Context(), Config{DataDir: d}, testLog(t))
		wantKind(t, err, schemas.KindStorage, d, "read-only file system", "name a data directory")
		if _, err := os.Stat(filepath.Join(d, lockFile)); err == nil {
			t.Error("a lock on a read-only file system")
		}
	}
}

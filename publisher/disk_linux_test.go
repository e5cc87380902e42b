package publisher

import (
	"fmt"
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
	b := openTest(t, func(c *Config) { c.DataDir, c.Floor = data, 1 })
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

// tmpfs mounts a file system of a size, which remount changes; the test is skipped where that is not permitted.
func tmpfs(t *testing.T, size string) (dir string, remount func(size string)) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("may not mount: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir, func(size string) {
		t.Helper()
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size="+size); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDiskFloor: before the disk is full nothing is archived any more, while the broker can still read and write; with room again it goes on.
func TestDiskFloor(t *testing.T) {
	dir, remount := tmpfs(t, "16m")
	b := openTest(t, func(c *Config) { c.DataDir, c.Floor = filepath.Join(dir, "data"), 8<<20 })
	defer b.Close() // before the file system goes
	n, err := fill(t, b)
	wantKind(t, err, schemas.KindStorage, "are free, and nothing is crawled below 8.0 MiB", "it goes on by itself")
	for what, err := range map[string]error{"enough": b.Enough(t.Context()), "ready": b.Ready(t.Context())} {
		wantKind(t, err, schemas.KindStorage, "nothing is crawled below")
		t.Logf("%s: %v", what, err)
	}
	if r, ok := b.Room(t.Context()); !ok || !r.Low() || r.Floor != 8<<20 || r.Total != 16<<20 {
		t.Errorf("%+v, %v", r, ok)
	}
	intact(t, b, n)
	if _, err := b.Mark(t.Context()); err != nil {
		t.Errorf("what has to be noted can be noted: %v", err)
	}
	free := func() uint64 { r, _ := b.Room(t.Context()); return r.Free }
	used := 16<<20 - free()
	remount(fmt.Sprint(used + 9<<20)) // more than the floor, and not yet a quarter more
	wantKind(t, b.Enough(t.Context()), schemas.KindStorage, "nothing is crawled below")
	remount(fmt.Sprint(used + 12<<20))
	mustDo(t, b.Enough(t.Context()))
	mustDo(t, b.Ready(t.Context()))
	mustAppend(t, b, noise(n))
}

// TestDiskFullMends: a disk that is really full loses nothing that was acknowledged, and with room again the same process goes on, and so does
// another one that is its guest.
func TestDiskFullMends(t *testing.T) {
	dir, remount := tmpfs(t, "8m")
	data := filepath.Join(dir, "data")
	b := openTest(t, func(c *Config) { c.DataDir, c.Floor = data, 1 })
	defer b.Close()
	guest := openTest(t, func(c *Config) { c.DataDir, c.Join = data, true })
	defer guest.Close()
	n, err := fill(t, b)
	wantKind(t, err, schemas.KindStorage)
	t.Logf("after %d snapshots: %v", n, err)
	for range 2 {
		if err := b.Enough(t.Context()); schemas.KindOf(err) != schemas.KindStorage {
			t.Fatalf("the disk is full: %v", err)
		}
	}
	remount("32m")
	mustDo(t, b.Enough(t.Context()))
	mustDo(t, b.Ready(t.Context()))
	intact(t, b, n)
	if seq := mustAppend(t, b, noise(n)); seq < uint64(n+1) {
		t.Errorf("goes on at %d", seq)
	}
	if _, err := b.Mark(t.Context()); err != nil {
		t.Error(err)
	}
	intact(t, guest, n+1)
	mustAppend(t, guest, noise(n+1))
	if v, err := b.Verify(t.Context(), func(f Finding) { t.Errorf("%+v", f) }); err != nil || v.Snapshots != n+2 {
		t.Errorf("%+v, %v", v, err)
	}
}

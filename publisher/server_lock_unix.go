//go:build unix

package publisher

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/kreispresse/kreispresse/schemas"
)

// lockFile stands in the data directory. It is never removed: removing a lock file races with whoever opens it.
const lockFile = "kreispresse.lock"

// dirLock is the exclusive right to a data directory. The kernel releases it when the process ends, however it ends.
type dirLock struct{ f *os.File }

// lockDir takes the lock of dir or fails with KindLocked, naming the process that holds it. Two servers on one store would corrupt it.
func lockDir(dir string) (*dirLock, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, storageError("open", dir, err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer f.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, storageError("lock", dir, err)
		}
		holder := "another kreispresse"
		buf := make([]byte, 32)
		n, _ := f.ReadAt(buf, 0)
		if pid, err := strconv.Atoi(strings.TrimSpace(string(buf[:n]))); err == nil {
			holder += fmt.Sprintf(" (pid %d)", pid)
		}
		return nil, &schemas.Error{
			Op: "open", Kind: schemas.KindLocked, Err: fmt.Errorf("%s uses %s", holder, dir),
			Hint: "stop it, or give --data another directory, or run a NATS server and use --nats",
		}
	}
	if err := errors.Join(f.Truncate(0), writeAt(f, strconv.Itoa(os.Getpid())+"\n")); err != nil {
		f.Close()
		return nil, storageError("open", dir, err)
	}
	return &dirLock{f}, nil
}

func writeAt(f *os.File, s string) error {
	_, err := f.WriteAt([]byte(s), 0)
	return err
}

func (l *dirLock) release() error {
	_ = l.f.Truncate(0)
	return l.f.Close()
}

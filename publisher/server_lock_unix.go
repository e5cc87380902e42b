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

// dirLock is the exclusive right to a data directory: a lock on the file, which names the holder, and one on the directory itself, which
// stays when somebody removes the file. The kernel releases both when the process ends, however it ends.
type dirLock struct{ file, dir *os.File }

// lockDir takes the lock of dir or fails with KindLocked, naming the process that holds it. Two servers on one store would corrupt it.
func lockDir(dir string) (*dirLock, error) {
	l := new(dirLock)
	var err error
	if l.dir, err = os.Open(dir); err != nil {
		return nil, storageError("open", dir, err)
	}
	if l.file, err = os.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		l.dir.Close()
		return nil, storageError("open", dir, err)
	}
	for _, f := range []*os.File{l.file, l.dir} {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil || f == l.dir && !errors.Is(err, syscall.EWOULDBLOCK) { // some network file systems lock no directories
			continue
		}
		defer l.close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, storageError("lock", dir, err)
		}
		return nil, &schemas.Error{Op: "open", Kind: schemas.KindLocked, Err: fmt.Errorf("%s uses %s", l.holder(), dir), Hint: HintLocked}
	}
	if err := errors.Join(l.file.Truncate(0), writeAt(l.file, strconv.Itoa(os.Getpid())+"\n")); err != nil {
		l.close()
		return nil, storageError("open", dir, err)
	}
	return l, nil
}

func (l *dirLock) holder() string {
	buf := make([]byte, 32)
	n, _ := l.file.ReadAt(buf, 0)
	if pid, err := strconv.Atoi(strings.TrimSpace(string(buf[:n]))); err == nil {
		return fmt.Sprintf("another kreispresse (pid %d)", pid)
	}
	return "another kreispresse"
}

func writeAt(f *os.File, s string) error {
	_, err := f.WriteAt([]byte(s), 0)
	return err
}

func (l *dirLock) close() error { return errors.Join(l.file.Close(), l.dir.Close()) }

func (l *dirLock) release() error {
	_ = l.file.Truncate(0)
	return l.close()
}

// holds reports whether the directory is still the one that was locked, not removed or replaced.
func (l *dirLock) holds() bool {
	mine, err1 := l.dir.Stat()
	there, err2 := os.Stat(l.dir.Name())
	return err1 == nil && err2 == nil && os.SameFile(mine, there)
}

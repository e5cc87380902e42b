//go:build unix

package index

import (
	"errors"
	"os"
	"syscall"
)

// lock is the right to write to an index. The kernel takes it back when the process ends, however it ends.
type lock struct{ file *os.File }

// tryLock takes the lock, nil when another process has it. The file stays: removing it would race with whoever opens it.
func tryLock(path string) (*lock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return &lock{f}, nil
	}
	f.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, nil
	}
	return nil, err
}

func (l *lock) release() error { return l.file.Close() }

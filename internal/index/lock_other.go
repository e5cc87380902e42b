//go:build !unix

package index

import (
	"errors"
	"io/fs"
	"os"
)

// lock is the right to write to an index: a file that nobody else could make.
type lock struct{ path string }

// tryLock takes the lock, nil when another process has it. A process that was killed leaves the file behind; remove it then.
func tryLock(path string) (*lock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &lock{path}, f.Close()
}

func (l *lock) release() error { return os.Remove(l.path) }

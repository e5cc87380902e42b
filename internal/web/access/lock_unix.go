//go:build unix

package access

import (
	"errors"
	"os"
	"syscall"
)

// lock keeps other processes, and other stores of this one, from changing the file at path until unlock. A process that dies unlocks. The
// lock is a file of its own: the one at path is another with each change.
func lock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() { f.Close() }, nil
}

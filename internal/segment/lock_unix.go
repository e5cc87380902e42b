//go:build unix

package segment

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"github.com/kreispresse/kreispresse/schemas"
)

// lockDir keeps other processes out of dir until it is closed. A process that is killed leaves nothing that would keep out the next one.
func lockDir(dir string) (io.Closer, error) {
	f, err := os.OpenFile(filepath.Join(dir, ".lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, storage(dir, err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, &schemas.Error{
			Op: "archive", Thing: dir, Kind: schemas.KindLocked, Err: errors.New("another process is writing this archive"), Hint: "wait until it is done",
		}
	}
	return f, nil
}

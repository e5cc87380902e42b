package segment

import (
	"errors"
	"os"
	"runtime"
)

// syncDir puts the names of a directory on disk.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" { // cannot
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

//go:build unix

package polite

import (
	"errors"
	"syscall"
)

// running reports whether a process of this number runs, whoever owns it.
func running(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || !errors.Is(err, syscall.ESRCH)
}

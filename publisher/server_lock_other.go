//go:build !unix

package publisher

import (
	"errors"

	"github.com/kreispresse/kreispresse/schemas"
)

type dirLock struct{}

// lockDir refuses: without a lock that the kernel releases when a process dies, two servers could write to one store.
func lockDir(dir string) (*dirLock, error) {
	return nil, &schemas.Error{
		Op: "open", Thing: dir, Kind: schemas.KindUnavailable,
		Err: errors.New("no embedded server on this operating system"), Hint: HintNoServer,
	}
}

func (l *dirLock) release() error { return nil }
func (l *dirLock) holds() bool    { return true }

package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/kreispresse/kreispresse/schemas"
)

// errDamaged is a file that says what we never write.
var errDamaged = errors.New("the file is damaged")

// resultCode is SQLite's primary result code, 0 for errors of others.
func resultCode(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

// isDamaged reports a file that cannot be read as a database, or not as ours.
func isDamaged(err error) bool {
	code := resultCode(err)
	return errors.Is(err, errDamaged) || code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB || code == sqlite3.SQLITE_FORMAT
}

const (
	hintRenew = "remove the file and its -wal and -shm: it is made anew from the feed"
	hintSpace = "free space or check the rights of the directory: nothing is lost, the index goes on where it was"
)

// fail says what failed to be done to the index, and what to do about it. An *schemas.Error is kept.
func (x *Index) fail(op string, err error) error { return failed(op, x.path, err) }

func failed(op, path string, err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*schemas.Error](err); ok {
		return e
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e := &schemas.Error{Op: op + " the index", Kind: schemas.KindInternal, Thing: path, Err: schemas.OneLine(schemas.Pathless(err))}
	switch code := resultCode(err); {
	case isDamaged(err), errors.Is(err, errVersion):
		e.Kind, e.Hint = schemas.KindStorage, hintRenew
	case code == sqlite3.SQLITE_FULL, errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		e.Kind, e.Hint, e.Err = schemas.KindStorage, hintSpace, fmt.Errorf("no space left: %w", e.Err)
	case code == sqlite3.SQLITE_IOERR, code == sqlite3.SQLITE_READONLY, code == sqlite3.SQLITE_CANTOPEN, code == sqlite3.SQLITE_PERM,
		errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR):
		e.Kind, e.Hint = schemas.KindStorage, hintSpace
	case code == sqlite3.SQLITE_BUSY, code == sqlite3.SQLITE_LOCKED:
		e.Kind, e.Hint = schemas.KindLocked, "another program has the file open to write: end it, then repeat"
	case errors.Is(err, fs.ErrNotExist):
		e.Kind, e.Hint = schemas.KindNotFound, "there is no index yet: it is made by a process that follows the feed"
	}
	return e
}

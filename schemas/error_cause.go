package schemas

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Pathless is a cause without the path that an error of the operating system repeats: Error.Thing names it.
func Pathless(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", e.Op, e.Err)
	}
	return err
}

// OneLine is a cause on one line; those from the operating system or a server may have several.
func OneLine(err error) error {
	if s := err.Error(); strings.ContainsAny(s, "\r\n") {
		return fmt.Errorf("%s%w", strings.Join(strings.Fields(s), " "), quiet{err})
	}
	return err
}

// Quiet keeps a cause for errors.Is and errors.As behind other words, without repeating its text.
func Quiet(err error) error { return quiet{err} }

type quiet struct{ error }

func (quiet) Error() string   { return "" }
func (q quiet) Unwrap() error { return q.error }

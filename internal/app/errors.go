package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
	"github.com/urfave/cli/v3"
)

// usageError is a mistake on the command line.
type usageError struct{ msg string }

func (e *usageError) Error() string { return e.msg }

func usagef(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// onUsageError replaces the library's answer to a bad flag, a page of help, by one line.
func onUsageError(_ context.Context, cmd *cli.Command, err error, _ bool) error {
	return usagef("%v (see: %s --help)", err, cmd.FullName())
}

// noCommand is the error for a command that does not exist; it names the nearest that does.
func noCommand(cmd *cli.Command, name string) error {
	var names []string
	for _, c := range cmd.Commands {
		if !c.Hidden {
			names = append(names, c.Names()...)
		}
	}
	if near := nearest(name, names); near != "" {
		return usagef("no command %q, did you mean %s? (see: %s --help)", name, near, cmd.FullName())
	}
	return usagef("no command %q (see: %s --help)", name, cmd.FullName())
}

func withUsageErrors(cmds ...*cli.Command) []*cli.Command {
	for _, c := range cmds {
		c.OnUsageError = onUsageError
		withUsageErrors(c.Commands...)
	}
	return cmds
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func invalid(op, thing, hint string, err error) error {
	return &schemas.Error{Op: op, Kind: schemas.KindInvalid, Thing: thing, Hint: hint, Err: err}
}

// examples ends a description with command lines to copy.
func examples(lines ...string) string { return "\n\nExamples:\n   " + strings.Join(lines, "\n   ") }

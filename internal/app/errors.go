package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// usageError is a mistake on the command line.
type usageError struct{ msg string }

func (e *usageError) Error() string { return e.msg }

// usage makes an error one of the command line: its text and its hint stay.
func usage(err error) error { return &usageError{err.Error()} }

func usagef(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// brokenOffError is the end of a command by a signal that leaves something else behind than the line does, in words.
type brokenOffError struct {
	left string
	err  error
}

func (e *brokenOffError) Error() string { return e.err.Error() }
func (e *brokenOffError) Unwrap() error { return e.err }

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

// commandHints says on a command line what publisher's hints say in words.
var commandHints = map[string]string{
	publisher.HintNoPlace:   "give --data DIR or --nats URL",
	publisher.HintWritable:  "give --data a directory that can be written and has free space",
	publisher.HintLocked:    "stop it, or give --data another directory, or run a NATS server and use --nats",
	publisher.HintNoServer:  "run a NATS server and use --nats",
	publisher.HintNoStreams: "let kreispresse crawl create the streams, or create them yourself",
	publisher.HintNoJS:      "start the NATS server with JetStream (nats-server -js) and let kreispresse crawl create the streams, or create them yourself",
}

// withCommandHint gives the hint of an error in the words of the command line, where it has some.
func withCommandHint(err error) error {
	if e, ok := errors.AsType[*schemas.Error](err); ok {
		if hint, ok := commandHints[e.Hint]; ok {
			return errors.New(strings.Replace(err.Error(), e.Hint, hint, 1))
		}
	}
	return err
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func invalid(op, thing, hint string, err error) error {
	return &schemas.Error{Op: op, Kind: schemas.KindInvalid, Thing: thing, Hint: hint, Err: err}
}

// examples ends a description with command lines to copy.
func examples(lines ...string) string { return "\n\nExamples:\n   " + strings.Join(lines, "\n   ") }

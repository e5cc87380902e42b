package feed

import (
	"errors"
	"fmt"

	"github.com/kreispresse/kreispresse/schemas"
)

// Errors to ask for with errors.Is.
var (
	// ErrCursorTooOld: events behind the cursor are no more at the broker. Read them from an archive (Segments), or start from the present state.
	ErrCursorTooOld = errors.New("the cursor is older than what the feed still has")
	// ErrOtherFeed: the cursor or the archive belongs to another feed, or the feed was restored from an older backup.
	ErrOtherFeed = errors.New("the cursor or the archive belongs to another feed")
)

func invalid(thing string, err error) error {
	return &schemas.Error{Op: "subscribe", Kind: schemas.KindInvalid, Thing: thing, Err: err}
}

func tooOld(cursor, oldest uint64) error {
	return &schemas.Error{
		Op: "subscribe", Kind: schemas.KindNotFound, Thing: schemas.StreamPress,
		Err:  fmt.Errorf("%w: sequence %d is gone, the oldest is %d", ErrCursorTooOld, cursor, oldest),
		Hint: "read what is missing from an archive (Segments), or start from the present state (Present)",
	}
}

func otherFeed(format string, v ...any) error {
	return &schemas.Error{
		Op: "subscribe", Kind: schemas.KindConflict, Thing: schemas.StreamPress, Err: fmt.Errorf("%w: %w", ErrOtherFeed, fmt.Errorf(format, v...)),
		Hint: "start from the present state (Present), or with an archive of this feed",
	}
}

func unavailable(thing string, err error) error {
	return &schemas.Error{
		Op: "subscribe", Kind: schemas.KindUnavailable, Thing: thing, Err: err,
		Hint: "check the address, that the server runs, and the rights of the user (docs/feed.md)",
	}
}

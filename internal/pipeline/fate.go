package pipeline

import "github.com/kreispresse/kreispresse/schemas"

// Fate is what becomes of the work at hand after an error.
type Fate string

// The fates.
const (
	FateDone       Fate = "done"        // no error
	FateDeadLetter Fate = "dead letter" // the item's own: it is put aside with the reason, and the line goes on
	FateStop       Fate = "stop"        // ours: the source ends, nothing is settled that was not stored
)

// fate is the one place where an error is taken for the page's or for ours. A page can be invalid, too large, no HTML, empty, or lead
// to a record that nobody can publish; what the store, the broker or another process does is never the page's fault, and what is
// unknown is ours: a page put aside by mistake would be lost without anybody looking for the cause.
func fate(err error) Fate {
	switch schemas.KindOf(err) {
	case "":
		return FateDone
	case schemas.KindInvalid, schemas.KindTooLarge, schemas.KindNotHTML, schemas.KindEmpty, schemas.KindNoRelease, schemas.KindNotFound, schemas.KindPolicy:
		return FateDeadLetter
	default: // unavailable, storage, locked, conflict, internal
		return FateStop
	}
}

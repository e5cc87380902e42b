// Package crash names the moments at which the program may die between two durable writes, so that a test can make it die at each of
// them and nowhere else. Outside tests a point costs one atomic load and does nothing.
package crash

import "sync/atomic"

// Point is a moment between two durable writes. Beside each stands what must be seen after the next run.
type Point string

// The points, in the order in which a page meets them.
const (
	// UnsureNoted: the state of a known page says that it is about to be archived again, and it is not. The next crawl asks for the
	// page without validators and archives what it finds.
	UnsureNoted Point = "unsure noted"
	// Archived: the snapshot is in PRESS_RAW, the page's state is not written. The next crawl archives the page again only if it
	// changed meanwhile; the snapshot is extracted in any case.
	Archived Point = "archived"
	// Remembered: archive and state agree, nothing is extracted. The next run extracts it.
	Remembered Point = "remembered"
	// FetchedNoted: the first manifest is written, nothing was judged. The next run judges by what waits and by what it sees itself.
	FetchedNoted Point = "fetched noted"
	// Published: the event is in PRESS, the page does not know what it carries. The next run finds the release unchanged.
	Published Point = "published"
	// Carried: the page knows its release, the source's cursor is behind. The next run reads the snapshot again and finds it unchanged.
	Carried Point = "carried"
	// HeldNoted: the page says that its change is held, the source's list does not. The next crawl asks for the page and holds it again.
	HeldNoted Point = "held noted"
	// TombstoneArchived: the tombstone is in PRESS_RAW, the release stands. The next run withdraws it.
	TombstoneArchived Point = "tombstone archived"
	// Withdrawn: the release is withdrawn, the page does not know that it is gone. The next run notes it, and nothing is published.
	Withdrawn Point = "withdrawn"
	// Extracted: everything has its outcome and is noted, the second manifest is missing. Nothing is left to do.
	Extracted Point = "extracted"
	// MovedTo: a release of a source that moves is published where it is now, and not withdrawn where it was. The move is repeated.
	MovedTo Point = "moved to"
)

// Points are all points.
var Points = []Point{
	UnsureNoted, Archived, Remembered, FetchedNoted, Published, Carried, HeldNoted, TombstoneArchived, Withdrawn, Extracted, MovedTo,
}

var hook atomic.Pointer[func(Point)]

// Arm makes every point call f. It is for tests.
func Arm(f func(Point)) { hook.Store(&f) }

// Here is a point.
func Here(p Point) {
	if f := hook.Load(); f != nil {
		(*f)(p)
	}
}

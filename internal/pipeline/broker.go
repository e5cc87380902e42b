package pipeline

import (
	"context"

	"github.com/kreispresse/kreispresse/schemas"
)

// Archive keeps the pages as fetched. Sequences are those of PRESS_RAW: one order for all snapshots, the only one the line trusts.
// Implementations are safe for concurrent use; errors are *schemas.Error.
type Archive interface {
	// Append stores a snapshot and returns its sequence once it is durable. When the newest snapshot of the page already says the
	// same, that one's sequence is returned and nothing is added.
	Append(ctx context.Context, s *schemas.Snapshot) (uint64, error)
	// Snapshot reads one snapshot; KindNotFound when there is none.
	Snapshot(ctx context.Context, seq uint64) (*schemas.Snapshot, error)
	// LastSnapshotOf is the sequence of the newest snapshot of a page, 0 when there is none.
	LastSnapshotOf(ctx context.Context, source, page string) (uint64, error)
	// Expire removes snapshots of a source by their age, see publisher.Bus.
	Expire(ctx context.Context, source string, x schemas.Retention) (schemas.Expired, error)
	// EachSnapshotOf gives the snapshots of a source that were archived after a sequence, in order, until fn fails. One that cannot be
	// read is given as nil with its error.
	EachSnapshotOf(ctx context.Context, source string, after uint64, fn func(seq uint64, s *schemas.Snapshot, err error) error) error
}

// Releases is the feed.
type Releases interface {
	// Current is the newest event of a release, nil when nothing was ever published on its subject.
	Current(ctx context.Context, source schemas.Source, id string) (*schemas.Event, error)
	// Publish writes ev, made on top of cur, and sets ev.Sequence once it is durable. KindConflict: cur is not the newest any more.
	// KindInvalid and KindTooLarge: this record can never be published.
	Publish(ctx context.Context, cur, ev *schemas.Event) error
	// EachCurrent gives the newest event of every release of a source, tombstones too.
	EachCurrent(ctx context.Context, source string, fn func(*schemas.Event) error) error
}

// Pages is the state of every known page, see crawler.Pages, whose contract it shares.
type Pages interface {
	Get(ctx context.Context, source, page string) (schemas.PageState, uint64, error)
	Put(ctx context.Context, source, page string, st schemas.PageState, rev uint64) (uint64, error)
	Each(ctx context.Context, source string, fn func(page string, st schemas.PageState, rev uint64) error) error
}

// Sources is what the line remembers of a source, by key; values are JSON.
type Sources interface {
	// Get reads a value into the pointer into and returns its revision; KindNotFound when there is none.
	Get(ctx context.Context, key string, into any) (rev uint64, err error)
	// Put writes a value if rev is still its revision (0: if there is none); else KindConflict.
	Put(ctx context.Context, key string, value any, rev uint64) (uint64, error)
	// EachLine gives the LineState of every source that has one.
	EachLine(ctx context.Context, fn func(source string, st schemas.LineState) error) error
}

// Runs is the account book.
type Runs interface {
	// PublishRun writes one event about a source and returns its sequence once it is durable.
	PublishRun(ctx context.Context, source, event string, value any) (uint64, error)
}

// Broker is everything the line needs of the durable half.
type Broker struct {
	Archive  Archive
	Releases Releases
	Pages    Pages
	Sources  Sources
	Runs     Runs
	Eraser   Eraser
	// Mark writes down how far every stream is, so that a loss is noticed later, and returns it for the manifest; may be nil.
	Mark func(context.Context) (map[string]uint64, error)
}

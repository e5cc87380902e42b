package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/internal/review"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Searcher finds releases and quotes; index.Index is one.
type Searcher interface {
	Search(context.Context, index.Query) (*index.Page, error)
	Quotes(context.Context, index.QuoteQuery) (*index.QuotePage, error)
	Cursor(context.Context) (uint64, error)
}

// Config says what a Reader reads.
type Config struct {
	Bus     *publisher.Bus
	Index   Searcher // nil: NoIndex says why
	NoIndex error
	Sources func() ([]*source.Source, error) // the registry in use
	Contact string                           // for the doctor
	Log     *slog.Logger                     // nil: none
	Now     func() time.Time                 // nil: time.Now
}

// Reader is the read model: everything that is shown of the feed, the sources and the installation. It may be used from several goroutines.
type Reader struct {
	Config
	registry memo[[]*source.Source]
	sources  memo[[]SourceStatus]
	overview memo[*Overview]
	system   memo[*System]
	runs     hourly[Funnel]
	events   hourly[map[string]int] // by the short name of the type
	desk     *review.Desk
}

// NewReader makes a Reader. It reads nothing yet.
func NewReader(c Config) *Reader {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Reader{
		Config:   c,
		registry: memo[[]*source.Source]{fresh: registryAge, stale: mostStale},
		sources:  memo[[]SourceStatus]{fresh: sourcesAge, stale: mostStale},
		overview: memo[*Overview]{fresh: overviewAge, stale: mostStale},
		system:   memo[*System]{fresh: systemAge, stale: mostStale},
		desk:     &review.Desk{Store: c.Bus, Now: c.Now},
	}
}

// mostStale is how old what is shown may be when the store is too busy to tell at once.
const mostStale = 10 * time.Minute

// Renew forgets what is remembered of the sources and the system: who has just changed something sees it at once. What another process
// changes is seen some seconds later.
func (r *Reader) Renew() {
	r.sources.drop()
	r.overview.drop()
	r.system.drop()
}

// ErrErased is why nothing can be shown of a release that was erased.
var ErrErased = errors.New("it was erased")

// Release is the newest event of a release, tombstones too. KindNotFound when there is none, KindInvalid when id is no id.
func (r *Reader) Release(ctx context.Context, id string) (*schemas.Event, error) {
	return r.Bus.Newest(ctx, id)
}

// Revisions are all events of a release that are kept, oldest first.
func (r *Reader) Revisions(ctx context.Context, id string) ([]*schemas.Event, error) {
	return r.Bus.Revisions(ctx, id)
}

// Page is the page that a revision was read from, as stored; 0: the newest that has one. KindNotFound when it is not kept any more, with
// ErrErased when the release was erased.
func (r *Reader) Page(ctx context.Context, id string, revision int) (*schemas.Snapshot, error) {
	all, err := r.Bus.Revisions(ctx, id)
	if err != nil {
		return nil, err
	}
	ev, err := withPage(all, revision)
	if err != nil {
		return nil, err
	}
	seq := ev.Release.Provenance.RawSequence
	if seq == 0 {
		return nil, noPage(ev, errors.New("nobody noted which page it was read from"))
	}
	s, err := r.Bus.Snapshot(ctx, seq)
	switch {
	case schemas.KindOf(err) == schemas.KindNotFound:
		return nil, noPage(ev, fmt.Errorf("its page (snapshot %d) is not kept any more", seq))
	case err != nil:
		return nil, err
	case s.Digest() != ev.Release.Provenance.Snapshot:
		return nil, noPage(ev, fmt.Errorf("snapshot %d is another page: the archive is of another installation", seq))
	}
	return s, nil
}

func noPage(ev *schemas.Event, why error) error {
	return &schemas.Error{Op: "page", Kind: schemas.KindNotFound, Thing: ev.ID, Err: why, Hint: "see which revisions have one"}
}

// withPage is the revision with the given number, or the newest that is no tombstone.
func withPage(all []*schemas.Event, revision int) (*schemas.Event, error) {
	if ev := all[len(all)-1]; ev.Type == schemas.EventErased {
		return nil, noPage(ev, ErrErased)
	}
	for i := len(all) - 1; i >= 0; i-- {
		ev := all[i]
		there := ev.Type != schemas.EventWithdrawn
		switch {
		case revision == 0 && there, revision == ev.Revision && there:
			return ev, nil
		case revision == ev.Revision:
			return nil, noPage(ev, errors.New("the release was withdrawn: there was no page any more"))
		}
	}
	return nil, noRevision(all, revision)
}

func noRevision(all []*schemas.Event, revision int) error {
	first, last := all[0].Revision, all[len(all)-1].Revision
	return &schemas.Error{
		Op: "read", Kind: schemas.KindNotFound, Thing: all[0].Subject, Err: fmt.Errorf("no revision %d", revision),
		Hint: fmt.Sprintf("there are %d to %d", first, last),
	}
}

// Search finds releases. KindUnavailable when there is no index.
func (r *Reader) Search(ctx context.Context, q index.Query) (*index.Page, error) {
	if r.Index == nil {
		return nil, r.noIndex()
	}
	return r.Index.Search(ctx, q)
}

// Quotes finds quotes. KindUnavailable when there is no index.
func (r *Reader) Quotes(ctx context.Context, q index.QuoteQuery) (*index.QuotePage, error) {
	if r.Index == nil {
		return nil, r.noIndex()
	}
	return r.Index.Quotes(ctx, q)
}

func (r *Reader) noIndex() error {
	why := r.NoIndex
	if why == nil {
		why = errors.New("this process has no index")
	}
	return &schemas.Error{Op: "search", Kind: schemas.KindUnavailable, Err: why, Hint: "serve with an index; the feed can be read without"}
}

// News is the sequence from which on the feed has what Search may not find yet. Asked for before a search, it loses nothing between both.
func (r *Reader) News(ctx context.Context) (uint64, error) {
	if r.Index == nil {
		return 0, r.noIndex()
	}
	done, err := r.Index.Cursor(ctx)
	if err != nil {
		return 0, err
	}
	reach, err := r.Bus.Reach(ctx)
	if err != nil {
		return 0, err
	}
	return min(max(done+1, reach.First), reach.Last+1), nil // an index that is far behind, or of another feed, says nothing of where
}

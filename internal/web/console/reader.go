package console

import (
	"context"

	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/internal/review"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Reader is what the console shows; api.Reader is the one there is.
type Reader interface {
	Release(ctx context.Context, id string) (*schemas.Event, error)
	Revisions(ctx context.Context, id string) ([]*schemas.Event, error)
	Diff(ctx context.Context, id string, from, to int) (*api.Diff, error)
	Page(ctx context.Context, id string, revision int) (*schemas.Snapshot, error)
	Search(ctx context.Context, q index.Query) (*index.Page, error)
	News(ctx context.Context) (uint64, error)
	Quotes(ctx context.Context, q index.QuoteQuery) (*index.QuotePage, error)
	Sources(ctx context.Context) ([]api.SourceStatus, error)
	Source(ctx context.Context, id string) (*api.SourceDetail, error)
	Host(ctx context.Context, name string) (*api.HostDetail, error)
	PauseRequests(ctx context.Context) ([]schemas.PauseRequest, error)
	Overview(ctx context.Context) (*api.Overview, error)
	Held(ctx context.Context) ([]api.Aside, error)
	Dead(ctx context.Context) ([]api.Aside, error)
	Subscribers(ctx context.Context) ([]publisher.Subscriber, error)
	System(ctx context.Context) (*api.System, error)
	Audits(ctx context.Context, n int) ([]api.Audit, error)
	Reviews(ctx context.Context, source, release string) ([]review.Reviewed, error)
	Renew() // somebody has changed something, and is to see it
}

var _ Reader = (*api.Reader)(nil)

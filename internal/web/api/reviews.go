package api

import (
	"context"

	"github.com/kreispresse/kreispresse/internal/review"
)

// Reviews are what people said of how releases of a source, or one release of it, were read (of all when empty), newest first, with what has
// become of it.
func (r *Reader) Reviews(ctx context.Context, source, release string) ([]review.Reviewed, error) {
	return r.desk.List(ctx, source, release)
}

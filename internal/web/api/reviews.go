package api

import (
	"context"

	"github.com/kreispresse/kreispresse/internal/review"
)

// Reviews are what people said of how releases of a source (of all when empty) were read, newest first, with what has become of it.
func (r *Reader) Reviews(ctx context.Context, source string) ([]review.Reviewed, error) {
	return r.desk.List(ctx, source)
}

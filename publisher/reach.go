package publisher

import (
	"context"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Reach is how far PRESS goes.
type Reach struct {
	Created     time.Time // when the stream was made: whoever keeps a cursor tells by it that it is of this stream
	First, Last uint64    // sequences of what is kept; Last is 0 when nothing was ever published
}

// Reach says how far PRESS goes now.
func (b *Bus) Reach(ctx context.Context) (r Reach, err error) {
	err = b.patiently(ctx, func() error {
		info, err := b.lookAt(ctx, "read", schemas.StreamPress)
		if err == nil {
			r = Reach{Created: info.Created.UTC(), First: info.State.FirstSeq, Last: info.State.LastSeq}
		}
		return err
	})
	return r, err
}

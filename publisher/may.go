package publisher

import (
	"context"
	"errors"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// MayErase is an error when the user has no right to remove messages for good. Whoever is about to asks before it tells subscribers to remove
// theirs: an erasure that is refused half way waits for somebody else to end it.
func (b *Bus) MayErase(ctx context.Context) error {
	for _, stream := range []string{schemas.StreamPress, schemas.StreamRaw, schemas.StreamRuns, streamBodies} {
		if err := b.mayErase(ctx, stream); err != nil {
			return err
		}
	}
	return nil
}

// mayErase has a message removed that is in no stream, with sequence 0: any answer but a refusal says that more would be done.
func (b *Bus) mayErase(ctx context.Context, stream string) error {
	return b.patiently(ctx, func() error {
		ctx, cancel := b.request(ctx, stream, "")
		defer cancel()
		s, err := b.stream(ctx, stream)
		if err == nil {
			if err = s.SecureDeleteMsg(ctx, 0); errors.Is(err, jetstream.ErrMsgDeleteUnsuccessful) {
				return nil
			}
		}
		return b.fail(ctx, "erase", "stream "+stream, err)
	})
}

package publisher

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// metaLost marks a bucket that was made in place of one that was lost.
const metaLost = "kreispresse-lost"

// again gives a bucket that vanished while we use it a successor when nothing is lost for good with it; err, which is returned, then makes
// whoever reads patiently try once more.
func (b *Bus) again(ctx context.Context, stream string, err error) error {
	if !isStreamGone(err) || !rebuilt(stream) || !b.cfg.ManageStreams || b.cfg.Damaged {
		return err
	}
	b.rebuilding.Lock()
	defer b.rebuilding.Unlock()
	s, asked := b.js.Stream(ctx, stream) // somebody else may have been quicker
	switch {
	case errors.Is(asked, jetstream.ErrStreamNotFound):
	case asked == nil:
		b.setStream(stream, s)
		return err
	default:
		return err
	}
	for _, want := range table(b.copies()) {
		if want.Name != stream {
			continue
		}
		lost(&want)
		switch s, made := b.js.CreateStream(ctx, want); {
		case made == nil:
			b.log.Warn("something remembered was lost, it is found out anew", "stream", stream, "what", "it is gone")
			b.setStream(stream, s)
		case !errors.Is(made, jetstream.ErrStreamNameAlreadyInUse):
			b.log.Warn("a bucket that was lost cannot be made anew yet", "stream", stream, "error", schemas.OneLine(made))
		}
	}
	return err
}

// lost marks the configuration of a bucket that replaces one that was lost.
func lost(c *jetstream.StreamConfig) { c.Metadata = map[string]string{metaLost: "true"} }

// lostHosts is until when nobody may take a host that is not in press_hosts: when the bucket was lost, or somebody deleted the entry, those
// who held hosts before go on asking them until they renew. Zero: nothing was lost of late.
func (b *Bus) lostHosts(ctx context.Context, subject string) (until time.Time, err error) {
	if b.cfg.URL == "" { // one process alone crawls on a data directory
		return time.Time{}, nil
	}
	was, err := b.last(ctx, streamHosts, subject)
	if err != nil {
		return time.Time{}, err
	}
	var info *jetstream.StreamInfo
	err = b.patiently(ctx, func() (err error) {
		info, err = b.lookAt(ctx, "host state", streamHosts)
		return b.again(ctx, streamHosts, err)
	})
	if err != nil {
		return time.Time{}, err
	}
	switch {
	case was != nil:
		until = was.time.Add(b.cfg.LostLeases)
	case info.Config.Metadata[metaLost] != "":
		until = info.Created.Add(b.cfg.LostLeases)
	}
	if until.Before(info.TimeStamp) {
		return time.Time{}, nil
	}
	return until, nil
}

// nobodyKnows is the state of a host whose entry was lost: it is held, by whoever held it.
func nobodyKnows(until time.Time) schemas.HostState {
	return schemas.HostState{Holder: schemas.UnknownHolder, HeldUntil: until}
}

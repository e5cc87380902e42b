package publisher

import (
	"context"

	"github.com/kreispresse/kreispresse/schemas"
)

// Extent is the first sequence of PRESS that is kept, and the last one that was ever given; first is last+1 when nothing is kept.
func (b *Bus) Extent(ctx context.Context) (first, last uint64, err error) {
	err = b.patiently(ctx, func() error {
		info, err := b.lookAt(ctx, "read", schemas.StreamPress)
		if err == nil {
			first, last = info.State.FirstSeq, info.State.LastSeq
			if info.State.Msgs == 0 {
				first = last + 1
			}
		}
		return err
	})
	return first, last, err
}

// At is the event of a sequence without its release, and the release as it is stored; nil when it is not kept.
func (b *Bus) At(ctx context.Context, seq uint64) (*schemas.Event, []byte, error) {
	m, err := b.bySequence(ctx, schemas.StreamPress, seq)
	if err != nil || m == nil {
		return nil, nil, err
	}
	ev, err := m.envelope()
	return ev, m.data, err
}

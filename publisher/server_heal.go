package publisher

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// heal starts an embedded server anew that could not write, as soon as the disk takes something again: a stream that had a write error takes
// nothing until its next start. It returns why that is not possible yet; nil when nothing is broken. What was acknowledged is looked for
// as at every start.
func (b *Bus) heal(ctx context.Context) error {
	why := b.broken.get()
	if why == nil || b.emb == nil || !b.broken.curable.Load() {
		return why
	}
	if !b.healing.TryLock() {
		return why // somebody is at it
	}
	defer b.healing.Unlock()
	if why = b.broken.get(); why == nil {
		return nil
	}
	if err := probe(b.emb.dir); err != nil {
		return why
	}
	if err := b.emb.restart(); err != nil {
		return err
	}
	if err := b.connectedAgain(ctx); err != nil {
		return err
	}
	b.broken.why.Store(nil)
	_, found, err := b.survey(ctx)
	if err == nil {
		err = b.judgeDamage(found)
	}
	if err != nil {
		b.breakDown(err)
		return err
	}
	b.log.Warn("the embedded NATS server can write again; nothing that was acknowledged is missing", "after", why)
	return nil
}

// connectedAgain waits until the connection that the restart has cut is there again.
func (b *Bus) connectedAgain(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for !b.nc.IsConnected() || b.nc.FlushWithContext(ctx) != nil {
		if b.nc.IsClosed() {
			return &schemas.Error{Op: "store", Kind: schemas.KindUnavailable, Thing: b.cfg.thing(), Err: nats.ErrConnectionClosed}
		}
		if err := pause(ctx, firstPause); err != nil {
			return b.fail(ctx, "store", b.cfg.thing(), fmt.Errorf("the embedded NATS server does not answer: %w", err))
		}
	}
	return nil
}

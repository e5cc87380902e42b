package publisher

import (
	"context"
	"errors"
	"log/slog"
	"math"

	"github.com/nats-io/jsm.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// Restore makes the streams of a backup in a broker that has none of them: a new data directory, or a server or cluster. So a store moves
// from the embedded server to a cluster and back; streams get as many copies as cfg or the broker wants. When it fails nothing is left of
// it. KindConflict: the broker has such a stream already.
func Restore(ctx context.Context, cfg Config, dir string, log *slog.Logger) (*Backup, error) {
	made, err := ReadBackup(dir)
	if err != nil {
		return nil, err
	}
	b, err := openBare(ctx, cfg, log)
	if err != nil {
		return nil, err
	}
	defer b.closeBare()
	manager, err := jsm.New(b.nc, jsm.WithTimeout(requestTimeout))
	if err != nil {
		return nil, b.fail(ctx, "restore", cfg.thing(), err)
	}
	for _, s := range made.Streams {
		if err := b.absent(ctx, manager, s.Name); err != nil {
			return nil, err
		}
	}
	if err := b.restoreStreams(ctx, manager, made, dir); err != nil {
		for _, s := range made.Streams {
			_ = manager.DeleteStream(s.Name)
		}
		return nil, err
	}
	return made, nil
}

func (b *Bus) restoreStreams(ctx context.Context, manager *jsm.Manager, made *Backup, dir string) error {
	for _, s := range made.Streams {
		// A cluster may choose other leaders while it takes a stream in: then the stream is begun anew.
		err := b.patiently(ctx, func() error {
			err := b.restoreStream(ctx, manager, s, streamDir(dir, s.Name))
			if err != nil {
				_ = manager.DeleteStream(s.Name)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return b.restoreGone(ctx, made.Gone)
}

// restoreGone takes out what was erased while the backup was made and is in it all the same, and brings ledger and account up to date.
func (b *Bus) restoreGone(ctx context.Context, gone map[string][]schemas.Range) error {
	if len(gone) == 0 {
		return nil
	}
	for stream, list := range gone {
		info, err := b.lookAt(ctx, "restore", stream)
		if err != nil {
			return err
		}
		missing, err := b.missing(ctx, stream)
		if err != nil {
			return err
		}
		later := []schemas.Range{{info.State.LastSeq + 1, math.MaxUint64 - 1}} // than the copy of this stream
		list = schemas.WithoutRanges(list, later)
		for _, r := range schemas.WithoutRanges(list, missing) {
			for seq := r[0]; seq <= r[1]; seq++ {
				if err := b.eraseOne(ctx, stream, seq, true); err != nil {
					return err
				}
			}
		}
		if err := b.noteGone(ctx, stream, list); err != nil {
			return err
		}
	}
	return b.account(ctx, func(e *erasures) error {
		e.UnderWay = nil
		return b.tally(ctx, e, gone)
	})
}

// absent is an error when the broker has a stream already.
func (b *Bus) absent(ctx context.Context, manager *jsm.Manager, stream string) error {
	ctx, stop := b.guarded(ctx, stream)
	defer stop()
	known, err := manager.IsKnownStream(stream)
	if err == nil && known {
		return &schemas.Error{
			Op: "restore", Kind: schemas.KindConflict, Thing: b.cfg.thing(), Err: errors.New("stream " + stream + " is there already"),
			Hint: "restore into a new data directory, or into an account without streams of kreispresse",
		}
	}
	return b.fail(ctx, "restore", "stream "+stream, err)
}

func (b *Bus) restoreStream(ctx context.Context, manager *jsm.Manager, s StreamBackup, dir string) error {
	ctx, stop := b.guarded(ctx, s.Name)
	defer stop()
	fail := func(err error) error { return b.fail(ctx, "restore", "stream "+s.Name, err) }
	meta, err := readMeta(dir)
	if err != nil {
		return fail(err)
	}
	meta.Config.Replicas = b.copies()
	_, state, err := manager.RestoreSnapshotFromDirectory(ctx, s.Name, dir, jsm.RestoreConfiguration(meta.Config))
	if err != nil {
		return fail(err)
	}
	if state.Msgs != s.Messages || state.LastSeq != s.Last {
		return errorf(schemas.KindStorage, "restore", "stream "+s.Name, "%d messages up to %d were restored, of %d up to %d",
			state.Msgs, state.LastSeq, s.Messages, s.Last)
	}
	return nil
}

// openBare opens a broker without looking for streams or making any.
func openBare(ctx context.Context, cfg Config, log *slog.Logger) (*Bus, error) {
	cfg = cfg.withDefaults()
	b := newBus(cfg, log)
	var err error
	if b.pack, err = newPacker(); err != nil {
		return nil, err
	}
	if cfg.URL == "" {
		if b.emb, err = startEmbedded(cfg, b.log, b.failed); err != nil {
			return nil, err
		}
	}
	if err := b.connect(ctx); err != nil {
		b.closeBare()
		return nil, err
	}
	return b, nil
}

// closeBare is Close without marks, which a broker without streams cannot take.
func (b *Bus) closeBare() {
	if b.nc != nil {
		b.nc.Close()
	}
	if b.emb != nil && !b.emb.stop() {
		b.log.Error("the embedded NATS server does not end and is left behind", "dir", b.emb.dir)
	}
}

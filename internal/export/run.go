package export

import (
	"context"
	"io"
	"time"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Feed is where events and pages come from; *publisher.Bus is one.
type Feed interface {
	Replay(context.Context, publisher.Filter, func(*schemas.Event) error) (int, error)
	ReplayRaw(context.Context, publisher.Filter, func(*schemas.Event, []byte) error) (int, error)
	Snapshot(context.Context, uint64) (*schemas.Snapshot, error)
}

// Run writes what f chooses from the feed, as it is now, to w and returns how many events that were. What was written before an error is of
// no use.
func Run(ctx context.Context, feed Feed, f Filter, format *Format, o Options, w io.Writer) (int, error) {
	if err := f.prepare(format); err != nil {
		return 0, err
	}
	if format.dated {
		if err := newest(ctx, feed, &f, &o.Updated); err != nil {
			return 0, err
		}
	}
	o.Speaker, o.History = f.Speaker, f.History
	o.Snapshot = func(seq uint64) (*schemas.Snapshot, error) { return feed.Snapshot(ctx, seq) }
	out, err := format.New(interruptible{ctx, w}, o)
	if err != nil {
		return 0, err
	}
	if d, ok := out.(interface{ Discard() }); ok {
		defer d.Discard()
	}
	if err := out.Begin(); err != nil {
		return 0, err
	}
	n, err := each(ctx, feed, &f, out)
	if err != nil {
		return n, err
	}
	return n, out.Close()
}

// newest finds when the newest of the chosen events was made: a document that says so at its beginning needs it before it sees them.
func newest(ctx context.Context, feed Feed, f *Filter, at *time.Time) error {
	_, err := each(ctx, feed, f, latest{at: at})
	return err
}

// latest is a writer that only looks at the time.
type latest struct {
	counter
	at *time.Time
}

func (l latest) WriteRaw(ev *schemas.Event, _ []byte) error {
	if ev.Time.After(*l.at) {
		*l.at = ev.Time
	}
	return nil
}

// Count is how many events Run would write.
func Count(ctx context.Context, feed Feed, f Filter, format *Format) (int, error) {
	if err := f.prepare(format); err != nil {
		return 0, err
	}
	return each(ctx, feed, &f, counter{})
}

// counter is a writer that writes nothing.
type counter struct{}

func (counter) Begin() error                          { return nil }
func (counter) Write(*schemas.Event) error            { return nil }
func (counter) WriteRaw(*schemas.Event, []byte) error { return nil }
func (counter) Close() error                          { return nil }

func each(ctx context.Context, feed Feed, f *Filter, out Writer) (n int, err error) {
	if raw, ok := out.(RawWriter); ok {
		_, err = feed.ReplayRaw(ctx, f.feed(), func(ev *schemas.Event, release []byte) error {
			if !f.status(ev.Type) {
				return nil
			}
			if ok, err := f.matchRaw(release); err != nil || !ok {
				return err
			}
			n++
			return raw.WriteRaw(ev, release)
		})
		return n, err
	}
	_, err = feed.Replay(ctx, f.feed(), func(ev *schemas.Event) error {
		if !f.status(ev.Type) || !f.match(ev.Release) {
			return nil
		}
		n++
		return out.Write(ev)
	})
	return n, err
}

// interruptible is a writer that fails when its context ends, so that what a format does at its end can be interrupted, too.
type interruptible struct {
	ctx context.Context
	w   io.Writer
}

func (w interruptible) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.w.Write(b)
}

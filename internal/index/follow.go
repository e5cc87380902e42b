package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Bounds of what is written at once: many events while the index is behind, what there is as soon as nothing more comes.
const (
	batchEvents = 2000
	batchBytes  = 16 << 20
	quiet       = 100 * time.Millisecond
)

// retake is how often a process that may not write looks whether it may now.
const retake = 2 * time.Second

// CatchUp brings the index to where PRESS ends now. While another process follows the feed it waits for that one for at most patience, and
// then leaves the index as it is: Behind says how far that is.
func (x *Index) CatchUp(ctx context.Context, bus *publisher.Bus, patience time.Duration) error {
	x.follow.Lock()
	defer x.follow.Unlock()
	mine, err := x.own(ctx)
	if err != nil {
		return err
	}
	if mine {
		return x.keepUp(ctx, bus, false)
	}
	reach, err := bus.Reach(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(patience/100 + time.Millisecond)
	defer tick.Stop()
	for {
		if at, err := x.Cursor(ctx); err == nil && at >= reach.Last {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Behind is how many sequences of PRESS are not in the index yet.
func (x *Index) Behind(ctx context.Context, bus *publisher.Bus) (uint64, error) {
	reach, err := bus.Reach(ctx)
	if err != nil {
		return 0, err
	}
	at, err := x.Cursor(ctx)
	if err != nil || at >= reach.Last {
		return 0, err
	}
	return reach.Last - at, nil
}

// Follow brings the index up to date and keeps it so until ctx ends (nil). While another process does that for the same file it waits to
// take over. Errors of the broker are returned: try again.
func (x *Index) Follow(ctx context.Context, bus *publisher.Bus) error {
	x.follow.Lock()
	defer x.follow.Unlock()
	for {
		mine, err := x.own(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		case mine:
			if err := x.keepUp(ctx, bus, true); ctx.Err() == nil {
				return err
			}
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(retake):
		}
	}
}

// keepUp reads on from the cursor, to the end or for ever. A file of another stream, and one that turns out to be damaged, is made anew
// and filled from the beginning.
func (x *Index) keepUp(ctx context.Context, bus *publisher.Bus, live bool) error {
	for renewed := false; ; renewed = true {
		if x.w == nil {
			if _, err := x.own(ctx); err != nil {
				return err
			}
		}
		err := x.readOn(ctx, bus, live)
		select {
		case <-x.spoiled: // met by a reader, now or before
			err = errDamaged
		default:
		}
		why := unfit(err)
		if errors.Is(err, errOther) {
			why = errOther.Error()
		}
		if why == "" || renewed {
			return x.fail("write", err)
		}
		x.log.Warn("the index is made anew", "file", x.path, "because", why)
		if err := x.renew(ctx); err != nil {
			return x.fail("write", err)
		}
	}
}

// errOther is met when the file was made from another stream than the one there is.
var errOther = errors.New("it is of another stream, or the stream was restored from an older backup")

// place is where the file is in the stream.
type place struct {
	cursor uint64
	event  string // id and hash of the event there
}

// whereabouts reads where the file is, and whether that is a place in this stream.
func (x *Index) whereabouts(ctx context.Context, reach publisher.Reach) (p place, err error) {
	values := map[string]string{}
	x.w.ctx, x.w.err = ctx, nil
	x.w.each("SELECT name, value FROM meta", nil, func(scan func(...any) error) error {
		var name, value string
		err := scan(&name, &value)
		values[name] = value
		return err
	})
	if x.w.err != nil {
		return p, x.w.err
	}
	created := reach.Created.Format(time.RFC3339Nano)
	if values[metaStream] == "" {
		return p, x.w.in(ctx, func() { x.w.setMeta(metaStream, created) })
	}
	if p.cursor, err = strconv.ParseUint(orZero(values[metaCursor]), 10, 64); err != nil {
		return p, fmt.Errorf("%w: the cursor is %q", errDamaged, values[metaCursor])
	}
	p.event = values[metaEvent]
	if values[metaStream] != created || p.cursor > reach.Last || p.cursor > 0 && p.cursor < reach.First {
		return p, errOther
	}
	if values[metaPurge] != "" {
		return p, x.purge(ctx)
	}
	return p, nil
}

func orZero(s string) string {
	if s == "" {
		return "0"
	}
	return s
}

// raw is an event as it came.
type raw struct {
	ev      *schemas.Event
	release []byte
}

// batch is what is written at once.
type batch struct {
	changes []*change
	ticks   map[tick]int
	last    *schemas.Event
}

// readOn reads events and writes them: one reads, one prepares, one writes.
func (x *Index) readOn(ctx context.Context, bus *publisher.Bus, live bool) error {
	reach, err := bus.Reach(ctx)
	if err != nil {
		return err
	}
	at, err := x.whereabouts(ctx, reach)
	if err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	events, batches := make(chan raw, 256), make(chan *batch, 1)
	g.Go(func() error {
		defer close(events)
		return listen(gctx, bus, at, live, events)
	})
	g.Go(func() error {
		defer close(batches)
		return gather(gctx, events, batches)
	})
	g.Go(func() error { return x.take(gctx, batches) })
	if err := g.Wait(); err != nil {
		return err
	}
	return x.tidy(ctx, func() bool { return false })
}

// listen reads the feed from the event at the cursor on, which must be the one that was there before.
func listen(ctx context.Context, bus *publisher.Bus, at place, live bool, events chan<- raw) error {
	each := func(ev *schemas.Event, release []byte) error {
		if ev.Sequence <= at.cursor {
			if ev.Sequence == at.cursor && mark(ev) != at.event {
				return errOther
			}
			return nil
		}
		select {
		case events <- raw{ev, append([]byte(nil), release...)}:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	f := publisher.Filter{From: max(at.cursor, 1)}
	if at.cursor == 0 {
		f.Since, f.From = time.Unix(0, 0), 0 // all that there is: the first sequences may be gone
	}
	if !live {
		_, err := bus.ReplayRaw(ctx, f, each)
		return err
	}
	feed, err := bus.Feed(ctx, f)
	if err != nil {
		return err
	}
	defer feed.Close()
	return feed.EachRaw(ctx, each)
}

// mark tells an event from any other that may once stand at its sequence.
func mark(ev *schemas.Event) string { return ev.ID + " " + ev.Hash }

// gather makes batches of events: as many as may be, or what there is when nothing more comes.
func gather(ctx context.Context, events <-chan raw, batches chan<- *batch) error {
	b, size := &batch{ticks: map[tick]int{}}, 0
	timer := time.NewTimer(quiet)
	defer timer.Stop()
	flush := func() error {
		if b.last == nil {
			return nil
		}
		select {
		case batches <- b:
		case <-ctx.Done():
			return ctx.Err()
		}
		b, size = &batch{ticks: map[tick]int{}}, 0
		return nil
	}
	for {
		timer.Reset(quiet)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
			if err := flush(); err != nil {
				return err
			}
		case e, ok := <-events:
			if !ok {
				return flush()
			}
			if err := b.add(e); err != nil {
				return err
			}
			if size += len(e.release); len(b.changes) >= batchEvents || size >= batchBytes {
				if err := flush(); err != nil {
					return err
				}
			}
		}
	}
}

// add prepares an event.
func (b *batch) add(e raw) error {
	ev := e.ev
	ev.Release = new(schemas.Release)
	if err := json.Unmarshal(e.release, ev.Release); err != nil {
		return &schemas.Error{
			Op: "index", Kind: schemas.KindStorage, Thing: fmt.Sprintf("event %d", ev.Sequence), Err: fmt.Errorf("unreadable release: %w", err),
			Hint: "run kreispresse verify",
		}
	}
	c := changeOf(ev)
	b.changes = append(b.changes, c)
	b.ticks[tick{hourOf(ev.Time), ev.Release.Source.ID, c.typ}]++
	b.last = ev
	return nil
}

// apply writes a batch, and how far the file is then, in one transaction.
func (x *Index) apply(ctx context.Context, b *batch) error {
	erased := false
	err := x.w.briefly(ctx, func() {
		erased = x.w.write(b.changes)
		x.w.count(b.ticks)
		x.w.setCursor(b.last.Sequence, mark(b.last))
		if erased {
			x.w.setMeta(metaPurge, "due")
		}
	})
	switch {
	case err != nil:
		return err
	case erased:
		return x.purge(ctx)
	case x.unwritten:
		return x.writeBack(ctx)
	}
	return nil
}

// purge overwrites what is left of erased releases: the full text keeps words of rows that are gone until its segments are merged, and the
// log keeps pages until it is written back. It costs as much as writing the full text anew, once for all that a batch erases.
func (x *Index) purge(ctx context.Context) error {
	err := x.w.in(ctx, func() {
		for _, table := range fullTexts {
			x.w.exec(fmt.Sprintf("INSERT INTO %s (%s) VALUES ('optimize')", table, table))
		}
	})
	if err != nil {
		return err
	}
	return x.writeBack(ctx)
}

// writeBack empties the log into the file. While somebody reads an older state of the file that has to wait.
func (x *Index) writeBack(ctx context.Context) error {
	var busy, pages, done int
	if err := x.w.conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint (TRUNCATE)").Scan(&busy, &pages, &done); err != nil {
		return err
	}
	if x.unwritten = busy != 0; x.unwritten {
		x.log.Warn("what was erased stays in the log of the index until its readers have ended", "file", x.path)
		return nil
	}
	return x.w.in(ctx, func() { x.w.exec("DELETE FROM meta WHERE name = ?", metaPurge) })
}

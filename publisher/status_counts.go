package publisher

import (
	"context"
	"errors"
	"maps"

	"github.com/kreispresse/kreispresse/schemas"
)

// keyCounts is where the counts of releases stand in press_sources.
const keyCounts = "_counts"

// Counts is what PRESS holds of a source.
type Counts struct {
	Live      int `json:"live"`      // releases that can be read now
	Withdrawn int `json:"withdrawn"` // releases whose current revision is a tombstone
	Revisions int `json:"revisions"` // events in all
}

// Releases is the number of releases, withdrawn ones included.
func (c Counts) Releases() int { return c.Live + c.Withdrawn }

// counted is a projection of PRESS: it can be thrown away and is then counted anew. Counting all subjects of the stream instead takes half
// a minute and more than a gigabyte at a million releases.
type counted struct {
	Sequence uint64            `json:"sequence"` // of PRESS, the last one counted
	Sources  map[string]Counts `json:"sources"`
}

// Counts are the counts of releases per source, as Status gives them.
func (b *Bus) Counts(ctx context.Context) (map[string]Counts, error) { return b.counts(ctx, false) }

// counts gives the counts per source, exact as of now: what was counted before and, by headers alone, what came since. The result is
// remembered when save is set and much was new.
func (b *Bus) counts(ctx context.Context, save bool) (map[string]Counts, error) {
	c, rev, err := b.countedBefore(ctx)
	if err != nil {
		return nil, err
	}
	info, err := b.lookAt(ctx, "status", schemas.StreamPress)
	if err != nil {
		return nil, err
	}
	if c.Sequence > info.State.LastSeq { // of a stream that was there before
		c = counted{}
	}
	if c.Sources == nil {
		c.Sources = make(map[string]Counts)
	}
	if c.Sequence == info.State.LastSeq {
		return c.Sources, nil
	}
	from := c.Sequence
	if err := b.countOn(ctx, &c, info.State.FirstSeq); err != nil {
		return nil, err
	}
	if save && c.Sequence > from {
		if _, err := b.Sources().Put(ctx, keyCounts, c, rev); err != nil && schemas.KindOf(err) != schemas.KindConflict {
			b.log.Debug("could not remember the counts", "error", err)
		}
	}
	return c.Sources, nil
}

// countedBefore is what is remembered, nothing when there is none, it cannot be read or may not be.
func (b *Bus) countedBefore(ctx context.Context) (c counted, rev uint64, err error) {
	rev, err = b.Sources().Get(ctx, keyCounts, &c)
	if _, ok := errors.AsType[*denied](err); ok || schemas.KindOf(err) == schemas.KindNotFound || schemas.KindOf(err) == schemas.KindStorage {
		return counted{}, rev, nil
	}
	return c, rev, err
}

// countOn counts what came after c.
func (b *Bus) countOn(ctx context.Context, c *counted, oldest uint64) error {
	want := reading{stream: schemas.StreamPress, subject: schemas.SubjectsRelease, from: max(c.Sequence+1, oldest), stop: true, headers: true}
	sources := maps.Clone(c.Sources)
	err := b.each(ctx, want, func(m *stored) error {
		id := token(m.subject, 4)
		n := sources[id]
		n.add(percentDecode(first(m.header, ceType)), first(m.header, ceRevision) == "1")
		sources[id] = n
		c.Sequence = m.seq
		return nil
	})
	c.Sources = sources
	return err
}

// add counts one event; fresh: it is the first revision of its release.
func (c *Counts) add(typ string, fresh bool) {
	c.Revisions++
	switch {
	case typ == schemas.EventPublished && fresh:
		c.Live++
	case typ == schemas.EventPublished: // back after a withdrawal
		c.Live, c.Withdrawn = c.Live+1, max(c.Withdrawn-1, 0)
	case typ == schemas.EventWithdrawn || typ == schemas.EventErased:
		c.Live, c.Withdrawn = max(c.Live-1, 0), c.Withdrawn+1
	}
}

// countNow counts on when so much has come that a status would be slow.
func (b *Bus) countNow(ctx context.Context, last uint64) {
	if last < b.countAt.Load() {
		return
	}
	b.countAt.Store(last + countEvery)
	if _, err := b.counts(ctx, true); err != nil {
		b.log.Debug("could not count the releases", "error", err)
	}
}

// countEvery is how many events may be uncounted, in events: reading their headers takes a fraction of a second.
const countEvery = 5000

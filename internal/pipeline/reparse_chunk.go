package pipeline

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/schemas"
)

// chunk are snapshots that are compared with the feed together.
type chunk struct {
	list    []*reading
	reading errgroup.Group // who reads them
}

// add lets a worker read one more snapshot, and waits for one while all are busy: bodies in memory are as many as they are. A full chunk
// is handed on.
func (p *reparse) add(ctx context.Context, rd *reading) error {
	if p.chunk == nil {
		p.chunk = new(chunk)
	}
	if err := p.slots.Acquire(ctx, 1); err != nil {
		return err
	}
	p.chunk.list = append(p.chunk.list, rd)
	p.chunk.reading.Go(func() error {
		defer p.slots.Release(1)
		return p.read(ctx, rd)
	})
	if len(p.chunk.list) < p.how.Chunk {
		return nil
	}
	return p.hand(ctx)
}

// read fills in one reading, and all that it takes a processor to find out about it.
func (p *reparse) read(ctx context.Context, rd *reading) error {
	err := p.Line.fill(ctx, rd)
	rd.content()
	s := *rd.snapshot
	s.Body = nil // the record is what is needed from here on
	rd.snapshot = &s
	return err
}

// hand lets the chunk be settled, as soon as the one before is, while the next one is read.
func (p *reparse) hand(ctx context.Context) error {
	if err := p.wait(); err != nil || p.chunk == nil {
		return err
	}
	c, ended := p.chunk, make(chan error, 1)
	p.chunk, p.ended = nil, ended
	go func() { ended <- p.settle(ctx, c) }()
	return nil
}

// wait waits until no chunk is being settled, and says how that ended.
func (p *reparse) wait() error {
	if p.ended == nil {
		return nil
	}
	err := <-p.ended
	p.ended = nil
	return err
}

// finish settles the last chunk when the archive was read to its end. What is under way when something failed is waited for.
func (p *reparse) finish(ctx context.Context, failed error) error {
	if failed == nil {
		failed = p.hand(ctx)
	}
	if err := p.wait(); failed == nil {
		failed = err
	}
	if p.chunk != nil {
		_ = p.chunk.reading.Wait() // the error that ended it counts
	}
	return failed
}

// settle compares a chunk with the feed and, unless too much would be lost, publishes what differs, in the order of the archive.
func (p *reparse) settle(ctx context.Context, c *chunk) error {
	if err := c.reading.Wait(); err != nil {
		return err
	}
	if err := p.renew(ctx, c); err != nil {
		return err
	}
	p.compare(c)
	if err := p.floor(); err != nil {
		return err
	}
	for _, rd := range c.list {
		o := foresee(rd)
		if !p.how.Dry {
			var err error
			if o, err = p.write(ctx, rd); err != nil {
				return err
			}
		}
		if p.count++; o != settled {
			p.done.Outcomes[o]++
		}
	}
	last := c.list[len(c.list)-1].seq
	if !p.how.Dry {
		if err := p.save(ctx, last); err != nil {
			return err
		}
	}
	if p.how.Progress != nil {
		p.how.Progress(p.count, last)
	}
	return nil
}

// renew brings those readings up to date that were made while the chunk before was settled, and which that has written. What it wrote
// needs no remembering then: the next chunk is read after it.
func (p *reparse) renew(ctx context.Context, c *chunk) error {
	for _, rd := range c.list {
		if err := p.refresh(ctx, rd); err != nil {
			return err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.touched)
	return ctx.Err()
}

// compare books what the chunk says beside what the feed says.
func (p *reparse) compare(c *chunk) {
	for _, rd := range c.list {
		if o := foresee(rd); o == Reextracted || o == Corrected {
			p.done.Report.Add(rd.current.Release, rd.release, p.how.Samples)
		} else if o == Unchanged && rd.current != nil && rd.current.Release != nil {
			p.done.Report.Same(rd.current.Release)
		}
	}
}

// floor judges what the reparse so far would lose. A dry run goes on: it is there to be looked at.
func (p *reparse) floor() error {
	lost := p.done.Report.Lost()
	if p.how.Dry || lost <= p.how.Floor {
		return nil
	}
	return &schemas.Error{
		Op: "reparse", Kind: schemas.KindPolicy, Thing: p.src.ID,
		Err:  fmt.Errorf("%w: %.1f %% of %d quotes, %.1f %% are allowed", ErrFloor, 100*lost, p.done.Report.Quotes, 100*p.how.Floor),
		Hint: "look at what a dry run shows; when it is right, allow more",
	}
}

// write gives one reading its outcome, at most at the rate that is wished.
func (p *reparse) write(ctx context.Context, rd *reading) (Outcome, error) {
	switch foresee(rd) {
	case Reextracted, Corrected, Published:
		if err := p.limit.Wait(ctx); err != nil {
			return "", err
		}
	}
	if err := p.refresh(ctx, rd); err != nil {
		return "", err
	}
	if o := foresee(rd); (o == Unchanged || o == Twin) && rd.noted(&rd.state) && !p.isAside(rd.page) {
		return o, nil // page state and feed say so already
	}
	return p.apply(ctx, rd, Verdict{}, false)
}

// foresee is the outcome that a reading would have.
func foresee(rd *reading) Outcome {
	switch {
	case rd.snapshot.Gone():
		return settled
	case schemas.KindOf(rd.err) == schemas.KindNoRelease:
		return NoRelease
	case rd.err != nil:
		return Dead
	case rd.twin:
		return Twin
	case rd.state.Barred != "":
		return Barred
	}
	return map[schemas.Relation]Outcome{
		schemas.RelationUnchanged: Unchanged, schemas.RelationOlder: Superseded, schemas.RelationReextracted: Reextracted,
		schemas.RelationCorrected: Corrected, schemas.RelationReplaced: Held, schemas.RelationNew: Published, schemas.RelationReturned: Published,
	}[rd.relation]
}

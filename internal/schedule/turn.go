package schedule

import (
	"context"
	"time"

	"github.com/kreispresse/kreispresse/crawler/polite"
)

// giveBack is how long a source may take to be given back when the process ends.
const giveBack = 3 * time.Second

// turn crawls one source if it is due indeed and nobody else does it.
func (l *Loop) turn(ctx context.Context, e *entry) done {
	c, err := l.look(ctx, e.src.ID)
	if err != nil {
		return done{entry: e, err: err, weak: e.weak}
	}
	d := l.claimed(ctx, e, c)
	d.weak = c.state.Failures > 0
	return d
}

// claimed crawls a source that was looked at, if it can be claimed.
func (l *Loop) claimed(ctx context.Context, e *entry, c *claim) done {
	clock, err := polite.ReadClock(ctx, l.memory)
	if err != nil {
		return done{entry: e, err: err}
	}
	now := clock.Shared
	if until := c.held(now); until.After(now) && !polite.Dead(c.state.Holder, l.me) {
		again := clock.Local.Add(l.claim / renewals) // it may be given back sooner, or its holder die where that can be seen
		if ends := clock.Ours(until); ends.Before(again) {
			again = ends
		}
		return done{entry: e, due: again}
	}
	switch due := Due(now, e.plan, c.state); {
	case due.IsZero():
		return done{entry: e, due: clock.Local.Add(longestWait)} // paused: somebody may lift it
	case due.After(now):
		return done{entry: e, due: clock.Ours(due)} // another process crawled it
	}
	ok, err := c.take(ctx, now)
	if err != nil || !ok {
		return done{entry: e, due: clock.Local.Add(time.Second), err: err}
	}
	return l.crawl(ctx, e, c)
}

// crawl runs a source that is claimed.
func (l *Loop) crawl(ctx context.Context, e *entry, c *claim) done {
	run, stop := context.WithCancel(ctx)
	defer stop()
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		c.keep(run, func() {
			l.log.Warn("another process has taken the source over, this one stops crawling it", "source", e.src.ID)
			stop()
		})
	}()
	res, err := l.run(run, e.src)
	lost := run.Err() != nil && ctx.Err() == nil
	stop()
	<-kept
	if lost {
		return done{entry: e, due: time.Now().Add(l.claim)}
	}
	if err == nil && !res.Later.IsZero() { // it was not its time: nothing is learnt from that
		l.release(ctx, c)
		return done{entry: e, due: time.Now().Add(max(time.Until(res.Later), time.Second))}
	}
	if err != nil { // the run counts for nothing; the source is given back as it was
		l.release(ctx, c)
		if ctx.Err() != nil {
			err = nil
		}
		return done{entry: e, due: time.Now(), err: err}
	}
	l.metrics.Observe(e.src, res)
	clock, err := polite.ReadClock(ctx, l.memory)
	if err != nil {
		return done{entry: e, err: err}
	}
	res.Started, res.Ended = clock.Common(res.Started), clock.Common(res.Ended)
	if ok, err := c.end(ctx, e.plan, res); err != nil || !ok {
		return done{entry: e, due: clock.Local.Add(e.plan.Every), ran: err == nil, err: err}
	}
	return done{entry: e, due: clock.Ours(Due(clock.Shared, e.plan, c.state)), ran: true} // nobody pauses a source that is claimed
}

// release gives a source back without a result. If that fails the claim runs out.
func (l *Loop) release(ctx context.Context, c *claim) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), giveBack)
	defer cancel()
	c.state.Holder, c.state.Until = "", time.Time{}
	if _, err := c.write(ctx); err != nil {
		l.log.Warn("a source could not be given back, others wait for its claim to end", "key", c.key, "error", err)
	}
}

package crawler

import (
	"context"
	"fmt"

	"github.com/kreispresse/kreispresse/schemas"
)

const (
	// window is how many page states one crawl looks at in its sweep of all known pages, least recently written first, and how many pages of
	// its agenda.
	window = 250
	// stride is how many it enters into an agenda: the sooner that is whole the sooner nothing has to be swept.
	stride = 1000
	// few is how many are asked for first where mostly nothing is new.
	few = 4
)

// sweep offers the known pages that are due: by the agenda when this process has one, and a window of all pages each crawl while it has not,
// and while it makes it.
func (c *chooser) sweep(ctx context.Context) error {
	if c.all {
		err := c.pages.Each(ctx, c.src.ID, func(page string, st schemas.PageState, _ uint64) error { return c.see(page, st) })
		return c.notRead(ctx, err)
	}
	a := c.agenda()
	if a == nil { // the pass that another process began is brought to its end
		seen, more, err := c.pages.After(ctx, c.src.ID, c.memory.Swept, window, func(page string, st schemas.PageState, _ uint64) error {
			return c.see(page, st)
		})
		if c.memory.Swept = seen; !more {
			c.memory.Swept = 0
		}
		return c.notRead(ctx, err)
	}
	if err := c.follow(ctx, a); err != nil {
		return c.notRead(ctx, err)
	}
	if err := c.consult(ctx, a); err != nil {
		return err
	}
	if c.memory.Swept = a.seen; a.whole {
		c.memory.Swept = 0 // another process makes its own
	}
	c.agendas.put(c.src.ID, a)
	return nil
}

func (c *chooser) notRead(ctx context.Context, err error) error {
	if err != nil {
		return c.own(ctx, "read the page states", err)
	}
	return nil
}

// see remembers and offers a page.
func (c *chooser) see(page string, st schemas.PageState) error {
	if !c.taken[page] {
		c.mu.Lock()
		c.memory.states[page] = st
		c.mu.Unlock()
		c.unlisted(page, st)
	}
	return nil
}

// agenda is the one of this process, or a new one where a pass begins; nil where another process has begun one.
func (c *chooser) agenda() *agenda {
	a, rule := c.agendas.take(c.src.ID), c.rule()
	if a != nil && a.holds(rule, c.now) {
		a.used = c.now
		return a
	}
	if a == nil && c.memory.Swept > 0 {
		return nil
	}
	return startAgenda(a, rule, c.now, c.memory.Known)
}

// follow enters what was written since, or the next window of the pass.
func (c *chooser) follow(ctx context.Context, a *agenda) error {
	enter := func(page string, st schemas.PageState, _ uint64) error {
		a.enter(page, dueFrom(page, st, c.now, c.zone, c.src.Recheck))
		return c.see(page, st)
	}
	more, left := true, stride
	var err error
	if a.whole {
		a.seen, more, err = c.pages.After(ctx, c.src.ID, a.seen, few, enter)
		left -= few
	}
	if more && err == nil {
		a.seen, more, err = c.pages.After(ctx, c.src.ID, a.seen, left, enter)
	}
	a.whole = a.whole || !more
	return err
}

// consult offers the pages whose time has come by the agenda.
func (c *chooser) consult(ctx context.Context, a *agenda) error {
	for _, page := range a.due(c.now, window) {
		a.enter(page, c.now.Add(postponed))
		if c.taken[page] {
			continue
		}
		st, known, err := c.state(ctx, page)
		if err != nil {
			return err
		}
		if !known {
			a.forget(page)
			continue
		}
		c.unlisted(page, st)
	}
	return nil
}

// rule is what an agenda is reckoned by. Its pages may be others when the configuration is another: what a source accepts is asked then.
func (r *run) rule() string { return r.memory.Config + fmt.Sprint(r.src.Recheck) }

package crawler

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/schemas"
)

// lookups is how many page states are read at a time.
const lookups = 8

// candidate is a known page that may be asked for.
type candidate struct {
	discover.Entry
	checked time.Time
	need    need
	place   int // in the list; behind it for pages that are not listed
}

// choose leaves in the frontier what this crawl asks for: every page that is not known, and of those that are the ones that are due.
func (r *run) choose(ctx context.Context, f *discover.Frontier) error {
	listed, err := r.wanted(ctx, f)
	if err != nil {
		return err
	}
	c := &chooser{run: r, zone: r.src.Plan().Zone, now: r.opt.Now(), taken: map[string]bool{}, all: r.always()}
	if err := c.listed(ctx, listed); err != nil {
		return err
	}
	c.compare(f)
	if r.sum.Discovered > 0 { // a broken site is no evidence about its pages
		if err := c.remembered(ctx); err != nil {
			return err
		}
	}
	f.Entries, r.sum.Rechecked = c.pick()
	r.mu.Lock()
	r.memory.settleAll(c.now, c.zone)
	r.mu.Unlock()
	// Of what was listed now, or was when the lists were read in full: those are remembered by their number only.
	asked := len(f.Entries)
	if rest := max(len(listed)-(asked-r.sum.Rechecked), r.sum.Discovered-asked-r.sum.Counts[OutcomeSkipped]); rest > 0 {
		r.count(OutcomeNotDue, rest)
	}
	f.Index = make(map[string]int, len(f.Entries))
	for i, e := range f.Entries {
		f.Index[e.Page] = i
	}
	return nil
}

// wanted are the listed pages that since and limit let through, with their states looked up.
func (r *run) wanted(ctx context.Context, f *discover.Frontier) ([]discover.Entry, error) {
	var listed []discover.Entry
	for _, e := range f.Entries {
		if discover.Older(e, r.opt.Since, r.src.Plan().Zone) || r.opt.Limit > 0 && len(listed) >= r.opt.Limit {
			r.count(OutcomeSkipped, 1)
			continue
		}
		listed = append(listed, e)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(lookups)
	for _, e := range listed {
		if ctx.Err() != nil {
			break
		}
		g.Go(func() error { _, _, err := r.state(ctx, e.Page); return err })
	}
	return listed, g.Wait()
}

// chooser collects candidates.
type chooser struct {
	*run
	zone  *time.Location
	now   time.Time
	taken map[string]bool
	news  []discover.Entry // not known
	known []candidate

	left map[string]bool // pages that a start named when it was read last, and does not name now that it names others
	all  bool            // everything that is known is asked for
}

func (c *chooser) listed(ctx context.Context, entries []discover.Entry) error {
	for i, e := range entries {
		c.taken[e.Page] = true
		st, known, err := c.state(ctx, e.Page)
		switch {
		case err != nil:
			return err
		case known:
			c.offer(e, st, &e, i)
		case c.passedLately(e.Page):
		default:
			c.unknown(e)
		}
	}
	return nil
}

// compare finds the pages that have left the starts while others came: one of those may be the same page at a new address, and must not
// become a second release. When most have left, and what came is not of these days, the site was built anew: then every address that is
// known may lead to a new one.
func (c *chooser) compare(f *discover.Frontier) {
	c.left = map[string]bool{}
	if len(c.news) == 0 {
		return
	}
	named, since := 0, time.Time{}
	for url, old := range c.memory.Lists {
		if now, ok := f.Lists[url]; !ok || now.Read.Equal(old.Read) { // not read, or as it was
			continue
		}
		if since.IsZero() || old.Read.Before(since) {
			since = old.Read
		}
		for _, page := range old.Named {
			named++
			if _, still := f.Index[page]; !still {
				c.left[page] = true
			}
		}
	}
	old := 0
	for _, e := range c.news {
		t, ok := discover.HintTime(e.Hints.Published, c.zone)
		if !ok || t.Before(since.Add(-2*day)) {
			old++
		}
	}
	if named >= 3 && 2*len(c.left) > named && 2*old >= len(c.news) {
		c.log.Warn("the lists name other pages than before: every known page is asked where it is now", "left", len(c.left), "new", len(c.news))
		c.all = true
	}
}

func (c *chooser) unknown(e discover.Entry) {
	c.news = append(c.news, e)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.memory.left[e.Page] = schemas.WaitingPage{URL: e.URL, Hints: e.Hints}
}

// passedLately reports whether a page was looked at and is none. On the first day it is looked at in each crawl, since a page may be
// listed before it is there; then once a day, more or less.
func (c *chooser) passedLately(page string) bool {
	pass, ok := c.memory.Passed[page]
	since := c.now.Sub(pass.Last)
	return ok && !c.all && pass.Last.Sub(pass.First) >= day && since >= 0 && since < jittered(page, c.src.Recheck.Week)
}

func (r *run) always() bool { return r.opt.All || r.src.Recheck.Always }

// offer takes a known page for a candidate if it is due.
func (c *chooser) offer(e discover.Entry, st schemas.PageState, listed *discover.Entry, place int) {
	n := dueYoung
	if !c.all {
		n = needOf(e.Page, st, listed, c.now, c.zone, c.src.Recheck)
	}
	switch {
	case st.Erased:
		n = notDue
	case c.opt.Doubt[e.Page]:
		n = dueDoubt
	case n == notDue && c.left[e.Page]:
		n = dueChanged
	}
	if n != notDue {
		c.known = append(c.known, candidate{e, st.LastChecked, n, place})
	}
}

// remembered offers pages that no start names: those that wait for their first answer, those of the last week, those in doubt, and the
// next ones in the sweep of all known pages; all of them when everything is asked for.
func (c *chooser) remembered(ctx context.Context) error {
	for _, w := range c.memory.Waiting {
		if page := schemas.PageID(c.src.ID, w.URL); !c.taken[page] && c.src.AcceptsURL(w.URL) {
			c.taken[page] = true
			if _, known, err := c.state(ctx, page); err != nil || known {
				return err
			}
			c.unknown(discover.Entry{Page: page, URL: w.URL, Hints: w.Hints, Known: true})
		}
	}
	ids := append(slices.Clone(c.memory.Young), c.memory.Doubtful...)
	for _, pages := range []map[string]bool{c.opt.Doubt, c.left} {
		ids = slices.AppendSeq(ids, maps.Keys(pages))
	}
	for _, page := range ids {
		if c.taken[page] {
			continue
		}
		st, known, err := c.state(ctx, page)
		if err != nil {
			return err
		}
		if known {
			c.unlisted(page, st)
		}
	}
	return c.sweep(ctx)
}

func (c *chooser) unlisted(page string, st schemas.PageState) {
	e := discover.Entry{Page: page, URL: st.URL, Hints: st.Hints, Known: true}
	if c.taken[page] || !c.src.AcceptsURL(st.URL) || discover.Older(e, c.opt.Since, c.zone) {
		return
	}
	c.taken[page] = true
	c.offer(e, st, nil, 1<<30)
}

// pick keeps of each need as many as the source allows in one crawl, least recently looked at first, and puts what is left in order:
// pages that are not known, then as they are listed, then the others.
func (c *chooser) pick() (entries []discover.Entry, unlisted int) {
	p := c.src.Recheck
	room := map[need]int{dueByAge: p.Due, dueChanged: p.Changed, dueFresh: p.Fresh, dueDoubt: p.Doubtful, dueYoung: c.src.Limits.Pages}
	slices.SortFunc(c.known, func(a, b candidate) int {
		return cmp.Or(int(b.need-a.need), a.checked.Compare(b.checked), cmp.Compare(a.place, b.place), cmp.Compare(a.Page, b.Page))
	})
	total := c.src.Limits.Pages
	if c.opt.Limit > 0 {
		total = min(total, c.opt.Limit)
	}
	entries = c.news
	var kept []candidate
	for _, k := range c.known {
		if room[k.need] > 0 && len(entries)+len(kept) < total {
			room[k.need]--
			kept = append(kept, k)
		}
	}
	slices.SortStableFunc(kept, func(a, b candidate) int { return cmp.Compare(a.place, b.place) })
	for _, k := range kept {
		if k.Known {
			unlisted++
		}
		entries = append(entries, k.Entry)
	}
	return entries, unlisted
}

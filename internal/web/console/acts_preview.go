package console

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// Selectors are those of a listing, see source.Listing; List is its address.
type Selectors struct{ List, Item, Link, Title, Date string }

// Preview is what other selectors would find on the pages that are kept of a list.
type Preview struct {
	Lists     []string  // lists of which pages are kept
	Selectors Selectors // as they are in the source, or as asked for
	Pages     int
	Then, Now int // entries: that were found, and that would be
	Appear    []Found
	Disappear []Found
	Note      string // why it cannot be read so
	Matches   int    // elements that Item chooses on the newest page
	Page      []byte // the newest page, with these outlined and numbered
	Fetched   time.Time
}

// Preview reads the pages that are kept of a source's lists with other selectors; what want leaves empty is as in the source.
func (a *Acts) Preview(ctx context.Context, id string, want Selectors) (*Preview, error) {
	src, err := a.source(id)
	if err != nil {
		return nil, err
	}
	kept := map[string][]schemas.ListPage{}
	p := &Preview{Selectors: want}
	err = a.Bus.Lists().Each(ctx, id, func(_ string, pages []schemas.ListPage) error {
		if len(pages) > 0 && slices.ContainsFunc(src.Plan().Listings, func(l source.List) bool { return l.URL == pages[0].URL }) {
			p.Lists = append(p.Lists, pages[0].URL)
			kept[pages[0].URL] = pages
		}
		return nil
	})
	slices.Sort(p.Lists)
	if err != nil || len(p.Lists) == 0 {
		return p, err
	}
	if kept[want.List] == nil {
		p.Selectors = Selectors{List: p.Lists[0]}
	}
	trial, err := withSelectors(src, &p.Selectors)
	if err != nil {
		p.Note = err.Error()
		trial = src
	}
	return p, p.read(ctx, trial, kept[p.Selectors.List])
}

// withSelectors is the source with other selectors on one list; want is completed by those that it has.
func withSelectors(src *source.Source, want *Selectors) (*source.Source, error) {
	own := *src
	own.Start.Listings = slices.Clone(src.Start.Listings)
	for i, l := range src.Plan().Listings {
		if l.URL != want.List || i >= len(own.Start.Listings) {
			continue
		}
		x := &own.Start.Listings[i]
		want.Item, want.Link = cmp.Or(want.Item, x.Item), cmp.Or(want.Link, x.Link)
		want.Title, want.Date = cmp.Or(want.Title, x.Title), cmp.Or(want.Date, x.Date)
		x.Item, x.Link, x.Title, x.Date = want.Item, want.Link, want.Title, want.Date
	}
	return &own, own.Check()
}

// read compares what the pages named when they were fetched with what they name now.
func (p *Preview) read(ctx context.Context, src *source.Source, pages []schemas.ListPage) error {
	then, now := map[string]Found{}, map[string]Found{}
	for _, page := range pages {
		entries, _, err := crawler.Reread(ctx, src, page)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			p.Note = err.Error()
		}
		for _, e := range entries {
			now[e.URL] = Found(e)
		}
		for _, e := range page.Entries {
			then[e.URL] = Found(e)
		}
	}
	p.Pages, p.Then, p.Now = len(pages), len(then), len(now)
	p.Appear, p.Disappear = missingIn(then, now), missingIn(now, then)
	newest := pages[len(pages)-1]
	p.Fetched = newest.FetchedAt
	var err error
	p.Page, p.Matches, err = crawler.Outline(newest, p.Selectors.Item)
	if err != nil {
		p.Note = err.Error()
	}
	return nil
}

// missingIn are those of b that a does not have, by address.
func missingIn(a, b map[string]Found) (list []Found) {
	for u, f := range b {
		if _, ok := a[u]; !ok {
			list = append(list, f)
		}
	}
	slices.SortFunc(list, func(x, y Found) int { return cmp.Compare(x.URL, y.URL) })
	return list
}

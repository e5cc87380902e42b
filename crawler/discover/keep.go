package discover

import (
	"context"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// front is what a feed, or the first page of a list, names: each page once.
type front struct {
	entries []schemas.ListEntry
	at      map[string]int // canonical URL → entries
}

// add notes a page. A teaser links it twice, from the picture and from the headline: what one lacks the other says.
func (f *front) add(canonical string, hints schemas.Hints) {
	i, ok := f.at[canonical]
	if !ok {
		if f.at == nil {
			f.at = map[string]int{}
		}
		i = len(f.entries)
		f.at[canonical] = i
		f.entries = append(f.entries, schemas.ListEntry{URL: canonical})
	}
	e := &f.entries[i]
	if e.Title == "" {
		e.Title = hints.Title
	}
	if e.Published == "" {
		e.Published = hints.Published
	}
}

// keep gives the page that a start begins with to whoever keeps it. One that was not read to its end, since enough was found, says less
// than it names and is not kept.
func (d *discovery) keep(ctx context.Context, kind, url string, a *polite.Answer) {
	if d.opt.Keep == nil || d.done() || ctx.Err() != nil {
		return
	}
	p := schemas.ListPage{
		Kind: kind, URL: url, ContentType: a.Header.Get("Content-Type"), FetchedAt: d.opt.Now, Entries: d.front.entries, Body: a.Body,
	}
	if a.URL != url {
		p.From = a.URL
	}
	d.opt.Keep(p)
}

// Reread reads the first page of one of the source's lists, or one of its feeds, as Read does, and says what it names now. ok is false when
// the source has no such start.
func Reread(ctx context.Context, src *source.Source, get Fetcher, kind, url string) (now []schemas.ListEntry, ok bool, err error) {
	d := &discovery{src: src, get: get, frontier: NewFrontier(src), note: func(string) {}}
	d.opt.Keep = func(p schemas.ListPage) { now = p.Entries }
	h := StartHealth{Kind: kind, URL: url}
	for _, u := range src.Plan().Feeds {
		if kind == ByFeed && u == url {
			err := d.feed(ctx, u, &h)
			return now, true, err
		}
	}
	for _, l := range src.Plan().Listings {
		if kind == ByListing && l.URL == url {
			l.MaxPages = 1
			err := d.listing(ctx, l, &h)
			return now, true, err
		}
	}
	return nil, false, nil
}

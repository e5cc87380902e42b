package discover

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/german/calendar"
	"github.com/kreispresse/kreispresse/schemas"
)

// Kinds of start, as in StartHealth.Kind, Hints.PublishedBy and Hints.DiscoveredBy.
const (
	ByListing = "listing"
	ByFeed    = "feed"
	BySitemap = "sitemap"
)

// Fetcher asks for start pages. Any complete answer, 304 and 404 too, is no error.
type Fetcher interface {
	// Get fetches one URL.
	Get(ctx context.Context, want polite.Want, url string, header http.Header) (*polite.Answer, error)
	// HTML fetches a list and gives its document, transcoded, to read, with a function that resolves links against the page's base.
	HTML(ctx context.Context, url string, header http.Header, read func(doc *goquery.Selection, absolute func(string) string)) (*polite.Answer, error)
}

// Options are for one discovery. The zero value reads everything.
type Options struct {
	Since  time.Time                    // the pager need not go on where everything is older
	Enough int                          // stop when so many pages are wanted by Since; 0: read everything
	Note   func(url string, listed int) // called before each start page, with how many pages are known by then; may be nil

	// News reports whether an entry of a list is one that nobody has met, or says something else than when it was met. With it a pager
	// that was followed to the end lately is left at the first page without news. Nil: every pager is followed to the end.
	News  func(Entry) bool
	Lists map[string]schemas.ListMemory // starts as they were last read: they are asked conditionally
	Now   time.Time                     // dates Lists

	// Keep is called with the first page of each list, and each feed, that was read to its end; may be nil. What it is given is its own.
	Keep func(schemas.ListPage)
}

// How long is relied on what a server says of its lists.
const (
	deepEvery  = 7 * 24 * time.Hour // a pager is followed to its end, since pages are dated back
	plainEvery = 24 * time.Hour     // a list is read without condition, since validators can be wrong
)

// Read reads the start pages of a source into a frontier. A start that fails is noted in its health and the others are read all the
// same: the error is the context's.
func Read(ctx context.Context, src *source.Source, get Fetcher, opt Options) (*Frontier, []StartHealth, error) {
	d := &discovery{src: src, get: get, frontier: NewFrontier(src), since: opt.Since, enough: opt.Enough, opt: opt}
	d.note = func(url string) {
		if opt.Note != nil {
			opt.Note(url, len(d.frontier.Entries))
		}
	}
	err := d.run(ctx)
	return d.frontier, d.health, err
}

// discovery is a Read in progress.
type discovery struct {
	src      *source.Source
	get      Fetcher
	frontier *Frontier
	since    time.Time
	enough   int
	wanted   int
	note     func(url string)
	health   []StartHealth
	opt      Options
	named    []string // by the start, or the file of a sitemap, that is read now
	front    front    // of the start that is read now
}

// run reads feeds, listings and sitemaps, in this order: the feed has the best dates, the listing the order a reader sees. A start
// that fails is noted and the others are read all the same. It fails only with the context.
func (d *discovery) run(ctx context.Context) error {
	read := func(kind, url string, f func(context.Context, *StartHealth) error) error {
		if d.done() {
			return nil
		}
		h := StartHealth{Kind: kind, URL: url}
		err := f(ctx, &h)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			h.Error, h.ErrorKind = polite.Why(err), schemas.KindOf(err)
			if e, ok := errors.AsType[*schemas.Error](err); ok && e.Thing != url {
				h.Error = e.Thing + ": " + h.Error // a later page of the list, a file of the index
			}
		}
		d.health = append(d.health, h)
		return nil
	}
	for _, u := range d.src.Plan().Feeds {
		if err := read(ByFeed, u, func(ctx context.Context, h *StartHealth) error { return d.feed(ctx, u, h) }); err != nil {
			return err
		}
	}
	for _, l := range d.src.Plan().Listings {
		if err := read(ByListing, l.URL, func(ctx context.Context, h *StartHealth) error { return d.listing(ctx, l, h) }); err != nil {
			return err
		}
	}
	for _, u := range d.src.Plan().Sitemaps {
		if err := read(BySitemap, u, func(ctx context.Context, h *StartHealth) error { return d.sitemap(ctx, u, h) }); err != nil {
			return err
		}
	}
	return nil
}

// found notes a page that a start lists and reports whether it is one of the source's.
func (d *discovery) found(h *StartHealth, raw string, hints schemas.Hints, changed time.Time) bool {
	before := len(d.frontier.Entries)
	hints.DiscoveredBy = h.Kind
	verdict, canonical := d.frontier.add(raw, hints, changed)
	switch verdict {
	case noPage:
		return false
	case refused:
		h.refuse(canonical)
		return false
	}
	d.name(h, canonical)
	if d.opt.Keep != nil && isFront(h) {
		d.front.add(canonical, hints)
	}
	h.Links++
	h.Items++
	if hints.Published != "" {
		h.Dated++
	}
	if len(d.frontier.Entries) > before && !Older(d.frontier.Entries[before], d.since, d.src.Plan().Zone) {
		d.wanted++
	}
	return true
}

// How many pages of a start are remembered by name, and of how many files of sitemaps.
const (
	maxNamed       = 60
	maxNamedFile   = 20
	maxNamingFiles = 10
)

// isFront reports whether a feed, or the first page of a list, is being read.
func isFront(h *StartHealth) bool { return h.Kind == ByFeed || h.Kind == ByListing && h.Pages == 0 }

// name notes a page that a start names first: what it named last time and does not name now has left it.
func (d *discovery) name(h *StartHealth, canonical string) {
	front, most := isFront(h), maxNamed
	if h.Kind == BySitemap && h.Pages < maxNamingFiles {
		most = maxNamedFile
	} else if !front {
		return
	}
	page := schemas.PageID(d.src.ID, canonical)
	if i, ok := d.frontier.Index[page]; ok && front {
		d.frontier.Entries[i].Front = true
	}
	if len(d.named) < most {
		d.named = append(d.named, page)
	}
}

// date reads a value that is a date, as Hints.Published has it.
func (d *discovery) date(value string) string {
	if t, ok := calendar.Parse(value, d.src.Plan().Zone); ok {
		return t.String()
	}
	return ""
}

// remembered is a start as it was last read, if its pager was followed to the end lately, and the header that asks for it only if it is
// another one now.
func (d *discovery) remembered(url string) (old schemas.ListMemory, shallow bool, header http.Header) {
	d.named, d.front = nil, front{}
	old, ok := d.opt.Lists[url]
	if !ok || d.opt.News == nil || old.Deep.IsZero() || !within(d.opt.Now, old.Deep, deepEvery) {
		return schemas.ListMemory{}, false, nil
	}
	header = http.Header{}
	if within(d.opt.Now, old.Read, plainEvery) {
		if old.ETag != "" {
			header.Set("If-None-Match", old.ETag)
		}
		if old.LastModified != "" {
			header.Set("If-Modified-Since", old.LastModified)
		}
	}
	return old, true, header
}

func within(now, since time.Time, d time.Duration) bool {
	passed := now.Sub(since)
	return passed >= 0 && passed < d
}

// remember notes how a start was read: before is its health before that.
func (d *discovery) remember(url string, a *polite.Answer, h *StartHealth, before StartHealth, old schemas.ListMemory) schemas.ListMemory {
	m := schemas.ListMemory{
		ETag: short(a.Header.Get("ETag")), LastModified: short(a.Header.Get("Last-Modified")), Read: d.opt.Now, Deep: old.Deep,
		Matched: h.Matched - before.Matched, Links: h.Links - before.Links, Items: h.Items - before.Items,
		Dated: h.Dated - before.Dated, Refused: h.Refused - before.Refused, Named: d.named,
	}
	if m.Deep.IsZero() {
		m.Deep = d.opt.Now
	}
	d.frontier.Lists[url] = m
	return m
}

// confirmed books a start that is as it was.
func (d *discovery) confirmed(url string, h *StartHealth, old schemas.ListMemory) {
	h.Unchanged = h.Pages == 0 || h.Unchanged
	h.Pages++
	d.frontier.Confirmed = true
	h.Matched, h.Links, h.Items = h.Matched+old.Matched, h.Links+old.Links, h.Items+old.Items
	h.Dated, h.Refused = h.Dated+old.Dated, h.Refused+old.Refused
	d.frontier.Lists[url] = old
}

// short drops a validator that is too long to be kept.
func short(header string) string {
	if len(header) > 512 {
		return ""
	}
	return header
}

func (d *discovery) done() bool { return d.enough > 0 && d.wanted >= d.enough }

// Older reports whether everything known about a page's dates is before since. A page without a date is not older.
func Older(e Entry, since time.Time, zone *time.Location) bool {
	if since.IsZero() {
		return false
	}
	latest := e.Changed
	if t, ok := HintTime(e.Hints.Published, zone); ok && t.After(latest) {
		latest = t
	}
	return !latest.IsZero() && latest.Before(since)
}

// HintTime reads Hints.Published. A day lasts until its end.
func HintTime(s string, zone *time.Location) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, zone); err == nil {
		return t.AddDate(0, 0, 1).Add(-time.Second), true
	}
	return time.Time{}, false
}

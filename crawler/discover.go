package crawler

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Kinds of start, as in StartHealth.Kind, Hints.PublishedBy and Hints.DiscoveredBy.
const (
	byListing = "listing"
	byFeed    = "feed"
	bySitemap = "sitemap"
)

// discovery reads the start pages of a source into a frontier.
type discovery struct {
	src      *Source
	get      *collector
	frontier *frontier
	since    time.Time
	enough   int // stop when so many pages are wanted by since; 0: read everything
	wanted   int
	note     func(url string) // progress
	health   []StartHealth
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
			h.Error, h.ErrorKind = why(err), schemas.KindOf(err)
			if e, ok := errors.AsType[*schemas.Error](err); ok && e.Thing != url {
				h.Error = e.Thing + ": " + h.Error // a later page of the list, a file of the index
			}
		}
		d.health = append(d.health, h)
		return nil
	}
	for _, u := range d.src.compiled.feeds {
		if err := read(byFeed, u, func(ctx context.Context, h *StartHealth) error { return d.feed(ctx, u, h) }); err != nil {
			return err
		}
	}
	for _, l := range d.src.compiled.listings {
		if err := read(byListing, l.url, func(ctx context.Context, h *StartHealth) error { return d.listing(ctx, l, h) }); err != nil {
			return err
		}
	}
	for _, u := range d.src.compiled.sitemaps {
		if err := read(bySitemap, u, func(ctx context.Context, h *StartHealth) error { return d.sitemap(ctx, u, h) }); err != nil {
			return err
		}
	}
	return nil
}

// found notes a page that a start lists and reports whether it is one of the source's.
func (d *discovery) found(h *StartHealth, raw string, hints schemas.Hints, changed time.Time) bool {
	before := len(d.frontier.entries)
	hints.DiscoveredBy = h.Kind
	if !d.frontier.add(raw, hints, changed) {
		return false
	}
	h.Items++
	if len(d.frontier.entries) > before && !older(d.frontier.entries[before], d.since, d.src.compiled.zone) {
		d.wanted++
	}
	return true
}

func (d *discovery) done() bool { return d.enough > 0 && d.wanted >= d.enough }

// older reports whether everything known about a page's dates is before since. A page without a date is not older.
func older(e entry, since time.Time, zone *time.Location) bool {
	if since.IsZero() {
		return false
	}
	latest := e.changed
	if t, ok := hintTime(e.hints.Published, zone); ok && t.After(latest) {
		latest = t
	}
	return !latest.IsZero() && latest.Before(since)
}

// hintTime reads Hints.Published. A day lasts until its end.
func hintTime(s string, zone *time.Location) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, true
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, zone); err == nil {
		return t.AddDate(0, 0, 1).Add(-time.Second), true
	}
	return time.Time{}, false
}

// unusual is the error for an answer that is no 200.
func unusual(a *answer) error {
	if a.status == http.StatusOK {
		return nil
	}
	hint := ""
	switch a.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusUnavailableForLegalReasons:
		hint = "ask the site's operator to let the crawler through"
	}
	return refuse(schemas.KindUnavailable, a.url, hint, "answers %d %s", a.status, http.StatusText(a.status))
}

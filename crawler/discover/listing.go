package discover

import (
	"context"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// Bounds of one page of a list; what is beyond is left out.
const (
	MaxListingBytes = 4 << 20 // a list becomes a tree, several times its size
	MaxListingItems = 5000
)

var (
	anyLink  = cascadia.MustCompile("a[href]")
	relNext  = cascadia.MustCompile("link[rel~=next][href], a[rel~=next][href]")
	heading  = cascadia.MustCompile("h1, h2, h3, h4, h5, h6")
	timeElem = cascadia.MustCompile("time[datetime]")
)

// listing reads a list and the pages that continue it, until there is no next page, or it leads back to one that was read, or
// brings nothing new, or only what is older than since, or the bound is reached.
func (d *discovery) listing(ctx context.Context, l source.List, h *StartHealth) error {
	seen, met := map[string]bool{}, map[string]bool{} // pages of the list; entries
	for next := l.URL; next != "" && h.Pages < l.MaxPages && !d.done(); {
		key, err := schemas.CanonicalURL(next)
		if err != nil || seen[key] {
			h.Note = "the pager leads back to " + next
			return nil
		}
		seen[key] = true
		page, err := d.listingPage(ctx, l, next, h, met)
		if err != nil {
			return err
		}
		switch {
		case page.items == 0 && h.Pages == 1:
			return nil // an empty list; the crawl judges it
		case page.items > 0 && page.fresh == 0 && page.known:
			return nil // everything older than since: the pages to come are older still
		case d.frontier.Full:
			h.Note = "limits.pages reached"
			return nil
		case page.added == 0 && h.Pages > 1:
			h.Note = "the pager brings nothing new at " + next
			return nil
		}
		next = page.next
	}
	if h.Pages == l.MaxPages {
		h.Note = "max_pages reached"
	}
	return nil
}

type listingPage struct {
	next  string
	items int  // entries that are pages of the source
	added int  // of them, not met in this listing before
	fresh int  // of them, not older than since
	known bool // every entry has a date
}

func (d *discovery) listingPage(ctx context.Context, l source.List, url string, h *StartHealth, met map[string]bool) (*listingPage, error) {
	d.note(url)
	page := &listingPage{known: true}
	var bad error
	a, err := d.get.HTML(ctx, url, func(doc *goquery.Selection, absolute func(string) string) {
		if bad = challenge(doc, url); bad == nil {
			d.readListing(ctx, l, doc, absolute, h, page, met)
		}
	})
	switch {
	case err != nil:
		return nil, err
	case bad != nil:
		return nil, bad
	case a.Status != 200:
		return nil, a.Unusual()
	}
	h.Pages++
	return page, nil
}

func (d *discovery) readListing(ctx context.Context, l source.List, doc *goquery.Selection, absolute func(string) string, h *StartHealth, page *listingPage, met map[string]bool) {
	items := doc.FindMatcher(or(l.Item, anyLink))
	items.EachWithBreak(func(i int, item *goquery.Selection) bool {
		if i == MaxListingItems || ctx.Err() != nil {
			return false
		}
		h.Matched++
		link := item
		if l.Item != nil {
			link = item.FindMatcher(or(l.Link, anyLink)).First()
			if link.Length() == 0 && item.Is("a[href]") {
				link = item
			}
		}
		href := strings.TrimSpace(link.AttrOr("href", ""))
		target := absolute(href)
		if href == "" || target == "" {
			return true
		}
		hints := schemas.Hints{Title: listingTitle(l, item, link), Published: d.listingDate(l, item, link)}
		if hints.Published != "" {
			hints.PublishedBy = ByListing
		}
		if !d.found(h, target, hints, time.Time{}) {
			return true
		}
		page.items++
		if key, _, err := d.frontier.canonical(target); err == nil && !met[key] {
			met[key] = true
			page.added++
		}
		e := Entry{Hints: hints}
		page.known = page.known && hints.Published != ""
		if !Older(e, d.since, d.src.Plan().Zone) {
			page.fresh++
		}
		return !d.done()
	})
	next := doc.FindMatcher(or(l.Next, relNext)).First()
	if next.Length() > 0 && !next.Is("[href]") { // the selector names the element around the link
		next = next.FindMatcher(anyLink).First()
	}
	if href := strings.TrimSpace(next.AttrOr("href", "")); href != "" {
		page.next = absolute(href)
	}
}

func or(m goquery.Matcher, fallback goquery.Matcher) goquery.Matcher {
	if m == nil {
		return fallback
	}
	return m
}

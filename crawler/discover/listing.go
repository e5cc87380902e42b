package discover

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"

	"github.com/kreispresse/kreispresse/crawler/discover/family"
	"github.com/kreispresse/kreispresse/crawler/polite"
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

// listing reads a list and the pages that continue it, and remembers how when it was followed as far as it has to be.
func (d *discovery) listing(ctx context.Context, l source.List, h *StartHealth) error {
	old, shallow, header := d.remembered(l.URL)
	p := &pager{list: l, family: family.Named(d.src.Profile), shallow: shallow, header: header, seen: map[string]bool{}, met: map[string]bool{}}
	err := d.follow(ctx, p, h)
	switch {
	case err != nil || p.first == nil || !p.ended:
	case p.unchanged:
		d.confirmed(l.URL, h, old)
	default:
		d.remember(l.URL, p.first, h, StartHealth{}, old)
	}
	return err
}

// pager is a list being read.
type pager struct {
	list    source.List
	family  *family.Family // nil: the source names none
	shallow bool           // leave it at the first page without news
	header  http.Header

	seen, met map[string]bool // pages of the list; entries
	first     *polite.Answer  // of its first page
	unchanged bool
	ended     bool // there is nothing more to read, as far as anybody knows
}

// follow reads page after page, until there is no next one, or it leads back to one that was read, or brings nothing new, or only what
// is older than since, or the bound is reached.
func (d *discovery) follow(ctx context.Context, p *pager, h *StartHealth) error {
	for next := p.list.URL; next != "" && h.Pages < p.list.MaxPages && !d.done(); {
		key, err := schemas.CanonicalURL(next)
		if err != nil || p.seen[key] {
			h.Note, p.ended = "the pager leads back to "+next, true
			return nil
		}
		p.seen[key] = true
		page, err := d.listingPage(ctx, p, next, h)
		if err != nil {
			return err
		}
		switch {
		case p.unchanged:
			p.ended = true
			return nil
		case page.items == 0 && h.Pages == 1:
			return nil // an empty list; the crawl judges it
		case page.items > 0 && page.fresh == 0 && page.known:
			return nil // everything older than since: the pages to come are older still
		case d.frontier.Full:
			h.Note = "limits.pages reached"
			return nil
		case page.added == 0 && h.Pages > 1:
			h.Note, p.ended = "the pager brings nothing new at "+next, true
			return nil
		case p.shallow && !page.news:
			p.ended = true
			d.frontier.Partial = d.frontier.Partial || page.next != ""
			return nil
		}
		next = page.next
	}
	p.ended = !d.done()
	if h.Pages == p.list.MaxPages {
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
	news  bool // an entry is news
}

func (d *discovery) listingPage(ctx context.Context, p *pager, url string, h *StartHealth) (*listingPage, error) {
	d.note(url)
	page := &listingPage{known: true}
	var bad error
	var header http.Header
	if p.first == nil {
		header = p.header
	}
	a, err := d.get.HTML(ctx, url, header, func(doc *goquery.Selection, absolute func(string) string) {
		if bad = challenge(doc, url); bad == nil {
			d.readListing(ctx, p, doc, absolute, h, page)
		}
	})
	switch {
	case err != nil:
		return nil, err
	case bad != nil:
		return nil, bad
	case a.Status == http.StatusNotModified && len(header) > 0:
		p.first, p.unchanged = a, true
		return page, nil
	case a.Status != http.StatusOK:
		return nil, a.Unusual()
	}
	if p.first == nil {
		p.first = a
		d.keep(ctx, h.Kind, p.list.URL, a)
	}
	h.Pages++
	return page, nil
}

func (d *discovery) readListing(ctx context.Context, p *pager, doc *goquery.Selection, absolute func(string) string, h *StartHealth, page *listingPage) {
	all := p.filled(doc)
	items := doc.FindMatcher(or(all.Item, anyLink))
	items.EachWithBreak(func(i int, item *goquery.Selection) bool {
		if i == MaxListingItems || ctx.Err() != nil {
			return false
		}
		h.Matched++
		l := p.within(all, item)
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
		if key, _, err := d.frontier.canonical(target); err == nil && !p.met[key] {
			p.met[key] = true
			page.added++
			page.news = page.news || p.shallow && d.opt.News(Entry{Page: schemas.PageID(d.src.ID, key), URL: key, Hints: hints})
		}
		e := Entry{Hints: hints}
		page.known = page.known && hints.Published != ""
		if !Older(e, d.since, d.src.Plan().Zone) {
			page.fresh++
		}
		return !d.done()
	})
	next := doc.FindMatcher(or(all.Next, relNext)).First()
	if next.Length() > 0 && !next.Is("[href]") { // the selector names the element around the link
		next = next.FindMatcher(anyLink).First()
	}
	if href := strings.TrimSpace(next.AttrOr("href", "")); href != "" {
		page.next = absolute(href)
	}
}

// filled is the list with what its source does not say of it and the family that the source names does. A family's entry that is not
// on the page is none: then every link that is accepted is an entry, as without a family.
func (p *pager) filled(doc *goquery.Selection) source.List {
	l := p.list
	if p.family != nil {
		l.Item, l.Next = either(l.Item, doc, p.family.Item), either(l.Next, doc, p.family.Next)
	}
	return l
}

// within is the list with the family's selectors for what is in one entry, where the source has none.
func (p *pager) within(l source.List, item *goquery.Selection) source.List {
	if p.family != nil && l.Item != nil {
		f := p.family
		l.Link, l.Title, l.Date = either(l.Link, item, f.Link), either(l.Title, item, f.Title), either(l.Date, item, f.Date)
	}
	return l
}

// either is the source's matcher, or the family's first that finds something.
func either(own goquery.Matcher, in *goquery.Selection, list []family.Selector) goquery.Matcher {
	if own == nil {
		if s, ok := family.Pick(in, list); ok {
			return s.Matcher()
		}
	}
	return own
}

func or(m goquery.Matcher, fallback goquery.Matcher) goquery.Matcher {
	if m == nil {
		return fallback
	}
	return m
}

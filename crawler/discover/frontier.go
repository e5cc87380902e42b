package discover

import (
	"errors"
	"net/url"
	"time"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// Entry is one page to fetch.
type Entry struct {
	Page  string // schemas.PageID
	URL   string // canonical
	Hints schemas.Hints
	// Changed is when a sitemap or feed says that the page changed last; zero when unknown. It is no publication date.
	Changed time.Time
	Hops    int  // redirects that led here
	Known   bool // from the page state, not listed by the site any more
	Front   bool // named by a feed, or on the first page of a list
}

// maxURL is the longest URL, in bytes, that is taken for a page. It bounds what is remembered, and the matching of robots.txt, which
// takes the product of a rule's length and the URL's.
const maxURL = 2000

// Frontier holds the pages of one crawl in the order they were found, each once, up to a bound.
type Frontier struct {
	src       *source.Source
	Bound     int
	Entries   []Entry
	Index     map[string]int                // page → entries; once discovery is over only its keys count
	Full      bool                          // a page was left out because of the bound
	Refused   int                           // links that accept and refuse kept out
	Lists     map[string]schemas.ListMemory // how the starts were read, for the next discovery
	Partial   bool                          // a pager was left before its end, since it brings no news
	Confirmed bool                          // a start was not read, since its server says that it is as it was
	foreign   map[string]bool
}

// NewFrontier makes an empty one, bounded by the source's limits.pages.
func NewFrontier(src *source.Source) *Frontier {
	return &Frontier{src: src, Bound: src.Limits.Pages, Index: map[string]int{}, foreign: map[string]bool{}, Lists: map[string]schemas.ListMemory{}}
}

// canonical is the identity of a page of this source: http is raised to https where the source is https.
func (f *Frontier) canonical(raw string) (string, *url.URL, error) {
	if len(raw) > maxURL {
		return "", nil, errors.New("URL too long")
	}
	c, err := schemas.CanonicalURL(raw)
	if err != nil {
		return "", nil, err
	}
	u := parseURL(c)
	if u.Scheme == "http" && f.src.Plan().Base.Scheme == "https" && f.src.OnHost(u) {
		u.Scheme = "https"
		if c, err = schemas.CanonicalURL(u.String()); err != nil {
			return "", nil, err
		}
		u = parseURL(c)
	}
	return c, u, nil
}

// verdict is what a link is to the source.
type verdict int

const (
	noPage  verdict = iota // mailto:, javascript:, unreadable
	refused                // a page, but none of the source's
	taken
)

// add notes a page and says what the URL is, in its canonical form. What is known of it already is completed, not replaced,
// but for a date of a feed, which is more precise than that of a list.
func (f *Frontier) add(raw string, hints schemas.Hints, changed time.Time) (v verdict, canonical string) {
	canonical, u, err := f.canonical(raw)
	if err != nil {
		return noPage, ""
	}
	if !f.src.Accepts(u) {
		f.refuse(canonical)
		return refused, canonical
	}
	page := schemas.PageID(f.src.ID, canonical)
	if i, ok := f.Index[page]; ok {
		e := &f.Entries[i]
		if e.Hints.Title == "" {
			e.Hints.Title = hints.Title
		}
		if hints.Published != "" && (e.Hints.Published == "" || hints.PublishedBy == ByFeed && e.Hints.PublishedBy != ByFeed) {
			e.Hints.Published, e.Hints.PublishedBy = hints.Published, hints.PublishedBy
		}
		if changed.After(e.Changed) {
			e.Changed = changed
		}
		return taken, canonical
	}
	if len(f.Entries) >= f.Bound {
		f.Full = true
		return taken, canonical
	}
	f.Index[page] = len(f.Entries)
	f.Entries = append(f.Entries, Entry{Page: page, URL: canonical, Hints: hints, Changed: changed})
	return taken, canonical
}

// refuse counts a link once; the memory of what was counted is bounded like the frontier.
func (f *Frontier) refuse(canonical string) {
	if !f.foreign[canonical] && len(f.foreign) < f.Bound {
		f.foreign[canonical] = true
		f.Refused++
	}
}

// Target is where a redirect leads within the source.
type Target struct{ Page, URL string }

// Redirected adds the target of e's redirect as a page of its own.
func (f *Frontier) Redirected(e Entry, to string) (Target, error) {
	canonical, u, err := f.canonical(to)
	if err != nil {
		return Target{}, polite.Refuse(schemas.KindUnavailable, e.URL, "", "redirect to %q: %w", to, err)
	}
	if canonical == e.URL {
		return Target{}, polite.Refuse(schemas.KindUnavailable, e.URL, "", "redirects to itself")
	}
	if !f.src.Accepts(u) {
		return Target{}, polite.Refuse(schemas.KindPolicy, e.URL, "", "redirects to %s, which is no page of the source", canonical)
	}
	if e.Hops >= f.src.Limits.Redirects {
		return Target{}, polite.Refuse(schemas.KindUnavailable, e.URL, "", "more than %d redirects", f.src.Limits.Redirects)
	}
	t := Target{schemas.PageID(f.src.ID, canonical), canonical}
	if _, ok := f.Index[t.Page]; ok {
		return t, nil // it has its turn anyway
	}
	f.Index[t.Page] = len(f.Entries)
	f.Entries = append(f.Entries, Entry{Page: t.Page, URL: canonical, Hints: e.Hints, Changed: e.Changed, Hops: e.Hops + 1})
	return t, nil
}

// parseURL is url.Parse for URLs that were canonical once.
func parseURL(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		return &url.URL{}
	}
	return u
}

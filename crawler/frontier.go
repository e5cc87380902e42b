package crawler

import (
	"errors"
	"net/url"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// entry is one page to fetch.
type entry struct {
	page  string // schemas.PageID
	url   string // canonical
	hints schemas.Hints
	// changed is when a sitemap or feed says that the page changed last; zero when unknown. It is no publication date.
	changed time.Time
	hops    int  // redirects that led here
	known   bool // from the page state, not listed by the site any more
}

// maxURL is the longest URL, in bytes, that is taken for a page. It bounds what is remembered, and the matching of robots.txt, which
// takes the product of a rule's length and the URL's.
const maxURL = 2000

// frontier holds the pages of one crawl in the order they were found, each once, up to a bound.
type frontier struct {
	src     *Source
	bound   int
	entries []entry
	index   map[string]int // page → entries; once discovery is over only its keys count
	full    bool           // a page was left out because of the bound
	refused int            // links that accept and refuse kept out
	foreign map[string]bool
}

func newFrontier(src *Source) *frontier {
	return &frontier{src: src, bound: src.Limits.Pages, index: map[string]int{}, foreign: map[string]bool{}}
}

// canonical is the identity of a page of this source: http is raised to https where the source is https.
func (f *frontier) canonical(raw string) (string, *url.URL, error) {
	if len(raw) > maxURL {
		return "", nil, errors.New("URL too long")
	}
	c, err := schemas.CanonicalURL(raw)
	if err != nil {
		return "", nil, err
	}
	u := parseURL(c)
	if u.Scheme == "http" && f.src.compiled.base.Scheme == "https" && f.src.onHost(u) {
		u.Scheme = "https"
		if c, err = schemas.CanonicalURL(u.String()); err != nil {
			return "", nil, err
		}
		u = parseURL(c)
	}
	return c, u, nil
}

// add notes a page and reports whether the URL is one of the source's pages. What is known of it already is completed, not replaced,
// but for a date of a feed, which is more precise than that of a list.
func (f *frontier) add(raw string, hints schemas.Hints, changed time.Time) bool {
	canonical, u, err := f.canonical(raw)
	if err != nil {
		return false
	}
	if !f.src.accepts(u) {
		f.refuse(canonical)
		return false
	}
	page := schemas.PageID(f.src.ID, canonical)
	if i, ok := f.index[page]; ok {
		e := &f.entries[i]
		if e.hints.Title == "" {
			e.hints.Title = hints.Title
		}
		if hints.Published != "" && (e.hints.Published == "" || hints.PublishedBy == byFeed && e.hints.PublishedBy != byFeed) {
			e.hints.Published, e.hints.PublishedBy = hints.Published, hints.PublishedBy
		}
		if changed.After(e.changed) {
			e.changed = changed
		}
		return true
	}
	if len(f.entries) >= f.bound {
		f.full = true
		return true
	}
	f.index[page] = len(f.entries)
	f.entries = append(f.entries, entry{page: page, url: canonical, hints: hints, changed: changed})
	return true
}

// refuse counts a link once; the memory of what was counted is bounded like the frontier.
func (f *frontier) refuse(canonical string) {
	if !f.foreign[canonical] && len(f.foreign) < f.bound {
		f.foreign[canonical] = true
		f.refused++
	}
}

// redirected adds the target of e's redirect as a page of its own.
func (f *frontier) redirected(e entry, to string) error {
	canonical, u, err := f.canonical(to)
	if err != nil {
		return refuse(schemas.KindUnavailable, e.url, "", "redirect to %q: %w", to, err)
	}
	if canonical == e.url {
		return refuse(schemas.KindUnavailable, e.url, "", "redirects to itself")
	}
	if !f.src.accepts(u) {
		return refuse(schemas.KindPolicy, e.url, "", "redirects to %s, which is no page of the source", canonical)
	}
	if e.hops >= f.src.Limits.Redirects {
		return refuse(schemas.KindUnavailable, e.url, "", "more than %d redirects", f.src.Limits.Redirects)
	}
	page := schemas.PageID(f.src.ID, canonical)
	if _, ok := f.index[page]; ok {
		return nil // it has its turn anyway
	}
	f.index[page] = len(f.entries)
	f.entries = append(f.entries, entry{page: page, url: canonical, hints: e.hints, changed: e.changed, hops: e.hops + 1})
	return nil
}

package schemas

import (
	"bytes"
	"slices"
	"time"
)

// ListPage is the first page of a list, or a feed, as it was fetched, with what the crawl found on it then. The last few different ones
// are kept, so that changed selectors can be tried on them.
type ListPage struct {
	Kind        string      `json:"kind"`           // listing or feed
	URL         string      `json:"url"`            // where the source says that it begins
	From        string      `json:"from,omitempty"` // where it came from, when a redirect led there
	ContentType string      `json:"content_type,omitempty"`
	FetchedAt   time.Time   `json:"fetched_at"`
	Entries     []ListEntry `json:"entries,omitempty"` // pages of the source that it named, each once
	Body        []byte      `json:"-"`                 // as received, Content-Encoding taken off
}

// ListEntry is a page of a source as a list names it.
type ListEntry struct {
	URL       string `json:"url"` // canonical
	Title     string `json:"title,omitempty"`
	Published string `json:"published,omitempty"` // as Hints.Published
}

// Bounds of what is kept of a list.
const (
	MaxListPages = 5              // different pages
	ListPageAge  = 24 * time.Hour // of one that names the same as before: then it takes the place of that
)

// KeepListPage adds a page to those that are kept of its list, oldest first, and reports whether that changed anything. A page with another
// session or clock in it that names the same is none of interest; after a day it is, since the markup may have changed.
func KeepListPage(kept []ListPage, next ListPage) ([]ListPage, bool) {
	if len(kept) == 0 {
		return []ListPage{next}, true
	}
	last := &kept[len(kept)-1]
	sameBody := bytes.Equal(last.Body, next.Body) && last.ContentType == next.ContentType
	switch sameNames := sameEntries(last.Entries, next.Entries); {
	case sameBody && sameNames, sameNames && next.FetchedAt.Sub(last.FetchedAt) < ListPageAge:
		return kept, false
	case sameBody, sameNames: // read by other selectors now; or the same list, written otherwise
		kept = kept[:len(kept)-1]
	}
	kept = append(slices.Clone(kept), next)
	return kept[max(0, len(kept)-MaxListPages):], true
}

// sameEntries reports whether two readings name the same pages, in whatever order.
func sameEntries(a, b []ListEntry) bool {
	if len(a) != len(b) {
		return false
	}
	named := make(map[string]bool, len(a))
	for _, e := range a {
		named[e.URL] = true
	}
	return !slices.ContainsFunc(b, func(e ListEntry) bool { return !named[e.URL] })
}

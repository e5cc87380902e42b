package crawler

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/schemas"
)

// hold makes sure, before anything is asked, that no other process asks the host of the first list. What else may be wrong shows in what
// is asked.
func (r *run) hold(ctx context.Context) error {
	held, ok := errors.AsType[*polite.HeldError](r.get.hold(ctx, r.firstHost()))
	if !ok {
		return nil
	}
	return &schemas.Error{
		Op: "crawl", Kind: schemas.KindConflict, Thing: r.src.ID, Err: held,
		Hint: "its lease ends by " + held.Until.UTC().Format(time.RFC3339) + ", crawl again then",
	}
}

// firstHost has the list that is asked for first.
func (r *run) firstHost() *url.URL {
	p := r.src.Plan()
	var starts []string
	for _, l := range p.Listings {
		starts = append(starts, l.URL)
	}
	for _, s := range append(append(starts, p.Feeds...), p.Sitemaps...) {
		if u, err := url.Parse(s); err == nil && r.src.OnHost(u) {
			return u
		}
	}
	return p.Base
}

// HeldUntil is, for an error of Crawl that says that another process asks the source's host, until when it may do so at most.
func HeldUntil(err error) (until time.Time, ok bool) {
	held, ok := errors.AsType[*polite.HeldError](err)
	if !ok {
		return time.Time{}, false
	}
	return held.Until, true
}

package crawler

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// Lists keeps the last few different first pages of each list and feed of a source, see schemas.KeepListPage. They are there to try other
// selectors on: no crawl needs them, and none fails when they cannot be kept. Implementations are safe for concurrent use.
type Lists interface {
	// Keep adds a page to those of its list.
	Keep(ctx context.Context, source string, page schemas.ListPage) error
	// Drop forgets the pages of lists and feeds of a source whose addresses are not among starts.
	Drop(ctx context.Context, source string, starts []string) error
}

// keepList is what discovery calls with each page to keep. Where one cannot be kept the next will not be either: one word is enough.
func (r *run) keepList(ctx context.Context) func(schemas.ListPage) {
	said := false
	return func(p schemas.ListPage) {
		if err := r.lists.Keep(ctx, r.src.ID, p); err != nil && ctx.Err() == nil && !said {
			said = true
			r.log.Warn("the page of a list is not kept", "url", p.URL, "error", err)
		}
	}
}

// dropLists forgets the pages of lists that the source does not name any more.
func (r *run) dropLists(ctx context.Context) {
	if r.lists == nil || r.opt.DryRun {
		return
	}
	starts := append([]string(nil), r.src.Plan().Feeds...)
	for _, l := range r.src.Plan().Listings {
		starts = append(starts, l.URL)
	}
	if err := r.lists.Drop(ctx, r.src.ID, starts); err != nil && ctx.Err() == nil {
		r.log.Warn("pages of lists that the source does not name any more are not forgotten", "error", err)
	}
}

// Reread reads a page that was kept as a crawl of src would read it today, without a network: with Colly, its character sets and links, upon
// a transport that has nothing but this page. ok is false when src has no such list or feed. src must have passed Check.
func Reread(ctx context.Context, src *source.Source, page schemas.ListPage) (now []schemas.ListEntry, ok bool, err error) {
	c := &collector{}
	c.over(src, polite.Identity{}, shelf{page}, func() {})
	return discover.Reread(ctx, src, c, page.Kind, page.URL)
}

// shelf answers every request with one page.
type shelf struct{ page schemas.ListPage }

func (s shelf) RoundTrip(req *http.Request) (*http.Response, error) {
	polite.ExchangeOf(req).Body = s.page.Body
	from := req
	if s.page.From != "" { // links are relative to where the redirect led
		u, err := url.Parse(s.page.From)
		if err != nil {
			return nil, err
		}
		from = req.Clone(req.Context())
		from.URL = u
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: from,
		Header: http.Header{"Content-Type": {s.page.ContentType}}, Body: io.NopCloser(bytes.NewReader(s.page.Body)), ContentLength: int64(len(s.page.Body)),
	}, nil
}

package crawler

import (
	"context"
	"net/http"
	"net/url"

	"github.com/PuerkitoBio/goquery"
	"github.com/gocolly/colly/v2"
	"golang.org/x/net/html/charset"

	"github.com/kreispresse/kreispresse/crawler/discover"
	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// collector is Colly for one source. Colly drives requests, redirects, cookies and elements; what is polite, safe or bounded is
// done by the transport under it, because Colly's own means do not do it (docs/adr/0005 lists what was measured).
type collector struct {
	base      *colly.Collector
	redirects int
	bodyLimit int64
	done      func()
	hold      func(context.Context, *url.URL) error
	traffic   polite.Traffic
}

func newCollector(src *source.Source, hosts *polite.Hosts, id polite.Identity) *collector {
	c := &collector{}
	t := polite.NewTransport(src, hosts, id, &c.traffic)
	c.hold = t.Hold
	c.over(src, id, t, t.Close)
	return c
}

// over sets Colly upon a transport; done gives back what that has taken.
func (c *collector) over(src *source.Source, id polite.Identity, transport http.RoundTripper, done func()) {
	c.redirects, c.bodyLimit, c.done = src.Limits.Redirects, int64(src.Limits.BodyBytes), done
	base := &colly.Collector{}
	base.Init()                 // not colly.NewCollector: that lets COLLY_* environment variables override what is set here
	base.AllowURLRevisit = true // what was fetched when is the page state's business, and a failed page must be askable again
	base.IgnoreRobotsTxt = true // the transport asks, for every hop
	base.ParseHTTPErrorResponse = true
	base.MaxBodySize = 0 // the transport's limit is an error, Colly's is a silent cut
	base.UserAgent = id.UserAgent
	base.SetRequestTimeout(0) // it would count the waiting for the host's turn; the transport times each hop
	base.WithTransport(transport)
	base.SetRedirectHandler(c.redirect)
	c.base = base
}

func (c *collector) close() { c.done() }

// redirect follows bounded hops for listings, feeds and sitemaps. A page's redirect is followed only to the same page (a cookie
// check, another spelling); any other target has a state of its own and comes back as a page to fetch.
func (c *collector) redirect(req *http.Request, via []*http.Request) error {
	if len(via) > c.redirects {
		return polite.Refuse(schemas.KindUnavailable, via[0].URL.String(), "", "more than %d redirects, the last to %s", c.redirects, req.URL)
	}
	if want := polite.ExchangeOf(req).Want; want != polite.WantPage && want != polite.WantAny {
		return nil
	}
	from, err1 := schemas.CanonicalURL(via[0].URL.String())
	to, err2 := schemas.CanonicalURL(req.URL.String())
	if err1 == nil && err2 == nil && from == to {
		return nil
	}
	return http.ErrUseLastResponse
}

// Get fetches one URL. Any complete answer, 304 and 404 too, is no error. A page that is only there to lead to another comes back as a
// permanent redirect, which is what it is to a reader; one that asks not to be indexed is refused.
func (c *collector) Get(ctx context.Context, want polite.Want, rawURL string, header http.Header) (*polite.Answer, error) {
	a, err := c.do(ctx, want, rawURL, header, nil)
	if err != nil || want != polite.WantPage || a.Status != http.StatusOK {
		return a, err
	}
	if to, ok := discover.Stub(a.Body, a.Header.Get("Content-Type"), a.URL); ok {
		a.Status, a.Location, a.Body = http.StatusMovedPermanently, to, nil
		return a, nil
	}
	if polite.NoIndex(a) {
		return nil, polite.Refuse(schemas.KindPolicy, rawURL, "", "%w", polite.ErrNoIndex)
	}
	return a, nil
}

// HTML fetches a listing and gives its document, transcoded, to read, which resolves links against the page's base.
func (c *collector) HTML(
	ctx context.Context, rawURL string, header http.Header, read func(doc *goquery.Selection, absolute func(string) string),
) (*polite.Answer, error) {
	parsed := false
	a, err := c.do(ctx, polite.WantListing, rawURL, header, func(e *colly.HTMLElement) {
		parsed = true
		if e.Response.StatusCode == http.StatusOK {
			read(e.DOM, e.Request.AbsoluteURL)
		}
	})
	if err == nil && !parsed && a.Status == http.StatusOK { // Colly loses the parser's error
		return nil, polite.Refuse(schemas.KindNotHTML, rawURL, "", "cannot be parsed: nested deeper than any real page")
	}
	return a, err
}

func (c *collector) do(ctx context.Context, want polite.Want, rawURL string, header http.Header, onHTML colly.HTMLCallback) (*polite.Answer, error) {
	limit := c.bodyLimit
	if want == polite.WantListing {
		limit = min(limit, discover.MaxListingBytes) // it becomes a tree, several times its size
	}
	x := &polite.Exchange{Want: want, Limit: limit}
	one := c.base.Clone() // shares the client; has callbacks and a context of its own
	one.Context = polite.WithExchange(ctx, x)
	var got *polite.Answer
	one.OnResponseHeaders(func(r *colly.Response) {
		if want == polite.WantListing && len(x.Body) > 0 { // Colly ignores <meta charset> and BOM: tell it what the bytes are
			_, name, _ := charset.DetermineEncoding(x.Body, r.Headers.Get("Content-Type"))
			r.Request.ResponseCharacterEncoding = name
		}
	})
	one.OnResponse(func(r *colly.Response) {
		got = &polite.Answer{Status: r.StatusCode, URL: r.Request.URL.String(), Header: *r.Headers, Body: x.Body}
		if got.Status >= 300 && got.Status < 400 {
			if to, err := r.Request.URL.Parse(r.Headers.Get("Location")); err == nil {
				got.Location = to.String()
			}
		}
		if want == polite.WantListing && r.Headers.Get("Content-Type") == "" {
			r.Headers.Set("Content-Type", "text/html") // limit let it pass, and Colly would guess from the first bytes
		}
	})
	if onHTML != nil {
		one.OnHTML("html", onHTML)
	}
	if header == nil {
		header = http.Header{}
	}
	err := one.Request(http.MethodGet, rawURL, nil, nil, header)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		err = polite.URLError(err)
		if schemas.KindOf(err) == schemas.KindInternal {
			err = polite.Refuse(schemas.KindUnavailable, rawURL, "", "%w", err)
		}
		return nil, err
	}
	if got == nil {
		return nil, polite.Refuse(schemas.KindInternal, rawURL, "report this as a bug", "no answer and no error")
	}
	return got, nil
}

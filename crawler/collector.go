package crawler

import (
	"context"
	"net/http"
	"net/url"

	"github.com/PuerkitoBio/goquery"
	"github.com/gocolly/colly/v2"
	"golang.org/x/net/html/charset"

	"github.com/kreispresse/kreispresse/schemas"
)

// collector is Colly for one source. Colly drives requests, redirects, cookies and elements; what is polite, safe or bounded is
// done by the transport under it, because Colly's own means do not do it (docs/adr/0005 lists what was measured).
type collector struct {
	base      *colly.Collector
	redirects int
	bodyLimit int64
	closeIdle func()
	traffic   traffic
}

// answer is a complete response.
type answer struct {
	status   int
	url      string // final, after redirects that were followed
	location string // of a redirect that was not followed, absolute
	header   http.Header
	body     []byte // as received, Content-Encoding taken off, not transcoded; empty unless status is 200
}

func newCollector(src *Source, hosts *hosts, id identity) *collector {
	c := &collector{redirects: src.Limits.Redirects, bodyLimit: int64(src.Limits.BodyBytes)}
	base := &colly.Collector{}
	base.Init()                 // not colly.NewCollector: that lets COLLY_* environment variables override what is set here
	base.AllowURLRevisit = true // what was fetched when is the page state's business, and a failed page must be askable again
	base.IgnoreRobotsTxt = true // the transport asks, for every hop
	base.ParseHTTPErrorResponse = true
	base.MaxBodySize = 0 // the transport's limit is an error, Colly's is a silent cut
	base.UserAgent = id.userAgent
	base.SetRequestTimeout(0) // it would count the waiting for the host's turn; the transport times each hop
	transport, closeIdle := newTransport(src, hosts, id, &c.traffic)
	base.WithTransport(transport)
	base.SetRedirectHandler(c.redirect)
	c.base, c.closeIdle = base, closeIdle
	return c
}

func (c *collector) close() { c.closeIdle() }

// redirect follows bounded hops for listings, feeds and sitemaps. A page's redirect is followed only to the same page (a cookie
// check, another spelling); any other target has a state of its own and comes back as a page to fetch.
func (c *collector) redirect(req *http.Request, via []*http.Request) error {
	if len(via) > c.redirects {
		return refuse(schemas.KindUnavailable, via[0].URL.String(), "", "more than %d redirects, the last to %s", c.redirects, req.URL)
	}
	if exchangeOf(req).want != wantPage {
		return nil
	}
	from, err1 := schemas.CanonicalURL(via[0].URL.String())
	to, err2 := schemas.CanonicalURL(req.URL.String())
	if err1 == nil && err2 == nil && from == to {
		return nil
	}
	return http.ErrUseLastResponse
}

// get fetches one URL. Any complete answer, 304 and 404 too, is no error.
func (c *collector) get(ctx context.Context, want wanted, rawURL string, header http.Header) (*answer, error) {
	return c.do(ctx, want, rawURL, header, nil)
}

// html fetches a listing and gives its document, transcoded, to read, which resolves links against the page's base.
func (c *collector) html(ctx context.Context, rawURL string, read func(doc *goquery.Selection, absolute func(string) string)) (*answer, error) {
	parsed := false
	a, err := c.do(ctx, wantListing, rawURL, nil, func(e *colly.HTMLElement) {
		parsed = true
		if e.Response.StatusCode == http.StatusOK {
			read(e.DOM, e.Request.AbsoluteURL)
		}
	})
	if err == nil && !parsed && a.status == http.StatusOK { // Colly loses the parser's error
		return nil, refuse(schemas.KindNotHTML, rawURL, "", "cannot be parsed: nested deeper than any real page")
	}
	return a, err
}

func (c *collector) do(ctx context.Context, want wanted, rawURL string, header http.Header, onHTML colly.HTMLCallback) (*answer, error) {
	limit := c.bodyLimit
	if want == wantListing {
		limit = min(limit, maxListingBytes) // it becomes a tree, several times its size
	}
	x := &exchange{want: want, limit: limit}
	one := c.base.Clone() // shares the client; has callbacks and a context of its own
	one.Context = withExchange(ctx, x)
	var got *answer
	one.OnResponseHeaders(func(r *colly.Response) {
		if want == wantListing && len(x.body) > 0 { // Colly ignores <meta charset> and BOM: tell it what the bytes are
			_, name, _ := charset.DetermineEncoding(x.body, r.Headers.Get("Content-Type"))
			r.Request.ResponseCharacterEncoding = name
		}
	})
	one.OnResponse(func(r *colly.Response) {
		got = &answer{status: r.StatusCode, url: r.Request.URL.String(), header: *r.Headers, body: x.body}
		if got.status >= 300 && got.status < 400 {
			if to, err := r.Request.URL.Parse(r.Headers.Get("Location")); err == nil {
				got.location = to.String()
			}
		}
		if want == wantListing && r.Headers.Get("Content-Type") == "" {
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
		err = urlError(err)
		if schemas.KindOf(err) == schemas.KindInternal {
			err = refuse(schemas.KindUnavailable, rawURL, "", "%w", err)
		}
		return nil, err
	}
	if got == nil {
		return nil, refuse(schemas.KindInternal, rawURL, "report this as a bug", "no answer and no error")
	}
	return got, nil
}

// parseURL is url.Parse for URLs that were canonical once.
func parseURL(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		return &url.URL{}
	}
	return u
}

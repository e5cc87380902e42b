package polite

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// Want is what a request is for: it decides which content types are read and whether a redirect is followed.
type Want int

const (
	WantPage    Want = iota // a release: HTML; redirects come back, so that their target passes as a page of its own
	WantListing             // HTML; redirects are followed
	WantFeed                // RSS, Atom, JSON Feed
	WantSitemap             // XML, plain or gzip
	WantRobots              // text; cut at its limit instead of refused
	WantAny                 // HTML or a feed: nobody knows yet what the address is; redirects come back
)

// Exchange travels in a request's context through Colly and the transport: what the caller wants of it and the bytes as received.
// Colly's own Response.Body is transcoded, which an archive must not be.
type Exchange struct {
	Want  Want
	Limit int64  // bytes of body after decompression
	Body  []byte // as received, Content-Encoding taken off; set by the transport

	status int // of the last answer, also of one that is not read
}

type exchangeKey struct{}

// WithExchange is a context whose requests are made for x.
func WithExchange(ctx context.Context, x *Exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, x)
}

// ExchangeOf never returns nil: a request that did not come from the collector is held to the strictest reading.
func ExchangeOf(req *http.Request) *Exchange {
	if x, ok := req.Context().Value(exchangeKey{}).(*Exchange); ok {
		return x
	}
	return &Exchange{Want: WantPage, Limit: source.DefaultBodyBytes}
}

// Refuse makes the errors of the crawler: one line, a kind, a way out.
func Refuse(kind schemas.Kind, thing, hint, format string, args ...any) error {
	return &schemas.Error{Op: "crawl", Kind: kind, Thing: thing, Hint: hint, Err: fmt.Errorf(format, args...)}
}

// Why is an error without its operation and its thing, for places that name them already.
func Why(err error) string {
	e, ok := errors.AsType[*schemas.Error](err)
	if !ok || e.Err == nil {
		return err.Error()
	}
	return (&schemas.Error{Hint: e.Hint, Err: e.Err}).Error()
}

// roundTripper is an http.RoundTripper made of a function.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// Answer is a complete response.
type Answer struct {
	Status   int
	URL      string // final, after redirects that were followed
	Location string // of a redirect that was not followed, absolute
	Header   http.Header
	Body     []byte // as received, Content-Encoding taken off, not transcoded; empty unless Status is 200
}

// Unusual is the error for an answer that is no 200.
func (a *Answer) Unusual() error {
	if a.Status == http.StatusOK {
		return nil
	}
	hint, kind := "", schemas.KindUnavailable
	switch a.Status {
	case http.StatusNotFound, http.StatusGone: // the site does answer
		kind = schemas.KindNotFound
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusUnavailableForLegalReasons:
		hint = "ask the site's operator to let the crawler through"
	}
	return Refuse(kind, a.URL, hint, "answers %d %s", a.Status, http.StatusText(a.Status))
}

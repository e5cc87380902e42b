package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/kreispresse/kreispresse/schemas"
)

// wanted is what a request is for: it decides which content types are read and whether a redirect is followed.
type wanted int

const (
	wantPage    wanted = iota // a release: HTML; redirects come back, so that their target passes as a page of its own
	wantListing               // HTML; redirects are followed
	wantFeed                  // RSS, Atom, JSON Feed
	wantSitemap               // XML, plain or gzip
	wantRobots                // text; cut at its limit instead of refused
)

// exchange travels in a request's context through Colly and the transport: what the caller wants of it and the bytes as received.
// Colly's own Response.Body is transcoded, which an archive must not be.
type exchange struct {
	want  wanted
	limit int64 // bytes of body after decompression
	body  []byte
}

type exchangeKey struct{}

func withExchange(ctx context.Context, x *exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, x)
}

// exchangeOf never returns nil: a request that did not come from the collector is held to the strictest reading.
func exchangeOf(req *http.Request) *exchange {
	if x, ok := req.Context().Value(exchangeKey{}).(*exchange); ok {
		return x
	}
	return &exchange{want: wantPage, limit: DefaultBodyBytes}
}

// refuse makes the errors of this package: one line, a kind, a way out.
func refuse(kind schemas.Kind, thing, hint, format string, args ...any) error {
	return &schemas.Error{Op: "crawl", Kind: kind, Thing: thing, Hint: hint, Err: fmt.Errorf(format, args...)}
}

// why is an error without its operation and its thing, for places that name them already.
func why(err error) string {
	e, ok := errors.AsType[*schemas.Error](err)
	if !ok || e.Err == nil {
		return err.Error()
	}
	return (&schemas.Error{Hint: e.Hint, Err: e.Err}).Error()
}

// roundTripper is an http.RoundTripper made of a function.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

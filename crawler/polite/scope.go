package polite

import (
	"net/http"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// scope lets through what lies on the source's hosts: a redirect to somebody else's site is not followed.
func scope(next http.RoundTripper, src *source.Source) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		if req.Method != http.MethodGet || !src.OnHost(req.URL) {
			return nil, Refuse(schemas.KindPolicy, req.URL.String(), "name the host under hosts in the source if it belongs to it", "not on a host of the source")
		}
		return next.RoundTrip(req)
	})
}

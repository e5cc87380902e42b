package crawler

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"

	"github.com/kreispresse/kreispresse/schemas"
)

// scope lets through what lies on the source's hosts: a redirect to somebody else's site is not followed.
func scope(next http.RoundTripper, src *Source) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		if req.Method != http.MethodGet || !src.onHost(req.URL) {
			return nil, refuse(schemas.KindPolicy, req.URL.String(), "name the host under hosts in the source if it belongs to it", "not on a host of the source")
		}
		return next.RoundTrip(req)
	})
}

// Owns reports whether an absolute URL lies on a host of the source. The source must have passed Check.
func (s *Source) Owns(rawURL string) bool {
	u, err := url.Parse(rawURL)
	return err == nil && s.compiled != nil && s.onHost(u)
}

// onHost reports whether u lies on a host of the source, whatever the spelling.
func (s *Source) onHost(u *url.URL) bool {
	canonical, err := schemas.CanonicalURL(u.Scheme + "://" + u.Host + "/")
	if err != nil {
		return false
	}
	c, err := url.Parse(canonical)
	return err == nil && s.compiled.hosts[c.Host]
}

// accepts reports whether a canonical URL is a page of the source.
func (s *Source) accepts(u *url.URL) bool {
	if !s.onHost(u) {
		return false
	}
	query := ""
	if u.RawQuery != "" {
		query = "?" + u.RawQuery
	}
	spellings := []string{u.EscapedPath() + query, u.Path + query} // a pattern may write an umlaut either way
	matches := func(patterns []*regexp.Regexp) bool {
		return slices.ContainsFunc(patterns, func(re *regexp.Regexp) bool { return slices.ContainsFunc(spellings, re.MatchString) })
	}
	return (len(s.compiled.accept) == 0 || matches(s.compiled.accept)) && !matches(s.compiled.refuse)
}

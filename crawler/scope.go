package crawler

import (
	"net/http"
	"net/url"

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
	target := u.EscapedPath()
	if plain := u.Path; plain != target && u.RawQuery == "" {
		return s.acceptsText(target) && s.acceptsText(plain) // a pattern may spell an umlaut either way
	}
	if u.RawQuery != "" {
		target += "?" + u.RawQuery
	}
	return s.acceptsText(target)
}

func (s *Source) acceptsText(target string) bool {
	for _, re := range s.compiled.refuse {
		if re.MatchString(target) {
			return false
		}
	}
	for _, re := range s.compiled.accept {
		if re.MatchString(target) {
			return true
		}
	}
	return len(s.compiled.accept) == 0
}

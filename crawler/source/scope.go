package source

import (
	"net/url"
	"regexp"
	"slices"

	"github.com/kreispresse/kreispresse/schemas"
)

// Owns reports whether an absolute URL lies on a host of the source. The source must have passed Check.
func (s *Source) Owns(rawURL string) bool {
	u, err := url.Parse(rawURL)
	return err == nil && s.compiled != nil && s.OnHost(u)
}

// OnHost reports whether u lies on a host of the source, whatever the spelling.
func (s *Source) OnHost(u *url.URL) bool {
	canonical, err := schemas.CanonicalURL(u.Scheme + "://" + u.Host + "/")
	if err != nil {
		return false
	}
	c, err := url.Parse(canonical)
	return err == nil && s.compiled.hosts[c.Host]
}

// Accepts reports whether a canonical URL is a page of the source.
func (s *Source) Accepts(u *url.URL) bool {
	if !s.OnHost(u) {
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

// AcceptsURL is Accepts for a canonical URL as text.
func (s *Source) AcceptsURL(canonical string) bool {
	u, err := url.Parse(canonical)
	return err == nil && s.Accepts(u)
}

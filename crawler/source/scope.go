package source

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

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

// LeadsNowhere reports whether an address is the home page of the source, one of its lists, or an error page by its name: where sites
// send whoever asks for a page that is gone.
func (s *Source) LeadsNowhere(raw string) bool {
	at, onHost := s.place(raw)
	if !onHost || at.RawQuery != "" {
		return false
	}
	path := barePath(at)
	if path == "" || path == barePath(s.compiled.Base) || errorPath.MatchString(at.Path) {
		return true
	}
	for _, l := range s.compiled.Listings {
		if list, _ := s.place(l.URL); list != nil && barePath(list) == path {
			return true
		}
	}
	return false
}

// place is the canonical form of an address, and whether it lies on a host of the source; nil when it is none.
func (s *Source) place(raw string) (u *url.URL, onHost bool) {
	canonical, err := schemas.CanonicalURL(raw)
	if err != nil {
		return nil, false
	}
	if u, err = url.Parse(canonical); err != nil {
		return nil, false
	}
	return u, s.OnHost(u)
}

func barePath(u *url.URL) string {
	return indexFile.ReplaceAllString(strings.TrimSuffix(u.Path, "/"), "")
}

var (
	indexFile = regexp.MustCompile(`(?i)/(?:index|default|start|home|startseite)\.[a-z]{2,5}$`)
	errorPath = regexp.MustCompile(`(?i)(?:^|/)(?:404|410|error-?404|404-?error|` +
		`fehler-?404|fehlerseite|seite-nicht-gefunden|page-not-found|not-?found)(?:\.[a-z]{2,5}|/)?$`)
)

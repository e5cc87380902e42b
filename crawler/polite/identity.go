package polite

import "net/http"

// productToken is the name robots.txt groups address us by (RFC 9309 section 2.2.1).
const productToken = "kreispresse"

// Identity is how the crawler introduces itself.
type Identity struct {
	UserAgent string
	from      string // mail address of the operator, RFC 9110 section 10.1.2; may be empty
}

// NewIdentity makes an Identity; every argument may be empty.
func NewIdentity(version, contact, from string) Identity {
	if version == "" {
		version = "dev"
	}
	about := "+https://github.com/kreispresse/kreispresse"
	if contact != "" {
		about += "; " + contact
	}
	return Identity{UserAgent: productToken + "/" + version + " (" + about + ")", from: from}
}

var acceptHeader = map[Want]string{
	WantPage:    "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
	WantListing: "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
	WantFeed:    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
	WantSitemap: "application/xml, text/xml, application/gzip, */*;q=0.1",
	WantRobots:  "text/plain, */*;q=0.1",
	WantAny:     "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.1",
}

// identify sets the headers that say who asks and what for.
func identify(next http.RoundTripper, id Identity) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		req = req.Clone(req.Context())
		req.Header.Set("User-Agent", id.UserAgent)
		if id.from != "" {
			req.Header.Set("From", id.from)
		}
		req.Header.Set("Accept", acceptHeader[ExchangeOf(req).Want])
		req.Header.Set("Accept-Language", "de, en;q=0.1")
		req.Header.Set("Accept-Encoding", "gzip")
		req.Header.Del("Referer") // which page led here is nobody's business
		return next.RoundTrip(req)
	})
}

package schemas

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// MostAsked is how many requests to a host are remembered; of them those that were not made are at most MostUnasked.
const (
	MostAsked   = 30
	MostUnasked = 8
)

// HostRequest is a request to a host, or one that was not made, for whoever runs the host.
type HostRequest struct {
	At     time.Time `json:"at"` // to the millisecond: when it was sent, or would have been
	Method string    `json:"method"`
	Path   string    `json:"path"`             // see AskedPath
	Status int       `json:"status,omitempty"` // of HTTP; 0: no answer
	Bytes  int64     `json:"bytes,omitempty"`  // of the body, decompressed
	Millis int64     `json:"ms,omitempty"`     // until the last byte was here
	Why    string    `json:"why,omitempty"`    // why it was not made, or brought nothing: one of the Why… constants
}

// Why a request was not made, or brought nothing that is read.
const (
	WhyRobots   = "robots"    // not made: a rule of robots.txt
	WhyUnread   = "unread"    // not made: robots.txt could not be read, so nothing may be asked for now
	WhyTimeout  = "timeout"   // no complete answer in time
	WhyTooLarge = "too_large" // more than is read of a page
	WhyNotHTML  = "not_html"  // not of a kind that is read
	WhyBroken   = "broken"    // no answer, or half of one
	WhyGivenUp  = "given_up"  // we hung up: the program ended
)

// Whys are all of them.
var Whys = []string{WhyRobots, WhyUnread, WhyTimeout, WhyTooLarge, WhyNotHTML, WhyBroken, WhyGivenUp}

// Unasked reports a request that was not made.
func (r *HostRequest) Unasked() bool { return r.Why == WhyRobots || r.Why == WhyUnread }

// LastAsked are those of a host's requests that are remembered: the newest, in the order in which they are.
func LastAsked(list []HostRequest) []HostRequest {
	var kept []HostRequest
	unasked := 0
	for _, r := range slices.Backward(list) {
		if len(kept) == MostAsked {
			break
		}
		if r.Unasked() {
			if unasked++; unasked > MostUnasked {
				continue // they must not drive out what was asked
			}
		}
		kept = append(kept, r)
	}
	slices.Reverse(kept)
	return kept
}

// pathLimit is how much of a path is remembered, in bytes.
const pathLimit = 200

// hidden stands for what is not shown of an address.
const hidden = "…"

// AskedPath is the path of an address with its query as others may see it: what tells a session, or may be a secret, is hidden, by its name
// (parameters.txt) or its look, and in doubt. It is no address any more.
func AskedPath(u *url.URL) string {
	segments := strings.Split(u.EscapedPath(), "/")
	for i, s := range segments {
		if head, _, ok := strings.Cut(s, ";"); ok { // ;jsessionid=…
			segments[i] = head + ";" + hidden
		}
		if strings.Contains(s, "(S(") { // a session without cookies of ASP.NET
			segments[i] = hidden
		}
	}
	path := strings.Join(segments, "/")
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		pairs := strings.Split(u.RawQuery, "&")
		for i, pair := range pairs {
			if name, value, _ := strings.Cut(pair, "="); secretive(name, value) {
				pairs[i] = name + "=" + hidden
			}
		}
		path += "?" + strings.Join(pairs, "&")
	}
	if len(path) > pathLimit {
		path = path[:pathLimit-len(hidden)] + hidden
	}
	return strings.ToValidUTF8(path, "")
}

// longestShown is how long a value may be that is shown: a name of a page, or a date.
const longestShown = 40

// secretive reports a parameter whose value is not shown.
func secretive(name, value string) bool {
	if plain, err := url.QueryUnescape(name); err == nil {
		name = plain
	}
	switch classOf(name) {
	case tracking, secret:
		return true
	}
	joined := strings.NewReplacer("-", "", "_", "", ".", "", "%", "").Replace(value) // a UUID, a signed token
	return len(value) > longestShown || sessionToken(joined)
}

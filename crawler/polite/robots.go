package polite

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jimsmart/grobotstxt"

	"github.com/kreispresse/kreispresse/schemas"
)

// Bounds of robots.txt (RFC 9309 sections 2.4, 2.5, 2.3.1.2).
const (
	robotsTTL       = 24 * time.Hour
	robotsRetryTTL  = 10 * time.Minute // how long "unreachable" is believed
	robotsBytes     = 500 << 10
	robotsRedirects = 5
	maxCrawlDelay   = 60 * time.Second // a longer Crawl-delay is honoured as this
)

// rules is a host's robots.txt as last read.
type rules struct {
	text    string
	all     bool   // everything is disallowed
	why     string // then: why; else what somebody should know of it
	fetched time.Time
	expires time.Time

	etag, lastModified string
}

// rulesOf are rules as another process read them. What a clock that jumped makes of them is not believed.
func rulesOf(st *schemas.RobotsState) *rules {
	r := &rules{
		text: st.Text, all: st.All, why: st.Why, fetched: st.FetchedAt, expires: earlier(st.Expires, time.Now().Add(robotsTTL)),
		etag: st.ETag, lastModified: st.LastModified,
	}
	if st.All {
		r.expires = earlier(r.expires, time.Now().Add(robotsRetryTTL))
	}
	if st.FetchedAt.After(time.Now()) {
		r.expires = time.Time{}
	}
	return r
}

// maxKept is how long a robots.txt may be that is remembered, in bytes.
const maxKept = 32 << 10

func (r *rules) state() *schemas.RobotsState {
	if r == nil || len(r.text) > maxKept { // it is read again instead
		return nil
	}
	return &schemas.RobotsState{
		Text: r.text, Why: r.why, All: r.all, FetchedAt: r.fetched, Expires: r.expires, ETag: r.etag, LastModified: r.lastModified,
	}
}

// robots asks robots.txt before everything else on a host. Not there (4xx): everything is allowed. Unreachable or failing (5xx,
// network): everything is disallowed for now (RFC 9309 section 2.3.1).
func robots(next http.RoundTripper, hosts *session, t *Traffic) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		r, err := rulesFor(req.Context(), next, hosts, req.URL)
		if err != nil {
			return nil, err
		}
		if r.why != "" {
			t.Note(req.URL.Host + ": robots.txt " + r.why)
		}
		if r.all {
			hosts.of(req.URL).unasked(req, schemas.WhyUnread)
			return nil, Refuse(schemas.KindPolicy, req.URL.String(), "crawl again later", "robots.txt %s, so nothing may be fetched for now", r.why)
		}
		if !r.allow(req.URL) {
			hosts.of(req.URL).unasked(req, schemas.WhyRobots)
			return nil, &schemas.Error{Op: "crawl", Kind: schemas.KindPolicy, Thing: req.URL.String(), Err: ErrRobots}
		}
		return next.RoundTrip(req)
	})
}

// ErrRobots is the cause of a refusal by a rule of robots.txt.
var ErrRobots = errors.New("disallowed by robots.txt")

func rulesFor(ctx context.Context, next http.RoundTripper, hosts *session, u *url.URL) (*rules, error) {
	h := hosts.of(u)
	if err := lock(ctx, h.asking); err != nil {
		return nil, err
	}
	defer unlock(h.asking)
	if err := hosts.hold(ctx, h); err != nil {
		return nil, err
	}
	h.mu.Lock()
	r := h.rules
	h.mu.Unlock()
	if r != nil && time.Now().Before(r.expires) {
		return r, nil
	}
	r, err := fetchRules(ctx, next, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}, r)
	if err != nil {
		return nil, err
	}
	h.mu.Lock()
	h.rules = r
	h.crawlDelay = min(crawlDelay(r.text), maxCrawlDelay)
	h.mu.Unlock()
	hosts.note(ctx, h)
	return r, nil
}

// ourOwn reports an error that says nothing of the host: the request was not made.
func ourOwn(err error) bool {
	return errors.Is(err, errHeld) || errors.Is(err, errResting) || errors.Is(err, errMemory) || errors.Is(err, errStale)
}

// fetchRules reads robots.txt, over at most five redirects, which may lead to another host. Known are the rules as they were, which a
// 304 confirms. It fails only with the context, the guard, or because the request may not be made now.
func fetchRules(ctx context.Context, next http.RoundTripper, u *url.URL, known *rules) (*rules, error) {
	now := time.Now()
	absent := &rules{fetched: now, expires: now.Add(robotsTTL)}
	for hop := 0; ; hop++ {
		x := &Exchange{Want: WantRobots, Limit: robotsBytes}
		req, err := http.NewRequestWithContext(WithExchange(ctx, x), http.MethodGet, u.String(), nil)
		if err != nil {
			return nil, err
		}
		conditional := known.ask(req)
		resp, err := next.RoundTrip(req)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if schemas.KindOf(err) == schemas.KindPolicy || ourOwn(err) {
			return nil, err // no need to speak of robots.txt
		}
		if err != nil {
			return unreachable(now, "is unreachable: "+Why(err)), nil
		}
		switch code := resp.StatusCode; {
		case code == http.StatusOK:
			return rulesOfAnswer(now, x.Body, resp.Header), nil
		case code == http.StatusNotModified && conditional:
			r := *known
			r.fetched, r.expires = now, time.Now().Add(robotsTTL)
			return &r, nil
		case code >= 300 && code < 400:
			if u = elsewhere(resp); u == nil || hop == robotsRedirects {
				return absent, nil // more than five hops may be taken as not there
			}
		case code == http.StatusTooManyRequests || code >= 500:
			return unreachable(now, "answers "+resp.Status), nil
		default:
			return absent, nil
		}
	}
}

// unreachable are the rules of a host whose robots.txt cannot be read now: everything is forbidden, for a while.
func unreachable(now time.Time, why string) *rules {
	return &rules{all: true, why: why, fetched: now, expires: time.Now().Add(robotsRetryTTL)}
}

// rulesOfAnswer reads a robots.txt that came.
func rulesOfAnswer(now time.Time, body []byte, h http.Header) *rules {
	r := readRules(body, h.Get("Content-Type"))
	r.fetched, r.expires = now, time.Now().Add(robotsTTL)
	if r.all {
		r.expires = time.Now().Add(robotsRetryTTL)
	}
	r.etag, r.lastModified = short(h.Get("ETag")), short(h.Get("Last-Modified"))
	return r
}

// elsewhere is where a redirect leads; nil when that is no page.
func elsewhere(resp *http.Response) *url.URL {
	to, err := resp.Location()
	if err != nil || to.Scheme != "http" && to.Scheme != "https" {
		return nil
	}
	return to
}

// ask makes a request for robots.txt conditional where the last answer gave a validator and could be read.
func (r *rules) ask(req *http.Request) bool {
	if r == nil || r.all || r.etag == "" && r.lastModified == "" {
		return false
	}
	if r.etag != "" {
		req.Header.Set("If-None-Match", r.etag)
	}
	if r.lastModified != "" {
		req.Header.Set("If-Modified-Since", r.lastModified)
	}
	return true
}

// short drops a validator that is too long to be kept.
func short(header string) string {
	if len(header) > 1<<10 {
		return ""
	}
	return header
}

// allow matches path and query in one spelling: unreserved characters decoded, everything else percent-encoded in upper case, as
// the rules are (RFC 9309 section 2.2.2), so märz, m%c3%a4rz and m%C3%A4rz are one path.
func (r *rules) allow(u *url.URL) bool {
	if r.text == "" || u.Path == "/robots.txt" {
		return true
	}
	target := u.Scheme + "://" + u.Host + normalEscapes(u.EscapedPath())
	if u.RawQuery != "" {
		target += "?" + normalEscapes(u.RawQuery)
	}
	return grobotstxt.AgentAllowed(r.text, productToken, target)
}

// normalEscapes decodes percent-encoded unreserved characters and puts the other escapes in upper case.
func normalEscapes(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		hi, lo := -1, -1
		if s[i] == '%' && i+2 < len(s) {
			hi, lo = unhex(s[i+1]), unhex(s[i+2])
		}
		if hi < 0 || lo < 0 {
			b.WriteByte(s[i])
			continue
		}
		switch c := byte(hi<<4 | lo); {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '.', c == '_', c == '~':
			b.WriteByte(c)
		default:
			b.WriteString("%" + strings.ToUpper(s[i+1:i+3]))
		}
		i += 2
	}
	return b.String()
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

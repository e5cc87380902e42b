package polite

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jimsmart/grobotstxt"
	"golang.org/x/text/encoding/charmap"

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
	why     string // then: why
	expires time.Time
}

// robots asks robots.txt before everything else on a host. Not there (4xx): everything is allowed. Unreachable or failing (5xx,
// network): everything is disallowed for now (RFC 9309 section 2.3.1).
func robots(next http.RoundTripper, hosts *Hosts) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		r, err := rulesFor(req.Context(), next, hosts, req.URL)
		if err != nil {
			return nil, err
		}
		if r.all {
			return nil, Refuse(schemas.KindPolicy, req.URL.String(), "crawl again later", "robots.txt %s, so nothing may be fetched for now", r.why)
		}
		if !r.allow(req.URL) {
			return nil, &schemas.Error{Op: "crawl", Kind: schemas.KindPolicy, Thing: req.URL.String(), Err: ErrRobots}
		}
		return next.RoundTrip(req)
	})
}

// ErrRobots is the cause of a refusal by a rule of robots.txt.
var ErrRobots = errors.New("disallowed by robots.txt")

func rulesFor(ctx context.Context, next http.RoundTripper, hosts *Hosts, u *url.URL) (*rules, error) {
	h := hosts.of(u)
	if err := lock(ctx, h.asking); err != nil {
		return nil, err
	}
	defer unlock(h.asking)
	h.mu.Lock()
	r := h.rules[u.Scheme]
	h.mu.Unlock()
	if r != nil && time.Now().Before(r.expires) {
		return r, nil
	}
	r, err := fetchRules(ctx, next, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"})
	if err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rules[u.Scheme] = r
	h.crawlDelay = min(crawlDelay(r.text), maxCrawlDelay)
	return r, nil
}

// fetchRules reads robots.txt, over at most five redirects, which may lead to another host. It fails only with the context.
func fetchRules(ctx context.Context, next http.RoundTripper, u *url.URL) (*rules, error) {
	for hop := 0; ; hop++ {
		x := &Exchange{Want: WantRobots, Limit: robotsBytes}
		req, err := http.NewRequestWithContext(WithExchange(ctx, x), http.MethodGet, u.String(), nil)
		if err != nil {
			return nil, err
		}
		resp, err := next.RoundTrip(req)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		unreachable := func(why string) *rules {
			return &rules{all: true, why: why, expires: time.Now().Add(robotsRetryTTL)}
		}
		if schemas.KindOf(err) == schemas.KindPolicy {
			return nil, err // the guard: no need to speak of robots.txt
		}
		if err != nil {
			return unreachable("is unreachable: " + Why(err)), nil
		}
		switch code := resp.StatusCode; {
		case code == http.StatusOK:
			return &rules{text: normalRules(x.Body), expires: time.Now().Add(robotsTTL)}, nil
		case code >= 300 && code < 400:
			to, err := resp.Location()
			if err != nil || hop == robotsRedirects || to.Scheme != "http" && to.Scheme != "https" {
				return &rules{expires: time.Now().Add(robotsTTL)}, nil // more than five hops may be taken as not there
			}
			u = to
		case code == http.StatusTooManyRequests || code >= 500:
			return unreachable("answers " + resp.Status), nil
		default:
			return &rules{expires: time.Now().Add(robotsTTL)}, nil
		}
	}
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

func normalRules(body []byte) string {
	if !utf8.Valid(body) {
		if b, err := charmap.Windows1252.NewDecoder().Bytes(body); err == nil {
			body = b
		}
	}
	return normalEscapes(strings.TrimPrefix(string(body), "\ufeff"))
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

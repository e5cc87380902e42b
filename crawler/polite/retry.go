package polite

import (
	"crypto/tls"
	"errors"
	"math"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// maxTries is how many answers in a row may ask for a rest before the page at hand is given up.
const maxTries = 4

// retry asks again when a host is overloaded (429, 503) or the connection broke. It is the host that gets the rest, not the URL:
// Retry-After if the host names one, else a pause that starts at twice the pace and doubles, with 10 % jitter. The waiting is
// pace's. A page is tried maxTries times at most; while the streak lasts the next pages are tried once each, and when the rests
// come to more than maxRest pace refuses them until the last rest is over.
func retry(next http.RoundTripper, interval time.Duration, hosts *session) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		h, stale := hosts.of(req.URL), false
		for {
			b := hosts.budgetOf(req.Context(), h)
			resp, err := next.RoundTrip(req)
			var named time.Duration
			switch {
			case req.Context().Err() != nil:
				return resp, err
			case errors.Is(err, errStale) && !stale: // nothing was sent; pace asks for the host again
				stale = true
				continue
			case err != nil && !transient(err):
				return nil, err
			case err != nil:
			case resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusServiceUnavailable:
				named, _ = retryAfter(resp.Header.Get("Retry-After"), time.Now())
			default:
				if resp.StatusCode < 500 {
					b.well()
				}
				return resp, nil
			}
			again := b.overloaded(named, interval)
			if _, rest := b.times(); time.Until(rest) > noteworthyRest {
				hosts.note(req.Context(), h)
			}
			if !again {
				return resp, err
			}
		}
	})
}

// noteworthyRest is how long a rest must be to be written down at once, for other processes and the next.
const noteworthyRest = 10 * time.Second

// transient reports whether the same request may do better a moment later: a connection that broke or was refused, not one that
// took too long, was forbidden or answered with something unacceptable.
func transient(err error) bool {
	if e, ok := errors.AsType[*schemas.Error](err); ok && e.Kind != schemas.KindUnavailable {
		return false
	}
	if ne, ok := errors.AsType[net.Error](err); ok && ne.Timeout() {
		return false
	}
	if de, ok := errors.AsType[*net.DNSError](err); ok && de.IsNotFound {
		return false
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return false
	}
	return !errors.Is(err, errTooSlow) && !ourOwn(err)
}

// secondsForm is a number of seconds as people write it: 120, 3.5, 3,5, 30s.
var secondsForm = regexp.MustCompile(`(?i)^(\d+)(?:[.,](\d+))?\s*(?:s|sec|secs|seconds?|sekunden?)?$`)

// retryAfter reads the header of RFC 9110 section 10.2.3: seconds, fractions rounded up, or a date. What is in the past or unreadable
// names no rest; what is too long to be meant is cut.
func retryAfter(value string, now time.Time) (time.Duration, bool) {
	value = strings.TrimSpace(value)
	if m := secondsForm.FindStringSubmatch(value); m != nil {
		s, err := strconv.ParseFloat(m[1]+"."+m[2]+"0", 64)
		if err != nil || s >= longestRest.Seconds() {
			return longestRest, true
		}
		return time.Duration(math.Ceil(s*1000)) * time.Millisecond, true
	}
	if t, err := http.ParseTime(value); err == nil && t.After(now) {
		return min(t.Sub(now), longestRest), true
	}
	return 0, false
}

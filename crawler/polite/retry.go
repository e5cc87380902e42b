package polite

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// maxTries is how many answers in a row may ask for a rest before the page at hand is given up.
const maxTries = 4

// retry asks again when a host is overloaded (429, 503) or the connection broke. It is the host that gets the rest, not the URL:
// Retry-After if the host names one, else a pause that starts at twice the pace and doubles, with 10 % jitter. The waiting is
// pace's. A page is tried maxTries times at most; while the streak lasts the next pages are tried once each, and when the rests
// come to more than maxRest pace refuses them until the last rest is over.
func retry(next http.RoundTripper, interval time.Duration, hosts *Hosts) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		h := hosts.of(req.URL)
		for {
			resp, err := next.RoundTrip(req)
			var named time.Duration
			switch {
			case req.Context().Err() != nil:
				return resp, err
			case err != nil && !transient(err):
				return nil, err
			case err != nil:
			case resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusServiceUnavailable:
				named, _ = retryAfter(resp.Header.Get("Retry-After"), time.Now())
			default:
				if resp.StatusCode < 500 {
					h.well()
				}
				return resp, nil
			}
			if !h.overloaded(named, interval) {
				return resp, err
			}
		}
	})
}

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
	return !errors.Is(err, errTooSlow) && !errors.Is(err, errResting)
}

// retryAfter reads the header of RFC 9110 section 10.2.3: seconds or a date. What is in the past or unreadable names no rest.
func retryAfter(value string, now time.Time) (time.Duration, bool) {
	if value == "" {
		return 0, false
	}
	if s, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(s) * time.Second, true
	}
	if t, err := http.ParseTime(value); err == nil && t.After(now) {
		return t.Sub(now), true
	}
	return 0, false
}

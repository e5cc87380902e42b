package polite

import (
	"errors"
	"net/http"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// maxRest is how long a crawl waits in all for a host that asks for a rest. Longer is left to the next crawl.
const maxRest = 2 * time.Minute

// errResting is the cause of a request that was not made because the host is left alone.
var errResting = errors.New("the host asked for a rest")

// pace lets one request per host be in flight, and starts the next one no sooner than interval after the last one's start. It is a
// queue of one, not a token bucket: nothing is saved up for a burst. The body is read below this point, so the host's turn ends
// when its answer is complete.
func pace(next http.RoundTripper, interval time.Duration, hosts *Hosts) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		ctx, h := req.Context(), hosts.of(req.URL)
		if err := lock(ctx, h.slot); err != nil {
			return nil, err
		}
		defer unlock(h.slot)
		for { // again, since a rest may be booked while we sleep
			if until := h.resting(); !until.IsZero() {
				return nil, Refuse(schemas.KindUnavailable, req.URL.String(), "crawl again then", "%w until %s", errResting, until.Format(time.RFC3339))
			}
			at := h.next(interval)
			if !at.After(time.Now()) {
				break
			}
			if err := sleep(ctx, at); err != nil {
				return nil, err
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		h.mu.Lock()
		h.last = time.Now()
		h.mu.Unlock()
		return next.RoundTrip(req)
	})
}

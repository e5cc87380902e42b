package crawler

import (
	"net/http"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// maxRest is how long a crawl waits for a host that asked for a rest. Longer is left to the next crawl.
const maxRest = 2 * time.Minute

// pace lets one request per host be in flight, and starts the next one no sooner than interval after the last one's start. It is a
// queue of one, not a token bucket: nothing is saved up for a burst. The body is read below this point, so the host's turn ends
// when its answer is complete.
func pace(next http.RoundTripper, interval time.Duration, hosts *hosts) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		ctx, h := req.Context(), hosts.of(req.URL)
		if err := lock(ctx, h.slot); err != nil {
			return nil, err
		}
		defer unlock(h.slot)
		for {
			at := h.next(interval)
			if wait := time.Until(at); wait > max(maxRest, interval, maxCrawlDelay) {
				return nil, refuse(schemas.KindUnavailable, req.URL.String(), "crawl again then", "%s asked to be left alone until %s", req.URL.Host, at.Format(time.RFC3339))
			}
			if err := sleep(ctx, at); err != nil {
				return nil, err
			}
			if at = h.next(interval); time.Until(at) <= 0 { // a rest may have been added while we slept
				break
			}
		}
		h.mu.Lock()
		h.last = time.Now()
		h.mu.Unlock()
		return next.RoundTrip(req)
	})
}

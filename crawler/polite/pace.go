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
func pace(next http.RoundTripper, interval time.Duration, hosts *session) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		ctx, h := req.Context(), hosts.of(req.URL)
		if err := hosts.hold(ctx, h); err != nil {
			return nil, err
		}
		b := hosts.budgetOf(ctx, h)
		if err := lock(ctx, b.slot); err != nil {
			return nil, err
		}
		defer unlock(b.slot)
		for { // again, since a rest may be booked while we sleep
			if until := b.resting(); !until.IsZero() {
				return nil, Refuse(schemas.KindUnavailable, req.URL.String(), "crawl again then", "%w until %s", errResting, until.Format(time.RFC3339))
			}
			if err := hosts.hold(ctx, h); err != nil { // the wait may have been long
				return nil, err
			}
			at := b.next(max(interval, h.delay()))
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
		b.started()
		return h.ask(next, req)
	})
}

package polite

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// asked are the last requests to a host: those that its entry in the Memory has, and those of this process that wait for the next write of
// the entry. Nothing is written for their sake. It is guarded by the host's mu.
type asked struct {
	kept  []schemas.HostRequest // by the common clock
	fresh []schemas.HostRequest // by ours
}

func (a *asked) add(r schemas.HostRequest) { a.fresh = schemas.LastAsked(append(a.fresh, r)) }

// takeOver begins with what the entry has. When it was changed while the host was ours, somebody erased what it told, and what was asked
// meanwhile goes with it; or it was our own write, whose acknowledgement was lost.
func (a *asked) takeOver(kept []schemas.HostRequest, whileOurs bool) {
	a.kept = kept
	if whileOurs {
		a.fresh = nil
	}
}

// write gives what the entry is to have. done, called with whether it was written, books it.
func (a *asked) write(c Clock) (list []schemas.HostRequest, done func(bool)) {
	taken := a.fresh
	list = append(list, a.kept...)
	for _, r := range taken {
		r.At = c.Common(r.At).Truncate(time.Millisecond)
		list = append(list, r)
	}
	list, a.fresh = schemas.LastAsked(list), nil
	return list, func(ok bool) {
		if ok {
			a.kept = list
			return
		}
		a.fresh = schemas.LastAsked(append(taken, a.fresh...))
	}
}

// ask sends a request and notes what came of it.
func (h *host) ask(next http.RoundTripper, req *http.Request) (*http.Response, error) {
	began := time.Now()
	resp, err := next.RoundTrip(req)
	if errors.Is(err, errStale) || schemas.KindOf(err) == schemas.KindPolicy {
		return resp, err // nothing was sent
	}
	r := schemas.HostRequest{
		At: began, Method: req.Method, Path: schemas.AskedPath(req.URL), Status: ExchangeOf(req).status, Millis: time.Since(began).Milliseconds(),
	}
	if err == nil {
		r.Status, r.Bytes = resp.StatusCode, int64(len(ExchangeOf(req).Body))
	} else {
		r.Why = whyNothing(err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked.add(r)
	return resp, err
}

// unasked notes a request that was not made.
func (h *host) unasked(req *http.Request, why string) {
	r := schemas.HostRequest{At: time.Now(), Method: req.Method, Path: schemas.AskedPath(req.URL), Why: why}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked.add(r)
}

// whyNothing says in a word why a request brought nothing.
func whyNothing(err error) string {
	switch kind := schemas.KindOf(err); {
	case errors.Is(err, errTooSlow):
		return schemas.WhyTimeout
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return schemas.WhyGivenUp
	case kind == schemas.KindTooLarge:
		return schemas.WhyTooLarge
	case kind == schemas.KindNotHTML:
		return schemas.WhyNotHTML
	}
	return schemas.WhyBroken
}

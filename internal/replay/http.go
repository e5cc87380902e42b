package replay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/kreispresse/kreispresse/schemas"
)

const (
	batchEvents  = 100
	batchBytes   = 1 << 20 // of a body; a single event may be more
	httpPatience = 10 * time.Minute
	httpTimeout  = time.Minute
	contentBatch = "application/cloudevents-batch+json"
)

// address takes events as batches of CloudEvents in the JSON format, each an array, by POST. What does not answer, or says that it has
// too much to do, is asked again for some minutes; what refuses ends the replay.
type address struct {
	url    string
	header http.Header
	client *http.Client
	body   []byte
	n      int
	wait   func() backoff.BackOff
}

func openAddress(target string, header http.Header) (*address, error) {
	u, err := url.Parse(target)
	if err != nil || u.Host == "" {
		return nil, &schemas.Error{
			Op: "replay", Thing: shown(target), Kind: schemas.KindInvalid, Err: errors.New("no address"), Hint: "name one such as https://example.org/events",
		}
	}
	return &address{
		url: target, header: header, wait: func() backoff.BackOff { return backoff.NewExponentialBackOff() },
		client: &http.Client{Timeout: httpTimeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}, nil
}

func (a *address) send(ctx context.Context, ev *schemas.Event, release []byte) (err error) {
	if a.n > 0 && len(a.body)+len(release) > batchBytes {
		if err := a.flush(ctx); err != nil {
			return err
		}
	}
	a.body = append(a.body, "[,"[min(a.n, 1)])
	if a.body, err = ev.AppendJSON(a.body, release); err != nil {
		return err
	}
	if a.n++; a.n == batchEvents {
		return a.flush(ctx)
	}
	return nil
}

func (a *address) flush(ctx context.Context) error {
	if a.n == 0 {
		return nil
	}
	a.body = append(a.body, ']')
	_, err := backoff.Retry(ctx, func() (struct{}, error) { return struct{}{}, a.post(ctx) },
		backoff.WithBackOff(a.wait()), backoff.WithMaxElapsedTime(httpPatience))
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return &schemas.Error{Op: "replay", Thing: shown(a.url), Kind: schemas.KindUnavailable, Err: err, Hint: "mend it, then go on with --resume"}
	}
	a.body, a.n = a.body[:0], 0
	return nil
}

// post sends what is gathered once.
func (a *address) post(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.url, bytes.NewReader(a.body))
	if err != nil {
		return backoff.Permanent(err)
	}
	req.Header = a.header.Clone()
	if req.Header == nil {
		req.Header = http.Header{}
	}
	req.Header.Set("Content-Type", contentBatch)
	req.Header.Set("User-Agent", "kreispresse")
	resp, err := a.client.Do(req)
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			return e.Err // without the address, which may hold a secret
		}
		return err
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)) // so that the connection can be used again
	switch c := resp.StatusCode; {
	case c/100 == 2:
		return nil
	case c == http.StatusTooManyRequests || c == http.StatusServiceUnavailable:
		if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s >= 0 && s <= int(httpPatience/time.Second) {
			return backoff.RetryAfter(s)
		}
		return errors.New(resp.Status)
	case c >= 500 || c == http.StatusRequestTimeout:
		return errors.New(resp.Status)
	}
	return backoff.Permanent(fmt.Errorf("it answers %s", resp.Status))
}

func (a *address) close() error { return nil }

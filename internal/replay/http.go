package replay

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/kreispresse/kreispresse/internal/webhook"
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
	a := &address{
		url: target, header: http.Header{}, client: webhook.NewClient(),
		wait: func() backoff.BackOff { return backoff.NewExponentialBackOff() },
	}
	a.client.Timeout = httpTimeout
	maps.Copy(a.header, header)
	a.header.Set("Content-Type", contentBatch)
	return a, nil
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
	err := webhook.Post(ctx, a.client, webhook.Secret(a.url), a.header, a.body)
	st, answered := errors.AsType[*webhook.Status](err)
	switch {
	case !answered:
		return err
	case !st.Later():
		return backoff.Permanent(fmt.Errorf("it %w", st))
	case st.After > 0 && st.After <= httpPatience:
		return backoff.RetryAfter(int(st.After / time.Second))
	}
	return st
}

func (a *address) close() error { return nil }

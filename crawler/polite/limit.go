package polite

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// errTooSlow is the cause of a request that used up its time.
var errTooSlow = errors.New("no complete answer in time")

// limit reads the whole answer, or refuses it: too slow, too large after decompression, cut off, or of a type nobody asked for.
// What it returns is complete, decompressed and in memory.
func limit(next http.RoundTripper, timeout time.Duration, t *Traffic) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		thing, x := req.URL.String(), ExchangeOf(req)
		x.status = 0
		ctx, cancel := context.WithTimeoutCause(req.Context(), timeout, errTooSlow)
		defer cancel()
		t.Requests.Add(1)
		once := req.WithContext(ctx)
		once.Body = &emptyBody{}
		resp, err := next.RoundTrip(once)
		if err == nil {
			var body []byte
			x.status = resp.StatusCode
			body, err = readBody(resp, x)
			_ = resp.Body.Close()
			t.Bytes.Add(int64(len(body)))
			if err == nil {
				return complete(resp, req, body), nil
			}
		}
		switch {
		case req.Context().Err() != nil:
			return nil, req.Context().Err()
		case errors.Is(context.Cause(ctx), errTooSlow):
			return nil, Refuse(schemas.KindUnavailable, thing, "", "%w: %v", errTooSlow, timeout)
		}
		if e, ok := errors.AsType[*schemas.Error](err); ok {
			return nil, &schemas.Error{Op: e.Op, Kind: e.Kind, Thing: thing, Hint: e.Hint, Err: e.Err}
		}
		return nil, Refuse(schemas.KindUnavailable, thing, "", "%w", err)
	})
}

// emptyBody keeps http.Transport from sending a request again by itself when a kept-alive connection turns out to be closed: it repeats
// only what has no body (net/http, Request.isReplayable), at once and uncounted. The transport reads it before it writes the header, so
// nothing of it is sent.
type emptyBody struct{}

func (*emptyBody) Read([]byte) (int, error) { return 0, io.EOF }
func (*emptyBody) Close() error             { return nil }

// complete hands on an answer whose body is in memory. Colly is told that nothing is left to decompress.
func complete(resp *http.Response, req *http.Request, body []byte) *http.Response {
	resp.Header.Del("Content-Encoding")
	resp.Header.Del("Content-Length")
	resp.Uncompressed = true
	resp.ContentLength = int64(len(body))
	resp.Body = io.NopCloser(bytes.NewReader(body))
	resp.Request = req
	x := ExchangeOf(req)
	x.Body = body
	if x.Want != WantListing {
		resp.Body, resp.ContentLength = http.NoBody, 0 // the exchange has it; Colly would copy and transcode it for nobody
	}
	return resp
}

// buffers are what bodies grow in; what is kept of a page has its exact size.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func readBody(resp *http.Response, x *Exchange) ([]byte, error) {
	if resp.StatusCode != http.StatusOK {
		_, _ = io.CopyN(io.Discard, resp.Body, 16<<10) // lets the connection be used again; the words of an error page are not kept
		return nil, nil
	}
	if err := acceptable(resp, x.Want); err != nil {
		return nil, err
	}
	tooLarge := func() error {
		return Refuse(schemas.KindTooLarge, "", "raise limits.body_bytes in the source if this is a page", "larger than %d bytes", x.Limit)
	}
	if resp.ContentLength > x.Limit && x.Want != WantRobots {
		return nil, tooLarge()
	}
	var r io.Reader = resp.Body
	switch enc := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); enc {
	case "", "identity":
	case "gzip", "x-gzip":
		gz, err := gzip.NewReader(resp.Body)
		if err != nil {
			return nil, Refuse(schemas.KindUnavailable, "", "", "broken gzip: %w", err)
		}
		r = gz
	default:
		return nil, Refuse(schemas.KindNotHTML, "", "", "content encoding %q, which was not asked for", enc)
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer func() {
		if buf.Cap() <= 1<<20 { // one huge page must not stay in memory
			buf.Reset()
			buffers.Put(buf)
		}
	}()
	_, err := buf.ReadFrom(io.LimitReader(r, x.Limit+1))
	body := bytes.Clone(buf.Bytes())
	if int64(len(body)) > x.Limit {
		if x.Want == WantRobots { // RFC 9309 section 2.5: read the first 500 KiB
			return body[:x.Limit], nil
		}
		return nil, tooLarge()
	}
	if err != nil { // cut off: half a page must not become a revision
		return nil, Refuse(schemas.KindUnavailable, "", "", "cut off after %d bytes: %w", len(body), err)
	}
	return body, nil
}

// acceptable looks at the content type before the body is read. A missing type is left to whoever reads the body.
func acceptable(resp *http.Response, want Want) error {
	header := resp.Header.Get("Content-Type")
	mt, _, err := mime.ParseMediaType(header)
	if err != nil { // a malformed parameter does not make the type unreadable
		mt = strings.ToLower(strings.TrimSpace(strings.SplitN(header, ";", 2)[0]))
	}
	xml := mt == "text/xml" || mt == "application/xml" || strings.HasSuffix(mt, "+xml")
	ok := mt == ""
	switch want {
	case WantPage, WantListing:
		ok = ok || mt == "text/html" || mt == "application/xhtml+xml"
	case WantFeed, WantAny: // the XML of pages, too
		ok = ok || xml || mt == "text/html" || mt == "text/plain" || mt == "application/json" || mt == "application/feed+json"
	case WantSitemap:
		ok = ok || xml || mt == "text/plain" || mt == "application/gzip" || mt == "application/x-gzip" || mt == "application/octet-stream"
	case WantRobots:
		ok = true
	}
	if !ok {
		return Refuse(schemas.KindNotHTML, "", "", "content type %q", mt)
	}
	return nil
}

// URLError takes off the *url.Error that http.Client puts around a transport's error: it repeats method and URL.
func URLError(err error) error {
	if ue, ok := errors.AsType[*url.Error](err); ok {
		return ue.Err
	}
	return err
}

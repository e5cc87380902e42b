package webhook

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
)

// NewClient follows no redirect: what is signed for one address is for no other.
func NewClient() *http.Client {
	return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// Status is an answer that is no success.
type Status struct {
	Code  int
	After time.Duration // that it asks for before the next attempt; 0: none
}

func (s *Status) Error() string {
	return fmt.Sprintf("answered %d %s", s.Code, http.StatusText(s.Code))
}

// Later reports whether another attempt may succeed.
func (s *Status) Later() bool {
	switch s.Code {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	}
	return s.Code >= 500
}

// Post sends a body once. The error is a *Status when there was an answer; no error shows the address, which may be secret.
func Post(ctx context.Context, client *http.Client, address Secret, header http.Header, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, string(address), bytes.NewReader(body))
	if err != nil {
		return errors.New("no address to POST to")
	}
	req.Header = header
	req.Header.Set("User-Agent", "kreispresse")
	resp, err := client.Do(req)
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err
		}
		return err
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, 1<<16) // so that the connection can be used again
	if resp.StatusCode/100 == 2 {
		return nil
	}
	st := &Status{Code: resp.StatusCode}
	if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s > 0 {
		st.After = time.Duration(s) * time.Second
	}
	return st
}

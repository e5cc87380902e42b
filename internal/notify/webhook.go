package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
)

// hook is a webhook.
type hook struct {
	address Secret
	host    string
	format  string
	key     []byte // nil: not signed
	token   Secret
	client  *http.Client
}

// newClient follows no redirect: what is signed for one address is for no other.
func newClient() *http.Client {
	return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func (h *hook) name() string { return "webhook " + h.host + " (" + h.format + ")" }

func (h *hook) send(ctx context.Context, m Message) error {
	body, header, err := h.letter(m)
	if err != nil {
		return permanent{err}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, string(h.address), bytes.NewReader(body))
	if err != nil {
		return permanent{errors.New("no address to POST to")}
	}
	req.Header = header
	req.Header.Set("User-Agent", "kreispresse")
	if h.token != "" {
		req.Header.Set("Authorization", "Bearer "+string(h.token))
	}
	if h.key != nil {
		sign(req.Header, h.key, m.ID, time.Now(), body)
	}
	resp, err := h.client.Do(req)
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err // without the address
		}
		return err
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, 1<<16) // so that the connection can be used again
	return answered(resp.StatusCode)
}

// answered says what an answer means: whether it arrived, may arrive later, or never will.
func answered(status int) error {
	err := fmt.Errorf("answered %d %s", status, http.StatusText(status))
	switch {
	case status/100 == 2:
		return nil
	case status >= 500, status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusTooManyRequests:
		return err
	}
	return permanent{err}
}

// sign adds the headers of Standard Webhooks 1.0.0.
func sign(header http.Header, key []byte, id string, at time.Time, body []byte) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + stamp + "."))
	mac.Write(body)
	header.Set("webhook-id", id)
	header.Set("webhook-timestamp", stamp)
	header.Set("webhook-signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
}

// letter is a message in the format of the webhook.
func (h *hook) letter(m Message) (body []byte, header http.Header, err error) {
	header = http.Header{"Content-Type": {"application/json"}}
	switch h.format {
	case FormatNtfy:
		header.Set("Content-Type", "text/plain; charset=utf-8")
		header.Set("Title", mime.QEncoding.Encode("utf-8", m.Title))
		if m.Urgent {
			header.Set("Priority", "high")
		}
		return []byte(m.Text), header, nil
	case FormatSlack:
		body, err = json.Marshal(map[string]string{"text": slackText("*" + m.Title + "*\n" + m.Text)})
	default:
		body, err = json.Marshal(standard{m.Type, m.At, data{m.Title, m.Text, m.Urgent, m.Alarms}})
	}
	return body, header, err
}

// slackText takes from what others wrote the power to mention, link and format.
func slackText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// standard is the body that Standard Webhooks recommends.
type standard struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      data      `json:"data"`
}

type data struct {
	Title  string         `json:"title"`
	Text   string         `json:"text"`
	Urgent bool           `json:"urgent"`
	Alarms []health.Alarm `json:"alarms,omitempty"`
}

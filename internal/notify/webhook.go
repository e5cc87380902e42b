package notify

import (
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/internal/webhook"
)

// hook is a webhook.
type hook struct {
	address webhook.Secret
	host    string
	format  string
	key     []byte // nil: not signed
	token   webhook.Secret
	client  *http.Client
}

func (h *hook) name() string { return "webhook " + h.host + " (" + h.format + ")" }

func (h *hook) send(ctx context.Context, m Message) error {
	body, header, err := h.letter(m)
	if err != nil {
		return permanent{err}
	}
	if h.token != "" {
		header.Set("Authorization", "Bearer "+string(h.token))
	}
	if h.key != nil {
		webhook.Sign(header, h.key, m.ID, time.Now(), body)
	}
	err = webhook.Post(ctx, h.client, h.address, header, body)
	if st, ok := errors.AsType[*webhook.Status](err); ok && !st.Later() {
		return permanent{err}
	}
	return err
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

package publisher

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// CloudEvents 1.0, NATS protocol binding, binary mode: attributes are headers "ce-<name>", percent-encoded, datacontenttype among
// them; the data is the message. Names are exact: NATS headers are case-sensitive. Which attributes an event has, schemas says.
const (
	cePrefix      = "ce-"
	ceType        = cePrefix + schemas.AttrType
	ceSource      = cePrefix + schemas.AttrSource
	ceHash        = cePrefix + schemas.AttrContentHash
	ceRevision    = cePrefix + schemas.AttrRevision
	ceContentType = cePrefix + schemas.AttrContentType
)

// encodeEvent writes an event as the NATS message that carries it.
func encodeEvent(subject string, ev *schemas.Event) (*nats.Msg, error) {
	m := nats.NewMsg(subject)
	for name, value := range ev.Attributes() {
		if !validAttribute(value) {
			return nil, fmt.Errorf("%s: %q has control characters or is no UTF-8", cePrefix+name, value)
		}
		m.Header[cePrefix+name] = []string{percentEncode(value)}
	}
	data, err := json.Marshal(ev.Release)
	if err != nil {
		return nil, err
	}
	m.Data = data
	return m, nil
}

// decodeEvent reads an event of PRESS. Attributes it does not know are ignored, as the specification wants it.
func decodeEvent(h nats.Header, data []byte) (*schemas.Event, error) {
	get := func(name string) string { return percentDecode(first(h, cePrefix+name)) }
	if ct := get(schemas.AttrContentType); ct != "" && !isJSON(ct) {
		return nil, fmt.Errorf("the data is %q, not JSON", ct)
	}
	ev, err := schemas.EventOf(get)
	if err != nil {
		return nil, err
	}
	if len(data) > 0 {
		ev.Release = new(schemas.Release)
		if err := json.Unmarshal(data, ev.Release); err != nil {
			return nil, fmt.Errorf("unreadable release: %w", err)
		}
	}
	return ev, nil
}

func isJSON(contentType string) bool {
	t, _, _ := strings.Cut(contentType, ";")
	t = strings.ToLower(strings.TrimSpace(t))
	return t == schemas.ContentTypeJSON || strings.HasSuffix(t, "+json")
}

func first(h nats.Header, key string) string {
	if v := h[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

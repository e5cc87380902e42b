package publisher

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// CloudEvents 1.0, NATS protocol binding, binary mode: attributes are headers "ce-<name>", percent-encoded, datacontenttype among
// them; the data is the message. Names are exact: NATS headers are case-sensitive.
const (
	ceSpecVersion = "ce-specversion"
	ceID          = "ce-id"
	ceType        = "ce-type"
	ceSource      = "ce-source"
	ceSubject     = "ce-subject"
	ceTime        = "ce-time"
	ceContentType = "ce-datacontenttype"
	ceDataSchema  = "ce-dataschema"

	// Extension attributes.
	ceHash     = "ce-contenthash"
	ceRevision = "ce-revision"

	contentJSON = "application/json"
)

// encodeEvent writes an event as the NATS message that carries it.
func encodeEvent(subject string, ev *schemas.Event) (*nats.Msg, error) {
	m := nats.NewMsg(subject)
	for _, a := range []struct{ key, value string }{
		{ceSpecVersion, "1.0"},
		{ceID, ev.ID},
		{ceType, ev.Type},
		{ceSource, ev.Source},
		{ceSubject, ev.Subject},
		{ceHash, ev.Hash},
		{ceContentType, contentJSON},
		{ceDataSchema, schemas.ReleaseSchemaID},
	} {
		if a.value == "" {
			continue
		}
		if !validAttribute(a.value) {
			return nil, fmt.Errorf("%s: %q has control characters or is no UTF-8", a.key, a.value)
		}
		m.Header[a.key] = []string{percentEncode(a.value)}
	}
	if !ev.Time.IsZero() {
		m.Header[ceTime] = []string{ev.Time.UTC().Format(time.RFC3339Nano)}
	}
	if ev.Revision > 0 {
		m.Header[ceRevision] = []string{strconv.Itoa(ev.Revision)}
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
	get := func(key string) string { return percentDecode(first(h, key)) }
	switch v := get(ceSpecVersion); v {
	case "1.0":
	case "":
		return nil, errors.New("no CloudEvent: " + ceSpecVersion + " is missing")
	default:
		return nil, fmt.Errorf("CloudEvents version %q is not known", v)
	}
	ev := &schemas.Event{ID: get(ceID), Type: get(ceType), Source: get(ceSource), Subject: get(ceSubject), Hash: get(ceHash)}
	if ev.ID == "" || ev.Type == "" || ev.Source == "" {
		return nil, errors.New("no CloudEvent: id, type and source are required")
	}
	if ct := get(ceContentType); ct != "" && !isJSON(ct) {
		return nil, fmt.Errorf("the data is %q, not JSON", ct)
	}
	if s := get(ceTime); s != "" {
		t, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", ceTime, err)
		}
		ev.Time = t
	}
	if s := get(ceRevision); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%s: %q is no revision", ceRevision, s)
		}
		ev.Revision = n
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
	return t == contentJSON || strings.HasSuffix(t, "+json")
}

func first(h nats.Header, key string) string {
	if v := h[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

package schemas

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// ParseEventJSON reads an event that AppendJSON has written: its attributes, and its data as it stands there. Members it does not know are
// ignored. Release is left nil.
func ParseEventJSON(line []byte) (*Event, json.RawMessage, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(line, &members); err != nil {
		return nil, nil, fmt.Errorf("no event: %w", err)
	}
	ev, err := EventOf(func(name string) string { return member(members[name]) })
	if err != nil {
		return nil, nil, err
	}
	if s, ok := members["sequence"]; ok {
		if err := json.Unmarshal(s, &ev.Sequence); err != nil {
			return nil, nil, fmt.Errorf("sequence: %w", err)
		}
	}
	data := members["data"]
	if len(data) == 0 {
		return nil, nil, errors.New("the event has no data")
	}
	return ev, data, nil
}

// member is the value of an attribute: a string, or a number as it stands.
func member(raw json.RawMessage) string {
	if len(raw) == 0 || raw[0] != '"' {
		return strings.TrimPrefix(strings.TrimSpace(string(raw)), "null")
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

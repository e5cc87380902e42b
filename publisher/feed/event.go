package feed

import (
	"encoding/json"
	"fmt"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// decode reads an event from the message that carries it: CloudEvents in NATS binary mode.
func decode(seq uint64, h nats.Header, data []byte) (*schemas.Event, error) {
	ev, err := schemas.EventOf(func(name string) string {
		if v := h["ce-"+name]; len(v) > 0 {
			return schemas.PercentDecode(v[0])
		}
		return ""
	})
	if err == nil {
		ev.Sequence = seq
		err = release(ev, data)
	}
	if err != nil {
		return nil, &schemas.Error{Op: "subscribe", Kind: schemas.KindStorage, Thing: fmt.Sprintf("event %d", seq), Err: err}
	}
	return ev, nil
}

func release(ev *schemas.Event, data []byte) error {
	ev.Release = new(schemas.Release)
	if err := json.Unmarshal(data, ev.Release); err != nil {
		return fmt.Errorf("unreadable release: %w", err)
	}
	return nil
}

package app

import (
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// jsonEvent is an event as a reader of tail --json and replay takes it.
type jsonEvent struct {
	SpecVersion     string           `json:"specversion"`
	ID              string           `json:"id"`
	Source          string           `json:"source"`
	Type            string           `json:"type"`
	Subject         string           `json:"subject"`
	Time            time.Time        `json:"time"`
	DataContentType string           `json:"datacontenttype"`
	DataSchema      string           `json:"dataschema"`
	ContentHash     string           `json:"contenthash"`
	Revision        int              `json:"revision"`
	RawSequence     uint64           `json:"rawsequence"`
	Changes         string           `json:"changes"`
	Reason          string           `json:"reason"`
	Sequence        uint64           `json:"sequence"`
	Data            *schemas.Release `json:"data"`
}

package app

import (
	"fmt"
	"io"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// structuredEvent is an event in the JSON format of CloudEvents 1.0, one line of tail --json and replay.
type structuredEvent struct {
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
	Sequence        uint64           `json:"sequence"` // of the PRESS stream: where to continue with --from
	Data            *schemas.Release `json:"data"`
}

func structured(e *schemas.Event) structuredEvent {
	return structuredEvent{
		SpecVersion: "1.0", ID: e.ID, Source: e.Source, Type: e.Type, Subject: e.Subject, Time: e.Time, DataContentType: "application/json", DataSchema: schemas.ReleaseSchemaID,
		ContentHash: e.Hash, Revision: e.Revision, Sequence: e.Sequence, Data: e.Release,
	}
}

// viewEvent prints an event as one line for people.
func viewEvent(w io.Writer, e *schemas.Event, s style) {
	word := eventName(e.Type)
	if e.Type == schemas.EventWithdrawn {
		word = s.alert(word)
	}
	r := e.Release
	day := "          "
	if r.Published != nil && len(r.Published.Value) >= 10 {
		day = r.Published.Value[:10]
	}
	counts := fmt.Sprintf("%d quotes, %d people, %d credits", len(r.Quotes), len(r.People), len(r.Credits))
	fmt.Fprintf(w, "%7d  %-11s  %s  %-16s  %s %s\n", e.Sequence, word, s.date(day), r.Source.ID, s.bold(shorten(r.Title, 80)), s.faint(counts))
}

func eventName(typ string) string {
	for name, t := range schemas.EventTypes {
		if t == typ {
			return name
		}
	}
	return typ
}

package schemas

import "time"

// Event types of CloudEvents 1.0 that PRESS carries.
const (
	EventPublished   = "de.kreispresse.release.published.v1"
	EventCorrected   = "de.kreispresse.release.corrected.v1"
	EventReextracted = "de.kreispresse.release.reextracted.v1"
	EventWithdrawn   = "de.kreispresse.release.withdrawn.v1"
	EventErased      = "de.kreispresse.release.erased.v1"
)

// EventTypes maps the short names of the command line to event types.
var EventTypes = map[string]string{
	"published": EventPublished, "corrected": EventCorrected, "reextracted": EventReextracted, "withdrawn": EventWithdrawn, "erased": EventErased,
}

// EventName is the short name of an event type, the type itself when it has none.
func EventName(typ string) string {
	for name, t := range EventTypes {
		if t == typ {
			return name
		}
	}
	return typ
}

// StatusAfter is what an event of a type leaves its release as: current, withdrawn or erased.
func StatusAfter(typ string) string {
	if typ == EventWithdrawn || typ == EventErased {
		return EventName(typ)
	}
	return "current"
}

// Event is one message of PRESS: the CloudEvents attributes and the release. A withdrawn event is a tombstone: its release carries
// identity, source, URL, title and the revision, and no text.
type Event struct {
	ID       string    // "<release id>/<revision>": unique within Source, for ever
	Type     string    // one of the Event… constants
	Source   string    // URI reference of the source, "/sources/<source id>"
	Subject  string    // release id
	Time     time.Time // when the event was made
	Hash     string    // ContentHash of the release, hex; extension attribute "contenthash"
	Revision int       // extension attribute "revision"
	// RawSequence is the PRESS_RAW sequence of the snapshot that made the event, the order of revisions; extension attribute
	// "rawsequence". 0: made without one, by an operator or before this attribute was.
	RawSequence uint64
	Changes     []Change // of a corrected or reextracted release; extension attribute "changes": "field:class,field:class"
	// PreviousParser is the version of the parser that made the revision before, of a reextracted release; its own is in the release's
	// provenance. Extension attribute "previousparser".
	PreviousParser string
	Reason         string // why it was withdrawn or erased; extension attribute "reason"
	Release        *Release

	Sequence uint64 // PRESS stream sequence; 0 before publication
}

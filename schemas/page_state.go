package schemas

import "time"

// PageState is what is remembered of a page between crawls, one entry of the press_pages bucket. A page counts as seen only after its
// snapshot is acknowledged by the broker. The crawler writes what it saw, the pipeline what the page carries; each leaves the other's
// fields as they are.
type PageState struct {
	URL          string    `json:"url"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	BodyHash     string    `json:"body_hash,omitempty"` // hex sha256 of the last body that was taken: archived, or found to say the same
	RawSequence  uint64    `json:"raw_sequence,omitempty"`
	FirstSeen    time.Time `json:"first_seen"`
	LastChecked  time.Time `json:"last_checked"`
	LastChanged  time.Time `json:"last_changed,omitzero"`
	Failures     int       `json:"failures,omitempty"` // looks in a row that got no answer
	Hints        Hints     `json:"hints,omitzero"`

	Content string `json:"content,omitempty"` // fingerprint of what the last archived body says, see crawler.Config.Fingerprint
	Unsure  bool   `json:"unsure,omitempty"`  // an archiving was begun and not noted as done: the archive may be ahead of this entry
	Miss    *Miss  `json:"miss,omitempty"`    // the page is missing, since when
	Gone    bool   `json:"gone,omitempty"`    // believed gone: its tombstone is archived
	MovedTo string `json:"moved_to,omitempty"`

	Release   string `json:"release,omitempty"`    // id of the release the page carries
	MovedFrom string `json:"moved_from,omitempty"` // page that redirects here
	Held      *Hold  `json:"held,omitempty"`
	Barred    string `json:"barred,omitempty"` // why an operator took its release back: it does not come back by itself
	Erased    bool   `json:"erased,omitempty"` // its release was erased: it is not asked for any more
}

// Hold is a changed page whose change is not believed yet: in the page state, and in the LineState of its source.
type Hold struct {
	Sequence uint64    `json:"sequence"` // of the snapshot in PRESS_RAW
	Since    time.Time `json:"since"`    // when it first said this
	Last     time.Time `json:"last"`     // when it last said this
	Kind     string    `json:"kind"`     // one of the Hold… constants
	Says     string    `json:"says"`     // Fingerprint, or the kind of the refusal
	Page     string    `json:"page,omitempty"`
	URL      string    `json:"url,omitempty"`
	Reason   string    `json:"reason"`
	Code     string    `json:"code,omitempty"` // of Reason, one of the Why… constants
	Title    string    `json:"title,omitempty"`
}

// Why a page is held.
const (
	WhyReplaced  = "replaced"  // says something entirely different from the release
	WhySuspect   = "suspect"   // was found by a run that is not believed
	WhyNowhere   = "nowhere"   // says what the site answers for an address that does not exist
	WhyNoRelease = "norelease" // is no release any more
)

// HoldWhys are all of them.
var HoldWhys = []string{WhyReplaced, WhySuspect, WhyNowhere, WhyNoRelease}

// Kinds of Hold.
const (
	HoldReplaced = "replaced" // says something entirely different: believed when it says so long enough, or when somebody lets it through
	HoldSuspect  = "suspect"  // part of a run that is not believed: believed when a run that is believed finds it again
)

// Believed reports whether a held change may be believed by itself: the page has said the same for wait.
func (h *Hold) Believed(wait time.Duration) bool { return h != nil && h.Last.Sub(h.Since) >= wait }

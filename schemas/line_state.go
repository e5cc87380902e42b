package schemas

import "time"

// LineState is what the pipeline remembers of a source between runs, one entry of the press_sources bucket with the key
// "<source>.line".
type LineState struct {
	Ref  Source `json:"ref"`            // the source as its releases carry it; a change under existing releases is refused
	Base string `json:"base,omitempty"` // its address, by which a renamed source is recognised

	// Extracted is the PRESS_RAW sequence up to which the snapshots of the source have an outcome. It may lag behind after a crash:
	// extracting a snapshot again changes nothing.
	Extracted uint64 `json:"extracted"`
	// Trying is the extraction in progress, or the one that a process died in.
	Trying *Attempt `json:"trying,omitempty"`

	Suspect *Suspicion            `json:"suspect,omitempty"` // the last run was not believed
	Held    map[string]Hold       `json:"held,omitempty"`    // pages whose change is held, by page
	Dead    map[string]DeadLetter `json:"dead,omitempty"`    // pages whose last snapshot could not be read, by page
	// Erasing are releases whose erasure was begun, with its reason. What stands here longer is of a process that died in it: the release may
	// be gone for subscribers and still be stored.
	Erasing map[string]string `json:"erasing,omitempty"`
	Retired string            `json:"retired,omitempty"` // why the source was given up; then it is not crawled
}

// Attempt is how often the extraction of one snapshot was begun without being ended.
type Attempt struct {
	Sequence uint64 `json:"sequence"` // 0: of any snapshot behind Extracted
	Count    int    `json:"count"`
}

// Suspicion is why a run of a source was not believed.
type Suspicion struct {
	Run      string    `json:"run"`
	Since    time.Time `json:"since"`
	Asked    int       `json:"asked"`    // known pages that the run asked for
	Doubtful int       `json:"doubtful"` // of them: gone, held, no release any more, without an answer
	Reason   string    `json:"reason"`
	Cause    *Cause    `json:"cause,omitempty"` // of Reason
}

// DeadLetter is a snapshot that could not be read, kept until a later snapshot of the page has an outcome or somebody drops it.
type DeadLetter struct {
	Sequence uint64    `json:"sequence"` // in PRESS_RAW
	Source   string    `json:"source"`
	Page     string    `json:"page"`
	URL      string    `json:"url,omitempty"`
	Reason   string    `json:"reason"`
	Kind     Kind      `json:"kind,omitempty"` // of the error that Reason tells
	At       time.Time `json:"at"`
	Resolved string    `json:"resolved,omitempty"` // how it ended, in PRESS_RUNS only
}

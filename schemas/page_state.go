package schemas

import "time"

// PageState is what is remembered of a page between crawls, one entry of the press_pages bucket. It is written only after the
// page's snapshot is acknowledged by the broker, so a page never counts as seen before it is archived.
type PageState struct {
	URL          string    `json:"url"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	BodyHash     string    `json:"body_hash,omitempty"` // hex sha256 of the last archived body
	RawSequence  uint64    `json:"raw_sequence,omitempty"`
	FirstSeen    time.Time `json:"first_seen"`
	LastChecked  time.Time `json:"last_checked"`
	LastChanged  time.Time `json:"last_changed,omitzero"`
	Missing      int       `json:"missing,omitempty"` // times in a row the page answered 404 or 410
	Gone         bool      `json:"gone,omitempty"`    // its tombstone snapshot is archived
	Failures     int       `json:"failures,omitempty"`
	Hints        Hints     `json:"hints,omitzero"`
}

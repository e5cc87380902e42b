package schemas

import "time"

// Receipt says what was erased of a release, and nothing of what it said: an event of PRESS_RUNS.
type Receipt struct {
	Release string    `json:"release"`
	Pages   []string  `json:"pages,omitempty"` // that carried it
	At      time.Time `json:"at"`
	Reason  string    `json:"reason,omitempty"`
	Erased  []Erased  `json:"erased"`
}

// Erased is one message that is no more.
type Erased struct {
	Stream   string `json:"stream"`
	Sequence uint64 `json:"sequence"`
	SHA256   string `json:"sha256"` // of what it held, hex: whoever has a copy can prove that it is the one
}

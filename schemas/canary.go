package schemas

import "time"

// Canary is an event of PRESS_RUNS, on the subject of CanarySource, that says how far PRESS is. A subscriber that has seen everything up to Sequence
// misses nothing that was published before At; one that has had no event for hours sees by it that the feed lives.
type Canary struct {
	Sequence uint64    `json:"sequence"` // last of PRESS
	At       time.Time `json:"at"`
}

// CanarySource stands for the source in the subject of canaries: press.v1.run.all.canary.
const CanarySource = "all"

package schemas

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Receipt says what was erased of a release, and nothing of what it said: an event of PRESS_RUNS.
type Receipt struct {
	Release string    `json:"release"`
	Pages   []string  `json:"pages,omitempty"` // that carried it
	At      time.Time `json:"at"`
	Reason  string    `json:"reason,omitempty"`
	Erased  []Erased  `json:"erased"`

	NotReached string `json:"not_reached,omitempty"` // what still may hold it, in words
}

// NotReached is what no erasure reaches.
const NotReached = "backups that were made before; copies of subscribers, who are told by the event erased and have to erase them"

// Erased is one message that is no more.
type Erased struct {
	Stream   string `json:"stream"`
	Sequence uint64 `json:"sequence"`
	SHA256   string `json:"sha256"` // of what it held, hex: whoever has a copy can prove that it is the one
}

// Expiry is the receipt of pages that were removed by their age: an event of PRESS_RUNS, written before they go.
type Expiry struct {
	At       time.Time          `json:"at"`
	Before   time.Time          `json:"before"`   // they were stored before this moment
	Messages int                `json:"messages"` // snapshots; what holds large bodies is not counted
	Bytes    uint64             `json:"bytes"`
	Gone     map[string][]Range `json:"gone"` // by stream
}

// Range is a run of sequences, the first and the last one included; in JSON an array of both.
type Range [2]uint64

// Len is how many sequences a range has.
func (r Range) Len() uint64 { return r[1] - r[0] + 1 }

// Ranges puts sequences together, in any order.
func Ranges(sequences []uint64) (list []Range) {
	sorted := slices.Compact(slices.Sorted(slices.Values(sequences)))
	for _, s := range sorted {
		if n := len(list); n > 0 && list[n-1][1]+1 == s {
			list[n-1][1] = s
		} else {
			list = append(list, Range{s, s})
		}
	}
	return list
}

// JoinRanges sorts ranges and puts together those that touch or overlap.
func JoinRanges(list []Range) (joined []Range) {
	for _, r := range slices.SortedFunc(slices.Values(list), func(a, b Range) int { return cmp.Compare(a[0], b[0]) }) {
		if n := len(joined); n > 0 && joined[n-1][1]+1 >= r[0] {
			joined[n-1][1] = max(joined[n-1][1], r[1])
		} else {
			joined = append(joined, r)
		}
	}
	return joined
}

// WithoutRanges is what of a is in none of b; both are as JoinRanges gives them.
func WithoutRanges(a, b []Range) (left []Range) {
	for _, r := range a {
		for len(b) > 0 && b[0][1] < r[0] {
			b = b[1:]
		}
		for _, x := range b {
			if x[0] > r[1] || r[0] > r[1] {
				break
			}
			if x[0] > r[0] {
				left = append(left, Range{r[0], x[0] - 1})
			}
			r[0] = max(r[0], x[1]+1)
		}
		if r[0] <= r[1] {
			left = append(left, r)
		}
	}
	return left
}

// ReadReceipt is what a receipt of PRESS_RUNS, of either kind, says to be gone, by stream.
func ReadReceipt(event string, data []byte) (map[string][]Range, error) {
	switch event {
	case RunExpired:
		var x Expiry
		err := json.Unmarshal(data, &x)
		return x.Gone, err
	case RunErased:
		var r Receipt
		if err := json.Unmarshal(data, &r); err != nil {
			return nil, err
		}
		return r.Gone(), nil
	}
	return nil, fmt.Errorf("%q is no receipt", event)
}

// Gone is what a receipt names, by stream.
func (r *Receipt) Gone() map[string][]Range {
	by := map[string][]uint64{}
	for _, e := range r.Erased {
		by[e.Stream] = append(by[e.Stream], e.Sequence)
	}
	gone := map[string][]Range{}
	for stream, list := range by {
		gone[stream] = Ranges(list)
	}
	return gone
}

// Retention says which snapshots of a source need not be kept any more.
type Retention struct {
	Now    time.Time
	Before time.Time       // those that were stored before this moment
	UpTo   uint64          // … and up to this sequence: what lies behind it has no outcome yet
	Keep   map[uint64]bool // … but these
	Limit  int             // how many go at most, and how many a receipt names
	DryRun bool            // nothing goes
}

// Expired is what of a source's snapshots has gone, or would go, by its age.
type Expired struct {
	Snapshots int    `json:"snapshots"`
	Bytes     uint64 `json:"bytes"` // of the messages, and of large bodies that no other page has
	More      bool   `json:"more"`  // there may be more
}

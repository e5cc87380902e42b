package schemas

import "time"

// Look is what one answer says about whether a page is there.
type Look int

// The looks. What is neither a page nor its absence says nothing and breaks the row.
const (
	LookThere   Look = iota // 200, 304, a redirect to a page of the source
	LookGone                // 404, 410, or a redirect to the home page or to a list
	LookUnclear             // no answer, 5xx, a challenge, forbidden by robots.txt
)

// Miss is a row of looks at a page that found it gone, without any other look in between.
type Miss struct {
	Count int       `json:"count"`
	First time.Time `json:"first"`
	Last  time.Time `json:"last"`
	// Status is what the last look found: 404 or 410; 301 and its kind for a redirect to the home page or a list.
	Status int `json:"status,omitempty"`
}

// Add is the row after one more look, nil when the page is not missing.
func (m *Miss) Add(l Look, status int, at time.Time) *Miss {
	if l != LookGone {
		return nil
	}
	if m == nil || at.Before(m.First) { // a clock that went back begins a new row: nothing is withdrawn by a jump
		return &Miss{Count: 1, First: at, Last: at, Status: status}
	}
	return &Miss{Count: m.Count + 1, First: m.First, Last: at, Status: status}
}

// Gone reports whether the row is long enough to believe that the page is gone: seen twice, the last at least wait after the first.
// Servers answer 404 for an hour in every relaunch.
func (m *Miss) Gone(wait time.Duration) bool {
	return m != nil && m.Count >= 2 && m.Last.Sub(m.First) >= wait
}

// Bounds of a run that is believed.
const (
	suspectPages = 5 // so many doubtful pages are believed whatever their share
	suspectShare = 5 // beyond that, one in five
)

// Suspect reports whether a run is to be doubted as a whole: of asked pages that were known, more than five and more than a fifth are
// gone, held, no release any more or without an answer. A relaunch, a takeover and a broken server look so.
func Suspect(asked, doubtful int) bool { return doubtful > max(suspectPages, asked/suspectShare) }

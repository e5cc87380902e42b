package pipeline

import (
	"fmt"
	"strings"
	"sync"
)

// Outcome is what became of a snapshot, or of a page that is gone.
type Outcome string

// The outcomes.
const (
	Published   Outcome = "published"   // new, or back after a withdrawal
	Corrected   Outcome = "corrected"   // the source changed it
	Reextracted Outcome = "reextracted" // the same page, read differently by another version of the parser
	Withdrawn   Outcome = "withdrawn"   // gone from the source
	Unchanged   Outcome = "unchanged"   // says what the current revision says
	Twin        Outcome = "twin"        // another address of a release
	Superseded  Outcome = "superseded"  // a later snapshot of the page has been read already
	Held        Outcome = "held"        // says something that is not believed yet
	Barred      Outcome = "barred"      // its release was taken back by hand
	NoRelease   Outcome = "no release"
	Dead        Outcome = "dead letter"
)

// settled is a snapshot whose outcome was booked by the run that archived it.
const settled Outcome = ""

var outcomes = []Outcome{Published, Corrected, Reextracted, Withdrawn, Unchanged, Twin, Superseded, Held, Barred, NoRelease, Dead}

// Account counts outcomes; safe for concurrent use.
type Account struct {
	mu sync.Mutex
	n  map[Outcome]int
}

func (a *Account) add(o Outcome) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.n == nil {
		a.n = map[Outcome]int{}
	}
	a.n[o]++
}

// Counts is a copy.
func (a *Account) Counts() map[Outcome]int {
	a.mu.Lock()
	defer a.mu.Unlock()
	c := make(map[Outcome]int, len(a.n))
	for o, n := range a.n {
		c[o] = n
	}
	return c
}

// Total is how many snapshots and pages have an outcome.
func (a *Account) Total() int {
	n := 0
	for _, c := range a.Counts() {
		n += c
	}
	return n
}

// String is the account on one line.
func (a *Account) String() string { return Tally(a.Counts()) }

// Tally is a count of outcomes on one line.
func Tally(counts map[Outcome]int) string {
	var parts []string
	for _, o := range outcomes {
		if n := counts[o]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, o))
		}
	}
	if len(parts) == 0 {
		return "nothing to extract"
	}
	return strings.Join(parts, ", ")
}

package crawler

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// A first crawl of a huge source whose pages say no date keeps the states of none but those in doubt, and remembers the newest.
func TestAttentionIsBounded(t *testing.T) {
	now := time.Date(2025, 7, 10, 12, 0, 0, 0, time.UTC)
	m := &recall{states: map[string]schemas.PageState{}, settled: map[string]bool{}, young: map[string]time.Time{}}
	const pages = 5000
	for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(pages) {
		page := fmt.Sprintf("page%04d", i)
		m.states[page] = schemas.PageState{URL: page, FirstSeen: now.Add(-time.Duration(i) * time.Minute), Failures: max(i-pages+8, 0), Gone: i%10 == 5}
		m.settle(page, now, time.UTC)
		if len(m.young) > 4*maxYoung {
			t.Fatalf("%d pages are kept", len(m.young))
		}
	}
	m.states["late"] = schemas.PageState{URL: "late", FirstSeen: now} // looked up, and no outcome
	young, doubtful := m.attention(now, time.UTC)
	want := []string{"late"}
	for i := 0; len(want) < maxYoung; i++ {
		if i%10 != 5 {
			want = append(want, fmt.Sprintf("page%04d", i))
		}
	}
	if !slices.Equal(young, want) {
		t.Errorf("the newest are %v", young)
	}
	if want := []string{"page4993", "page4994", "page4995", "page4996", "page4997", "page4998", "page4999"}; !slices.Equal(doubtful, want) {
		t.Errorf("in doubt are %v", doubtful)
	}
	if len(m.states) != len(doubtful) || len(m.settled) != pages+1-len(doubtful) {
		t.Errorf("%d states are kept, %d are settled", len(m.states), len(m.settled))
	}
}

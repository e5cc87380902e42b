package index

import (
	"path/filepath"
	"testing"
)

// TestTidy merges the full text in steps: while something else is to be done it waits, then each table has one segment and says the same.
func TestTidy(t *testing.T) {
	x := openIndex(t, filepath.Join(t.TempDir(), FileName))
	p := newPress(2)
	for from := 0; from < 300; from += 50 {
		b := &batch{ticks: map[tick]int{}}
		for n := range 50 {
			ev, release := p.event(from + n + 1)
			if err := b.add(raw{ev, release}); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if segments(t, x, "search") < 2 {
		t.Fatal("there is nothing to merge: the test sees nothing")
	}
	before := titles(t, x, Query{Text: "kreis", Limit: 200})
	tidy := func(events, last int, busy bool) {
		t.Helper()
		x.tidiness.events, x.tidiness.last = events, last
		if err := x.tidy(t.Context(), func() bool { return busy }); err != nil {
			t.Fatal(err)
		}
	}
	many := segments(t, x, "search")
	tidy(untidyEvents-1, 300, false)
	tidy(untidyEvents, 300, true)
	tidy(untidyEvents, untidyEvents*untidyShare+untidyShare, false)
	if n := segments(t, x, "search"); n != many {
		t.Errorf("%d segments, want %d as before: nothing was due", n, many)
	}
	tidy(untidyEvents, 300, false)
	for _, table := range fullTexts {
		if n := segments(t, x, table); n != 1 {
			t.Errorf("%s has %d segments", table, n)
		}
	}
	if x.tidiness != (tidiness{}) {
		t.Errorf("it is not done: %+v", x.tidiness)
	}
	if after := titles(t, x, Query{Text: "kreis", Limit: 200}); after != before || before == "" {
		t.Error("the full text says something else than before")
	}
}

func segments(t *testing.T, x *Index, table string) (n int) {
	t.Helper()
	if err := x.w.conn.QueryRowContext(t.Context(), "SELECT count(DISTINCT segid) FROM "+table+"_idx").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

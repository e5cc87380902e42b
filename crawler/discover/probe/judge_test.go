package probe

import (
	"fmt"
	"strings"
	"testing"
)

// read makes what was read of n pages.
func read(n int, change func(i int, s *Sample)) []Sample {
	out := make([]Sample, n)
	for i := range out {
		out[i] = Sample{Title: fmt.Sprint("Meldung ", i), Published: "2026-11-02", Letters: sampleLetters}
		if change != nil {
			change(i, &out[i])
		}
	}
	return out
}

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		name   string
		listed int
		read   []Sample
		state  string
		reason string
	}{
		{"all well", 20, read(5, nil), Verified, "5 releases read"},
		{"one too few", 20, read(4, nil), Found, "4 releases with a title, 5 are wanted"},
		{"nothing listed", 0, nil, Found, "name no page"},
		{"no answer at all", 9, nil, Found, "no page could be asked for"},
		{"dates in four of five", 20, read(5, func(i int, s *Sample) { s.Published = s.Published[:10*min(i, 1)] }), Verified, "date in 4"},
		{"dates in three of five", 20, read(5, func(i int, s *Sample) { s.Published = s.Published[:10*min(i/2, 1)] }), Found, "3 of 5 releases have a date"},
		{"a text too short in two", 20, read(5, func(i int, s *Sample) { s.Letters -= 1 - min(i/2, 1) }), Found, "3 of 5 releases have a text"},
		{"the same page again and again", 20, read(6, func(i int, s *Sample) { s.Title = s.Title[:8+i%2*min(1, len(s.Title)-8)] }), Found, "have one title"},
		{"lists taken for releases", 20, read(10, func(i int, s *Sample) {
			if i < 5 {
				s.Error = "a listing, not a release"
			}
		}), Found, "5 of 10 pages are releases: a listing"},
	} {
		state, reason := Judge(c.listed, c.read)
		if state != c.state || !strings.Contains(reason, c.reason) {
			t.Errorf("%s: %s (%s), want %s (%s)", c.name, state, reason, c.state, c.reason)
		}
	}
}

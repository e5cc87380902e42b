package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestFate(t *testing.T) {
	want := map[schemas.Kind]Fate{
		"": FateDone, schemas.KindInvalid: FateDeadLetter, schemas.KindNotFound: FateDeadLetter, schemas.KindNotHTML: FateDeadLetter,
		schemas.KindEmpty: FateDeadLetter, schemas.KindTooLarge: FateDeadLetter, schemas.KindNoRelease: FateDeadLetter,
		schemas.KindPolicy: FateDeadLetter, schemas.KindUnavailable: FateStop, schemas.KindConflict: FateStop, schemas.KindLocked: FateStop,
		schemas.KindStorage: FateStop, schemas.KindInternal: FateStop,
	}
	for kind, f := range want {
		var err error
		if kind != "" {
			err = fmt.Errorf("wrapped: %w", &schemas.Error{Kind: kind})
		}
		if got := fate(err); got != f {
			t.Errorf("%q: %s, want %s", kind, got, f)
		}
	}
	for _, err := range []error{errors.New("unknown"), context.Canceled} {
		if got := fate(err); got != FateStop {
			t.Errorf("%v: %s", err, got)
		}
	}
}

// TestParsePanic: what makes the parser panic is the page's fault, and says where.
func TestParsePanic(t *testing.T) {
	page := &schemas.Snapshot{URL: "https://www.kreis-musterau.example/presse/1"}
	_, err := Caught(page, func(s *schemas.Snapshot) (*schemas.Release, error) { panic("index out of range") })
	if fate(err) != FateDeadLetter || !strings.Contains(err.Error(), page.URL) || !strings.Contains(err.Error(), "index out of range") {
		t.Errorf("%v", err)
	}
}

func TestJudge(t *testing.T) {
	for name, c := range map[string]struct {
		doubts  []doubt
		suspect bool
		reasons int
	}{
		"nothing asked":           {nil, false, 0},
		"all well":                {[]doubt{noDoubt, noDoubt, noDoubt}, false, 0},
		"one gone of one":         {[]doubt{doubtGone}, false, 0},
		"two gone of two":         {[]doubt{doubtGone, doubtGone}, false, 0},
		"three of three":          {[]doubt{doubtGone, doubtNoRelease, doubtSilent}, false, 1},
		"five of eight":           {[]doubt{doubtGone, doubtGone, doubtGone, doubtGone, doubtGone, noDoubt, noDoubt, noDoubt}, false, 0},
		"six of eight, all sorts": {[]doubt{doubtGone, doubtSilent, doubtReplaced, doubtNoRelease, doubtGone, doubtGone, noDoubt, noDoubt}, true, 1},
		"eight of eight, replaced": {[]doubt{
			doubtReplaced, doubtReplaced, doubtReplaced, doubtReplaced, doubtReplaced, doubtReplaced, doubtReplaced,
			doubtReplaced,
		}, true, 1},
	} {
		e := newEvidence()
		for i, d := range c.doubts {
			e.see(fmt.Sprint(i), noDoubt)
			e.see(fmt.Sprint(i), d)
		}
		v := e.judge()
		if v.Suspect != c.suspect || len(v.Reasons) != c.reasons || v.Asked != len(c.doubts) {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

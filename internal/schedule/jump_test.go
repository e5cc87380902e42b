package schedule

import (
	"testing"
	"time"
)

// TestJumps sets the clock forward and back, by hours and over the changes to and from summer time: a source is never left alone for longer
// than its plan says by the new time, and asked at most once more for each jump.
func TestJumps(t *testing.T) {
	p := plan(t)
	for _, c := range []struct {
		name    string
		last    string        // run, by the clock before the jump
		jump    time.Duration // of the clock, a minute after that run
		atLeast time.Duration // from the jump to the next run
		atMost  time.Duration
	}{
		{"none", "2026-11-25 10:00", 0, 8 * time.Minute, 11 * time.Minute},
		{"a second back", "2026-11-25 10:00", -time.Second, 8 * time.Minute, 11*time.Minute + time.Second},
		{"a minute and a half back", "2026-11-25 10:00", -90 * time.Second, 9 * time.Minute, 13 * time.Minute},
		{"three hours back", "2026-11-25 14:00", -3 * time.Hour, 0, 0},
		{"a day back", "2026-11-25 14:00", -24 * time.Hour, 0, 0},
		{"years back", "2026-11-25 14:00", -20 * 365 * 24 * time.Hour, 0, 0},
		{"three hours on", "2026-11-25 10:00", 3 * time.Hour, 0, 0},
		{"five minutes on", "2026-11-25 10:00", 5 * time.Minute, 3 * time.Minute, 6 * time.Minute},
		{"years on", "2026-11-25 10:00", 20 * 365 * 24 * time.Hour, 0, 0},
		{"to summer time, which is no jump", "2026-03-29 01:50", 0, 100 * time.Minute, 2 * time.Hour},
		{"from summer time, which is none", "2026-10-25 02:30", 0, 100 * time.Minute, 2 * time.Hour},
		{"a clock that is an hour ahead after it is set right", "2026-03-27 12:00", -time.Hour, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			ran := berlin(t, c.last)
			s := State{}.After(p, Result{Started: ran, Ended: ran.Add(20 * time.Second), Requests: 2})
			now := ran.Add(time.Minute).Add(c.jump)
			wait := max(Due(now, p, s).Sub(now), 0)
			if wait < c.atLeast || wait > c.atMost {
				t.Errorf("due after %v, want %v to %v", wait, c.atLeast, c.atMost)
			}
			now = now.Add(wait)
			s = s.After(p, Result{Started: now, Ended: now.Add(20 * time.Second), Requests: 2})
			if again := Due(now.Add(time.Minute), p, s).Sub(now); again < perList || again > p.Idle {
				t.Errorf("and again after %v", again)
			}
		})
	}
}

// TestChangesOfTheHour lives the nights in which an hour is taken or doubled: by the clock on the wall the office opens at seven on both
// days, and no interval is shorter or longer than it is on other days.
func TestChangesOfTheHour(t *testing.T) {
	p := plan(t)
	for _, day := range []string{"2026-03-29", "2026-10-25"} { // Sundays; the office opens on Monday
		from := berlin(t, day+" 00:00")
		monday := p.nextDay(from)
		starts := live(p, from, monday.Add(9*time.Hour), func(time.Time, State) Result { return Result{Requests: 2} })
		var opened time.Time
		for i, at := range starts {
			if i > 0 {
				if gap := at.Sub(starts[i-1]); gap < perList || gap > p.Idle {
					t.Errorf("%s: %v after the run before", at.In(p.Zone), gap)
				}
			}
			if opened.IsZero() && !at.Before(monday.Add(7*time.Hour)) {
				opened = at
			}
		}
		if local := opened.In(p.Zone); local.Hour() != 7 || local.Minute() > 12 {
			t.Errorf("after %s the first run of the office hours is at %s", day, local)
		}
	}
}
